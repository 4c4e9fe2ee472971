"""What an experiment finds, in words and tables made from its numbers, whichever way they fall."""

from collections.abc import Iterator, Sequence

import numpy as np

from experiments.comparing import Claim, Contrast, Effect, Interval, Measure, Verdict, interval
from experiments.nulls import POLICIES_SWAPPED, RECIPROCITY_OFF, Null
from experiments.question import PARTNER, Answer

SAID = {
    Verdict.holds: "bears out that",
    Verdict.opposite: "contradicts that",
    Verdict.moved: "contradicts that",
    Verdict.slight: "shows slightly the opposite where one would say that",
    Verdict.nothing: "shows no effect worth having where one would say that",
    Verdict.weak: "leaves open, with the right sign, whether",
    Verdict.undecided: "leaves open whether",
}
SIDES = ("focal", "rivals", "total")
APART = "what carries it is the answer to treatment, reciprocal or not; this null cannot tell the two apart"
CHECK = "follows from the rules: a check, not a finding"


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
    roles = {"focal": f"of `{answer.question.firm}`", "rivals": "of its rivals", "total": "in the market"}
    return roles.get(who, f"of `{who}`")


def judged(answer: Answer, claim: Claim) -> tuple[Effect, Verdict]:
    """The effect of a claim, and what it says."""
    found = answer.judged(claim)
    return found, claim.verdict(found)


def size(claim: Claim, found: Effect) -> str:
    """The size of an effect, as its claim counts it."""
    if claim.relative:
        return f"{shown(found.percent.mean)} %"
    return f"{shown(found.difference.mean)} {claim.measure.unit}".removesuffix(" 1")


def claim_line(answer: Answer, claim: Claim) -> str:
    """One part of the claim with its number."""
    found, verdict = judged(answer, claim)
    measure = claim.measure
    of = "" if found.percent.pairs == 0 else f"; {bounds(found.percent)} % of `{claim.contrast.control}`"
    smallest = f"{shown(claim.smallest, False)} {'%' if claim.relative else measure.unit}"
    where = "" if claim.setting is None else f", in the market *{claim.setting}*"
    months = f"{measure.window.words}{where}"
    least = "may go the other way by" if claim.smallest < 0.0 else "smallest effect worth having:"
    if claim.about:
        least = f"claimed: {shown(claim.about)} give or take"
    check = f" ({CHECK})" if claim.built_in else ""
    enough = f"{least} {smallest.removeprefix('-')}; {found.difference.pairs} seeds"
    return (
        f"- *{claim.says}* {verdict}{check}. {measure.meaning} {whose(answer, claim.who)}, {months}: "
        f"{bounds(found.difference)} {measure.unit}{of} ({enough}, "
        f"half-width {shown(found.difference.half_width, False)})."
    )


def headline(answer: Answer) -> str:
    """One honest sentence: which parts of the claim the model bears out, and what follows beside it."""
    question = answer.question
    held = sum(judged(answer, claim)[1] is Verdict.holds for claim in question.parts)
    told = [
        f"In this model {held} of {len(question.parts)} parts of the claim hold: "
        f"{findings(answer, question.parts)}."
        if question.parts
        else "Nothing of the claim is open in this model."
    ]
    if question.checks:
        told.append(
            f"By the rules themselves, a check and not a finding, {findings(answer, question.checks)}."
        )
    if question.besides:
        told.append(f"Beside the claim, {findings(answer, question.besides)}.")
    return " ".join(told)


WHERE = {
    (True, False): "goes with the policies",
    (False, True): "stays with the name",
    (True, True): "seen at both firms",
    (False, False): "seen at neither",
}
"""Where an effect is once policies are swapped: at the firm that has them, at the one that had them."""


def fate(answer: Answer, claim: Claim, null: Null) -> str:
    """What becomes of a part of the claim in a null model: whether it survives it.

    Nothing if it fails, if it follows from the rules, or if the null holds fast what it is judged on.
    """
    frozen = null.freezes and claim.measure.felt
    if frozen or claim.built_in or judged(answer, claim)[1] is not Verdict.holds:
        return ""
    there = answer.judged(claim, null.name)
    if null.exchanges and answer.question.swaps and claim.who == "focal":
        with_policies = answer.judged(claim, null.name, PARTNER)
        return WHERE[claim.verdict(with_policies) is Verdict.holds, claim.verdict(there) is Verdict.holds]
    change = interval(
        answer.differences(claim, claim.who, claim.setting) - answer.differences(claim, claim.who, null.name)
    )
    carried = change.clear and change.mean * claim.direction > 0.0
    if claim.verdict(there) is Verdict.holds:
        return "survives, smaller" if carried else "survives"
    if claim.verdict(there) in (Verdict.opposite, Verdict.moved):
        return "turns round"
    return "does not survive" if carried else "cannot be told"


def null_sentence(answer: Answer) -> str:
    """Which parts of the claim rest on people's answer to treatment, as far as its null models tell."""
    if RECIPROCITY_OFF not in answer.question.null_models:
        return ""
    fates: dict[str, list[str]] = {}
    for claim in answer.question.parts:
        if claim.setting is None:
            met = fate(answer, claim, RECIPROCITY_OFF)
            fates.setdefault("felt" if met and claim.measure.felt else met, []).append(claim.says)
    words = {
        "survives": "It survives its null that {}: no result of reciprocity.",
        "survives, smaller": "It survives its null in part that {}: people's answer to how they are treated "
        "adds to it, but does not make it.",
        "does not survive": f"It does not survive where nobody answers treatment that {{}}: {APART}.",
        "turns round": f"Where nobody answers treatment the opposite holds of this, that {{}}: {APART}.",
        "cannot be told": "These seeds cannot tell whether people's answer to how they are treated carries "
        "that {}.",
        "felt": "No null bears on what people feel, that {}: one leaves it to move all the same, the other "
        "holds it fast.",
    }
    return " ".join(words[each].format(joined(parts)) for each, parts in fates.items() if each in words)


def findings(answer: Answer, claims: Sequence[Claim]) -> str:
    """What the model says of each claim, those of like verdict together."""
    found: dict[str, list[str]] = {}
    for claim in claims:
        effect, verdict = judged(answer, claim)
        found.setdefault(SAID[verdict], []).append(f"{claim.says} ({size(claim, effect)})")
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
    """Each part of the claim beside its null models."""
    nulls = answer.question.null_models
    partner = answer.question.swaps
    for null in nulls:
        yield f"- *{null.name}*: {null.meaning}."
    if partner:
        yield (
            f"- For *{POLICIES_SWAPPED.name}* the effect on `{answer.question.firm}`, which now has the "
            f"policies of `{partner}`, is judged; in brackets the effect on `{partner}`, which has its. "
            "Firms start alike, so that an effect can hardly fail to go with the policies: this checks that "
            "nothing hangs on a name."
        )
    yield (
        "- What becomes of a part is told where it holds in the first place and does not follow from the "
        f"rules. On what people do bears *{RECIPROCITY_OFF.name}*, which cannot tell a reciprocal answer to "
        "treatment from any other; what people feel it moves all the same, and a null that freezes it is "
        "no comparison."
    )
    yield ""
    yield f"| part of the claim | effect | {' | '.join(null.name for null in nulls)} |"
    yield f"|---|---|{'---|' * len(nulls)}"
    for claim in answer.question.judged_claims:
        cells = [null_cell(answer, claim, null) for null in nulls]
        yield f"| {claim.says} | {unit_bounds(answer.judged(claim), claim)} | {' | '.join(cells)} |"


def null_cell(answer: Answer, claim: Claim, null: Null) -> str:
    """The effect in a null model, and what that makes of the claim."""
    if null.freezes and claim.measure.felt:
        return "not comparable: frozen by the null"
    said = unit_bounds(answer.judged(claim, null.name), claim)
    if null.exchanges and answer.question.swaps and claim.who == "focal":
        said += f" ({unit_bounds(answer.judged(claim, null.name, PARTNER), claim)})"
    became = fate(answer, claim, null)
    return f"{said}: **{became}**" if became else said


def unit_bounds(found: Effect, claim: Claim) -> str:
    """An effect as its claim counts it, with its interval."""
    seen, unit = (found.percent, "%") if claim.relative else (found.difference, claim.measure.unit)
    return f"{bounds(seen)} {unit}".removesuffix(" 1")


def why_lines(answer: Answer) -> Iterator[str]:
    """What may explain a contradiction, and what the same worlds say about it."""
    yield answer.question.because
    yield ""
    for claim in answer.question.suspects:
        yield claim_line(answer, claim)


def section(answer: Answer, figure: str) -> list[str]:
    """The page of one experiment."""
    question = answer.question
    lines = [
        f"## {question.name}",
        "",
        f"**{question.asks}**",
        "",
        " ".join(part for part in (headline(answer), null_sentence(answer)) if part),
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
    if question.null_models:
        lines += ["### Null models", "", *null_lines(answer), ""]
    if question.because:
        lines += ["### Why", "", *why_lines(answer), ""]
    if question.tells is not None:
        lines += ["### What else it shows", "", *question.tells(answer), ""]
    lines += ["### Focal firm, rivals and total", ""]
    for contrast in question.contrasts:
        for setting, about in question.settings.items():
            lines += [f"<details><summary>{contrast.name}; {setting}: {about.meaning}</summary>", ""]
            lines += [*effects_table(answer, contrast, setting), "", "</details>", ""]
    return lines
