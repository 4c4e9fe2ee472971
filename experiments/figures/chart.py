"""What a figure is: when it can be drawn, what it says, and how it is drawn."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.story import Story

YEAR = 12
FEW = 100  # cases below which shares are told as counts


class Chart(NamedTuple):
    """One figure.

    Attributes
    ----------
    name : str
        Name of its files.
    shows : str
        What it shows, for somebody who cannot see it.
    lacks : callable
        Why it cannot be drawn of a story; empty if it can.
    headline : callable
        What is seen in it, as a sentence computed from the story.
    draw : callable
        The figure.
    """

    name: str
    shows: str
    lacks: Callable[[Story], str]
    headline: Callable[[Story], str]
    draw: Callable[[Story], Figure]


def lacks_nothing(story: Story) -> str:
    """Any month of any firm will do."""
    return "" if story.names else "no firm ever had a customer"


def lacks_leavers(story: Story) -> str:
    """Somebody must have left, and it must have been kept."""
    if story.gone is None:
        return "the run did not keep who left (record.leavers=false)"
    return lacks_nothing(story) or ("" if story.gone.height else "nobody left")


def needs_months(months: int) -> Callable[[Story], str]:
    """At least so many months in which somebody was served."""

    def lacks(story: Story) -> str:
        served = int(story.served.any(axis=1).sum())
        short = f"it takes {months} months in which somebody is served, the run has {served}"
        return short if served < months else lacks_nothing(story)

    return lacks


def yearly(values: np.ndarray) -> np.ndarray:
    """Sums by year of months, the last one as far as it goes: (years, ...)."""
    return np.add.reduceat(values, np.arange(0, len(values), YEAR), axis=0)


def last_year(values: np.ndarray) -> np.ndarray:
    """Sum over the last twelve months, as many as there are: (months, ...)."""
    total = np.cumsum(values, axis=0)
    before = np.zeros_like(total)
    before[YEAR:] = total[:-YEAR]
    return np.asarray(total - before)


def ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A quotient; NaN where the whole is zero."""
    out = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.divide(part, whole, out=out, where=whole != 0.0)


def best_and_worst(names: Sequence[str], values: np.ndarray) -> tuple[int, int] | None:
    """The places of the largest and the smallest known value; none if nothing is known."""
    if not np.isfinite(values).any():
        return None
    return int(np.nanargmax(values)), int(np.nanargmin(values))


def listed(items: Sequence[str]) -> str:
    """Items as one lists them in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def parts_of(count: float, total: float) -> str:
    """A part as a number: of a hundred, or of all where they are fewer."""
    return f"{100.0 * count / total:.0f}" if total >= FEW else f"{count:.0f}"


def in_all(total: float) -> str:
    """What such parts are out of: a hundred, or all where they are fewer."""
    return "100" if total >= FEW else f"{total:.0f}"


def of_hundred(share: float) -> str:
    """A share as a number out of a hundred."""
    return f"{100.0 * share:.0f}"
