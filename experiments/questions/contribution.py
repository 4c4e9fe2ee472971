"""Distribution gives what customers want, contribution what they need."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies
from experiments.worlds import Held

GIVES, DISTRIBUTES, NOTHING = "contribution", "distribution", "neither"
PRICE = {"firms.steady.locked_price": Held("steady", "anchor_price")}
EFFECT, MORE, WANTED = against(GIVES, DISTRIBUTES), against(GIVES, NOTHING), against(DISTRIBUTES, NOTHING)
COST = m.sum_of("profit", "coins/month", "profit in the first year: what it costs", m.FIRST_YEAR, "cost")
ABUNDANCE = m.mean_of("mean_abundance", "1", "mean abundance (help beyond the want)", m.LATE)
KNOWN = m.mean_of("Customer.need_known", "1", "share of their needs that customers know", m.LATE)

QUESTION = Question(
    name="contribution",
    asks="Does contribution, which gives what customers need, grow the relationship more than distribution, "
    "which gives what they want?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        GIVES: Arm(
            {**PRICE, "firms.steady.levers.contribution": 1.5},
            "a coin and a half a month for each customer's needs that it could not name",
        ),
        DISTRIBUTES: Arm(
            {**PRICE, "firms.steady.quality_factor": 1.065},
            "about as many coins for more of what customers ask for: quality",
        ),
        NOTHING: Arm(PRICE, "the usual offer at the same price"),
    },
    settings={
        "default market": Setting({}, "customers do not know all that they need"),
        "no unmet needs": Setting(
            {"switches.unmet_needs": False},
            "customers have no needs beside those they know, so that contribution has nothing to meet",
        ),
    },
    measures=(
        COST,
        ABUNDANCE,
        KNOWN,
        m.RELATIONSHIP,
        m.PARTNERS,
        m.RETENTION,
        m.CUSTOMERS,
        m.LATE_SURPLUS,
        m.EQUITY,
        m.LATE_PROFIT,
    ),
    contrasts=(EFFECT, MORE, WANTED),
    curves=(m.RELATIONSHIP, m.RETENTION, m.CUSTOMERS),
    parting=3,
    swaps="follower",
    claims=(
        Claim(
            "contribution grows the relationship more than distribution",
            m.RELATIONSHIP,
            EFFECT,
            1,
            0.01,
            relative=False,
        ),
        Claim("more customers become partners", m.PARTNERS, EFFECT, 1, 0.02, relative=False),
        Claim("it retains more", m.RETENTION, EFFECT, 1, 0.005, relative=False),
        Claim("the two cost about the same", COST, EFFECT, 0, 5.0, beside=True),
        Claim(
            "distribution, too, grows the relationship",
            m.RELATIONSHIP,
            WANTED,
            1,
            0.005,
            relative=False,
            beside=True,
        ),
        Claim(
            "where there is nothing to meet contribution grows nothing",
            m.RELATIONSHIP,
            MORE,
            0,
            0.005,
            relative=False,
            beside=True,
            setting="no unmet needs",
            built_in=True,
        ),
    ),
)
