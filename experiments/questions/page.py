"""What an experiment finds, in words and tables made from its numbers, whichever way they fall."""

from collections.abc import Iterator, Sequence

import numpy as np

from experiments.comparing import Answer, Claim, Contrast, Effect, Interval, Measure, Verdict

SAID = {
    Verdict.holds: "bears out that",
    Verdict.opposite: "contradicts that",
    Verdict.nothing: "shows no effect worth having where one would say that",
    Verdict.weak: "leaves open, with the right sign, whether",
    Verdict.undecided: "leaves open whether",
}
SIDES = ("focal", "rivals", "total")


def shown(value: float, sign: bool = True) -> str:
    """A number with about three figures."""
    if not np.isfinite(value):
        return "-"
    plus = "+" if sign else ""
    if abs(value) < 1000.0:
        return f"{value:{plus}.3g}"
    return f"{float(f'{value:.3g}'):{plus},.0f}"


def bounds(found: Interval) -> str:
    """A mean with its interval."""
    if found.pairs == 0:
        return "-"
    return f"{shown(found.mean)} [{shown(found.low)}, {shown(found.high)}]"


def whose(answer: Answer, who: str) -> str:
    """A side in words."""
    return {"focal": f"of `{answer.question.firm}`", "rivals": "of its rivals"}.get(who, "in the market")


def judged(answer: Answer, claim: Claim) -> tuple[Effect, Verdict]:
    """The effect of a claim, and what it says."""
    found = answer.effect(claim.measure, claim.contrast, claim.who)
    return found, claim.verdict(found)


def claim_line(answer: Answer, claim: Claim) -> str:
    """One part of the claim with its number."""
    found, verdict = judged(answer, claim)
    measure = claim.measure
    of = "" if found.percent.pairs == 0 else f"; {bounds(found.percent)} % of `{claim.contrast.control}`"
    smallest = f"{shown(claim.smallest, False)} {'%' if claim.relative else measure.unit}"
    return (
        f"- *{claim.says}* {verdict}. {measure.meaning} {whose(answer, claim.who)}, {measure.window.words}: "
        f"{bounds(found.difference)} {measure.unit}{of} (smallest effect worth having: {smallest}; "
        f"{found.difference.pairs} seeds, half-width {shown(found.difference.half_width, False)})."
    )


def headline(answer: Answer) -> str:
    """One honest sentence: which parts of the claim the model bears out, and what follows beside it."""
    parts = [claim for claim in answer.question.claims if not claim.beside]
    held = sum(judged(answer, claim)[1] is Verdict.holds for claim in parts)
    said = f"In this model {held} of {len(parts)} parts of the claim hold: {findings(answer, parts)}"
    beside = [claim for claim in answer.question.claims if claim.beside]
    return f"{said}. Beside the claim, {findings(answer, beside)}." if beside else f"{said}."


def findings(answer: Answer, claims: Sequence[Claim]) -> str:
    """What the model says of each claim, those of like verdict together."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        found.setdefault(SAID[judged(answer, claim)[1]], []).append(claim.says)
    return "; ".join(f"it {said} {joined(parts)}" for said, parts in found.items())


def joined(parts: Sequence[str]) -> str:
    """A list as one says it."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def effects_table(answer: Answer, contrast: Contrast, setting: str) -> Iterator[str]:
    """Every measure of focal firm, rivals and total."""
    yield f"| measure | {' | '.join(f'{who}: {contrast.control} | effect | in %' for who in SIDES)} |"
    yield f"|---|{'---|' * 3 * len(SIDES)}"
    for measure in answer.question.measures:
        cells = []
        for who in SIDES:
            found = answer.effect(measure, contrast, who, setting)
            cells += [shown(found.control, False), bounds(found.difference), bounds(found.percent)]
        yield f"| {measure_words(measure)} | {' | '.join(cells)} |"


def measure_words(measure: Measure) -> str:
    """A measure with unit and months."""
    return f"{measure.meaning} ({measure.unit}; {measure.window.words})"


def null_lines(answer: Answer) -> Iterator[str]:
    """Each part of the claim with the four switches of reciprocity off."""
    yield "| part of the claim | effect | with nobody reciprocating |"
    yield "|---|---|---|"
    for claim in answer.question.claims:
        full = answer.effect(claim.measure, claim.contrast, claim.who)
        null = answer.effect(claim.measure, claim.contrast, claim.who, "null")
        cells = [f"{bounds(each.difference)} {claim.measure.unit}" for each in (full, null)]
        yield f"| {claim.says} | {' | '.join(cells)} |"


def section(answer: Answer, figure: str) -> list[str]:
    """The page of one experiment."""
    question = answer.question
    lines = [
        f"## {question.name}",
        "",
        f"**{question.asks}**",
        "",
        headline(answer),
        "",
        f"![{question.asks}]({figure})",
        "",
        f"Focal firm `{question.firm}`; {len(answer.seeds)} seeds, {question.months} months; the arms part "
        f"at month {question.parting} and meet the same people with the same luck. Intervals: 95 %, "
        "Student's t over the paired differences of the seeds.",
        "",
        *(f"- `{name}`: {arm.meaning}" for name, arm in question.arms.items()),
        "",
        "### The claim, part by part",
        "",
        *(claim_line(answer, claim) for claim in question.claims),
        "",
    ]
    if "null" in question.settings:
        lines += ["### The null", "", f"{question.settings['null'].meaning}.".capitalize(), ""]
        lines += [*null_lines(answer), ""]
    if question.tells is not None:
        lines += ["### In time", "", *question.tells(answer), ""]
    lines += ["### Focal firm, rivals and total", ""]
    for contrast in question.contrasts:
        for setting, about in question.settings.items():
            lines += [f"<details><summary>{contrast.name}; {setting}: {about.meaning}</summary>", ""]
            lines += [*effects_table(answer, contrast, setting), "", "</details>", ""]
    return lines


def page(sections: Sequence[list[str]]) -> str:
    """The page of all experiments."""
    head = [
        "# Experiments",
        "",
        "Generated by `reciprocity experiments --all`. Each experiment asks one question, names its outcomes "
        "before the run, lets worlds differ in nothing but what is asked about, and says what the model "
        "finds, whichever way it falls. It is what this model says under its assumptions, not what firms do.",
        "",
    ]
    return "\n".join([*head, *(line for part in sections for line in part)]).rstrip() + "\n"
