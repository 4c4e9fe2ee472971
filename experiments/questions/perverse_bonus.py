"""Quotas and short-horizon bonuses against plain pay: what they raise, and what they destroy."""

from collections.abc import Sequence

import numpy as np

from agents.policies import Mode
from experiments.comparing import (
    Claim,
    Contrast,
    How,
    Measure,
    Window,
    against,
    interval,
    lasting_sign,
    visible_from,
)
from experiments.question import Answer, Arm, Question
from experiments.questions import measures as m
from experiments.questions import perversity
from experiments.questions.bases import settled_policies
from experiments.worlds import World
from sim.metrics.perversity import MONTHLY_DISCOUNT

PLAIN, BONUS, HELD_PLAIN, HELD_BONUS, SERVICE = (
    "plain pay",
    "bonus",
    "plain pay, fair",
    "bonus, fair",
    "service pay, fair",
)
PAY = {
    PLAIN: {"firms.steady.staff": "flat", "firms.steady.management": "salary"},
    BONUS: {"firms.steady.staff": "sales_quota", "firms.steady.management": "quarterly_profit"},
    SERVICE: {"firms.steady.staff": "service_appraisal", "firms.steady.management": "stakeholder_scorecard"},
}
PRIMACY = {"firms.steady.fairness": "shareholder_primacy", "firms.steady.governance": "management"}
FAIR = {"firms.steady.fairness": "golden_rule", "firms.steady.governance": "consensus"}


def measured_sales(world: World, firms: Sequence[int]) -> np.ndarray:
    """What staff are measured by: additional products pushed, and sham sales, in products."""
    sham = world.series["mean_gaming"] * world.series["staff"]
    return np.asarray(world.total("addons_pushed", firms) + sham[:, list(firms)].sum(axis=1))


def quarter_profit(world: World, firms: Sequence[int]) -> np.ndarray:
    """What management is measured by: profit of the quarter."""
    return world.total("quarter_profit", firms)


def regret(world: World, firms: Sequence[int]) -> np.ndarray:
    """Mean regret of what was pushed on customers."""
    return world.mean("mean_regret", firms)


FIRST_YEAR = Window(0, 12)
SALES = Measure(
    "measured_sales",
    "product/month",
    "measured sales of staff, sham ones included, first year",
    ("addons_pushed", "mean_gaming", "staff"),
    measured_sales,
    FIRST_YEAR,
)
QUARTER = Measure(
    "quarter_profit",
    "coins/month",
    "profit by which management is measured, first year",
    ("quarter_profit",),
    quarter_profit,
    FIRST_YEAR,
)
REGRET = Measure(
    "regret", "1", "mean regret of customers", ("customers", "mean_regret"), regret, Window(48, 60)
)
PAID = Measure(
    "bonus",
    "coins",
    "bonus of staff and management",
    ("staff_bonus", "management_bonus", "profit_share", "staff"),
    perversity.bonus,
    Window(0, 60, How.total),
)
EFFECT, HELD_EFFECT = against(BONUS, PLAIN), against(HELD_BONUS, HELD_PLAIN)
HOLDS_BACK = Contrast(
    "bonus less plain pay: fair less not", {HELD_BONUS: 1.0, HELD_PLAIN: -1.0, BONUS: -1.0, PLAIN: 1.0}, PLAIN
)
INSTEAD = against(SERVICE, HELD_BONUS)

SCHEMES = ((BONUS, PLAIN), (HELD_BONUS, HELD_PLAIN), (SERVICE, HELD_PLAIN))
WATCHED = (SALES, QUARTER, PAID, REGRET, m.RETENTION, m.CUSTOMERS, m.EQUITY)


def tell(answer: Answer) -> list[str]:
    """When what is measured and what is destroyed become visible, and how perverse each scheme is."""
    return [*told_in_time(answer), "", *told_of_perversity(answer)]


def told_in_time(answer: Answer) -> list[str]:
    """The months in which measured results and losses show, with and without a twin world to compare with."""
    rows = []
    for measure in WATCHED:
        cells = []
        for scheme, plain in SCHEMES[:2]:
            gap = visible_from(answer.monthly(measure, scheme) - answer.monthly(measure, plain))
            cells.append(
                "never" if gap is None else f"{'up' if gap[1] > 0 else 'down'} from month {gap[0] + 1}"
            )
            cells.append(shown_alone(answer, measure, scheme, plain))
        rows.append(f"| {measure.meaning.split(', first year')[0]} | {' | '.join(cells)} |")
    rise = visible_from(answer.monthly(QUARTER, BONUS) - answer.monthly(QUARTER, PLAIN))
    fall = visible_from(answer.monthly(m.EQUITY, BONUS) - answer.monthly(m.EQUITY, PLAIN))
    return [
        "When it shows. *Against the twin*: from when the pointwise paired interval leaves zero out for half "
        "a year; over so many months some do so by chance. "
        "*To the firm alone*: the median month from which it stands 5 % off its usual level (the first "
        "quarter without the scheme) for half a year; a firm has no twin world, and sees only this.",
        "",
        f"| | {BONUS}: against the twin | to the firm alone "
        f"| {HELD_BONUS}: against the twin | to the firm alone |",
        "|---|---|---|---|---|",
        *rows,
        "",
        order_sentence(rise, fall),
    ]


def order_sentence(rise: tuple[int, int] | None, fall: tuple[int, int] | None) -> str:
    """Whether measured results rise before customer equity falls."""
    if rise is None or rise[1] < 0:
        return "Measured profit does not rise, so the claim's order in time does not arise."
    if fall is None or fall[1] > 0:
        return f"Measured profit rises from month {rise[0] + 1}; customer equity does not fall."
    first = "before" if rise[0] < fall[0] else "not before"
    return (
        f"Measured profit is up from month {rise[0] + 1}, {first} customer equity that can last is down "
        f"(from month {fall[0] + 1})."
    )


def shown_alone(answer: Answer, measure: Measure, scheme: str, plain: str) -> str:
    """The median month from which a measure stands 5 % off its usual level for half a year."""
    found = []
    pairs = zip(answer.monthly(measure, scheme), answer.monthly(measure, plain), strict=True)
    for series, without in pairs:
        usual = float(without[answer.question.parting :][:3].mean())
        off = series[answer.question.parting :] - usual
        first = lasting_sign(
            [int(sign) for sign in np.sign(np.nan_to_num(off)) * (np.abs(off) > 0.05 * abs(usual))]
        )
        found += [] if first is None else [first]
    if len(found) <= len(answer.seeds) / 2:
        return "not seen"
    rises = sum(sign > 0 for _, sign in found) > len(found) / 2
    return f"{'up' if rises else 'down'} from month {int(np.median([month for month, _ in found])) + 1}"


def told_of_perversity(answer: Answer) -> list[str]:
    """Coins of value lost per coin of bonus, at several look-aheads."""
    head = " | ".join(f"{months} months" for months in perversity.LOOK_AHEADS)
    lines = [
        "Perversity: coins of value lost to all sides (flows, what customers paid for pushed products taken "
        "off, and customer equity at the sustainable margin) per coin of bonus, all discounted at "
        f"{100 * MONTHLY_DISCOUNT:.0f} % a month, against the same world with salaries and flat pay; "
        "below zero: value gained. In "
        "brackets the 95 % interval; in italics the narrow index (profit after bonus and plain customer "
        "equity alone).",
        "",
        f"| scheme | {head} |",
        f"|---|{'---|' * len(perversity.LOOK_AHEADS)}",
    ]
    for scheme, plain in SCHEMES:
        cells = []
        for months in perversity.LOOK_AHEADS:
            broad = interval(perversity.of_arms(answer, scheme, plain, months))
            narrow = interval(perversity.of_arms(answer, scheme, plain, months, narrow=True))
            cells.append(f"{broad.mean:+.1f} [{broad.low:+.1f}, {broad.high:+.1f}] *{narrow.mean:+.1f}*")
        lines.append(f"| {scheme} | {' | '.join(cells)} |")
    return lines


QUESTION = Question(
    name="perverse_bonus",
    asks="Do quotas and short-horizon bonuses raise measured results and destroy customer equity, "
    "and do fairness, consensus and service appraisal hold that back?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        PLAIN: Arm({**PRIMACY, **PAY[PLAIN]}, "shareholder primacy; flat pay and salaries"),
        BONUS: Arm({**PRIMACY, **PAY[BONUS]}, "shareholder primacy; sales quota, bonus on quarterly profit"),
        HELD_PLAIN: Arm({**FAIR, **PAY[PLAIN]}, "golden rule and consensus; flat pay and salaries"),
        HELD_BONUS: Arm({**FAIR, **PAY[BONUS]}, "golden rule and consensus; the same quota and bonus"),
        SERVICE: Arm(
            {**FAIR, **PAY[SERVICE]}, "golden rule and consensus; service appraisal, stakeholder scorecard"
        ),
    },
    swaps="follower",
    measures=(
        SALES,
        QUARTER,
        PAID,
        REGRET,
        m.RETENTION,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT, HELD_EFFECT, HOLDS_BACK, INSTEAD),
    curves=(SALES, m.PROFIT, m.EQUITY),
    tells=tell,
    claims=(
        Claim(
            "the bonus raises the sales that staff are measured by", SALES, EFFECT, 1, 10.0, relative=False
        ),
        Claim("the bonus raises the profit that management is measured by", QUARTER, EFFECT, 1, 2.0),
        Claim("the bonus destroys customer equity that can last", m.EQUITY, EFFECT, -1, 10.0),
        Claim("fairness and consensus hold that destruction back", m.EQUITY, HOLDS_BACK, 1, 5.0),
        Claim(
            "service appraisal and a stakeholder scorecard in place of quota and bonus save customer equity",
            m.EQUITY,
            INSTEAD,
            1,
            5.0,
        ),
    ),
    further=perversity.NEEDS,
)
