"""Inverse distribution functions for compiled loops.

Draws become numbers only through the inverse of their law, so that one uniform always gives one
number and a change of a parameter moves it smoothly. Laws without a short formula are tabulated
once on a grid of log-odds, where their (transformed) quantiles are nearly straight lines.
"""

from functools import lru_cache
from math import exp, lgamma, log, sqrt
from typing import Any

import numpy as np
from scipy.special import betaincinv, gammaincinv

from agents.base.compile import rule

NODES = 2049
REACH = 23.0  # log-odds; a uniform of 32 bits has log-odds within 22.9
STEP = 2.0 * REACH / (NODES - 1)


@rule
def normal(u: Any) -> float:
    """Standard normal quantile, absolute error below 1e-6 (Wichura 1988, AS 241, doi 10.2307/2347330)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        upper = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179
        return q * upper / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    r = sqrt(-log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        upper = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777
        value = upper / ((0.12021132975 * r + 0.73700164250) * r + 1.0)
    else:
        r -= 5.0
        upper = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150
        value = upper / ((0.012258202635 * r + 0.24197894225) * r + 1.0)
    return -value if q < 0.0 else value


@rule
def poisson(u: float, mean: float) -> int:
    """Poisson quantile by walking up the distribution, at most 60.

    The first steps are counted without a branch: a processor guesses badly where chance decides.
    """
    chance = exp(-mean)
    total, count = chance, 0
    for k in range(1, 7):
        count += u > total
        chance *= mean / k
        total += chance
    if u <= total:
        return count
    count = 7
    chance *= mean / 7.0
    total += chance
    while u > total and count < 60:
        count += 1
        chance *= mean / count
        total += chance
    return count


@rule
def interpolated(table: Any, u: Any) -> float:
    """Straight-line interpolation of a tabulated quantile at a uniform ``u``."""
    place = (log(u / (1.0 - u)) + REACH) / STEP
    place = min(max(place, 0.0), NODES - 1.000001)
    k = int(place)
    share = place - k
    return table[k] * (1.0 - share) + table[k + 1] * share


@rule
def gamma(table: Any, u: Any) -> float:
    """Gamma quantile from a table of ``gamma_table``."""
    return exp(interpolated(table, u))


@rule
def beta(table: Any, u: Any) -> float:
    """Beta quantile from a table of ``beta_table``."""
    return 1.0 / (1.0 + exp(-interpolated(table, u)))


def _grid() -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.linspace(-REACH, REACH, NODES)))


@lru_cache(maxsize=64)
def gamma_table(shape: float, scale: float) -> np.ndarray:
    """Logarithms of the quantiles of Gamma(shape, scale) on the grid of log-odds."""
    x = gammaincinv(shape, _grid())
    tail = np.exp((np.log(_grid()) + lgamma(shape + 1.0)) / shape)
    return np.log(np.where(x > 0.0, x, np.maximum(tail, 1e-300)) * scale)


@lru_cache(maxsize=64)
def beta_table(a: float, b: float) -> np.ndarray:
    """Log-odds of the quantiles of Beta(a, b) on the grid of log-odds."""
    x = np.clip(betaincinv(a, b, _grid()), 1e-300, 1.0 - 1e-16)
    return np.log(x) - np.log1p(-x)
