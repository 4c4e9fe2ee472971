"""Chance of the twin: draws by address, and the laws that they are turned into, in plain Python.

The draws come from the model's own generator, for everybody at once and before the month is lived; each
becomes a number by an inverse distribution function. Laws without a short formula are read off a table of
quantiles that the model prepared, by straight lines between its points.
"""

from collections.abc import Sequence
from math import exp, log, sqrt

import numpy as np

from agents.base.streams import draw

Luck = list[list[float]]  # one row of uniforms a customer

TABLE_REACH = 23.0  # log-odds at both ends of a table of quantiles


def luck_of(seed: int, stream: int, clock: int, numbers: np.ndarray, blocks: int = 1) -> Luck:
    """Return the uniforms of one stream for each number, the blocks of four side by side."""
    parts = [draw(seed, stream, clock, numbers, block) for block in range(blocks)]
    return np.concatenate(parts, axis=1).tolist()


def within(value: float, lowest: float, highest: float) -> float:
    """Return the value, kept within two bounds."""
    return min(max(value, lowest), highest)


def single(value: float) -> float:
    """Return the value as it is kept in single precision."""
    return float(np.float32(value))


def polynomial(x: float, coefficients: Sequence[float]) -> float:
    """Return a polynomial's value; the coefficient of the highest power comes first."""
    value = 0.0
    for coefficient in coefficients:
        value = value * x + coefficient
    return value


def normal(uniform: float) -> float:
    """Return a standard normal number: algorithm PPND7 of Wichura 1988, doi 10.2307/2347330."""
    centred = uniform - 0.5
    if abs(centred) <= 0.425:
        r = 0.180625 - centred * centred
        upper = polynomial(r, (59.109374720, 159.29113202, 50.434271938, 3.3871327179))
        return centred * upper / polynomial(r, (67.187563600, 78.757757664, 17.895169469, 1.0))
    r = sqrt(-log(min(uniform, 1.0 - uniform)))
    if r <= 5.0:
        upper = polynomial(r - 1.6, (0.17023821103, 1.3067284816, 2.7568153900, 1.4234372777))
        size = upper / polynomial(r - 1.6, (0.12021132975, 0.73700164250, 1.0))
    else:
        upper = polynomial(r - 5.0, (0.017337203997, 0.42868294337, 3.0812263860, 6.6579051150))
        size = upper / polynomial(r - 5.0, (0.012258202635, 0.24197894225, 1.0))
    return -size if centred < 0.0 else size


def poisson(uniform: float, mean: float) -> int:
    """Return a Poisson count, at most 60: the first whose cumulated probability reaches the draw."""
    count = 0
    probability = cumulated = exp(-mean)
    while uniform > cumulated and count < 60:
        count += 1
        probability *= mean / count
        cumulated += probability
    return count


def quantile(table: Sequence[float], uniform: float) -> float:
    """Return the tabulated quantile of a uniform; the table is even in its log-odds."""
    step = 2.0 * TABLE_REACH / (len(table) - 1)
    place = within((log(uniform / (1.0 - uniform)) + TABLE_REACH) / step, 0.0, len(table) - 1.000001)
    below = int(place)
    share = place - below
    return table[below] * (1.0 - share) + table[below + 1] * share


def gumbel(uniform: float) -> float:
    """Return a standard Gumbel number, the noise of a multinomial logit choice."""
    return -log(-log(uniform))
