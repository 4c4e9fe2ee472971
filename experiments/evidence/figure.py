"""The figure of a row: model and published values against something."""

from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np

from experiments.evidence.page import capital
from experiments.evidence.row import Curve, Result
from experiments.figures.style import INK, QUIET, TONES, as_png, styled
from experiments.folder import write_whole

LOOKS: dict[str, dict[str, Any]] = {
    "model": {"color": TONES[0].line, "marker": "o", "markersize": 4},
    "published": {"color": INK, "marker": "D", "markersize": 4, "linewidth": 1.0, "linestyle": ":"},
    "other": {"color": TONES[3].ink, "marker": "s", "markersize": 3, "linewidth": 1.2},
    "law": {"color": TONES[2].line, "linestyle": (0, (4, 2)), "linewidth": 1.4},
}


def drawn(result: Result, curve: Curve) -> Any:
    """The figure."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    figure = Figure(figsize=(6.4, 3.8), layout="constrained")
    axes = figure.subplots()
    for line in curve.lines:
        axes.plot(curve.x, line.y, label=line.name, **LOOKS[line.kind])
        if line.low is not None and line.high is not None:
            colour = LOOKS[line.kind]["color"]
            axes.fill_between(curve.x, line.low, line.high, color=colour, alpha=0.2, linewidth=0)
    axes.set_xlabel(curve.x_label)
    axes.set_ylabel(curve.y_label)
    if all(np.nanmin(line.y) >= 0.0 for line in curve.lines):
        axes.set_ylim(bottom=0.0)
    axes.set_title(fill(capital(result.row.statistic), 88), loc="left")
    axes.legend(frameon=False, fontsize=8)
    figure.text(0.99, 0.005, f"{result.found.pairs} seeds", ha="right", va="bottom", fontsize=7, color=QUIET)
    return figure


def save(result: Result, curve: Curve, folder: Path) -> Path:
    """Write the figure as PNG."""
    with styled():
        return write_whole(folder / f"{result.row.name}.png", as_png(drawn(result, curve)))
