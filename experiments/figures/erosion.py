"""Erosion: what time takes, what competitors take, and what a firm drives away itself."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.chart import Chart, in_all, lacks_leavers, last_year, parts_of, ratio, yearly
from experiments.figures.lines import bars
from experiments.figures.page import Mark, Sheet, sheet
from experiments.figures.story import Story
from experiments.figures.style import INK, QUIET, tones

OWN = (
    "failed_recovery",
    "core_failure",
    "unfairness",
    "employee_left",
    "bad_word",
    "price_or_value",
)
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "would have left anyway": ("#9a9a9a", ("baseline",)),
    "weak bonds": ("#d0d0d0", ("erosion_by_time",)),
    "a better offer": ("#56B4E9", ("competitor",)),
    "what the firm did": ("#D55E00", OWN),
    "several together": ("#E8B28A", ("several",)),
}
"""Main causes, put together: name, colour, causes."""


def lost_by(story: Story, causes: tuple[str, ...]) -> np.ndarray:
    """Customers lost with one of these main causes: (months, firms)."""
    return np.asarray(sum(story.total(f"lost_by_{cause}") for cause in causes))


def headline(story: Story) -> str:
    """What carried away the leavers of the whole market."""
    counts = {part: lost_by(story, causes).sum() for part, (_, causes) in PARTS.items()}
    total = sum(counts.values())
    if total == 0.0:
        return "Nobody left by decision"
    anyway, weak, offer, own, _ = (parts_of(count, total) for count in counts.values())
    return (
        f"Of {in_all(total)} who left, {anyway} would have left anyway, {weak} had weak bonds, a better "
        f"offer took {offer}, what their firm did {own}"
    )


def draw(story: Story) -> Figure:
    """A panel a firm: losses a year, by what took them."""
    page = _page(
        story,
        headline(story),
        "Customers lost in each year for each 100 that the firm had, by the main cause; "
        "those who moved away left out",
        [Mark(part, colour) for part, (colour, _) in PARTS.items()],
    )
    size = yearly(story.total("customers")) / 12.0  # customer-years
    rates = {part: 100.0 * ratio(yearly(lost_by(story, causes)), size) for part, (_, causes) in PARTS.items()}
    rates = {part: np.nan_to_num(rate) for part, rate in rates.items()}
    top = 1.05 * max(np.sum(list(rates.values()), axis=0)[:, story.shown].max(), 1.0)
    for place, firm in enumerate(story.shown):
        axes, base = page.panels[place], np.zeros(len(size))
        for part, (colour, _) in PARTS.items():
            bars(axes, np.arange(len(size)) + 1, base, base + rates[part][:, firm], colour)
            base = base + rates[part][:, firm]
        axes.set_ylim(0, top)
        _finish(axes, story, place)
    return page.figure


def _page(story: Story, title: str, note: str, marks: list[Mark]) -> Sheet:
    shown = len(story.shown)
    return sheet(title, note, panels=shown, columns=min(2, shown), height=1.25, marks=marks)


def _finish(axes: Axes, story: Story, place: int) -> None:
    name, years = story.names[story.shown[place]], -(-len(story.months) // 12)
    axes.set_title(name[:18], color=tones(story)[name].ink, loc="left", weight="bold", pad=3)
    axes.set_xlim(0.4, years + 0.6)
    axes.set_xticks(np.arange(1, years + 1, max(1, years // 5)))
    if place + min(2, len(story.shown)) >= len(story.shown):
        axes.set_xlabel("year")


STOCK = {
    "built by contact": ("#009E73", "bonds_built", 1.0),
    "brought by newcomers": ("#A7DCCB", "bonds_brought", 1.0),
    "faded with time": ("#9a9a9a", "bonds_faded", -1.0),
    "carried away by leavers": ("#56B4E9", "bonds_carried_away", -1.0),
}
"""What changes a firm's stock of relationship: name, colour, column, sign."""
BUILT, WORN = tuple(STOCK)[:2], tuple(STOCK)[2:]


def headline_of_bonds(story: Story) -> str:
    """What the stock of relationship gains and loses over the run, in the whole market."""
    built, brought, faded, carried = (story.total(column).sum() for _, column, _ in STOCK.values())
    lost = faded + carried
    if lost == 0.0:
        return "No relationship faded and none was carried away"
    share = 100.0 * faded / lost
    grew = "more" if built + brought > lost else "less"
    worn = f"{share:.0f} % faded with time and the rest left with people"
    return f"Of all relationship lost, {worn}; {grew} was gained"


def draw_bonds(story: Story) -> Figure:
    """A panel a firm: what built its relationships and what wore them away, year by year."""
    page = _page(
        story,
        headline_of_bonds(story),
        "Relationship (0 to 1 a customer) won and lost in a year, for each customer; dot: the balance",
        [Mark(name, colour) for name, (colour, _, _) in STOCK.items()],
    )
    size = yearly(story.total("customers")) / 12.0
    parts = {
        name: sign * np.nan_to_num(ratio(yearly(story.total(column)), size))
        for name, (_, column, sign) in STOCK.items()
    }
    top = max(sum(np.maximum(part, 0.0) for part in parts.values())[:, story.shown].max(), 0.01)
    low = min(sum(np.minimum(part, 0.0) for part in parts.values())[:, story.shown].min(), -0.01)
    for place, firm in enumerate(story.shown):
        axes = page.panels[place]
        for group in (BUILT, WORN):
            base = np.zeros(len(size))
            for name in group:
                bars(axes, np.arange(len(size)) + 1, base, base + parts[name][:, firm], STOCK[name][0])
                base = base + parts[name][:, firm]
        axes.plot(np.arange(len(size)) + 1, sum(parts.values())[:, firm], "o", color=INK, ms=2.5)
        axes.axhline(0.0, color=QUIET, lw=0.8)
        axes.set_ylim(1.05 * low, 1.05 * top)
        _finish(axes, story, place)
    return page.figure


def lacks(story: Story) -> str:
    """Somebody must have left by decision."""
    return lacks_leavers(story) or ("" if story.total("lost").any() else "nobody left by decision")


def lacks_customers(story: Story) -> str:
    """Some firm must have had customers."""
    return "" if story.names else "no firm ever had a customer"


def loss_rate(story: Story) -> np.ndarray:
    """Customers lost over the last year, for each 100 that the firm had: (firms,)."""
    size = last_year(story.total("customers"))[-1] / min(len(story.months), 12)
    return 100.0 * ratio(last_year(story.total("lost"))[-1], size)


CHART = Chart(
    "erosion",
    "A panel a firm, a bar a year: customers lost for each 100, split into those who would have left anyway, "
    "weak bonds, a better offer, what the firm did, and several causes together.",
    lacks,
    headline,
    draw,
)
CHART_OF_BONDS = Chart(
    "erosion_of_bonds",
    "A panel a firm, bars by year: relationship built by contact and brought by newcomers above the line, "
    "faded with time and carried away by leavers below it.",
    lacks_customers,
    headline_of_bonds,
    draw_bonds,
)
