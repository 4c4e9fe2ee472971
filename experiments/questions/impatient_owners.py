"""Owners who trade on earnings against owners who stay: how customers are served."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

STAY, TRADE = "owners who stay", "owners who trade"
EFFECT = against(STAY, TRADE)
HORIZON = m.mean_of("manager_horizon", "month", "months that managers look ahead", m.FIVE_YEARS)
PULL = m.mean_of("quality_temptation", "1", "pull of cutting quality", m.FIVE_YEARS)
ON_EARNINGS = {
    f"firms.{name}.management": "stock_options" for name in ("follower", "walker", "steady", "dripper")
}
FREE = {f"firms.{name}.restraint": 0.0 for name in ("follower", "walker", "steady", "dripper")}

QUESTION = Question(
    name="impatient_owners",
    asks="Are customers served best if shareholders stick with their investment?",
    firm="follower",
    base={**settled_policies("focal", Mode.reciprocity), **ON_EARNINGS},
    arms={
        STAY: Arm({}, "one owner in ten is transient", start={"shareholder.transient_share": 0.1}),
        TRADE: Arm({}, "nine owners in ten are transient", start={"shareholder.transient_share": 0.9}),
    },
    settings={
        "managers on options": Setting(
            {}, "four firms whose managers hold options, and one that deals in reciprocity"
        ),
        "managers without restraint": Setting(
            FREE, "the same firms; nothing but their horizon restrains them"
        ),
    },
    measures=(
        HORIZON,
        PULL,
        m.QUALITY,
        m.VALUE,
        m.LATE_SURPLUS,
        m.SATISFACTION,
        m.RETENTION,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT,),
    curves=(HORIZON, m.QUALITY, m.SURPLUS),
    shows="total",
    claims=(
        Claim(
            "managers of patient owners look further ahead",
            HORIZON,
            EFFECT,
            1,
            3.0,
            relative=False,
            who="total",
            built_in=True,
        ),
        Claim(
            "customers of all firms are served better",
            m.QUALITY,
            EFFECT,
            1,
            0.01,
            relative=False,
            who="total",
        ),
        Claim("customers of all firms gain", m.LATE_SURPLUS, EFFECT, 1, 1.0, relative=False, who="total"),
        Claim(
            "a firm of patient owners serves its customers better", m.QUALITY, EFFECT, 1, 0.01, relative=False
        ),
        Claim(
            "a firm of patient owners gives its customers more",
            m.LATE_SURPLUS,
            EFFECT,
            1,
            1.0,
            relative=False,
        ),
        Claim("patience pays the owners in the end", m.LATE_PROFIT, EFFECT, 1, 2.0, who="total", beside=True),
        Claim(
            "without restraint patience serves customers better",
            m.QUALITY,
            EFFECT,
            1,
            0.01,
            relative=False,
            who="total",
            beside=True,
            setting="managers without restraint",
        ),
    ),
    because="Owners work on customers through one chain alone: the share of transient owners shortens the "
    "horizon, a shorter horizon sees the gain of exploitation and not its damage. Where restraint or a long "
    "contract holds managers anyway, a longer horizon changes little that customers feel. The market's mean "
    "mixes what firms give with where customers are: where pressed firms serve better, fewer leave them for "
    "the firm of reciprocity, which serves best and whose managers no owner presses to exploit. What each "
    "firm's customers gain, the mean then loses by who serves them.",
    suspects=(
        Claim(
            "patience lowers the pull of cutting quality", PULL, EFFECT, -1, 0.05, relative=False, who="total"
        ),
        Claim(
            "a firm of patient owners keeps customers who would go where service is best",
            m.CUSTOMERS,
            EFFECT,
            1,
            2.0,
        ),
    ),
)
