"""A retention scheme with and without value-for-money: whether retention without value means anything."""

from agents.policies import Mode
from experiments.comparing import Claim, Contrast, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

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
    measures=(m.RETENTION, m.CUSTOMERS, m.VALUE, m.RELATIONSHIP, m.EQUITY, m.LATE_PROFIT, m.PROFIT),
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
    "switching cost from the second year on, a term of leaving of its own that asks for no relationship and "
    "adds to it in log-odds. It then holds customers who are no partners; the part below says whether their "
    "relationship has grown. A scheme can hold most where most would leave, so that its effect in points of "
    "retention is larger where value is weak, whatever it is worth to the firm.",
)
