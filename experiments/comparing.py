"""Paired comparison: worlds that differ only in what is asked, so that their difference is its effect."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from experiments.worlds import World

LEVEL = 0.95


class How(StrEnum):
    """How the months of a window become one number."""

    mean = "mean"
    total = "total"
    last = "last"


class Window(NamedTuple):
    """Months after the parting over which a measure is taken, from ``first`` up to but not ``stop``."""

    first: int
    stop: int
    how: How = How.mean

    def of(self, values: np.ndarray, parting: int) -> float:
        """One number of a monthly series that begins at month 0."""
        part = values[parting + self.first : parting + self.stop]
        if self.how is How.last:
            return float(part[-1])
        return float(part.sum() if self.how is How.total else part.mean())

    @property
    def words(self) -> str:
        """The window as one says it."""
        if self.how is How.last:
            return f"after {self.stop} months"
        return f"{self.how} of months {self.first + 1} to {self.stop}"


@dataclass(frozen=True)
class Measure:
    """One outcome, named before the run.

    Attributes
    ----------
    name, unit, meaning : str
        What it is called, its unit, and what it is.
    needs : tuple of str
        What of each firm has to be watched for it.
    monthly : callable
        The measure of some firms together in every month of a world.
    window : Window
        Months that count.
    felt : bool
        Whether it is what people feel, and not what they do: then no switch of reciprocity moves it
        directly, and the null that bears on it is the one in which minds are frozen.
    """

    name: str
    unit: str
    meaning: str
    needs: tuple[str, ...]
    monthly: Callable[[World, Sequence[int]], np.ndarray]
    window: Window
    felt: bool = False

    def of(self, world: World, firms: Sequence[int], parting: int) -> float:
        """The one number of a world."""
        return self.window.of(self.monthly(world, firms), parting)


class Contrast(NamedTuple):
    """A weighted sum of arms whose weights sum to zero; ``control`` is what its size is compared with."""

    name: str
    weights: Mapping[str, float]
    control: str


def against(treated: str, control: str) -> Contrast:
    """One arm less another."""
    return Contrast(f"{treated} less {control}", {treated: 1.0, control: -1.0}, control)


class Interval(NamedTuple):
    """A mean with its 95 % interval (Student's t) over ``pairs`` seeds."""

    mean: float
    low: float
    high: float
    pairs: int

    @property
    def half_width(self) -> float:
        """Half of the interval's width."""
        return (self.high - self.low) / 2.0

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0


def interval(values: np.ndarray) -> Interval:
    """Mean and t interval over seeds in which the value is defined; without bounds where there is but one."""
    found = np.asarray(values, float)
    found = found[np.isfinite(found)]
    if found.size == 0:
        return Interval(np.nan, np.nan, np.nan, 0)
    mean = float(found.mean())
    if found.size == 1:
        return Interval(mean, -np.inf, np.inf, 1)
    reach = stdtrit(found.size - 1, 0.5 + LEVEL / 2.0) * found.std(ddof=1) / np.sqrt(found.size)
    return Interval(mean, mean - float(reach), mean + float(reach), found.size)


class Effect(NamedTuple):
    """What a contrast does to a measure: in units, and in per cent of the control."""

    difference: Interval
    percent: Interval
    control: float


def mean_of(values: np.ndarray) -> float:
    """Mean of the values that are defined; undefined where none is."""
    found = values[np.isfinite(values)]
    return float(found.mean()) if found.size else np.nan


def paired(values: Mapping[str, np.ndarray], contrast: Contrast) -> tuple[np.ndarray, np.ndarray]:
    """A contrast within each seed: in units, and in per cent of the mean control.

    Where the control is next to nothing (below 1 % of the effect), or cannot be told from nothing over the
    seeds, per cent of it mean nothing (Fieller 1954, doi 10.1111/j.2517-6161.1954.tb00159.x).
    """
    differences = np.asarray(sum(weight * values[arm] for arm, weight in contrast.weights.items()))
    base = np.where(np.isfinite(differences), values[contrast.control], np.nan)
    least, known = 0.01 * mean_of(np.abs(differences)), interval(base)
    if not abs(known.mean) > least or (known.pairs > 1 and not known.clear):
        return differences, np.full(differences.shape, np.nan)
    return differences, percents(differences, base)


def percents(differences: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Per cent of the mean base, one number a seed: their mean is the ratio of the means.

    They scatter as that ratio does (a ratio estimator, Cochran 1977, Sampling techniques, chapter 6). A mean
    of per cent seed by seed would go by the seeds in which next to nothing is left, and so by luck.
    """
    effect, size = mean_of(differences), mean_of(base)
    return np.asarray(100.0 / abs(size) * (effect + differences - effect / size * base))


def effect(values: Mapping[str, np.ndarray], contrast: Contrast) -> Effect:
    """Paired effect: the contrast is taken within each seed, then averaged over seeds."""
    differences, percents = paired(values, contrast)
    control = np.where(np.isfinite(differences), values[contrast.control], np.nan)
    return Effect(interval(differences), interval(percents), mean_of(control))


class Verdict(StrEnum):
    """What an interval says about a claim."""

    holds = "holds"
    weak = "has the right sign, but may be too small to matter"
    nothing = "is not borne out: no effect worth having"
    opposite = "is contradicted: the effect has the opposite sign"
    slight = "goes slightly the other way, not surely by as much as is worth having"
    moved = "is contradicted: the effect lies elsewhere"
    undecided = "stays undecided with these seeds"


@dataclass(frozen=True)
class Claim:
    """A claim as data.

    Attributes
    ----------
    says : str
        The claim in words.
    measure : Measure
        On what it is judged.
    contrast : Contrast
        Which arms it compares.
    direction : int
        1: the measure rises; -1: it falls; 0: it stays within ``smallest`` of ``about`` either way.
    smallest : float
        Smallest effect worth having, in ``relative`` per cent of the control or in units; below zero: how
        far it may go the other way.
    who : str
        ``focal``, ``rivals`` or ``total``.
    beside : bool
        Whether it stands beside the claim under study: what it costs or brings, not what it says.
    setting : str, optional
        The market in which it is judged; the main one if left out.
    built_in : bool
        Whether it follows from the rules, or from how an arm was chosen: then it is a check, not a finding.
    about : float
        The effect that is claimed where ``direction`` is 0: none if left out.
    """

    says: str
    measure: Measure
    contrast: Contrast
    direction: int
    smallest: float
    relative: bool = True
    who: str = "focal"
    beside: bool = False
    setting: str | None = None
    built_in: bool = False
    about: float = 0.0

    def verdict(self, found: Effect) -> Verdict:
        """What the effect says about the claim."""
        seen = found.percent if self.relative else found.difference
        if self.direction == 0:
            return unmoved(seen, self.smallest, self.about)
        low, high = sorted((self.direction * seen.low, self.direction * seen.high))
        if low >= self.smallest:
            return Verdict.holds
        if high < -abs(self.smallest):
            return Verdict.opposite
        if high < min(self.smallest, 0.0):
            return Verdict.slight
        if low > 0.0:
            return Verdict.nothing if high < self.smallest else Verdict.weak
        return Verdict.nothing if high < self.smallest else Verdict.undecided


def unmoved(seen: Interval, smallest: float, about: float = 0.0) -> Verdict:
    """What an interval says about the claim that an effect is ``about`` so much and no other."""
    if about - smallest < seen.low and seen.high < about + smallest:
        return Verdict.holds
    if seen.low >= about + smallest or seen.high <= about - smallest:
        return Verdict.moved
    return Verdict.undecided


def visible_from(differences: np.ndarray, lasting: int = 6) -> tuple[int, int] | None:
    """First month from which the paired interval leaves zero out for ``lasting`` months, and the sign.

    The intervals are pointwise: each month has its own 95 %, and months that follow one another go together.

    Parameters
    ----------
    differences : array (seeds, months)
        One arm less another, month by month.
    lasting : int
        Months for which the same sign has to last.
    """
    found = [interval(column) for column in differences.T]
    return lasting_sign([int(np.sign(each.mean)) if each.clear else 0 for each in found], lasting)


def lasting_sign(signs: Sequence[int], lasting: int = 6) -> tuple[int, int] | None:
    """First month from which a sign other than 0 lasts for some months, and that sign."""
    for month in range(len(signs) - lasting + 1):
        if signs[month] and set(signs[month : month + lasting]) == {signs[month]}:
            return month, signs[month]
    return None
