"""What loyal customers are worth: profit by tenure, five points of retention, elasticities of value."""

from collections.abc import Sequence

import numpy as np

from agents.firm.standing import StandingParameters, lifetime_multiple
from experiments.evidence.default_market import STUDY, YEARS
from experiments.evidence.games import STUDY as RULES
from experiments.evidence.row import Curve, Estimate, Line, Row, Sight, mean_of
from experiments.evidence.tables import table

RELATIONAL, WALKED = 0, 2
"""Places of the default market's fair firm, and of the one that walks prices up."""
DISCOUNT = StandingParameters().discount
STEP = 0.01


def by_tenure(sights: Sequence[Sight], firm: int) -> np.ndarray:
    """Mean margin of a firm's customers in each year of tenure (coins/month)."""
    sums = np.sum([sight["margin"][firm] for sight in sights], axis=0)
    months = np.sum([sight["months"][firm] for sight in sights], axis=0)
    return np.asarray(sums / np.where(months > 0.0, months, np.nan))


def growth(firm: int, first: int) -> Estimate:
    """Margin in the fifth year of tenure relative to an earlier year."""

    def estimate(sights: Sequence[Sight]) -> float:
        margin = by_tenure(sights, firm)
        return float(margin[4] / margin[first - 1])

    return estimate


def tenure_curve(sights: Sequence[Sight]) -> Curve:
    """Margin by year of tenure relative to the second year, and the published credit card."""
    years = np.arange(1.0, YEARS)
    card = table("reichheld_profit_by_year")
    seen = np.array(
        card.filter(card["industry"] == "credit card").select("y1", "y2", "y3", "y4", "y5").row(0)
    )
    fair, walked = (by_tenure(sights, firm)[: YEARS - 1] for firm in (RELATIONAL, WALKED))
    lines = (
        Line("model, fair firm", "model", fair / fair[1]),
        Line("model, firm that walks prices up", "other", walked / walked[1]),
        Line("published, credit card", "published", seen / seen[1]),
    )
    return Curve(years, "year of tenure", "profit of a customer, year 2 = 1", lines)


def multiple(retention: float) -> float:
    """Years of margin that a customer is worth, by the firms' own rule."""
    return float(lifetime_multiple(retention, DISCOUNT))


def identity_error(sights: Sequence[Sight]) -> float:
    """Largest error of the rule at five points more retention, from .80 and from .90 (per cent)."""
    found = [
        multiple(r + 0.05) / multiple(r) * (1.0 + DISCOUNT - r - 0.05) / (1.0 + DISCOUNT - r)
        for r in (0.80, 0.90)
    ]
    return float(100.0 * (max(found, key=lambda each: abs(each - 1.0)) - 1.0))


def equity(sight: Sight, retention: np.ndarray, factor: float = 1.0) -> np.ndarray:
    """Customer equity of each firm, valued as firms value it (coins)."""
    monthly = (1.0 + DISCOUNT) ** (1.0 / 12.0) - 1.0
    months = np.vectorize(
        lifetime_multiple.py_func if hasattr(lifetime_multiple, "py_func") else lifetime_multiple
    )(retention, monthly)
    return np.asarray((sight["group_size"] * factor * sight["group_margin"] * months).sum(axis=1))


def five_points(sight: Sight) -> float:
    """Rise of customer equity when yearly retention rises by five points, at most to .99 (per cent)."""
    yearly = sight["group_retention"] ** 12
    better = np.minimum(yearly + 0.05, np.maximum(yearly, 0.99)) ** (1.0 / 12.0)
    before, after = (equity(sight, kept).sum() for kept in (sight["group_retention"], better))
    return float(100.0 * (after / before - 1.0))


def elasticities(sight: Sight) -> np.ndarray:
    """Per cent of firm value for 1 % of retention, margin and acquisition cost: (three, firms).

    Value: customer equity, and what customers yet to be won will be worth less the cost of winning them,
    won for ever as in the last year.
    """
    retention, monthly = sight["group_retention"], (1.0 + DISCOUNT) ** (1.0 / 12.0) - 1.0

    def value(kept: np.ndarray, margin: float, cost: float) -> np.ndarray:
        held = equity(sight, kept, margin)
        each = held / np.maximum(sight["group_size"].sum(axis=1), 1.0)
        return np.asarray(held + sight["won"] * (each - cost * sight["winning_cost"]) / monthly)

    base = value(retention, 1.0, 1.0)
    more = np.minimum(retention * (1.0 + STEP) ** (1.0 / 12.0), 0.999)
    changed = np.stack(
        [value(more, 1.0, 1.0), value(retention, 1.0 + STEP, 1.0), value(retention, 1.0, 1.0 - STEP)]
    )
    return np.asarray((changed / base - 1.0) / STEP)


def retention_elasticity(sight: Sight) -> float:
    """Per cent of customer equity for 1 % of retention, all firms together."""
    retention = sight["group_retention"]
    more = np.minimum(retention * (1.0 + STEP) ** (1.0 / 12.0), 0.999)
    return float((equity(sight, more).sum() / equity(sight, retention).sum() - 1.0) / STEP)


def ordered(sight: Sight) -> float:
    """Share of firms whose value moves most with retention, then margin, then acquisition cost."""
    kept, margin, cost = elasticities(sight)
    return float(np.mean((kept > margin) & (margin > cost)))


_FORMULA = "firms value customers by this source's formula, at the retention that the market shows"

ROWS = (
    Row(
        "profit_by_tenure",
        "margin of a customer in the fifth year of tenure over the first; fair firm of the default market",
        "1",
        STUDY,
        growth(RELATIONAL, 1),
        used="purchases.tenure_spending takes its direction from this source; its size is an assumption",
        curve=tenure_curve,
    ),
    Row(
        "profit_by_tenure_walked",
        "the same over the second year (the first carries the rebate); firm that walks prices up",
        "1",
        STUDY,
        growth(WALKED, 2),
        outside="who stays is who pays: walking raises the margin of those who are left, and its "
        "price shows in how few they are, not in what each brings",
    ),
    Row(
        "five_points_identity",
        "error of a customer's value at five points more retention, from .80 and .90",
        "%",
        RULES,
        identity_error,
        used=_FORMULA,
    ),
    Row(
        "five_points_profit",
        "rise of customer equity at five points more retention",
        "%",
        STUDY,
        mean_of(five_points),
    ),
    Row(
        "value_elasticity",
        "rise of customer equity for 1 % more retention",
        "%",
        STUDY,
        mean_of(retention_elasticity),
        used=_FORMULA,
    ),
    Row(
        "value_order",
        "share of firms whose value moves most with retention, then margin, then acquisition cost",
        "1",
        STUDY,
        mean_of(ordered),
        used=_FORMULA,
    ),
)
