"""Outcomes that several experiments share, of one firm, of its rivals, or of all."""

from collections.abc import Sequence

import numpy as np

from experiments.comparing import How, Measure, Window
from experiments.worlds import World

Firms = Sequence[int]


def customers(world: World, firms: Firms) -> np.ndarray:
    """Customers at the start of each month."""
    return world.total("customers", firms)


def share(world: World, firms: Firms) -> np.ndarray:
    """Share of all customers who have a firm."""
    everybody = world.series["customers"].sum(axis=1)
    return np.divide(
        world.total("customers", firms), everybody, out=np.full(everybody.size, np.nan), where=everybody > 0.0
    )


def won(world: World, firms: Firms) -> np.ndarray:
    """Customers won, from rivals of the group, from nobody, or newly arrived."""
    return world.total("won", firms)


def current_retention(world: World, firms: Firms) -> np.ndarray:
    """Chance to stay for a year at current rates: a period life table.

    It compounds the monthly rates of the last twelve months over all customers, newcomers of the year
    included; who moves away is left out; a firm without customers has none.
    The metric ``annual_retention`` follows the customers of a year ago.
    """
    stock = world.total("customers", firms) - world.total("moved_away", firms)
    kept = np.where(stock > 0.0, 1.0 - world.total("lost", firms) / np.maximum(stock, 1.0), np.nan)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(kept, 1e-9)))])
    months = np.arange(1, kept.size + 1)
    first = np.maximum(months - 12, 0)
    return np.exp((logs[months] - logs[first]) * 12.0 / (months - first))


def value_for_money(world: World, firms: Firms) -> np.ndarray:
    """Median R of each firm's buyers, averaged over customers."""
    return world.mean("median_value_for_money", firms)


def profit(world: World, firms: Firms) -> np.ndarray:
    """Profit before tax, after bonus."""
    return world.total("profit", firms)


def sustainable_equity(world: World, firms: Firms) -> np.ndarray:
    """Value of the customers at the margin that can last: no fees, no walking, no squeezed suppliers."""
    return world.total("sustainable_equity", firms)


def surplus(world: World, firms: Firms) -> np.ndarray:
    """What services were worth to the customers, less all that these cost them; other products left out."""
    return world.total("surplus", firms)


def surplus_per_customer(world: World, firms: Firms) -> np.ndarray:
    """Consumer surplus of a customer from services, on average."""
    return surplus(world, firms) / np.maximum(customers(world, firms), 1.0)


def morale(world: World, firms: Firms) -> np.ndarray:
    """Mean morale of staff."""
    return world.mean("mean_morale", firms, "staff")


def service_effort(world: World, firms: Firms) -> np.ndarray:
    """Mean effort of staff in serving."""
    return world.mean("mean_service_effort", firms, "staff")


def relative_price(world: World, firms: Firms) -> np.ndarray:
    """Mean price paid against that paid at all other firms."""
    others = [k for k in range(len(world.names)) if k not in firms]
    return world.mean("mean_price_paid", firms, "services") / world.mean(
        "mean_price_paid", others, "services"
    )


def relative_quality(world: World, firms: Firms) -> np.ndarray:
    """Mean quality delivered against that of all other firms."""
    others = [k for k in range(len(world.names)) if k not in firms]
    return world.mean("mean_quality", firms, "services") / world.mean("mean_quality", others, "services")


def satisfied_among_leavers(world: World, firms: Firms) -> np.ndarray:
    """Share of those who left in the last twelve months who were satisfied."""
    return over_a_year(world.total("satisfied_left", firms), world.total("lost", firms))


def over_a_year(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A part over its whole, both summed over the last twelve months."""
    sums = [np.cumsum(values) for values in (part, whole)]
    above, below = (np.concatenate([each[:12], each[12:] - each[:-12]]) for each in sums)
    return np.divide(above, below, out=np.full(above.size, np.nan), where=below > 0.0)


FIRST_YEAR, FIVE_YEARS, LATE = Window(0, 12), Window(0, 60), Window(48, 60)


def sum_of(
    column: str, unit: str, meaning: str, window: Window, name: str = "", how: How | None = None
) -> Measure:
    """A column of firms, added up over some firms."""
    chosen = window if how is None else window._replace(how=how)
    return Measure(name or column, unit, meaning, (column,), lambda w, f: w.total(column, f), chosen)


def mean_of(
    column: str,
    unit: str,
    meaning: str,
    window: Window,
    *,
    name: str = "",
    weight: str = "customers",
    felt: bool = False,
) -> Measure:
    """A column of firms, averaged over the customers of some firms, or over another weight."""
    return Measure(
        name or column, unit, meaning, (weight, column), lambda w, f: w.mean(column, f, weight), window, felt
    )


SHARE = Measure("share", "1", "share of customers", ("customers",), share, LATE)
CUSTOMERS = Measure("customers", "customer", "customers", ("customers",), customers, LATE)
WON = Measure("won", "customer", "customers won", ("won",), won, FIVE_YEARS._replace(how=How.total))
RETENTION = Measure(
    "retention_at_current_rates",
    "1/year",
    "retention at current rates (period life table), who moves away left out",
    ("customers", "lost", "moved_away"),
    current_retention,
    Window(12, 60),
)
VALUE = Measure(
    "median_value_for_money",
    "1",
    "median R: value over all that was paid",
    ("customers", "median_value_for_money"),
    value_for_money,
    FIVE_YEARS,
)
PROFIT = Measure(
    "profit", "coins", "profit before tax", ("profit",), profit, FIVE_YEARS._replace(how=How.total)
)
EARLY_PROFIT = Measure(
    "profit_first_year", "coins/month", "profit in the first year", ("profit",), profit, FIRST_YEAR
)
LATE_PROFIT = Measure(
    "profit_fifth_year", "coins/month", "profit in the fifth year", ("profit",), profit, LATE
)
EQUITY = Measure(
    "sustainable_equity",
    "coins",
    "customer equity at the sustainable margin",
    ("sustainable_equity",),
    sustainable_equity,
    LATE,
)
SURPLUS = Measure(
    "surplus",
    "coins/month",
    "consumer surplus of its customers, services only",
    ("surplus",),
    surplus,
    FIVE_YEARS,
)
LATE_SURPLUS = Measure(
    "surplus_per_customer",
    "coins/month",
    "consumer surplus of one customer, services only",
    ("surplus", "customers"),
    surplus_per_customer,
    LATE,
)
RELATIONSHIP = mean_of("mean_relationship", "1", "mean relationship of customers", LATE, felt=True)
PARTNERS = mean_of("partner_share", "1", "share of customers in partnership", LATE, felt=True)
TRUST = mean_of("mean_trust", "1", "mean trust of customers", LATE, felt=True)
SATISFACTION = mean_of("mean_satisfaction", "1", "mean satisfaction of customers", LATE, felt=True)
QUALITY = mean_of("mean_quality", "1", "mean quality delivered", LATE)
PRICE = mean_of("mean_price_paid", "coins", "mean price paid, fees included", LATE, weight="services")
MORALE = Measure("morale", "1", "mean morale of staff", ("staff", "mean_morale"), morale, LATE, felt=True)
EFFORT = Measure(
    "service_effort",
    "1",
    "mean effort of staff in serving",
    ("staff", "mean_service_effort"),
    service_effort,
    LATE,
)
RELATIVE_PRICE = Measure(
    "relative_price",
    "1",
    "price realised, relative to the other firms",
    ("services", "mean_price_paid"),
    relative_price,
    LATE,
)
RELATIVE_QUALITY = Measure(
    "relative_quality",
    "1",
    "quality delivered, relative to the other firms",
    ("services", "mean_quality"),
    relative_quality,
    LATE,
)
