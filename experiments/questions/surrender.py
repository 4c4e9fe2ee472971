"""Putting customer relationships before the business itself."""

from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m

SURRENDER, RECIPROCITY, MARKET = "surrender", "reciprocity", "market centred"
EFFECT, OVER_MARKET = against(SURRENDER, RECIPROCITY), against(SURRENDER, MARKET)
CASH = m.sum_of("cash", "coins", "cash", m.LATE)
STAGE = m.mean_of("stage", "1", "stage at which the firm stands", m.LATE)

QUESTION = Question(
    name="surrender",
    asks="What follows when a firm puts customer relationships before the business itself?",
    firm="focal",
    arms={
        SURRENDER: Arm(
            {"firms.focal.mode": "surrender"}, "customers first; managers paid for customer equity alone"
        ),
        RECIPROCITY: Arm(
            {"firms.focal.mode": "reciprocity"}, "the golden rule; managers paid by a scorecard of all sides"
        ),
        MARKET: Arm(
            {"firms.focal.mode": "market_centred"}, "the competitors matched; managers paid by the quarter"
        ),
    },
    settings={
        "nobody passes on": Setting(
            {"market.partners_needed": 1.0}, "the default market; no firm passes on to the next stage"
        ),
        "firms pass on": Setting({}, "the default market: reciprocity may pass on to surrender by itself"),
    },
    measures=(
        STAGE,
        m.RELATIONSHIP,
        m.PARTNERS,
        m.RETENTION,
        m.CUSTOMERS,
        m.LATE_SURPLUS,
        m.EQUITY,
        CASH,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT, OVER_MARKET),
    curves=(m.PARTNERS, m.CUSTOMERS, m.PROFIT),
    swaps="steady",
    claims=(
        Claim(
            "surrender deepens relationships beyond reciprocity",
            m.RELATIONSHIP,
            EFFECT,
            1,
            0.01,
            relative=False,
        ),
        Claim("it keeps more customers than reciprocity", m.RETENTION, EFFECT, 1, 0.005, relative=False),
        Claim("the business does not suffer for it", m.LATE_PROFIT, EFFECT, 1, -5.0),
        Claim("the business does better than a market-centred one", m.LATE_PROFIT, OVER_MARKET, 1, 5.0),
        Claim("customer equity does better than reciprocity's", m.EQUITY, EFFECT, 1, 2.0, beside=True),
        Claim(
            "customer equity does better than a market-centred firm's",
            m.EQUITY,
            OVER_MARKET,
            1,
            5.0,
            beside=True,
        ),
        Claim("it leaves cash enough", CASH, EFFECT, 1, -20.0, beside=True),
    ),
    because="Surrender gives more than half of the surplus back and contributes half a coin more a month. It "
    "pays only as far as customers who have all they need of value can still answer with more: where "
    "relationships are near their ceiling under reciprocity, what is given on top is not answered.",
    suspects=(
        Claim(
            "surrender gives customers more than reciprocity", m.LATE_SURPLUS, EFFECT, 1, 1.0, relative=False
        ),
    ),
)
