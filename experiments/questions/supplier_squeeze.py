"""Squeezing suppliers: what it brings now, and what it costs later."""

from agents.policies import Mode
from experiments.comparing import Claim, Window, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

SQUEEZED, FAIR = "squeezed", "usual terms"
EFFECT = against(SQUEEZED, FAIR)
FIRST_HALF = Window(0, 6)
AT_ONCE = m.sum_of(
    "profit", "coins/month", "profit in the first half year", FIRST_HALF, "profit_first_half_year"
)
RELIABILITY = m.mean_of("reliability", "1", "reliability of inputs", m.LATE)
NO_EXIT = "no supplier gives up a link"

QUESTION = Question(
    name="supplier_squeeze",
    asks="Does squeezing suppliers pay now, and cost quality later?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        SQUEEZED: Arm(
            {"firms.steady.margin_factor": 0.4, "firms.steady.payment_delay": 2.0},
            "suppliers get four tenths of the usual margin, two months late",
        ),
        FAIR: Arm({}, "suppliers get the usual margin in time"),
    },
    settings={
        "default market": Setting({}, "the other firms of the default market"),
        NO_EXIT: Setting({"supplier.exit_rate": 0.0}, "suppliers answer with their care alone"),
    },
    measures=(
        AT_ONCE,
        m.EARLY_PROFIT,
        RELIABILITY,
        m.QUALITY,
        m.RETENTION,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(RELIABILITY, m.QUALITY, m.PROFIT),
    swaps="follower",
    claims=(
        Claim("the squeeze pays at once", AT_ONCE, EFFECT, 1, 2.0),
        Claim("it costs quality later", m.QUALITY, EFFECT, -1, 0.02, relative=False),
        Claim("it costs profit later", m.LATE_PROFIT, EFFECT, -1, 5.0),
        Claim("over five years it does not pay", m.PROFIT, EFFECT, -1, 2.0),
        Claim(
            "suppliers who cannot leave let quality fall too",
            m.QUALITY,
            EFFECT,
            -1,
            0.02,
            relative=False,
            beside=True,
            setting=NO_EXIT,
        ),
    ),
)
