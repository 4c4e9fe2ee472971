"""Four ways to attract customers at about the same cost: utility, pricing, fitting reality, true value."""

from agents.policies import Mode
from experiments.comparing import Claim, Contrast, Window, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies
from experiments.worlds import Held

UTILITY, PRICING, REALITY, TRUE_VALUE, NOTHING = (
    "utility",
    "pricing",
    "fitting reality",
    "true value",
    "nothing more",
)
OTHERS = (UTILITY, PRICING, REALITY)
PRICE = {"firms.steady.locked_price": Held("steady", "anchor_price")}
LOWER = {"firms.steady.locked_price": Held("steady", "anchor_price", 0.9667)}
EFFECTS = tuple(against(arm, NOTHING) for arm in (TRUE_VALUE, *OTHERS))
BEST = Contrast(
    "true value less the mean of the others", {TRUE_VALUE: 1.0, **dict.fromkeys(OTHERS, -1 / 3)}, NOTHING
)
AT_ONCE = "needs known at once"
EARLY = Window(0, 12)
FORGONE = m.sum_of("profit", "coins/month", "profit of the first year: what the offer costs", EARLY, "cost")

QUESTION = Question(
    name="four_attractions",
    asks="Of utility, pricing, fitting the customer's reality and delivering true value, "
    "does the last attract best?",
    firm="steady",
    base=settled_policies("focal", Mode.reciprocity),
    arms={
        UTILITY: Arm({**PRICE, "firms.steady.quality_factor": 1.07}, "better inputs"),
        PRICING: Arm(LOWER, "a lower price"),
        REALITY: Arm(
            {
                **PRICE,
                "firms.steady.levers.accessibility": 1.0,
                "firms.steady.levers.tailoring": 1.0,
                "firms.steady.levers.listening": 0.6,
            },
            "terms of payment that fit budgets, service fitted to preferences, customers listened to",
        ),
        TRUE_VALUE: Arm(
            {**PRICE, "firms.steady.levers.contribution": 1.6, "firms.steady.levers.honest_advice": 0.5},
            "needs met that customers could not name, and honest advice",
        ),
        NOTHING: Arm(PRICE, "the usual offer at the same price"),
    },
    settings={
        "default market": Setting({}, "what a customer needs but does not know it learns month by month"),
        AT_ONCE: Setting(
            {"experience.need_learning": 1.0}, "whoever is given what it needs knows it at once for a need"
        ),
    },
    measures=(
        FORGONE,
        m.WON,
        m.RETENTION,
        m.CUSTOMERS,
        m.RELATIONSHIP,
        m.LATE_SURPLUS,
        m.EQUITY,
        m.LATE_PROFIT,
    ),
    contrasts=(*EFFECTS, BEST),
    curves=(m.CUSTOMERS, m.RELATIONSHIP, m.PROFIT),
    parting=3,
    swaps="follower",
    claims=(
        Claim("true value wins customers", m.WON, EFFECTS[0], 1, 2.0),
        *(
            Claim(f"true value wins more than {arm}", m.WON, against(TRUE_VALUE, arm), 1, 1.0)
            for arm in OTHERS
        ),
        *(
            Claim(
                f"true value keeps more than {arm}",
                m.RETENTION,
                against(TRUE_VALUE, arm),
                1,
                0.002,
                relative=False,
                beside=True,
            )
            for arm in OTHERS
        ),
        Claim(
            "true value ends with more customers than the mean of the others",
            m.CUSTOMERS,
            BEST,
            1,
            2.0,
            beside=True,
        ),
        Claim(
            "where needs are known at once true value wins more than the mean of the others",
            m.WON,
            BEST,
            1,
            1.0,
            beside=True,
            setting=AT_ONCE,
        ),
    ),
    because="Each offer is an outlay of about one and a half to two coins a customer and month; what is left "
    "of profit in the first year, once custom has answered, is the first measure. Offers are compared by "
    "price, public quality and needs already known: what meets a need that one does not know cannot attract "
    "those who have not felt it, and works through those who have, by word. To know at once what one was "
    "given helps, but others still have to be told.",
    suspects=(Claim("true value costs as much as pricing", FORGONE, against(TRUE_VALUE, PRICING), 0, 5.0),),
)
