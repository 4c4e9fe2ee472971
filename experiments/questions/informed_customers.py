"""Customers who become better informed, among firms that learn and firms that do not."""

from experiments.comparing import Claim, Contrast, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m

LEARN_USUAL, LEARN_INFORMED, FIXED_USUAL, FIXED_INFORMED = (
    "firms learn",
    "firms learn, customers informed",
    "firms fixed",
    "firms fixed, customers informed",
)
FIRMS = ("focal", "follower", "walker", "steady", "dripper")
LEARN = {
    **{f"firms.{name}.mode": None for name in ("focal", "follower")},
    **{f"firms.{name}.value": "what_the_market_bears" for name in FIRMS},
    **{f"firms.{name}.adaptation": "imitation" for name in FIRMS},
}
FIXED = {
    **{f"firms.{name}.mode": None for name in ("focal", "follower")},
    **{f"firms.{name}.value": "cost_plus" for name in FIRMS},
    "policy.value.cost_plus.markup": 0.4,
}
INFORMED = {"market.informedness_trend": 0.25}
LEARNING, STUCK = against(LEARN_INFORMED, LEARN_USUAL), against(FIXED_INFORMED, FIXED_USUAL)
BY_LEARNING = Contrast(
    "informed less usual: firms that learn less fixed ones",
    {LEARN_INFORMED: 1.0, LEARN_USUAL: -1.0, FIXED_INFORMED: -1.0, FIXED_USUAL: 1.0},
    LEARN_USUAL,
)

FARSIGHTED = "farsighted firms"

QUESTION = Question(
    name="informed_customers",
    asks="As customers become better informed, do they get better value?",
    firm="focal",
    arms={
        LEARN_USUAL: Arm(LEARN, "all firms estimate how custom follows price, and imitate the best"),
        LEARN_INFORMED: Arm(
            {**LEARN, **INFORMED}, "the same; customers look at a quarter more offers each year"
        ),
        FIXED_USUAL: Arm(FIXED, "all firms take a fixed markup"),
        FIXED_INFORMED: Arm(
            {**FIXED, **INFORMED}, "the same; customers look at a quarter more offers each year"
        ),
    },
    settings={
        "quarter by quarter": Setting(
            {}, "firms that learn take a quarter's answer to a price for all of it"
        ),
        FARSIGHTED: Setting(
            {"policy.value.what_the_market_bears.farsighted": True},
            "firms that learn ask where custom is heading",
        ),
    },
    measures=(m.VALUE, m.PRICE, m.QUALITY, m.RETENTION, m.LATE_SURPLUS, m.EQUITY, m.LATE_PROFIT, m.PROFIT),
    contrasts=(LEARNING, STUCK, BY_LEARNING),
    curves=(m.PRICE, m.VALUE, m.RETENTION),
    shows="total",
    claims=(
        Claim("informed customers pay less where firms learn", m.PRICE, LEARNING, -1, 1.0, who="total"),
        Claim(
            "informed customers get more for their money where firms learn",
            m.VALUE,
            LEARNING,
            1,
            1.0,
            who="total",
        ),
        Claim(
            "firms that learn and price by elasticity give them more than firms of fixed markup",
            m.VALUE,
            BY_LEARNING,
            1,
            1.0,
            who="total",
        ),
        Claim(
            "informed customers pay less where farsighted firms learn",
            m.PRICE,
            LEARNING,
            -1,
            1.0,
            who="total",
            beside=True,
            setting=FARSIGHTED,
        ),
        Claim(
            "informed customers get more for their money where farsighted firms learn",
            m.VALUE,
            LEARNING,
            1,
            1.0,
            who="total",
            beside=True,
            setting=FARSIGHTED,
        ),
        Claim(
            "informed customers stay less long",
            m.RETENTION,
            LEARNING,
            -1,
            0.01,
            relative=False,
            who="total",
            beside=True,
        ),
    ),
    because="Firms learn from eight quarters of their own custom against their own price. Learning comes "
    "with a rule of price of its own: both differ from the fixed firms. By contract a quarter shows a "
    "small part of how custom answers a price: firms that take it for the whole end at the lowest "
    "elasticity that they trust, whoever their customers are, and cannot answer what customers know. Firms "
    "that ask where custom is heading learn about what it is; but those who see more offers move sooner "
    "rather than elsewhere, and what a price wins or loses in the end is much the same.",
    suspects=(
        Claim(
            "with fixed firms, too, the informed find more value by moving",
            m.VALUE,
            STUCK,
            1,
            0.5,
            who="total",
        ),
    ),
)
