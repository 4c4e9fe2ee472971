"""Standards that firms support: whether service improves, and who gains."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
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
    settings={
        "default market": Setting({}, "the other firms of the default market"),
        "no standing": Setting(
            {"industry_body.standing": 0.0, "industry_body.credibility": 0.0},
            "members stand no higher and are believed no more than others",
        ),
    },
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
            built_in=True,
        ),
        Claim(
            "it lifts service at a firm below the floor",
            m.QUALITY,
            ALL_EFFECT,
            1,
            0.01,
            relative=False,
            who="dripper",
            built_in=True,
        ),
        Claim("it keeps hidden fees down", FEES, ALL_EFFECT, -1, 10.0, who="total", built_in=True),
        Claim("customers gain by it", m.LATE_SURPLUS, ALL_EFFECT, 1, 1.0, relative=False, who="total"),
        Claim("firms gain by it together", m.LATE_PROFIT, ALL_EFFECT, 1, 2.0, who="total", beside=True),
        Claim("its founder gains while few support it", m.PROFIT, SOME_EFFECT, 1, 1.0, beside=True),
        Claim("its founder gains when all support it", m.PROFIT, ALL_EFFECT, 1, 1.0, beside=True),
    ),
    because="Members design for the quality floor that audits hold them to, at the cost of their inputs: "
    "service rises at the firms that would fall below it, by rule, and with them the market's mean, unless "
    "customers move. They do: the mean gains less, and could even fall, since fees held down and better "
    "service keep customers at those firms who would have moved to better ones; members' standing "
    "and credit carry next to nothing, since they cancel out where all are members. Fees held down are "
    "coins that stay with customers, and that the firms that took them lose, with the price of better "
    "inputs; who was above the floor all along loses customers to firms that now are.",
    suspects=(
        Claim(
            "a firm lifted to the floor keeps more customers", m.CUSTOMERS, ALL_EFFECT, 1, 2.0, who="dripper"
        ),
        Claim(
            "it does so without members' standing and credit, too",
            m.CUSTOMERS,
            ALL_EFFECT,
            1,
            2.0,
            who="dripper",
            setting="no standing",
        ),
        Claim("a standard of two firms wins customers for its founder", m.WON, SOME_EFFECT, 1, 1.0),
    ),
)
