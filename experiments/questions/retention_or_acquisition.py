"""A marketing budget spent on the customers one has, or on those one has not."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

KEEP, WIN, SAVE = "retention", "acquisition", "no budget"
BUDGET = 0.008
"""Share of revenue; outreach is at its full level a little above, so that a larger one could not be spent."""
EFFECT, KEEPING, WINNING = against(KEEP, WIN), against(KEEP, SAVE), against(WIN, SAVE)
SPENT = m.sum_of("lever_costs", "coins/month", "cost of levers, marketing among them", m.FIRST_YEAR)

QUESTION = Question(
    name="retention_or_acquisition",
    asks="At equal budget, is marketing to keep customers superior to marketing to win them?",
    firm="steady",
    base={
        **settled_policies("focal", Mode.reciprocity),
        "policy.marketing.retention.budget": BUDGET,
        "policy.marketing.acquisition.budget": BUDGET,
    },
    arms={
        KEEP: Arm(
            {"firms.steady.marketing": "retention"}, "contact with one's own customers beyond transactions"
        ),
        WIN: Arm({"firms.steady.marketing": "acquisition"}, "the same share of revenue for advertising"),
        SAVE: Arm({"firms.steady.marketing": "none"}, "neither"),
    },
    measures=(SPENT, m.RETENTION, m.WON, m.CUSTOMERS, m.RELATIONSHIP, m.EQUITY, m.LATE_PROFIT, m.PROFIT),
    contrasts=(EFFECT, KEEPING, WINNING),
    curves=(m.RETENTION, m.CUSTOMERS, m.PROFIT),
    swaps="follower",
    claims=(
        Claim("retention marketing brings more profit", m.PROFIT, EFFECT, 1, 2.0),
        Claim("it brings more customer equity", m.EQUITY, EFFECT, 1, 2.0),
        Claim("it brings more customers", m.CUSTOMERS, EFFECT, 1, 2.0),
        Claim("the two cost the same in the first year", SPENT, EFFECT, 0, 5.0, beside=True),
        Claim("retention marketing pays for itself", m.PROFIT, KEEPING, 1, 1.0, beside=True),
        Claim("acquisition marketing pays for itself", m.PROFIT, WINNING, 1, 1.0, beside=True),
    ),
    because="How much a coin of each buys is set by assumption: contact slows the fading of bonds by at most "
    "half, advertising raises awareness in proportion to its share of revenue. If one loses, the parts below "
    "say whether it does what it is for.",
    suspects=(
        Claim("contact keeps customers", m.RETENTION, KEEPING, 1, 0.005, relative=False),
        Claim("advertising wins customers", m.WON, WINNING, 1, 2.0),
    ),
)
