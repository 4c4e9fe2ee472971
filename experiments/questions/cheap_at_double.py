"""Value-for-money against charging what the market bears: who wins customers over, and who keeps them."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

GIVES, CHARGES = "cheap_at_double", "what_the_market_bears"
EFFECT = against(GIVES, CHARGES)
RIVALS = ("follower", "walker", "steady", "dripper")
FARSIGHTED = "farsighted chargers"

QUESTION = Question(
    name="cheap_at_double",
    asks="Does value-for-money win customers over and keep them, "
    "against firms charging what the market bears?",
    firm="focal",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        GIVES: Arm(
            {"firms.focal.value": GIVES},
            "the focal firm prices so that its median customer finds the service cheap at double the price",
        ),
        CHARGES: Arm(
            {"firms.focal.value": CHARGES},
            "the focal firm charges what the market bears, designs for quality 1.00 and not 1.08, and "
            "advertises twice as much: what comes with either stance; its other policies are equal",
        ),
    },
    settings={
        "among chargers": Setting(
            {f"firms.{rival}.value": CHARGES for rival in RIVALS}, "all rivals charge what the market bears"
        ),
        "unlike rivals": Setting({}, "the rivals of the default market"),
        FARSIGHTED: Setting(
            {
                **{f"firms.{rival}.value": CHARGES for rival in RIVALS},
                "policy.value.what_the_market_bears.farsighted": True,
            },
            "all rivals charge what the market bears, and whoever does asks where custom is heading, "
            "and not only what a quarter shows",
        ),
    },
    swaps="steady",
    measures=(m.WON, m.CUSTOMERS, m.RETENTION, m.VALUE, m.SURPLUS, m.EQUITY, m.PROFIT, m.LATE_PROFIT),
    contrasts=(EFFECT,),
    curves=(m.CUSTOMERS, m.RETENTION, m.PROFIT),
    claims=(
        Claim("value-for-money wins customers over", m.WON, EFFECT, 1, 10.0),
        Claim("value-for-money keeps customers", m.RETENTION, EFFECT, 1, 0.02, relative=False),
        Claim("value-for-money raises customer equity that can last", m.EQUITY, EFFECT, 1, 5.0, beside=True),
        Claim("value-for-money pays within five years", m.PROFIT, EFFECT, 1, 5.0, beside=True),
        Claim("value-for-money pays in the fifth year", m.LATE_PROFIT, EFFECT, 1, 5.0, beside=True),
        Claim(
            "it wins customers over from farsighted chargers, too",
            m.WON,
            EFFECT,
            1,
            10.0,
            beside=True,
            setting=FARSIGHTED,
        ),
        Claim(
            "among farsighted chargers it pays in the fifth year",
            m.LATE_PROFIT,
            EFFECT,
            1,
            5.0,
            beside=True,
            setting=FARSIGHTED,
        ),
    ),
)
