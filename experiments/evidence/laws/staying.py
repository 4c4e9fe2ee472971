"""How long customers stay: the shifted-beta-geometric law and the beta-discrete-Weibull law.

Everybody has a yearly chance of leaving of its own, Beta(a, b) across people. Under the first law it never
changes (Fader and Hardie 2007, doi 10.1002/dir.20074); under the second it falls (c < 1) or rises (c > 1)
with time (Fader, Hardie, Liu, Davin and Steenburgh 2018, J. Interactive Marketing 43:1-16).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln

LEAST, MOST = 1e-3, 1e4
"""Bounds of the shapes of the Beta law."""
SLOWEST, FASTEST = 0.05, 10.0
"""Bounds of the duration parameter."""


class LifeTable(NamedTuple):
    """A cohort followed year by year: how many could leave in each year, and how many did.

    Who moves away in a year could not leave in it, and is counted for the years before.
    """

    exposed: np.ndarray
    left: np.ndarray

    @property
    def survival(self) -> np.ndarray:
        """Share that is still there after 0, 1, 2, ... years (product-limit estimate)."""
        with np.errstate(invalid="ignore"):
            kept = 1.0 - self.left / self.exposed
        return np.concatenate([[1.0], np.cumprod(kept)])

    def until(self, years: int) -> "LifeTable":
        """The first years alone."""
        return LifeTable(self.exposed[:years], self.left[:years])


def pooled(tables: Sequence[LifeTable]) -> LifeTable:
    """Several cohorts as one."""
    return LifeTable(
        np.sum([table.exposed for table in tables], axis=0), np.sum([table.left for table in tables], axis=0)
    )


def of_survivors(survivors: np.ndarray, size: float = 1.0) -> LifeTable:
    """The life table of a cohort of which so many are there after 0, 1, 2, ... years."""
    counts = size * np.asarray(survivors, float) / survivors[0]
    return LifeTable(counts[:-1], -np.diff(counts))


class Staying(NamedTuple):
    """The law: shapes ``a``, ``b`` of the Beta, and the duration parameter ``c`` (1: constant chances)."""

    a: float
    b: float
    c: float = 1.0

    def survival(self, years: np.ndarray) -> np.ndarray:
        """Share still there after some years: B(a, b + t^c) / B(a, b)."""
        time = np.asarray(years, float) ** self.c
        return np.asarray(np.exp(betaln(self.a, self.b + time) - betaln(self.a, self.b)))

    def retention(self, years: np.ndarray) -> np.ndarray:
        """Share of those there after t - 1 years who are there after t years."""
        later = np.asarray(years, float)
        return self.survival(later) / self.survival(later - 1.0)

    @property
    def mean_churn(self) -> float:
        """Mean yearly chance of leaving of a new cohort, in the first year."""
        return self.a / (self.a + self.b)


def log_likelihood(law: Staying, table: LifeTable) -> float:
    """Log-likelihood of a life table under a law."""
    kept = np.clip(law.retention(np.arange(1.0, table.left.size + 1.0)), 1e-12, 1.0 - 1e-12)
    return float((table.left * np.log1p(-kept) + (table.exposed - table.left) * np.log(kept)).sum())


def fitted(table: LifeTable, *, duration: bool = False) -> Staying:
    """The law that makes a life table most likely; with ``duration`` the parameter c is free."""
    free = 3 if duration else 2
    bounds = [(np.log(LEAST), np.log(MOST))] * 2 + [(np.log(SLOWEST), np.log(FASTEST))]
    scale = max(float(table.exposed[0]), 1e-300)

    def loss(logs: np.ndarray) -> float:
        return -log_likelihood(Staying(*np.exp(logs)), table) / scale

    starts = [(1.0, 3.0, 1.0), (0.5, 1.0, 1.5), (3.0, 10.0, 0.8)]
    found = [
        minimize(
            loss,
            np.log(start[:free]),
            method="Nelder-Mead",
            bounds=bounds[:free],
            options={"xatol": 1e-7, "fatol": 1e-12, "maxiter": 4000, "maxfev": 4000},
        )
        for start in starts
    ]
    best = min(found, key=lambda each: float(each.fun))
    return Staying(*(float(value) for value in np.exp(best.x)))
