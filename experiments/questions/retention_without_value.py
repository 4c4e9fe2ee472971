"""A retention scheme with and without value-for-money: whether retention without value means anything."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from agents.policies import Mode
from experiments.comparing import Claim, Contrast, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies
from experiments.worlds import World

STRONG, STRONG_SCHEME, WEAK, WEAK_SCHEME = (
    "value",
    "value, scheme",
    "no value",
    "no value, scheme",
)
GIVES, CHARGES = {"firms.focal.value": "cheap_at_double"}, {"firms.focal.value": "what_the_market_bears"}
SCHEME = {"firms.focal.loyalty_scheme": "points"}
WITHOUT, WITH = against(WEAK_SCHEME, WEAK), against(STRONG_SCHEME, STRONG)
INTERACTION = Contrast(
    "scheme less none: value less no value",
    {STRONG_SCHEME: 1.0, STRONG: -1.0, WEAK_SCHEME: -1.0, WEAK: 1.0},
    WEAK,
)
INSTEAD = against(STRONG, WEAK_SCHEME)


def log_odds(world: World, firms: Sequence[int]) -> np.ndarray:
    """Log-odds of retention at current rates: undefined where everybody or nobody stays."""
    kept = m.current_retention(world, firms)
    inside = np.where((kept > 0.0) & (kept < 1.0), kept, np.nan)
    return np.asarray(np.log(inside / (1.0 - inside)))


ODDS = replace(
    m.RETENTION,
    name="retention_log_odds",
    unit="1",
    meaning="log-odds of retention at current rates",
    monthly=log_odds,
)

QUESTION = Question(
    name="retention_without_value",
    asks="Is a retention scheme meaningless where value-for-money is absent or weak?",
    firm="focal",
    base={**settled_policies("focal", Mode.reciprocity), "firms.focal.governance": "management"},
    arms={
        STRONG: Arm(GIVES, "prices at which the service is cheap at double the price; no scheme"),
        STRONG_SCHEME: Arm({**GIVES, **SCHEME}, "the same prices; points given back from the second year"),
        WEAK: Arm(CHARGES, "what the market bears; no scheme"),
        WEAK_SCHEME: Arm({**CHARGES, **SCHEME}, "what the market bears; the same points"),
    },
    measures=(m.RETENTION, ODDS, m.CUSTOMERS, m.VALUE, m.RELATIONSHIP, m.EQUITY, m.LATE_PROFIT, m.PROFIT),
    contrasts=(WITHOUT, WITH, INTERACTION, INSTEAD),
    curves=(m.RETENTION, m.CUSTOMERS, m.EQUITY),
    swaps="steady",
    claims=(
        Claim(
            "without value a scheme retains nobody to speak of",
            m.RETENTION,
            WITHOUT,
            -1,
            -0.01,
            relative=False,
        ),
        Claim(
            "a scheme retains more where there is value", m.RETENTION, INTERACTION, 1, 0.005, relative=False
        ),
        Claim(
            "value without a scheme retains more than a scheme without value",
            m.RETENTION,
            INSTEAD,
            1,
            0.01,
            relative=False,
        ),
        Claim(
            "in log-odds, too, a scheme retains more where there is value",
            ODDS,
            INTERACTION,
            1,
            0.02,
            relative=False,
            beside=True,
        ),
        Claim("without value a scheme raises customer equity", m.EQUITY, WITHOUT, 1, 2.0, beside=True),
        Claim("with value a scheme raises customer equity", m.EQUITY, WITH, 1, 2.0, beside=True),
    ),
    suspects=(
        Claim(
            "points grow no relationship where there is no value",
            m.RELATIONSHIP,
            WITHOUT,
            0,
            0.005,
            relative=False,
        ),
    ),
    because="Where a scheme holds customers also without value, the reason is what points are here: a "
    "price cut, since what is given back lowers the bill and lifts bonds, and a "
    "switching cost from the second year on, a term of leaving of its own that asks for no relationship and "
    "adds to it in log-odds. It then holds customers who are no partners; the part below says whether their "
    "relationship has grown. A scheme can hold most where most would leave, so that its effect in points of "
    "retention is larger where value is weak, whatever it is worth to the firm.",
)
