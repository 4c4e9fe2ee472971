"""The chain from effort to profit, with its lags."""

from itertools import pairwise
from math import nan
from typing import NamedTuple

import numpy as np

from sim.metrics.arithmetic import correlation
from sim.metrics.metric import METRICS
from sim.recording import Recording

CHAIN = ("mean_service_effort", "mean_quality", "mean_satisfaction", "retention", "profit")
LONGEST_LAG = 24
LEAST_MONTHS = 24


class ChainLink(NamedTuple):
    """One step of the chain: the lag in months at which the two go together most, and how closely."""

    cause: str
    effect: str
    lag: float
    correlation: float


def chain(recording: Recording, firm: int) -> list[ChainLink]:
    """Lags from effort to quality, satisfaction, retention and profit, of one firm.

    Each series is taken as its deviation from its own straight trend; the lag is that of the largest
    cross-correlation. It describes: two series that both answer a third show a lag as well.
    """
    series = {name: METRICS[name].compute(recording)[:, firm] for name in CHAIN}
    return [ChainLink(a, b, *closest_lag(series[a], series[b])) for a, b in pairwise(CHAIN)]


def closest_lag(cause: np.ndarray, effect: np.ndarray) -> tuple[float, float]:
    """The lag in months at which an effect goes most closely with its cause, and that correlation."""
    known = np.isfinite(cause) & np.isfinite(effect)
    if known.sum() < LEAST_MONTHS + 1:
        return nan, nan
    first, second = without_trend(cause, known), without_trend(effect, known)
    found = np.array([correlation(*pairs(first, second, lag)) for lag in range(LONGEST_LAG + 1)])
    if np.isnan(found).all():
        return nan, nan
    lag = int(np.nanargmax(found))
    return float(lag), float(found[lag])


def pairs(first: np.ndarray, second: np.ndarray, lag: int) -> np.ndarray:
    """A series and another some months later, (2, months), where both are known; none if too few are."""
    later = second[lag:]
    both = np.stack([first[: later.size], later])
    found = both[:, np.isfinite(both).all(axis=0)]
    return found if found.shape[1] >= LEAST_MONTHS else found[:, :0]


def without_trend(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Deviations of a series from the straight trend of its known months."""
    months = np.arange(values.size)
    slope, level = np.polyfit(months[known], values[known], 1)
    return values - level - slope * months
