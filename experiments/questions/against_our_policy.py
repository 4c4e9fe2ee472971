"""Refusing to put things right against staff who may: what it does to goodwill, and what it costs."""

from collections.abc import Sequence

import numpy as np

from experiments.comparing import Claim, Contrast, How, interval
from experiments.comparing import against as less
from experiments.question import Answer, Arm, Question, Setting
from experiments.questions import measures as m
from experiments.worlds import World

REFUSES, MAY = "against our policy", "empowered"
LEVELS = {REFUSES: 0.1, MAY: 0.85}
HEARD = {"firms.steady.levers.openness": 0.5}
EFFECT: Contrast = less(MAY, REFUSES)
HONEST, SHARP = "default market", "opportunistic customers"
CLAIMED = m.sum_of("unjustified", "coins", "paid to unjustified claims", m.FIVE_YEARS, how=How.total)
BLAME = m.sum_of("blame", "message", "bad word about the firm", m.FIVE_YEARS, how=How.total)
COUNTS = ("served_well", "put_right", "satisfaction_served_well", "satisfaction_put_right")


def tell(answer: Answer) -> list[str]:
    """Recovered customers beside those whose service did not fail: within a firm, and pooled over firms."""
    rows = []
    for words, group in (("within `steady`", "focal"), ("pooled over all firms", "total")):
        for arm in answer.question.arms:
            found = interval(np.array([gap(world, answer.firms(group)) for world in answer.of(arm)]))
            rows.append(f"| {words} | {arm} | {found.mean:+.3f} [{found.low:+.3f}, {found.high:+.3f}] |")
    return [
        "Satisfaction of customers of a year or more whose failed service was put right with care this "
        "month, less that of those whose service did not fail (five years together). Above zero is the "
        "recovery paradox; pooled over firms it mixes what recovery does with which firms put things right. "
        "Within a firm it is coded: delight at a remedy is added whole to a satisfaction that follows "
        "experience only in part each month.",
        "",
        "| | arm | satisfaction, put right less served well |",
        "|---|---|---|",
        *rows,
    ]


def gap(world: World, firms: Sequence[int]) -> float:
    """Mean satisfaction after a recovery less that without a failure, over five years."""
    well, right, of_well, of_right = (world.total(name, firms)[:60].sum() for name in COUNTS)
    return float(of_right / right - of_well / well) if right > 0.0 and well > 0.0 else float("nan")


QUESTION = Question(
    name="against_our_policy",
    asks="Does refusing to put things right kill goodwill, does empowered recovery strengthen it, "
    "and at what price where customers are opportunistic?",
    firm="steady",
    arms={
        REFUSES: Arm(
            {**HEARD, "firms.steady.levers.empowerment": LEVELS[REFUSES]},
            "staff may hardly put anything right: it is against our policy",
        ),
        MAY: Arm({**HEARD, "firms.steady.levers.empowerment": LEVELS[MAY]}, "staff may put things right"),
    },
    settings={
        HONEST: Setting({}, "a fifth of the way to full opportunism on average"),
        SHARP: Setting({}, "two thirds of that way", start={"population.opportunism_shape": 0.5}),
    },
    measures=(
        m.TRUST,
        m.RELATIONSHIP,
        m.SATISFACTION,
        BLAME,
        m.MORALE,
        m.RETENTION,
        CLAIMED,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(m.TRUST, m.RETENTION, m.PROFIT),
    swaps="follower",
    claims=(
        Claim(
            "empowered recovery strengthens the relationship", m.RELATIONSHIP, EFFECT, 1, 0.01, relative=False
        ),
        Claim("refusing costs retention", m.RETENTION, EFFECT, 1, 0.01, relative=False),
        Claim("refusing makes bad word", BLAME, EFFECT, -1, 5.0),
        Claim(
            "empowerment pays for unjustified claims", CLAIMED, EFFECT, 1, 1000.0, relative=False, beside=True
        ),
        Claim(
            "among the opportunistic it pays for more of them",
            CLAIMED,
            EFFECT,
            1,
            5000.0,
            relative=False,
            beside=True,
            setting=SHARP,
        ),
        Claim("empowerment pays within five years", m.PROFIT, EFFECT, 1, 2.0, beside=True),
        Claim("it pays also among the opportunistic", m.PROFIT, EFFECT, 1, 2.0, beside=True, setting=SHARP),
    ),
    tells=tell,
    further=COUNTS,
)
