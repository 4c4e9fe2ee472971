"""The split of value: what each side got of all that a firm and those who deal with it created."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.causes import clipped
from experiments.figures.chart import Chart, best_and_worst, lacks_nothing, ratio
from experiments.figures.lines import bars
from experiments.figures.page import Mark, sheet
from experiments.figures.story import Story
from experiments.figures.style import QUIET, tones

SIDES = {
    "customers": ("#0072B2", "customers_gain"),
    "staff": ("#009E73", "employees_gain"),
    "managers' bonus": ("#222222", "managers_gain"),
    "suppliers": ("#E69F00", "suppliers_gain"),
    "owners": ("#CC79A7", "owners_gain"),
    "lenders": ("#b4b4b4", "creditor_gain"),
    "the public": ("#7a7a7a", "public_gain"),
}
"""Name, colour, metric."""


def per_service(story: Story, months: slice) -> dict[str, np.ndarray]:
    """Coins that each side got from each service over some months: by side, (firms,)."""
    services = story.total("services")[months].sum(axis=0)
    return {
        side: ratio(story.total(metric)[months].sum(axis=0), services) for side, (_, metric) in SIDES.items()
    }


def last_served_year(story: Story) -> slice:
    """The last twelve months of those in which anybody was served."""
    served = np.flatnonzero(story.total("services").any(axis=1))
    end = int(served[-1]) + 1 if served.size else len(story.months)
    return slice(max(end - 12, 0), end)


def headline(story: Story) -> str:
    """Where most is created with a service, and where least."""
    found = per_service(story, last_served_year(story))
    created = np.asarray(sum(found.values()))
    ends = best_and_worst(story.names, created)
    if ends is None:
        return "What each side gets from a service"
    best, worst = ends
    said = f"A service of {story.names[best]} creates {_told(created[best], found['customers'][best])}"
    if best == worst:
        return said
    return f"{said}; one of {story.names[worst]} {_told(created[worst], found['customers'][worst])}"


def _told(created: float, customers: float) -> str:
    if customers < -0.5:
        return f"{created:.0f}, and the customer loses {-customers:.0f}"
    return f"{created:.0f} coins, {customers:.0f} for the customer"


def draw(story: Story) -> Figure:
    """Bars by firm, first year above, last year below."""
    years = {"first year": slice(0, 12), "last year": last_served_year(story)}
    if years["last year"].start < 12:
        years = {f"months 0 to {years['last year'].stop - 1}": slice(0, None)}
    page = sheet(
        headline(story),
        "Coins from one service: customers' gain is its worth less all they paid; the other sides' what they "
        "received; owners' is profit after tax, paid out or kept, and debts never paid",
        panels=len(years),
        height=0.24 * len(story.shown) + 0.1,
        left=0.85,
        gap=(0.55, 0.5),
        marks=[Mark(side, colour) for side, (colour, _) in SIDES.items()],
    )
    parts = {year: per_service(story, months) for year, months in years.items()}
    ends = [_ends(found, story.shown) for found in parts.values()]
    for axes, (year, found) in zip(page.panels, parts.items(), strict=True):
        _bars(axes, story, found)
        axes.set_xlim(1.05 * min(low for low, _ in ends), 1.05 * max(high for _, high in ends))
        axes.set_title(year, loc="left", weight="bold", pad=3)
    page.panels[-1].set_xlabel("coins a service")
    return page.figure


def _ends(found: dict[str, np.ndarray], shown: list[int]) -> tuple[float, float]:
    values = np.nan_to_num(np.array(list(found.values()))[:, shown])
    low, high = np.minimum(values, 0.0).sum(axis=0).min(), np.maximum(values, 0.0).sum(axis=0).max()
    return float(min(low, 0.0)), float(max(high, 1.0))


def _bars(axes: Axes, story: Story, found: dict[str, np.ndarray]) -> None:
    shown = story.shown
    high, low = np.zeros(len(shown)), np.zeros(len(shown))
    places = np.arange(len(shown))
    for side, (colour, _) in SIDES.items():
        values = np.nan_to_num(found[side][shown])
        up, down = np.maximum(values, 0.0), np.minimum(values, 0.0)
        bars(axes, places, high, high + up, colour, flat=True)
        bars(axes, places, low + down, low, colour, flat=True)
        high, low = high + up, low + down
    axes.axvline(0.0, color=QUIET, lw=0.8)
    axes.set_yticks(places, [clipped(story.names[k], 4) for k in shown])
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.tick_params(axis="y", length=0)
    for label, firm in zip(axes.get_yticklabels(), shown, strict=True):
        label.set_color(tones(story)[story.names[firm]].ink)


CHART = Chart(
    "split_of_value",
    "Bars, one a firm, for the first and the last year: coins that customers, staff, managers, suppliers, "
    "owners, lenders and the public got from one service.",
    lacks_nothing,
    headline,
    draw,
)
