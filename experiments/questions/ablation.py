"""Which mechanism carries a result: each is switched off in turn, for any experiment."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from experiments.comparing import LEVEL, Claim, Measure, against, interval
from experiments.multiplicity import stand_out
from experiments.question import Answer, Question, Setting
from experiments.questions import cheap_at_double
from experiments.questions import measures as m
from experiments.questions.page import bounds, unit_bounds
from experiments.worlds import World

MECHANISMS = (
    "reciprocity_customers", "reciprocity_employees", "reciprocity_suppliers", "reciprocity_owners",
    "word_of_mouth", "erosion_by_time", "expectation_drift", "loss_aversion", "fairness_preferences",
    "attachment", "recovery", "forgiveness", "cross_selling", "overselling", "gaming", "temptation",
    "manager_horizon", "insight", "unmet_needs", "identity", "advertising", "reputation", "community",
    "finance", "entry_exit", "moving",
)  # fmt: skip
ALL_ON = "all on"
SIDES = {
    "customers": ("surplus",),
    "employees": ("wages", "staff_bonus"),
    "suppliers": ("supplier_bill",),
    "owners": ("dividend_paid",),
}


def gain(side: str) -> Measure:
    """What a side gets from the firm in five years."""
    columns = SIDES[side]

    def monthly(world: World, firms: Sequence[int]) -> np.ndarray:
        return np.asarray(sum(world.total(column, firms) for column in columns))

    window = m.PROFIT.window
    return Measure(
        f"{side}_get", "coins", f"what {side} get ({' and '.join(columns)})", columns, monthly, window
    )


GAINS = {side: gain(side) for side in SIDES}


def ablated(question: Question, mechanisms: Sequence[str] = MECHANISMS) -> Question:
    """The same experiment, with each mechanism switched off in turn in all its arms."""
    claims = tuple(claim for claim in question.claims if not claim.beside and claim.setting is None)
    arms = {arm for claim in claims for arm in claim.contrast.weights}
    measures = dict.fromkeys([*(claim.measure for claim in claims), m.PROFIT, *GAINS.values()])
    main = question.settings[question.main]
    off = {
        name: Setting({**main.changes, f"switches.{name}": False}, f"{name} is off", main.start)
        for name in mechanisms
    }
    return replace(
        question,
        name="ablation" if question.name == cheap_at_double.QUESTION.name else f"ablation_of_{question.name}",
        asks=f"Which mechanism carries the result of {question.name}? {question.asks}",
        arms={name: arm for name, arm in question.arms.items() if name in arms},
        settings={ALL_ON: replace(main, meaning="every mechanism is on"), **off},
        measures=tuple(measures),
        claims=claims,
        contrasts=(claims[0].contrast,),
        curves=tuple(dict.fromkeys(claim.measure for claim in claims))[:2],
        months=question.parting + max(each.window.stop for each in measures),
        nulls=(),
        suspects=(),
        because="",
        tells=tell,
        further=(),
    )


def carried(answer: Answer, claim: Claim, mechanism: str) -> np.ndarray:
    """The part of an effect that is gone when a mechanism is off: one number a seed."""
    return answer.differences(claim, claim.who) - answer.differences(claim, claim.who, mechanism)


def tell(answer: Answer) -> list[str]:
    """What each mechanism carries of each claim, and who contributes beside what it gets."""
    return [
        line for claim in answer.question.claims for line in [*told_of(answer, claim), ""]
    ] + told_of_sides(answer)


def told_of(answer: Answer, claim: Claim) -> list[str]:
    """The mechanisms that carry a claim, the most first; those that carry nothing in one line."""
    mechanisms = [name for name in answer.question.settings if name != ALL_ON]
    values = {name: carried(answer, claim, name) for name in mechanisms}
    effects = {name: interval(values[name]) for name in mechanisms}
    clear = [name for name, out in zip(mechanisms, stand_out(list(values.values())), strict=True) if out]
    clear.sort(key=lambda name: -abs(effects[name].mean))
    lines = [
        f"*{claim.says}*: {unit_bounds(answer.judged(claim), claim)} with every mechanism on. What stands "
        f"out when all {len(mechanisms)} are counted (false discovery rate of {100 - 100 * LEVEL:.0f} %):",
        "",
    ]
    lines += ["| switched off | effect that is left | what it carried |", "|---|---|---|"]
    for name in clear:
        left = unit_bounds(answer.judged(claim, name), claim)
        lines.append(f"| `{name}` | {left} | {bounds(effects[name])} |")
    rest = ", ".join(name for name in mechanisms if name not in clear)
    return [*lines, "", f"Nothing that stands out of the noise: {rest}."]


def contributed(answer: Answer, side: str) -> np.ndarray:
    """Profit of the firm that is lost when a side's reciprocity alone is off, in the first arm."""
    arm = next(iter(answer.question.arms))
    firms, parting = answer.firms("focal"), answer.question.parting
    on, off = (
        np.array([m.PROFIT.of(world, firms, parting) for world in answer.of(arm, setting)])
        for setting in (ALL_ON, f"reciprocity_{side}")
    )
    return on - off


def told_of_sides(answer: Answer) -> list[str]:
    """Who contributes and who gets, in coins over five years."""
    contrast = against(*list(answer.question.arms)[:2])
    lines = [
        f"Who contributes and who gets, in coins over five years. Contributes: profit lost in "
        f"`{next(iter(answer.question.arms))}` when that side's reciprocity alone is off. "
        f"Gets: {contrast.name}.",
        "",
        "| side | contributes | gets |",
        "|---|---|---|",
    ]
    for side, measure in GAINS.items():
        got = answer.effect(measure, contrast).difference
        lines.append(f"| {side} | {bounds(interval(contributed(answer, side)))} | {bounds(got)} |")
    return lines


QUESTION = ablated(cheap_at_double.QUESTION)
