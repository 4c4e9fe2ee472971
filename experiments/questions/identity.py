"""A steady firm, a firm whose conduct wavers, and one that says what it does not do."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies
from experiments.worlds import Held

STEADY, VAGUE, CONTRADICTS = "steady", "vague", "contradictory"
PRICE = {"firms.steady.locked_price": Held("steady", "anchor_price")}
EFFECT, SAYS = against(STEADY, VAGUE), against(STEADY, CONTRADICTS)
SWING = 0.12
WAVERS = {
    month: {"firms.steady.quality_factor": 1.0 + (SWING if month // 6 % 2 else -SWING)}
    for month in range(0, 120, 6)
}
IDENTITY = m.mean_of("identity", "1", "identity: steadiness of conduct", m.FIVE_YEARS)
NO_IDENTITY = "identity means nothing"

QUESTION = Question(
    name="identity",
    asks="Do customers bond with a firm that is steady, and not with one that is vague or contradictory?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        STEADY: Arm(PRICE, "the same quality in every month, claimed as usual"),
        VAGUE: Arm(
            PRICE,
            "quality an eighth lower for half a year, an eighth higher for the next: the same mean",
            later=WAVERS,
        ),
        CONTRADICTS: Arm(
            {**PRICE, "firms.steady.claim_factor": 1.35}, "the same quality, claimed to be a third better"
        ),
    },
    settings={
        "default market": Setting({}, "the other firms of the default market"),
        NO_IDENTITY: Setting({"switches.identity": False}, "steadiness of conduct does not scale the bonds"),
    },
    measures=(
        IDENTITY,
        m.RELATIONSHIP,
        m.PARTNERS,
        m.TRUST,
        m.SATISFACTION,
        m.QUALITY,
        m.RETENTION,
        m.CUSTOMERS,
        m.EQUITY,
        m.LATE_PROFIT,
    ),
    contrasts=(EFFECT, SAYS),
    curves=(IDENTITY, m.RELATIONSHIP, m.RETENTION),
    swaps="follower",
    claims=(
        Claim(
            "customers bond with the steady firm, not the vague one",
            m.RELATIONSHIP,
            EFFECT,
            1,
            0.005,
            relative=False,
        ),
        Claim(
            "customers bond with the steady firm, not the contradictory one",
            m.RELATIONSHIP,
            SAYS,
            1,
            0.005,
            relative=False,
        ),
        Claim(
            "the steady firm retains more than the vague one", m.RETENTION, EFFECT, 1, 0.005, relative=False
        ),
        Claim(
            "it does so also where identity means nothing",
            m.RELATIONSHIP,
            EFFECT,
            1,
            0.005,
            relative=False,
            beside=True,
            setting=NO_IDENTITY,
        ),
        Claim("the contradictory firm wins no more customers for it", m.CUSTOMERS, SAYS, 1, 1.0, beside=True),
    ),
    because="A firm that wavers differs from a steady one in two ways: losses weigh more than gains with its "
    "customers, and identity slows its bonds. Beside the claim, the market in which identity means nothing "
    "leaves the first alone; what is left of the effect there is not identity's.",
    suspects=(Claim("wavering lowers identity", IDENTITY, EFFECT, 1, 0.02, relative=False),),
)
