"""Statistics of purchases by customer and firm, whatever they come from."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from experiments.evidence.laws.counting import fitted_negative_binomial
from experiments.evidence.row import Sight

MOST = 7
"""Repeats from which on customers are counted together."""
QUARTER, WINDOW = 3, 9
"""Months of a quarter, and of the calibration and of the holdout (39 weeks)."""


class Panel(NamedTuple):
    """Purchases: a row a customer, firm and month in which something was bought; ``size`` of the market."""

    month: np.ndarray
    customer: np.ndarray
    firm: np.ndarray
    bought: np.ndarray
    firms: int
    size: float

    @classmethod
    def of(cls, purchases: Mapping[str, np.ndarray], firms: int, size: float) -> "Panel":
        """A panel of recorded purchases; customers are numbered anew."""
        _, rows = np.unique(purchases["customer"], return_inverse=True)
        firm, bought = purchases["firm"].astype(int), purchases["count"].astype(int)
        return cls(purchases["month"].astype(int), rows, firm, bought, firms, size)

    def counts(self, first: int, stop: int) -> np.ndarray:
        """Purchases from month ``first`` up to but not ``stop``: (customers who ever bought, firms)."""
        found = np.zeros((self.customer.max(initial=-1) + 1, self.firms), int)
        chosen = (self.month >= first) & (self.month < stop)
        np.add.at(found, (self.customer[chosen], self.firm[chosen]), self.bought[chosen])
        return found


def brands(panel: Panel, first: int, quarters: int) -> Sight:
    """Penetration, rate and duplication of every brand, means over some quarters; the category's law."""
    found: list[np.ndarray] = []
    duplicated, laws = [], []
    for quarter in range(quarters):
        counts = panel.counts(first + QUARTER * quarter, first + QUARTER * (quarter + 1))
        buyers = counts > 0
        each = np.maximum(buyers.sum(axis=0), 1)
        found.append(np.stack([each / panel.size, counts.sum(axis=0) / each]))
        duplicated.append(buyers.T.astype(float) @ buyers / each[:, None])
        category = np.zeros(int(panel.size))
        category[: min(counts.shape[0], category.size)] = np.sort(counts.sum(axis=1))[::-1][: category.size]
        laws.append(fitted_negative_binomial(category))
    penetration, rate = np.mean(found, axis=0)
    return {
        "penetration": penetration,
        "rate": rate,
        "duplication": np.mean(duplicated, axis=0),
        "category": np.mean(laws, axis=0),
    }


def repeats(panel: Panel, first: int) -> Sight:
    """Repeat purchases of those who bought from a firm for the first time, as CDNOW counted them.

    The cohort bought first within a quarter; repeats are counted to the end of the ninth month, and in the
    nine months after that.
    """
    before = panel.counts(0, first)
    early = panel.counts(first, first + QUARTER)
    new = (before == 0) & (early > 0)
    calibration = panel.counts(first, first + WINDOW)[new] - 1
    holdout = panel.counts(first + WINDOW, first + 2 * WINDOW)[new]
    group = np.minimum(calibration, MOST)
    sizes = np.bincount(group, minlength=MOST + 1)
    later = np.bincount(group, weights=holdout, minlength=MOST + 1)
    monthly = [panel.counts(first, first + month)[new].clip(1) - 1 for month in range(1, 2 * WINDOW + 1)]
    return {
        "histogram": sizes,
        "later": later,
        "calibration": np.array([calibration.sum()]),
        "tracked": np.array([part.sum() for part in monthly]),
    }
