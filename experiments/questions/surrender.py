"""Putting customer relationships before the business itself."""

from dataclasses import replace

from experiments.comparing import Claim, against
from experiments.question import Arm, Question, Setting
from experiments.questions import measures as m

SURRENDER, RECIPROCITY, MARKET = "surrender", "reciprocity", "market centred"
EFFECT, OVER_MARKET = against(SURRENDER, RECIPROCITY), against(SURRENDER, MARKET)
CASH = m.sum_of("cash", "coins", "cash", m.LATE)
PRICE = replace(m.PRICE, window=m.FIVE_YEARS)
ABUNDANCE = m.mean_of("mean_abundance", "1", "mean abundance (help beyond the want)", m.LATE, felt=True)
TRUTH = m.mean_of("mean_truth", "1", "mean truth (claim against delivery)", m.LATE, felt=True)
STAGE = m.mean_of("stage", "1", "stage at which the firm stands", m.LATE)

QUESTION = Question(
    name="surrender",
    asks="What follows when a firm puts customer relationships before the business itself?",
    firm="focal",
    arms={
        SURRENDER: Arm(
            {"firms.focal.mode": "surrender"},
            "customers first, at no markup on full cost; managers paid for customer equity alone",
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
        PRICE,
        m.RELATIONSHIP,
        ABUNDANCE,
        TRUTH,
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
    because="Reciprocity prices near full cost already, where half of what the service is worth would be "
    "less: surrender can give up its markup, a little more of what is left, and contribute half a coin more "
    "a month. That deepens abundance, the bond that asks for more than is wanted, and, by freer staff, "
    "grace a little; the other bonds rest on how customers are served and not on what they pay.",
    suspects=(
        Claim(
            "surrender gives customers more than reciprocity", m.LATE_SURPLUS, EFFECT, 1, 1.0, relative=False
        ),
        Claim("it asks less", PRICE, EFFECT, -1, 2.0),
        Claim("it deepens abundance", ABUNDANCE, EFFECT, 1, 0.02, relative=False),
        Claim("it leaves truth as it is", TRUTH, EFFECT, 0, 0.01, relative=False),
    ),
)
