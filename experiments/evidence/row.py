"""A row of the scorecard: a regularity, what the model says of it, and the verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

import numpy as np

from experiments.comparing import Interval, interval
from experiments.evidence.tables import Published

Sight = Mapping[str, np.ndarray]
"""What one seed of a study showed, as named arrays."""
Estimate = Callable[[Sequence[Sight]], float]
"""A statistic of several seeds."""


@dataclass(frozen=True)
class Study:
    """Runs of one seed from which rows take their numbers.

    Attributes
    ----------
    name, meaning : str
        What it is called, and the market that it looks at.
    look : callable
        What a seed shows in a market of so many customers.
    null : Study, optional
        The same market where nobody reciprocates: what a row shows there too is no result of reciprocity.
    """

    name: str
    meaning: str
    look: Callable[[int, int], Sight]
    null: "Study | None" = None


def beside_null(name: str, meaning: str, look: Callable[..., Sight]) -> Study:
    """A study with its null; ``look`` takes ``off``, whether nobody reciprocates."""
    null = Study(f"{name}_null", f"{meaning}; nobody reciprocates", partial(look, off=True))
    return Study(name, meaning, look, null)


class Line(NamedTuple):
    """One line of a figure: ``low`` and ``high`` are its 95 % interval, where it has one."""

    name: str
    kind: str
    y: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


def line_of(values: np.ndarray) -> Line:
    """The model's line: mean over seeds at each point, with its interval where there is one.

    Parameters
    ----------
    values : array (seeds, points)
        What each seed showed; seeds in which a point is undefined are left out there.
    """
    found = np.array([interval(column)[:3] for column in values.T])
    found[~np.isfinite(found)] = np.nan
    middle, low, high = found.T
    return Line("model", "model", middle, low, high)


class Curve(NamedTuple):
    """A figure of a row: lines against something. ``kind`` of a line: model, published, law or other."""

    x: np.ndarray
    x_label: str
    y_label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """One regularity.

    Attributes
    ----------
    name, statistic, unit : str
        What it is called, the statistic in words, its unit.
    study : Study, optional
        Where the model's value comes from.
    estimate : callable, optional
        The statistic of several seeds.
    used : str
        What in the model was set from this regularity or is true by construction; empty where the model
        was told nothing of it, so that it is predicted.
    absent : str
        Why the model has no value to compare; empty where it has.
    curve : callable, optional
        The figure of the row.
    outside : str
        The best explanation there is, should the row be outside its band.
    """

    name: str
    statistic: str
    unit: str
    study: Study | None = None
    estimate: Estimate | None = None
    used: str = ""
    absent: str = ""
    curve: Callable[[Sequence[Sight]], Curve] | None = None
    outside: str = ""


class Verdict(StrEnum):
    """What the model's interval says of the band."""

    inside = "inside"
    outside = "outside"
    wide = "interval wider than band"
    edge = "interval crosses the edge of the band"
    undefined = "undefined in too many seeds"
    incomparable = "not comparable"


class Result(NamedTuple):
    """A row with what the model says of it.

    ``by``: how far outside its band it is, in its unit; ``null``: the same where nobody reciprocates.
    """

    row: Row
    published: Published
    found: Interval
    verdict: Verdict
    by: float
    null: Interval | None = None
    null_verdict: Verdict | None = None

    @property
    def counted(self) -> bool:
        """Whether the row counts as evidence: predicted, comparable, and the published figure was seen."""
        comparable = self.verdict not in (Verdict.incomparable, Verdict.undefined)
        return comparable and not self.row.used and self.published.status.counted


def jackknife(estimate: Estimate, sights: Sequence[Sight]) -> Interval:
    """A statistic of all seeds together, with its interval over seeds.

    Pseudo-values of leaving one seed out (Tukey 1958), averaged with Student's t; for a mean over seeds
    this is the usual t interval.
    """
    size, whole = len(sights), estimate(sights)
    parts = [estimate([*sights[:k], *sights[k + 1 :]]) for k in range(size)]
    around = interval(size * whole - (size - 1.0) * np.array(parts))
    reach = around.half_width
    return Interval(whole, whole - reach, whole + reach, around.pairs)


def mean_of(single: Callable[[Sight], float]) -> Estimate:
    """The mean over seeds of a statistic of one seed, where it is defined."""

    def estimate(sights: Sequence[Sight]) -> float:
        values = np.array([single(sight) for sight in sights])
        found = values[np.isfinite(values)]
        return float(found.mean()) if found.size else float("nan")

    return estimate


def compared(found: Interval, published: Published) -> tuple[Verdict, float]:
    """What an interval says of a band, and how far outside its middle lies."""
    low, high = published.low, published.high
    if not np.isfinite([found.mean, found.low, found.high]).all():
        return Verdict.undefined, 0.0
    by = max(low - found.mean, found.mean - high, 0.0)
    apart = found.high < low or found.low > high
    if found.high - found.low > high - low and not apart:
        return Verdict.wide, by
    if by > 0.0:
        return Verdict.outside, by
    return (Verdict.inside if low <= found.low and found.high <= high else Verdict.edge), 0.0


def judged(row: Row, published: Published, sights: Sequence[Sight], null: Sequence[Sight] = ()) -> Result:
    """A row with its verdict, and that of its null where it has one."""
    if row.absent or row.estimate is None:
        nothing = Interval(float("nan"), float("nan"), float("nan"), 0)
        return Result(row, published, nothing, Verdict.incomparable, 0.0)
    found = jackknife(row.estimate, sights)
    result = Result(row, published, found, *compared(found, published))
    if not null:
        return result
    beside = jackknife(row.estimate, null)
    return result._replace(null=beside, null_verdict=compared(beside, published)[0])
