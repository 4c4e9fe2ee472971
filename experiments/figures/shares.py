"""Market shares, and who takes customers from whom."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.causes import clipped
from experiments.figures.chart import Chart, lacks_nothing, of_hundred
from experiments.figures.lines import axis_title, label_ends, lines_by_firm, months_axis, percent_axis
from experiments.figures.page import WIDTH, panel, sheet
from experiments.figures.story import Story
from experiments.figures.style import INK, QUIET, tones


def shares(story: Story) -> np.ndarray:
    """Share of all customers in the market who are with each firm: (months, firms)."""
    return story.total("customers") / story.run.population.customers


def headline(story: Story) -> str:
    """Who gained most, and who lost most."""
    first, last = shares(story)[0], shares(story)[-1]
    gained, lost = int(np.argmax(last - first)), int(np.argmin(last - first))
    if np.abs(last - first).max() < 0.005:
        return "Market shares hardly moved"
    if last[gained] <= first[gained]:
        return f"No firm gained customers; {moved(story, lost)}"
    if lost == gained or last[lost] >= first[lost]:
        return moved(story, gained)
    return f"{moved(story, gained)}, {moved(story, lost)}"


def moved(story: Story, firm: int) -> str:
    """From which share to which a firm went."""
    values = shares(story)[:, firm]
    return f"{story.names[firm]} went from {of_hundred(values[0])} to {of_hundred(values[-1])} % of customers"


def flows(story: Story) -> np.ndarray:
    """Customers who went from firm (row) to firm or, last, nobody (column), over all months."""
    out = np.zeros((len(story.names), len(story.names) + 1))
    gone = story.leavers
    if gone:
        went = gone["to_firm"] >= -1
        np.add.at(
            out, (gone["from_firm"][went], gone["to_firm"][went]), 1.0
        )  # -1, nobody, is the last column
    return out


def draw(story: Story) -> Figure:
    """Shares above, the matrix of flows below."""
    with_flows = bool(story.leavers) and len(story.shown) > 1
    note = "Share of all customers in the market, month by month; dotted: those who buy from nobody"
    lower = 0.9 + 0.27 * len(story.shown) if with_flows else 0.0
    page = sheet(headline(story), note, height=2.4, right=0.85, bottom=0.48 + lower)
    axes = page.panels[0]
    values = shares(story)
    lines_by_firm(axes, story, values)
    axes.plot(story.months, 1.0 - values.sum(axis=1), color=QUIET, lw=1.0, ls=":")
    axes.set_ylim(0.0, min(1.0, 1.08 * max(values.max(), (1.0 - values.sum(axis=1)).max())))
    percent_axis(axes.yaxis)
    axis_title(axes, "share of customers")
    months_axis(axes)
    label_ends(axes, story, values)
    if with_flows:
        _matrix(page.figure, story)
    return page.figure


def _matrix(figure: Figure, story: Story) -> None:
    height, shown = figure.get_figheight(), story.shown
    rows = 0.27 * len(shown)
    axes = panel(figure, (0.2, 0.07 / height, 0.78, rows / height))
    places = [*shown, len(story.names)]
    counts = flows(story)[np.ix_(shown, places)]
    axes.imshow(
        np.sqrt(counts), cmap="Greys", vmin=0, vmax=1.6 * max(np.sqrt(counts.max()), 1), aspect="auto"
    )
    for (row, column), count in np.ndenumerate(counts):
        own = places[column] == shown[row]
        axes.text(column, row, "" if own else f"{count:,.0f}", ha="center", va="center", size=8, color=INK)
    _headings(axes, story, [*(story.names[k] for k in shown), "nobody"])
    title = "Who takes from whom"
    note = "Customers who left the firm on the left for the one above, over the run"
    figure.text(0.02, (0.07 + rows + 0.48) / height, title, size=9.0, weight="bold", va="bottom")
    figure.text(0.02, (0.07 + rows + 0.31) / height, note, size=8.0, color=QUIET, va="bottom")


def _headings(axes: Axes, story: Story, columns: list[str]) -> None:
    found = tones(story)
    axes.set_xticks(
        range(len(columns)), [clipped(name, len(columns), 0.78 * WIDTH) for name in columns], size=7.5
    )
    axes.set_yticks(range(len(columns) - 1), [clipped(name, 2)[:13] for name in columns[:-1]])
    axes.xaxis.tick_top()
    for label, name in zip(axes.get_xticklabels(), columns, strict=True):
        label.set_color(found[name].ink if name in found else QUIET)
    for label, name in zip(axes.get_yticklabels(), columns[:-1], strict=True):
        label.set_color(found[name].ink)
    axes.tick_params(length=0)
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)


CHART = Chart(
    "market_shares",
    "Above, lines over the months: each firm's share of customers. Below, a table of how many customers went "
    "from each firm to each other firm or to nobody.",
    lacks_nothing,
    headline,
    draw,
)
