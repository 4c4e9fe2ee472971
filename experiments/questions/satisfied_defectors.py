"""Satisfaction does not guarantee retention: satisfied customers who leave for a better offer."""

from dataclasses import replace

import numpy as np

from experiments.comparing import Claim, How, Measure, Window, against, interval
from experiments.question import Answer, Arm, Question
from experiments.questions import measures as m
from experiments.worlds import Held

TEMPTED, USUAL = "rivals undercut", "rivals alike"
EFFECT = against(TEMPTED, USUAL)
RIVALS = ("focal", "follower", "walker", "dripper")
STEADY = {
    "mode": None,
    "value": "cost_plus",
    "fairness": "dual_entitlement",
    "staff": "flat",
    "management": "salary",
    "service": "empowered",
}
ALIKE = {f"firms.{name}.{key}": option for name in RIVALS for key, option in STEADY.items()}
GAP = 0.22
"""Saving that UK households were offered in 2016, when 15.8 % switched (Ofgem), relative to the price."""
SOON = Window(6, 30)
"""Months in which rivals can undercut before some of them have run out of cash."""
RETENTION = replace(m.RETENTION, window=SOON)
SATISFACTION = replace(m.SATISFACTION, window=SOON)
PRICE = replace(m.RELATIVE_PRICE, window=SOON)
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
    base=ALIKE,
    arms={
        TEMPTED: Arm(
            {f"firms.{name}.locked_price": Held(name, "anchor_price", 1.0 - GAP) for name in RIVALS},
            "the same rivals ask 22 % less for the same service",
        ),
        USUAL: Arm({}, "four rivals with the firm's own policies: no offer tempts"),
    },
    measures=(
        PRICE,
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
    claims=(
        Claim(
            "the firm is dearer than rivals who undercut it",
            PRICE,
            EFFECT,
            1,
            0.1,
            relative=False,
            built_in=True,
        ),
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
    because="Rivals are alike but for the price, since only an offer better than all others seen can tempt: "
    "in the default market one firm gives so much more for the money that other firms' cuts tempt nobody "
    "who sees it. A better offer is weighed by those who reconsider alone, a third of whom would leave "
    "anyway, and satisfaction holds attention down: few of the satisfied look at all.",
    suspects=(Claim("more customers leave", LEFT, EFFECT, 1, 2.0),),
    tells=tell,
)
