"""A firm loses about a tenth of its share a year to a competitor: more of the same, or partnership."""

from collections.abc import Sequence

import numpy as np

from agents.policies import Mode
from experiments.comparing import Claim, How, Measure, Window, against, interval
from experiments.question import Answer, Arm, Question, Setting
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies
from experiments.worlds import Held, World

ALIKE, SAME, PRICE_CUT = "rivals alike", "more of the same", "undercutting"
PARTNERSHIP, ALONE = "partnership with contribution", "contribution alone"
OWNERS_FIRST = "partnership with contribution, owners first"
HELD_PRICE = "price held"
TURN = 24
"""Months of decline after which the firm answers."""
BETTER = {
    "firms.focal.mode": None,
    "firms.focal.value": "cost_plus",
    "firms.focal.service": "empowered",
}
"""Policies of the competitor under which the loss comes out at about a tenth a year; it is not imposed."""
FAIR = "firms.follower.fairness"
LOSS = against(SAME, ALIKE)
LOSS_AND = against(PARTNERSHIP, SAME)._replace(control=ALIKE)
GIVES = against(ALONE, SAME)._replace(control=ALIKE)
CUT = against(PRICE_CUT, SAME)._replace(control=ALIKE)
CONTRIBUTES = {
    "firms.follower.mode": None,
    "firms.follower.value": "contribution",
    "firms.follower.service": "partnership",
    "firms.follower.staff": "service_appraisal",
    "firms.follower.management": "customer_equity",
    "firms.follower.fairness": "golden_rule",
}
CONTRIBUTES_ALONE = {
    **settled_policies("follower", Mode.market_centred),
    "firms.follower.levers.contribution": 1.5,
}
"""All else as before, policy by policy: a mode would set the contribution itself."""
KEPT = against(OWNERS_FIRST, SAME)._replace(control=ALIKE)
DECLINE, AFTER = Window(12, 24), Window(TURN + 24, TURN + 48)


def share_trend(world: World, firms: Sequence[int]) -> np.ndarray:
    """Share of customers against a year before, relative to it; undefined in the first year."""
    now = m.share(world, firms)
    before = np.concatenate([np.full(12, np.nan), now[:-12]])
    return np.divide(now, before, out=np.full(now.size, np.nan), where=before > 0.0) - 1.0


def trend(window: Window, name: str, words: str) -> Measure:
    """The yearly trend of the share in some months."""
    return Measure(
        name, "1/year", f"yearly change of the share, {words}", ("customers",), share_trend, window
    )


TREND = trend(DECLINE, "share_trend", "second year")
LATER_TREND = trend(AFTER, "share_trend_later", "two to four years after the turn")
MORALE = Measure(
    "morale_decline",
    "1",
    "mean morale of staff, second year",
    ("staff", "mean_morale"),
    m.morale,
    DECLINE,
    felt=True,
)
LATER_MORALE = Measure(
    "morale_later",
    "1",
    "mean morale of staff, two to four years after the turn",
    ("staff", "mean_morale"),
    m.morale,
    AFTER,
    felt=True,
)
PROFIT = m.sum_of("profit", "coins/month", "profit, second year", DECLINE, "profit_decline")
LATER_PROFIT = m.sum_of(
    "profit", "coins/month", "profit, two to four years after the turn", AFTER, "profit_later"
)
EQUITY = m.sum_of("sustainable_equity", "coins", "customer equity two to four years after the turn", AFTER)
LOST = m.sum_of("lost_to_rivals", "customer", "customers lost to the competitor", DECLINE, how=How.total)


def tell(answer: Answer) -> list[str]:
    """How much of its share the firm loses in each year."""
    lines = [
        "Share of the firm against a year before, in per cent:",
        "",
        "| arm | year 2 | year 3 | year 4 | year 6 |",
        "|---|---|---|---|---|",
    ]
    for arm in answer.question.arms:
        values = 100.0 * answer.monthly(TREND, arm)
        cells = [interval(values[:, 12 * year - 1]) for year in (2, 3, 4, 6)]
        lines.append(
            f"| {arm} | {' | '.join(f'{c.mean:+.1f} [{c.low:+.1f}, {c.high:+.1f}]' for c in cells)} |"
        )
    return lines


QUESTION = Question(
    name="losing_ten_percent",
    asks="A firm loses about a tenth of its share a year to a competitor: does that lower morale and the "
    "bottom line, and does partnership with contribution turn it where more of the same does not?",
    firm="follower",
    base={"firms": {"focal": {"mode": "market_centred"}, "follower": {"mode": "market_centred"}}},
    arms={
        ALIKE: Arm({}, "two firms that both match each other"),
        SAME: Arm(
            BETTER,
            "the competitor prices on cost and lets staff put things right; the incumbent matches its price",
        ),
        PRICE_CUT: Arm(
            BETTER,
            f"the same; from month {TURN} the incumbent also undercuts it, and takes hidden fees",
            later={TURN: {"firms.follower.value": "drip_fees"}},
        ),
        PARTNERSHIP: Arm(
            BETTER,
            f"the same; from month {TURN} the incumbent gives what customers need, serves "
            "them as partners, pays for service, and splits by the golden rule",
            later={TURN: CONTRIBUTES},
        ),
        OWNERS_FIRST: Arm(
            BETTER,
            "the same contribution, service and pay; the owners keep the surplus",
            later={TURN: {**CONTRIBUTES, FAIR: "shareholder_primacy"}},
        ),
        ALONE: Arm(
            BETTER,
            f"from month {TURN} the incumbent gives what customers need, a coin and a half a month each, and "
            "changes nothing else",
            later={TURN: CONTRIBUTES_ALONE},
        ),
    },
    settings={
        "two firms": Setting(
            {}, "the incumbent matches a cheaper competitor's price: it loses margin as well as share"
        ),
        HELD_PRICE: Setting(
            {"firms.follower.locked_price": Held("follower", "anchor_price")},
            "the incumbent holds the price with which it began: it can lose custom alone",
        ),
    },
    measures=(TREND, LOST, MORALE, PROFIT, LATER_TREND, LATER_MORALE, LATER_PROFIT, EQUITY),
    contrasts=(LOSS, LOSS_AND, GIVES, CUT),
    curves=(
        m.SHARE,
        Measure("morale", "1", "mean morale of staff", ("staff", "mean_morale"), m.morale, AFTER),
        m.PROFIT,
    ),
    swaps="focal",
    claims=(
        Claim("the firm loses share to a better competitor", TREND, LOSS, -1, 0.05, relative=False),
        Claim(
            "the loss is a tenth a year, as the competitor's policies were chosen to make it",
            TREND,
            LOSS,
            0,
            0.03,
            relative=False,
            built_in=True,
            about=-0.10,
        ),
        Claim(
            "the competitor lowers morale, which follows fortunes",
            MORALE,
            LOSS,
            -1,
            0.01,
            relative=False,
            built_in=True,
        ),
        Claim(
            "a better and cheaper competitor, matched in price, lowers the bottom line", PROFIT, LOSS, -1, 5.0
        ),
        Claim("partnership with contribution slows the loss", LATER_TREND, LOSS_AND, 1, 0.02, relative=False),
        Claim("partnership with contribution raises morale", LATER_MORALE, LOSS_AND, 1, 0.02, relative=False),
        Claim("partnership with contribution raises the bottom line", LATER_PROFIT, LOSS_AND, 1, 5.0),
        Claim(
            "at a held price the loss of share alone lowers the bottom line",
            PROFIT,
            LOSS,
            -1,
            5.0,
            beside=True,
            setting=HELD_PRICE,
        ),
        Claim("contribution alone slows the loss", LATER_TREND, GIVES, 1, 0.02, relative=False, beside=True),
        Claim("contribution alone raises the bottom line", LATER_PROFIT, GIVES, 1, 5.0, beside=True),
        Claim(
            "undercutting with fees slows the loss", LATER_TREND, CUT, 1, 0.02, relative=False, beside=True
        ),
        Claim("partnership with contribution raises customer equity", EQUITY, LOSS_AND, 1, 5.0, beside=True),
    ),
    tells=tell,
    because="Where profit falls although the loss of share stops, the golden rule is the suspect: with it "
    "the firm gives away most of what it earns. One arm contributes alike and keeps the "
    "split in which what is left belongs to the owners.",
    suspects=(
        Claim(
            "partnership with contribution raises the bottom line where owners keep the surplus",
            LATER_PROFIT,
            KEPT,
            1,
            5.0,
        ),
        Claim("it slows the loss of share all the same", LATER_TREND, KEPT, 1, 0.02, relative=False),
    ),
)
