"""The design that all results share: points to start from, and one group or number moved at a time.

Radial one-at-a-time designs: Campolongo, Saltelli and Cariboni 2011, doi 10.1016/j.cpc.2010.12.039;
elementary effects: Morris 1991, doi 10.1080/00401706.1991.10484804; starting points by Latin hypercube:
McKay, Beckman and Conover 1979, doi 10.1080/00401706.1979.10489755, from SciPy.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import qmc

HALF = 0.5
"""How far a number moves, in units of its range."""


class Spread(NamedTuple):
    """Elementary effects of one group or number on one result, over the starting points.

    Attributes
    ----------
    size : float
        Mean of the absolute change (mu*, Campolongo, Cariboni and Saltelli 2007,
        doi 10.1016/j.envsoft.2006.10.004).
    error : float
        Its standard error over starting points.
    mean, deviation : float
        Mean and standard deviation of the change per move upward (Morris's mu and sigma).
    points : int
        Starting points at which it is defined.
    """

    size: float
    error: float
    mean: float
    deviation: float
    points: int


def starting_points(count: int, numbers: int, middle: float = 1.0, seed: int = 1) -> np.ndarray:
    """Places of all numbers between their ends: (points, numbers), spread evenly for each number.

    ``middle`` is the share of each range, around its middle, in which they lie.
    """
    drawn = qmc.LatinHypercube(numbers, rng=np.random.default_rng(seed)).random(count)
    return np.asarray(HALF + middle * (drawn - HALF))


def moved(start: np.ndarray, which: Sequence[int]) -> np.ndarray:
    """A starting point with some numbers moved by half of their range, each to where there is room."""
    places = start.copy()
    chosen = list(which)
    places[chosen] += np.where(start[chosen] < HALF, HALF, -HALF)
    return places


def directions(starts: np.ndarray, number: int) -> np.ndarray:
    """Which way a number moves from each starting point: 1 up, -1 down."""
    return np.where(starts[:, number] < HALF, 1.0, -1.0)


def spread(before: np.ndarray, after: np.ndarray, ways: np.ndarray | None = None) -> Spread:
    """Elementary effects of a move by half the range, over starting points where both ends are defined.

    Parameters
    ----------
    before, after : array (points,)
        The result before and after the move.
    ways : array (points,), optional
        Which way the number moved; a group, whose numbers move each its own way, has none.
    """
    change = np.asarray(after, float) - np.asarray(before, float)
    defined = np.isfinite(change)
    signed = (change if ways is None else change * ways)[defined]
    count = signed.size
    if count == 0:
        return Spread(np.nan, np.nan, np.nan, np.nan, 0)
    sizes = np.abs(signed)
    several = count > 1
    return Spread(
        float(sizes.mean()),
        float(sizes.std(ddof=1) / np.sqrt(count)) if several else np.nan,
        float(signed.mean()) if ways is not None else np.nan,
        float(signed.std(ddof=1)) if several else np.nan,
        count,
    )
