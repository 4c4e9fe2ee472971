"""One figure an experiment, made for a lecture slide."""

from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib
import numpy as np

from experiments.comparing import Effect, Measure, Verdict
from experiments.folder import write_whole
from experiments.question import Answer
from experiments.questions.page import judged, shown, size

COLOURS = ("#0072B2", "#D55E00", "#56B4E9", "#E69F00", "#009E73", "#CC79A7")
CONTRAST_COLOURS = ("#222222", "#AA3377", "#44AA99", "#999933", "#88CCEE", "#BBBBBB")
EDGE = 150.0
"""Per cent beyond which an effect is drawn at the edge, with its number."""
ROOM = 8
"""Outcomes that a slide has room for."""
STYLE: Any = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "svg.hashsalt": "reciprocity",
    "svg.fonttype": "path",
}


HEIGHT = 0.165
"""Share of a panel's height that a claim of two lines takes."""
MOST = int(1.0 / HEIGHT)
VERDICTS = {
    Verdict.holds: ("holds", "#0072B2"),
    Verdict.opposite: ("contradicted", "#D55E00"),
    Verdict.moved: ("contradicted", "#D55E00"),
    Verdict.slight: ("slightly the other way", "#D55E00"),
    Verdict.nothing: ("not borne out", "#D55E00"),
    Verdict.weak: ("open, right sign", "0.45"),
    Verdict.undecided: ("open", "0.45"),
}


def drawn(answer: Answer) -> Any:
    """Arms over time on top; paired effects and what they say about the claim below."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to load

    question = answer.question
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(13.33, 7.5), layout="constrained")
        halves: Any = figure.subfigures(2, 1, height_ratios=[1.0, 1.15])
        top, bottom = halves
        figure.suptitle(fill(question.asks, 95), fontsize=15, fontweight="bold")
        axes = np.atleast_1d(top.subplots(1, len(question.curves)))
        for place, measure in enumerate(question.curves):
            draw_curves(axes[place], answer, measure)
        handles, names = axes[0].get_legend_handles_labels()
        columns = min(len(names), 5)
        top.legend(handles, names, loc="outside lower center", ncols=columns, frameon=False, fontsize=11)
        left, right = bottom.subfigures(1, 2, width_ratios=[1.35, 1.0])
        draw_effects(left.subplots(), answer)
        write_verdicts(right.subplots(), answer)
    return figure


def draw_curves(axes: Any, answer: Answer, measure: Measure) -> None:
    """A measure in every arm: mean over seeds, and lowest to highest seed."""
    question = answer.question
    for colour, arm in zip(COLOURS, question.arms, strict=False):
        values = answer.monthly(measure, arm, question.shows)
        months = np.arange(values.shape[1]) + 1
        defined = np.isfinite(values).all(axis=0)
        axes.plot(months[defined], values[:, defined].mean(axis=0), color=colour, label=arm, linewidth=2)
        low, high = values[:, defined].min(axis=0), values[:, defined].max(axis=0)
        axes.fill_between(months[defined], low, high, color=colour, alpha=0.15, linewidth=0)
    for year in range(12, values.shape[1], 12):
        axes.axvline(year, color="0.92", linewidth=0.8, zorder=0)
    if question.parting:
        axes.axvline(question.parting, color="0.4", linestyle=":")
    axes.set_title(fill(f"{plain(measure)} ({monthly_unit(measure)})", 42))
    axes.set_xticks(range(0, values.shape[1] + 1, 24))
    axes.set_xlabel("month")
    axes.yaxis.set_major_formatter(lambda value, _: short(value))


def plain(measure: Measure) -> str:
    """What a measure is, without the months in which it is taken."""
    return measure.meaning.split(", first year")[0].split(", second year")[0].split(", two to four")[0]


def write_verdicts(axes: Any, answer: Answer) -> None:
    """Each part of the claim with what the model says of it, and what is left with nobody reciprocating."""
    axes.set_axis_off()
    axes.set_title(f"What the model says ({len(answer.seeds)} paired seeds)", fontsize=12)
    claims, y = sorted(answer.question.claims, key=lambda claim: (claim.beside, claim.built_in)), 1.0
    step = HEIGHT
    if len(claims) * HEIGHT > 1.0:
        left_out = len(claims) - MOST + 1
        claims = claims[: MOST - 1]
        axes.text(0.0, 1.0 - step * (MOST - 1), f"and {left_out} more in the table", va="top", fontsize=11)
    for claim in claims:
        found, verdict = judged(answer, claim)
        word, colour = VERDICTS[verdict]
        mark = "check: " if claim.built_in else "beside: " if claim.beside else ""
        words = fill(mark + claim.says, 44)
        axes.text(0.0, y, words, va="top", fontsize=11, style="italic" if claim.beside else "normal")
        axes.text(1.0, y, f"{word}\n{size(claim, found)}", va="top", ha="right", fontsize=11, color=colour)
        y -= step


def monthly_unit(measure: Measure) -> str:
    """Unit of a measure in one month."""
    return "coins/month" if measure.unit == "coins" and measure.window.how == "total" else measure.unit


def short(value: float) -> str:
    """A number for an axis."""
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= unit:
            return f"{value / unit:g}{letter}"
    return f"{value:g}"


def draw_effects(axes: Any, answer: Answer) -> None:
    """Paired effects in per cent of the control, with 95 % intervals, on the firm that the figure shows."""
    question = answer.question
    contrasts, who = question.contrasts, question.shows
    effects = {
        (measure.name, contrast.name): answer.effect(measure, contrast, who)
        for measure in question.measures
        for contrast in contrasts
    }
    measures = [m for m in shown_measures(answer) if effects[m.name, contrasts[0].name].percent.pairs]
    step = 0.8 / len(contrasts)
    for row, measure in enumerate(measures):
        for place, contrast in enumerate(contrasts):
            found = effects[measure.name, contrast.name]
            if found.percent.pairs:
                y = row + step * (place - (len(contrasts) - 1) / 2.0)
                draw_effect(
                    axes,
                    found,
                    y,
                    CONTRAST_COLOURS[place % len(CONTRAST_COLOURS)],
                    contrast.name if row == 0 else None,
                )
            if len(contrasts) == 1:
                said = f"{shown(found.percent.mean)} %"
                axes.annotate(said, (1.01, row), xycoords=("axes fraction", "data"), va="center", fontsize=9)
    axes.axvline(0.0, color="0.3", linewidth=1)
    labels = [f"{fill(plain(m), 56)}\n{m.window.words}" for m in measures]
    axes.set_yticks(range(len(measures)), labels, fontsize=8.5)
    axes.invert_yaxis()
    reach = [abs(bound) for found in effects.values() for bound in found.percent[1:3] if np.isfinite(bound)]
    widest = float(np.clip(1.1 * max(reach, default=EDGE), 2.0, 1.05 * EDGE))
    axes.set_xlim(-widest, widest)
    axes.set_title(
        f"Effect on {question.firm if who == 'focal' else 'all firms'}, % of the control", fontsize=12
    )
    axes.set_xlabel(
        "95 % interval, paired by seed; curves above: mean, band from lowest to highest", fontsize=8
    )
    axes.grid(axis="x", color="0.92")
    if len(contrasts) > 1:
        axes.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.3, -0.16), ncols=2)


def shown_measures(answer: Answer) -> list[Measure]:
    """The outcomes that the claims are about, and others as far as there is room, in their order."""
    question = answer.question
    claimed = {claim.measure.name for claim in question.claims}
    rest = [m.name for m in question.measures if m.name not in claimed][: max(ROOM - len(claimed), 0)]
    return [m for m in question.measures if m.name in claimed or m.name in rest]


def draw_effect(axes: Any, found: Effect, y: float, colour: str, name: str | None) -> None:
    """One effect with its interval; beyond the edge an arrow."""
    mean = float(np.clip(found.percent.mean, -EDGE, EDGE))
    low, high = np.clip([found.percent.low, found.percent.high], -EDGE, EDGE)
    axes.plot([low, high], [y, y], color=colour, linewidth=2.5, solid_capstyle="butt")
    marker = "o" if abs(found.percent.mean) <= EDGE else (">" if found.percent.mean > 0 else "<")
    axes.plot(mean, y, marker, color=colour, markersize=6, label=name)


def save(answer: Answer, folder: Path) -> Path:
    """Write the figure as SVG and PNG; the path of the SVG."""
    figure = drawn(answer)
    for kind, options in (("png", {"dpi": 120}), ("svg", {"metadata": {"Date": None}})):
        buffer = BytesIO()
        with matplotlib.rc_context(STYLE):
            figure.savefig(buffer, format=kind, **options)
        write_whole(folder / f"{answer.question.name}.{kind}", buffer.getvalue())
    return folder / f"{answer.question.name}.svg"
