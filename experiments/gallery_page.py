"""The gallery's page: a sheet of small panels and a table for each group of things changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from experiments.describe import Table, markdown
from experiments.figures.page import Sheet, sheet
from experiments.figures.style import QUIET, TONES, as_png, styled
from experiments.folder import write_whole
from experiments.gallery import MEASURES, PARTING, PLAIN, Effect, Item

FOLDER = "figures"


class Measure(NamedTuple):
    """One column of a sheet: heading, factor and form of its differences, least range."""

    heading: str
    scale: float
    form: str
    least: float


COLUMNS = {
    "kept": Measure("kept, points", 100.0, "+.1f", 1.0),
    "value": Measure("R", 1.0, "+.2f", 0.02),
    "profit": Measure("profit, k", 0.001, "+.2f", 0.1),
}

HEAD = f"""\
# Gallery

What each policy, lever, switch and shock does to one firm of the default market. A base world runs for
{PARTING} months under the firms' policies. Then a copy of it goes on with one thing changed, with the same
people and the same luck: the difference is what the change did. {{about}}.

Line: mean difference from the base world. Band: from the lowest to the highest of the worlds. The number is
the mean of the last twelve months. Panels of a column share one scale on a sheet, given on top.
*Kept a year*: share of customers who stay through twelve months, in percentage points. *R*: what a service
is worth to the median customer over all that it pays. *Profit*: before tax, thousands of coins a month, over
twelve months. Five firms share the market, so what one gains others may lose; and a change that shows
nothing here can matter in another firm or for longer.

Written by `make gallery`.
"""

INTROS = {
    "mode": "Presets of the focal firm's policies in place of `reciprocity`.",
    "levers of service": f"`{PLAIN}` does more of one thing than its policies say.",
    "levers of exploitation": f"Before every month temptation is set to full pull at `{PLAIN}`, there with "
    "shareholder primacy. Once a quarter its managers, whom nothing tempts, take back a part of that "
    "before they set terms: what terms carry is less than the full pull.",
    "switches off": "One mechanism off for everybody, seen at the focal firm.",
    "shocks": f"Each strikes in month {PARTING + 6}; scandal, star leaving and desertion strike the focal "
    "firm.",
}


def write(docs: Path, wanted: Sequence[Item], found: Sequence[Effect], about: str) -> Path:
    """Draw every sheet and write the page; its path."""
    (docs / FOLDER).mkdir(parents=True, exist_ok=True)
    text = [HEAD.format(about=about[:1].upper() + about[1:])]
    for group in dict.fromkeys(item.group for item in wanted):
        part = [(item, effect) for item, effect in zip(wanted, found, strict=True) if item.group == group]
        name = f"gallery_{group.replace(' ', '_')}.png"
        with styled():
            write_whole(docs / FOLDER / name, as_png(drawn(group, part).figure))
        text.append(f"## {title_of(group)}\n\n{intro_of(group)}\n\n![{title_of(group)}]({FOLDER}/{name})\n")
        text.append(markdown(table(part)))
    return write_whole(docs / "gallery.md", "\n".join(text))


def title_of(group: str) -> str:
    """A group's heading."""
    return group.replace("_", " ").capitalize()


def intro_of(group: str) -> str:
    """What is changed in a group."""
    same = f"The option in place of that of `{PLAIN}`; where it has it already, of the firm named."
    return INTROS.get(group, same)


def drawn(group: str, part: Sequence[tuple[Item, Effect]]) -> Sheet:
    """One sheet: a row an item, a column a measure."""
    page = sheet(
        title_of(group),
        "Difference from the same world without the change; line: mean, band: all worlds",
        panels=len(part) * len(MEASURES),
        columns=len(MEASURES),
        height=0.46,
        left=1.3,
        head=0.4,
        right=0.42,
        gap=(0.14, 0.5),
        bottom=0.42,
    )
    for column, measure in enumerate(MEASURES):
        top = _range([effect for _, effect in part], measure)
        for row, (item, effect) in enumerate(part):
            axes = page.panels[row * len(MEASURES) + column]
            _panel(axes, getattr(effect, measure), COLUMNS[measure], top)
            if row == 0:
                axes.set_title(
                    f"{COLUMNS[measure].heading}\n±{top:.2g}", size=7.5, color=QUIET, pad=3, loc="left"
                )
            if row == len(part) - 1:
                axes.set_xticks([0, 24, 48])
                axes.tick_params(labelbottom=True)
                axes.set_xlabel("months after")
            if column == 0:
                axes.text(
                    -0.08, 0.5, label(item), transform=axes.transAxes, ha="right", va="center", size=7.5
                )
    return page


def label(item: Item) -> str:
    """An item's name, and the firm where it is not one of the two usual ones."""
    words = item.name.replace("_", " ")
    first, _, rest = words.rpartition(" ") if len(words) > 19 else (words, "", "")
    lines = [first, rest] if first and rest else [words]
    return "\n".join([*lines, f"({item.firm})"] if item.firm not in ("focal", PLAIN) else lines)


def _range(effects: Sequence[Effect], measure: str) -> float:
    """Half the height of a column's panels: what nearly all differences stay within."""
    values = np.concatenate([np.abs(getattr(effect, measure)).ravel() for effect in effects])
    known = values[np.isfinite(values)] * COLUMNS[measure].scale
    return max(float(np.quantile(known, 0.995)) if known.size else 0.0, COLUMNS[measure].least)


def _panel(axes: Axes, values: np.ndarray, measure: Measure, top: float) -> None:
    found, months = values * measure.scale, np.arange(values.shape[1])
    known = np.isfinite(found).any(axis=0)
    axes.axhline(0.0, color="#999999", lw=0.7)
    if known.any():
        seen = found[:, known]
        band = np.nanmin(seen, axis=0), np.nanmax(seen, axis=0)
        axes.fill_between(months[known], *band, color=TONES[0].line, alpha=0.2, lw=0)
        axes.plot(months[known], np.nanmean(seen, axis=0), color=TONES[0].line, lw=1.2)
    axes.set(xlim=(0, months[-1]), ylim=(-1.05 * top, 1.05 * top))
    axes.set_yticks([])
    axes.set_xticks([0, 24, 48])
    axes.tick_params(labelbottom=False, length=2)
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    mean, _, _ = ends(values, measure)
    axes.text(1.03, 0.5, told(mean, measure), transform=axes.transAxes, size=7.5, va="center")


def ends(values: np.ndarray, measure: Measure) -> tuple[float, float, float]:
    """Mean, lowest and highest difference of the last twelve months; NaN where the firm is gone in all."""
    last = values[:, -12:] * measure.scale
    known = np.isfinite(last)
    counts = known.sum(axis=1)
    means = np.where(known, last, 0.0).sum(axis=1)[counts > 0] / counts[counts > 0]
    return (float(means.mean()), float(means.min()), float(means.max())) if means.size else (np.nan,) * 3


def told(value: float, measure: Measure) -> str:
    """A difference as it is written."""
    return "gone" if np.isnan(value) else format(round(value, 6) + 0.0, measure.form)


def table(part: Sequence[tuple[Item, Effect]]) -> Table:
    """Differences over the last twelve months: mean, and lowest to highest."""
    rows = []
    for item, effect in part:
        cells = []
        for name in MEASURES:
            mean, low, high = ends(getattr(effect, name), COLUMNS[name])
            spread = f" ({told(low, COLUMNS[name])} to {told(high, COLUMNS[name])})"
            cells.append(told(mean, COLUMNS[name]) + ("" if np.isnan(mean) else spread))
        rows.append((item.name, item.firm, *cells))
    return Table(("change", "firm", *(COLUMNS[name].heading for name in MEASURES)), rows)
