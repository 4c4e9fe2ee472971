"""Lines over the months, with names at their ends, and axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import FuncFormatter, MaxNLocator

from experiments.figures.story import Story
from experiments.figures.style import QUIET, tones


def lines_by_firm(axes: Axes, story: Story, values: np.ndarray, *, width: float = 1.6) -> None:
    """A line for each firm over the months."""
    found = tones(story)
    for k, name in enumerate(story.names):
        axes.plot(
            story.months, values[:, k], color=found[name].line, lw=width, marker=_dot(values[:, k]), ms=3
        )
    axes.set_xlim(*span(story))


def _dot(values: np.ndarray) -> str:
    """A dot where a single month would leave no line to see."""
    return "o" if np.isfinite(values).sum() == 1 else ""


def span(story: Story) -> tuple[float, float]:
    """The ends of the months' axis."""
    first, last = story.months[0], story.months[-1]
    return (first, last) if last > first else (first - 1.0, last + 1.0)


def label_ends(axes: Axes, story: Story, values: np.ndarray) -> None:
    """Each firm's name at the end of its line, in its colour, none upon another."""
    found, ends = tones(story), []
    for k in story.shown:
        known = np.flatnonzero(np.isfinite(values[:, k]))
        if known.size:
            ends.append((float(values[known[-1], k]), story.names[k]))
    low, high = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.get_figheight()  # type: ignore[union-attr]
    step = 0.135 / inches * (high - low)
    for y, (_, name) in zip(spread([y for y, _ in sorted(ends)], step, low, high), sorted(ends), strict=True):
        axes.annotate(
            name if len(name) <= 10 else f"{name[:9]}.",
            (1.0, y),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            color=found[name].ink,
            size=8.5,
            annotation_clip=False,
        )


def spread(places: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Ascending places moved apart as little as needed, so that neighbours are a step from each other."""
    out = list(places)
    for _ in range(200):
        moved = False
        for k in range(len(out) - 1):
            overlap = step - (out[k + 1] - out[k])
            if overlap > 1e-9 * step:
                out[k] -= overlap / 2.0
                out[k + 1] += overlap / 2.0
                moved = True
        if out and out[0] < low:
            out[0], moved = low, moved or len(out) > 1
        if out and out[-1] > high and len(out) * step <= high - low:
            out[-1], moved = high, True
        if not moved:
            break
    return out


def months_axis(axes: Axes, label: bool = True) -> None:
    """Whole months, in years where the run is long."""
    low, high = axes.get_xlim()
    if high - low == 2.0:  # a single month
        axes.set_xticks([low + 1.0])
        return
    years = (high - low) / 12.0
    if years >= 2.0:
        step = 12 * max(1, round(years / 5.0))
        axes.set_xticks(np.arange(0, high + 1, step))
    else:
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    if label:
        axes.set_xlabel("month")


def percent_axis(axis: Any) -> None:
    """Shares as per cent."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100.0 * value:g} %"))


def thousands_axis(axis: Any) -> None:
    """Coins in thousands."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value / 1000.0:g}k" if value else "0"))


def bars(
    axes: Axes, places: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str, *, flat: bool = False
) -> None:
    """Bars from ``low`` to ``high``, upright or ``flat``, as one drawing: hundreds of patches are slow."""
    half = 0.36 if flat else 0.4
    corners = [
        [(at - half, one), (at + half, one), (at + half, other), (at - half, other)]
        for at, one, other in zip(places, low, high, strict=True)
        if one != other
    ]
    if flat:
        corners = [[(y, x) for x, y in corner] for corner in corners]
    axes.add_collection(PolyCollection(corners, facecolors=colour, linewidths=0.0), autolim=False)


def axis_title(axes: Axes, words: str) -> None:
    """What the upright axis shows, written along the top, where it can be read without turning the page."""
    axes.set_title(words, loc="left", color=QUIET, size=8.0, pad=4)
