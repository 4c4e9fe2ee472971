"""One figure an experiment, made for a lecture slide."""

from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib
import numpy as np

from experiments.comparing import Measure
from experiments.question import Answer
from experiments.folder import write_whole
from experiments.questions.page import headline, shown

COLOURS = ("#0072B2", "#D55E00", "#56B4E9", "#E69F00", "#009E73", "#CC79A7")
EDGE = 150.0
"""Per cent beyond which an effect is drawn at the edge, with its number."""
STYLE: Any = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "svg.hashsalt": "reciprocity",
    "svg.fonttype": "path",
}


def drawn(answer: Answer) -> Any:
    """Arms over time on top, paired effects with their intervals below."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    question = answer.question
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(13.33, 7.5), layout="constrained")
        halves: Any = figure.subfigures(2, 1, height_ratios=[1.0, 1.1])
        top, bottom = halves
        figure.suptitle(fill(question.asks, 90), fontsize=15, fontweight="bold")
        axes = top.subplots(1, len(question.curves))
        for place, measure in enumerate(question.curves):
            draw_curves(axes[place], answer, measure)
        handles, names = axes[0].get_legend_handles_labels()
        top.legend(handles, names, loc="outside lower center", ncols=len(names), frameon=False, fontsize=11)
        draw_effects(bottom.subplots(), answer)
        figure.supxlabel(fill(headline(answer), 140), fontsize=11)
    return figure


def draw_curves(axes: Any, answer: Answer, measure: Measure) -> None:
    """A measure of the focal firm in every arm: mean over seeds, and lowest to highest seed."""
    question = answer.question
    for colour, arm in zip(COLOURS, question.arms, strict=False):
        values = answer.monthly(measure, arm)
        months = np.arange(values.shape[1]) + 1
        axes.plot(months, values.mean(axis=0), color=colour, label=arm, linewidth=2)
        axes.fill_between(
            months, values.min(axis=0), values.max(axis=0), color=colour, alpha=0.15, linewidth=0
        )
    for year in range(12, question.months, 12):
        axes.axvline(year, color="0.9", linewidth=0.8, zorder=0)
    if question.parting:
        axes.axvline(question.parting, color="0.4", linestyle=":")
    axes.set_title(fill(f"{measure.meaning.split(', first year')[0]} ({monthly_unit(measure)})", 42))
    axes.set_xticks(range(0, question.months + 1, 24))
    axes.set_xlabel("month")
    axes.yaxis.set_major_formatter(lambda value, _: short(value))


def monthly_unit(measure: Measure) -> str:
    """Unit of a measure in one month."""
    return "coins/month" if measure.unit == "coins" and measure.window.how == "total" else measure.unit


def short(value: float) -> str:
    """A number for an axis."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def draw_effects(axes: Any, answer: Answer) -> None:
    """Paired effects on the focal firm, in per cent of the control, with 95 % intervals and numbers."""
    question = answer.question
    contrasts = question.contrasts
    measures = [m for m in question.measures if answer.effect(m, contrasts[0]).percent.pairs]
    step = 0.8 / len(contrasts)
    for row, measure in enumerate(measures):
        for place, contrast in enumerate(contrasts):
            found = answer.effect(measure, contrast)
            if found.percent.pairs == 0:
                continue
            y = row + step * (place - (len(contrasts) - 1) / 2.0)
            mean = float(np.clip(found.percent.mean, -EDGE, EDGE))
            low, high = np.clip([found.percent.low, found.percent.high], -EDGE, EDGE)
            colour = COLOURS[::-1][place]
            axes.plot([low, high], [y, y], color=colour, linewidth=2.5, solid_capstyle="butt")
            marker = "o" if abs(found.percent.mean) <= EDGE else (">" if found.percent.mean > 0 else "<")
            axes.plot(mean, y, marker, color=colour, markersize=7, label=contrast.name if row == 0 else None)
            if len(contrasts) == 1:
                said = f"{shown(found.percent.mean)} %  ({shown(found.difference.mean)} {measure.unit})"
                axes.annotate(said, (1.01, y), xycoords=("axes fraction", "data"), va="center", fontsize=10)
    axes.axvline(0.0, color="0.3", linewidth=1)
    axes.set_yticks(range(len(measures)), [f"{m.meaning}\n{m.window.words}" for m in measures], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(-1.05 * EDGE if any_below(answer, measures) else -110.0, 1.05 * EDGE)
    axes.set_title(f"Effect on {question.firm}, % of the control, 95 % interval", fontsize=12)
    axes.set_xlabel(
        f"{len(answer.seeds)} seeds; curves above: their mean, band from lowest to highest", fontsize=9
    )
    axes.grid(axis="x", color="0.92")
    if len(contrasts) > 1:
        axes.legend(frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1.0, 0.5))


def any_below(answer: Answer, measures: list[Measure]) -> bool:
    """Whether an effect lies far below zero."""
    contrasts = answer.question.contrasts
    return any(answer.effect(m, contrast).percent.low < -105.0 for m in measures for contrast in contrasts)


def save(answer: Answer, folder: Path) -> Path:
    """Write the figure as SVG and PNG; the path of the SVG."""
    figure = drawn(answer)
    for kind, options in (("png", {"dpi": 120}), ("svg", {"metadata": {"Date": None}})):
        buffer = BytesIO()
        with matplotlib.rc_context(STYLE):
            figure.savefig(buffer, format=kind, **options)
        write_whole(folder / f"{answer.question.name}.{kind}", buffer.getvalue())
    return folder / f"{answer.question.name}.svg"
