"""The figure: how much each group of parameters moves each headline result."""

from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

from experiments.figures.style import INK, as_png, styled
from experiments.folder import write_whole
from experiments.sensitivity.study import Study

LUCK = "other luck alone"
LEAST, MOST = 0.03, 30.0
"""Ends of the colours, as multiples of a result's size at the default."""


def heat(study: Study) -> tuple[list[str], np.ndarray]:
    """Groups in the order of what they move, then luck; each result's change over its default size."""
    names = list(study.groups)
    results = range(len(study.headlines))
    sizes = np.array([[abs(study.default(k).mean) for k in results]])
    values = np.array([[study.of_group(name, k).size for k in results] for name in names])
    luck = np.array([[study.of_luck(k) for k in results]])
    with np.errstate(divide="ignore", invalid="ignore"):
        shares, by_luck = values / sizes, luck / sizes
    order = np.argsort(-np.nan_to_num(np.log(np.maximum(shares, 1e-6))).mean(axis=1), kind="stable")
    return [*(names[k] for k in order), LUCK], np.vstack([shares[order], by_luck])


def told(value: float) -> str:
    """A share in a cell."""
    if not np.isfinite(value):
        return "-"
    if 0.0 < value < 0.005:
        return "<0.01"
    return (
        "0"
        if value == 0.0
        else f"{value:.0f}"
        if value >= 10.0
        else f"{value:.1f}"
        if value >= 1.0
        else f"{value:.2f}"
    )


def drawn(study: Study) -> Any:
    """The heat map."""
    from matplotlib.colors import LogNorm  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure  # noqa: PLC0415

    names, values = heat(study)
    columns = [line.name + ("" if study.default(k).clear else " *") for k, line in enumerate(study.headlines)]
    width = max(3.0 + 0.55 * len(columns), 6.0)
    figure = Figure(figsize=(width, 2.4 + 0.3 * len(names)), layout="constrained")
    axes = figure.subplots()
    shown = np.ma.masked_invalid(np.clip(values, LEAST, MOST))
    image = axes.imshow(shown, cmap="YlGnBu", norm=LogNorm(LEAST, MOST), aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        dark = np.isfinite(value) and value > 3.0
        axes.text(
            column, row, told(value), ha="center", va="center", fontsize=7, color="white" if dark else INK
        )
    axes.set_xticks(range(len(columns)), columns, rotation=45, ha="right")
    axes.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
    axes.axhline(len(names) - 1.5, color=INK, linewidth=1.0)
    axes.grid(False)
    axes.tick_params(length=0)
    bar = figure.colorbar(image, ax=axes, ticks=[0.03, 0.1, 0.3, 1, 3, 10, 30], format="%g", shrink=0.8)
    bar.set_label("mean change, 1: the result's own size")
    title = "Mean change of each headline result by each group of parameters, over its size at the default"
    note = " (*: not clear from zero at the default)" if any(name.endswith("*") for name in columns) else ""
    axes.set_title(fill(title + note, round(10 * width)), loc="left")
    return figure


def save(study: Study, folder: Path) -> Path:
    """Write the figure as PNG."""
    with styled():
        return write_whole(folder / "groups.png", as_png(drawn(study)))
