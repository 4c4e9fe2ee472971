"""Treating stakeholders as one would be treated, against shareholder primacy."""

from agents.policies import Mode
from experiments.comparing import Claim, How, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

GOLDEN, PRIMACY = "golden rule", "shareholder primacy"
EFFECT = against(GOLDEN, PRIMACY)
WAGES = m.sum_of("wages", "coins", "wages", m.FIVE_YEARS, how=How.total)
SUPPLIERS = m.sum_of("supplier_bill", "coins", "margin of suppliers", m.FIVE_YEARS, how=How.total)
DIVIDENDS = m.sum_of("dividend_paid", "coins", "dividends", m.FIVE_YEARS, how=How.total)

QUESTION = Question(
    name="golden_rule",
    asks="Does a firm that treats its stakeholders as it would be treated fare better "
    "than one that is run for its shareholders?",
    firm="follower",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        GOLDEN: Arm(
            {"firms.follower.fairness": "golden_rule"},
            "the surplus split at one rate of gain on what each side has at stake, wages at a lower weight; "
            "candour and restraint of 0.8 besides: the three are not told apart",
        ),
        PRIMACY: Arm(
            {"firms.follower.fairness": "shareholder_primacy"}, "what is left belongs to the owners"
        ),
    },
    measures=(
        m.RELATIONSHIP,
        m.RETENTION,
        m.CUSTOMERS,
        m.LATE_SURPLUS,
        WAGES,
        SUPPLIERS,
        DIVIDENDS,
        m.MORALE,
        m.EQUITY,
        m.EARLY_PROFIT,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(m.RETENTION, m.EQUITY, m.PROFIT),
    swaps="steady",
    claims=(
        Claim("customers answer the golden rule with loyalty", m.RETENTION, EFFECT, 1, 0.02, relative=False),
        Claim("customers gain by it", m.LATE_SURPLUS, EFFECT, 1, 1.0, relative=False),
        Claim("it raises customer equity that can last", m.EQUITY, EFFECT, 1, 5.0),
        Claim("it is free: five years bring no less profit", m.PROFIT, EFFECT, 1, 0.0, beside=True),
        Claim("it pays in the fifth year", m.LATE_PROFIT, EFFECT, 1, 2.0, beside=True),
        Claim("owners get more dividends by it", DIVIDENDS, EFFECT, 1, 2.0, beside=True),
    ),
    because="Where profit falls although customers answer, the surplus that is given away each month is "
    "larger than the margin of the customers whom it keeps within the months looked at; the fifth year, "
    "beside the first, says whether the gap closes.",
    suspects=(
        Claim("profit falls in the first year", m.EARLY_PROFIT, EFFECT, -1, 2.0),
        Claim("the loss is smaller in the fifth year: customers are more", m.CUSTOMERS, EFFECT, 1, 5.0),
    ),
)
