"""Standards that firms support: whether service improves, and who gains."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

NONE, SOME, ALL = "no standard", "two firms", "all firms"
MEMBERS = ("walker", "dripper", "follower")
SOME_EFFECT, ALL_EFFECT = against(SOME, NONE), against(ALL, NONE)
FEES = m.sum_of("fees", "coins/month", "hidden fees taken", m.FIVE_YEARS)
REPUTATION = m.mean_of("reputation", "1", "reputation", m.LATE)

QUESTION = Question(
    name="industry_standards",
    asks="Do standards that firms support lift service, and who gains?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        NONE: Arm({}, "no firm supports a standard"),
        SOME: Arm(
            {"firms.steady.standards": "founder", "firms.focal.standards": "member"},
            "`steady` founds an industry body with a quality floor, a ceiling on fees, audits; `focal` joins",
        ),
        ALL: Arm(
            {
                "firms.steady.standards": "founder",
                "firms.focal.standards": "member",
                **{f"firms.{name}.standards": "member" for name in MEMBERS},
            },
            "all other firms join",
        ),
    },
    measures=(
        m.QUALITY,
        FEES,
        m.VALUE,
        m.LATE_SURPLUS,
        REPUTATION,
        m.WON,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(ALL_EFFECT, SOME_EFFECT),
    curves=(m.QUALITY, m.CUSTOMERS, m.PROFIT),
    swaps="dripper",
    shows="total",
    claims=(
        Claim(
            "a standard of all firms lifts service",
            m.QUALITY,
            ALL_EFFECT,
            1,
            0.01,
            relative=False,
            who="total",
        ),
        Claim("it keeps hidden fees down", FEES, ALL_EFFECT, -1, 10.0, who="total", built_in=True),
        Claim("customers gain by it", m.LATE_SURPLUS, ALL_EFFECT, 1, 1.0, relative=False, who="total"),
        Claim("firms gain by it together", m.LATE_PROFIT, ALL_EFFECT, 1, 2.0, who="total", beside=True),
        Claim("its founder gains while few support it", m.PROFIT, SOME_EFFECT, 1, 1.0, beside=True),
        Claim("its founder gains when all support it", m.PROFIT, ALL_EFFECT, 1, 1.0, beside=True),
    ),
    because="A floor lifts only firms below it: where exploitation cuts quality by less than that, the "
    "standard binds nobody and works through fees and trust alone. Fees held down are coins that stay with "
    "customers, and that the firms that took them lose. "
    "Where mean service falls although no firm serves worse, customers have moved: a standard also "
    "lends trust to firms that serve badly, and they keep customers whom better firms would "
    "have won.",
    suspects=(
        Claim(
            "each firm serves as before: dripper",
            m.QUALITY,
            ALL_EFFECT,
            0,
            0.01,
            relative=False,
            who="dripper",
        ),
        Claim(
            "firms that serve badly keep more customers, now that they are trusted",
            m.CUSTOMERS,
            ALL_EFFECT,
            1,
            2.0,
            who="dripper",
        ),
        Claim("a standard of two firms wins customers for its founder", m.WON, SOME_EFFECT, 1, 1.0),
    ),
)
