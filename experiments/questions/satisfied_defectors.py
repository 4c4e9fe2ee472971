"""Satisfaction does not guarantee retention: satisfied customers who leave for a better offer."""

from dataclasses import replace

import numpy as np

from experiments.comparing import Claim, How, Measure, Window, against, interval
from experiments.question import Answer, Arm, Question
from experiments.questions import measures as m

TEMPTED, USUAL = "rivals undercut", "usual rivals"
EFFECT = against(TEMPTED, USUAL)
RIVALS = ("follower", "walker", "dripper")
SOON = Window(6, 30)
"""Months in which rivals can undercut before some of them have run out of cash."""
RETENTION = replace(m.RETENTION, window=SOON)
SATISFACTION = replace(m.SATISFACTION, window=SOON)
LEFT = m.sum_of("lost", "customer", "customers lost", SOON, how=How.total)
SATISFIED = Measure(
    "satisfied_among_leavers",
    "1",
    "share of those who left who were satisfied",
    ("satisfied_left", "lost"),
    m.satisfied_among_leavers,
    SOON,
)
SATISFIED_SHARE = Measure(
    "satisfied_share",
    "1",
    "share of customers who are satisfied",
    ("satisfied", "customers"),
    lambda world, firms: world.total("satisfied", firms) / np.maximum(world.total("customers", firms), 1.0),
    SOON,
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
            {f"firms.{name}.locked_price": 51.0 for name in RIVALS}, "three rivals ask 51 coins a service"
        ),
        USUAL: Arm({}, "the rivals of the default market"),
    },
    measures=(
        SATISFACTION,
        SATISFIED_SHARE,
        SATISFIED,
        RETENTION,
        LEFT,
        m.RELATIONSHIP,
        m.CUSTOMERS,
        m.EQUITY,
    ),
    contrasts=(EFFECT,),
    curves=(SATISFACTION, RETENTION, SATISFIED),
    swaps="dripper",
    claims=(
        Claim(
            "with tempting rivals satisfaction stays the same",
            SATISFACTION,
            EFFECT,
            0,
            0.02,
            relative=False,
            built_in=True,
        ),
        Claim("and yet fewer customers stay", RETENTION, EFFECT, -1, 0.01, relative=False),
        Claim(
            "more of those who leave are satisfied", SATISFIED, EFFECT, 1, 0.01, relative=False, beside=True
        ),
    ),
    because="Where rivals undercut and nobody leaves for it, the best offer is weighed only by those who "
    "reconsider, and satisfaction holds attention down: few of the satisfied look at all.",
    suspects=(Claim("more customers leave", LEFT, EFFECT, 1, 2.0),),
    tells=tell,
)
