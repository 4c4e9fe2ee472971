"""Satisfaction does not guarantee retention: satisfied customers who leave for a better offer."""

import numpy as np

from experiments.comparing import Claim, Measure, against, interval
from experiments.question import Answer, Arm, Question
from experiments.questions import measures as m

TEMPTED, USUAL = "rivals undercut", "usual rivals"
EFFECT = against(TEMPTED, USUAL)
RIVALS = ("follower", "walker", "dripper")
SATISFIED = Measure(
    "satisfied_among_leavers",
    "1",
    "share of those who left who were satisfied",
    ("satisfied_left", "lost"),
    m.satisfied_among_leavers,
    m.LATE,
)
SATISFIED_SHARE = Measure(
    "satisfied_share",
    "1",
    "share of customers who are satisfied",
    ("satisfied", "customers"),
    lambda world, firms: world.total("satisfied", firms) / np.maximum(world.total("customers", firms), 1.0),
    m.LATE,
)


def tell(answer: Answer) -> list[str]:
    """How many of the leavers were satisfied, beside how many of all customers are."""
    lines = [
        "Satisfied is who stands above the neutral point of satisfaction when it leaves. In print, 65 to "
        "85 % of those who defect are said to be satisfied (a consultancy figure, from memory: not counted).",
        "",
        "| arm | of the leavers | of all customers |",
        "|---|---|---|",
    ]
    for arm in answer.question.arms:
        cells = [
            interval(100.0 * answer.values(measure, "focal")[arm]) for measure in (SATISFIED, SATISFIED_SHARE)
        ]
        lines.append(
            f"| {arm} | {' | '.join(f'{c.mean:.1f} % [{c.low:.1f}, {c.high:.1f}]' for c in cells)} |"
        )
    return lines


QUESTION = Question(
    name="satisfied_defectors",
    asks="Does satisfaction guarantee retention?",
    firm="steady",
    arms={
        TEMPTED: Arm(
            {f"firms.{name}.locked_price": 48.0 for name in RIVALS}, "three rivals ask 48 coins a service"
        ),
        USUAL: Arm({}, "the rivals of the default market"),
    },
    measures=(
        m.SATISFACTION,
        SATISFIED_SHARE,
        SATISFIED,
        m.RETENTION,
        m.RELATIONSHIP,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(m.SATISFACTION, m.RETENTION, SATISFIED),
    swaps="dripper",
    claims=(
        Claim(
            "with tempting rivals satisfaction stays the same",
            m.SATISFACTION,
            EFFECT,
            0,
            0.02,
            relative=False,
        ),
        Claim("and yet fewer customers stay", m.RETENTION, EFFECT, -1, 0.01, relative=False),
        Claim(
            "more of those who leave are satisfied", SATISFIED, EFFECT, 1, 0.01, relative=False, beside=True
        ),
    ),
    tells=tell,
)
