"""The chain: effort makes quality, quality satisfies, the satisfied stay, and who stays brings profit."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.chart import Chart, best_and_worst, last_year, listed, needs_months, ratio
from experiments.figures.grid import grid
from experiments.figures.lines import percent_axis
from experiments.figures.story import Story

LINKS = {
    "effort in serving (0 to 2)": "mean_service_effort",
    "quality delivered (1: reference)": "mean_quality",
    "satisfaction (-1 to 1)": "mean_satisfaction",
}
STAYING, PROFIT = "customers who stay, a year", "profit of the firm (thousand coins a month)"


def stages(story: Story) -> dict[str, np.ndarray]:
    """The five links, each (months, firms); the last two over twelve months."""
    found = {name: story.firm(metric) for name, metric in LINKS.items()}
    size = last_year(story.total("customers"))
    exposed = size - last_year(story.total("moved_away"))
    months = np.minimum(np.arange(1, len(story.months) + 1), 12)[:, None]
    staying = (1.0 - ratio(last_year(story.total("lost")), exposed)) ** 12.0
    found[STAYING] = np.where(story.served, staying, np.nan)
    found[PROFIT] = np.where(story.served, last_year(story.total("profit")) / months / 1000.0, np.nan)
    for name in (STAYING, PROFIT):
        found[name] = np.where(months >= min(12, len(story.months)), found[name], np.nan)
    return found


def headline(story: Story) -> str:
    """Whether one firm leads along the whole chain."""
    leaders = {name: best_and_worst(story.names, values[-1]) for name, values in stages(story).items()}
    firsts = [ends[0] for ends in leaders.values() if ends is not None]
    if len(story.names) == 1 or not firsts:
        return "From effort to profit"
    if len(set(firsts)) == 1:
        return f"{story.names[firsts[0]]} leads at every link, from effort to profit"
    ahead = max(set(firsts[:-1]), key=firsts[:-1].count)
    led = [plain(name) for name, ends in leaders.items() if ends is not None and ends[0] == ahead]
    said = f"{story.names[ahead]} leads in {listed(led)}"
    if firsts[-1] == ahead:
        return said
    return f"{said}; most profit is made by {story.names[firsts[-1]]}"


def plain(name: str) -> str:
    """A link without its unit."""
    return name.partition(" (")[0].partition(",")[0]


def draw(story: Story) -> Figure:
    """A panel a link, one below the other."""
    note = "From top to bottom, each is meant to carry the next; the lower two over the last twelve months"
    return grid(story, headline(story), note, stages(story), _finish, columns=1, height=0.95)


def _finish(axes: Axes, name: str) -> None:
    if name == STAYING:
        percent_axis(axes.yaxis)
    if axes.get_ylim()[0] < 0.0 < axes.get_ylim()[1]:
        axes.axhline(0.0, color="#999999", lw=0.8)


CHART = Chart(
    "chain",
    "Five panels, one below the other, with a line a firm: effort, quality, satisfaction, staying, profit.",
    needs_months(2),
    headline,
    draw,
)
