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
    return world.total("customers", firms) / world.series["customers"].sum(axis=1)


def won(world: World, firms: Firms) -> np.ndarray:
    """Customers won, from rivals of the group, from nobody, or newly arrived."""
    return world.total("won", firms)


def annual_retention(world: World, firms: Firms) -> np.ndarray:
    """Chance to stay for twelve months at the rates of the last twelve; who moves away is left out."""
    stock = world.total("customers", firms) - world.total("moved_away", firms)
    kept = 1.0 - world.total("lost", firms) / np.maximum(stock, 1.0)
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
    """What the services were worth to the customers, less all that they paid."""
    return world.total("surplus", firms)


FIVE_YEARS = Window(0, 60)

SHARE = Measure("share", "1", "share of customers", ("customers",), share, Window(48, 60))
CUSTOMERS = Measure("customers", "customer", "customers", ("customers",), customers, Window(48, 60))
WON = Measure("won", "customer", "customers won", ("won",), won, FIVE_YEARS._replace(how=How.total))
RETENTION = Measure(
    "annual_retention",
    "1/year",
    "annual retention, who moves away left out",
    ("customers", "lost", "moved_away"),
    annual_retention,
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
LATE_PROFIT = Measure(
    "profit_fifth_year", "coins/month", "profit in the fifth year", ("profit",), profit, Window(48, 60)
)
EQUITY = Measure(
    "sustainable_equity",
    "coins",
    "customer equity at the sustainable margin",
    ("sustainable_equity",),
    sustainable_equity,
    Window(48, 60),
)
SURPLUS = Measure(
    "surplus", "coins/month", "consumer surplus of its customers", ("surplus",), surplus, FIVE_YEARS
)
