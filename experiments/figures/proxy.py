"""The proxy against the truth: what the manager is paid for, and what the firm lives on."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from agents.policies import chosen
from experiments.figures.chart import Chart, last_year, listed, needs_months
from experiments.figures.lines import months_axis
from experiments.figures.page import Mark, sheet
from experiments.figures.story import Story
from experiments.figures.style import INK, QUIET, tones

MEASURES = {
    "salary": ("nothing: a salary", None),
    "quarterly_profit": ("profit of the quarter", "quarter_profit"),
    "sales_growth": ("growth of revenue", "smoothed_revenue"),
    "stock_options": ("price of the firm", "equity_price"),
    "customer_equity": ("customer equity", "sustainable_equity"),
    "stakeholder_scorecard": ("profit, if all sides fare well", "quarter_profit"),
}
"""By management contract: what it pays for in words, and the column that it looks at."""
TRUTH = "sustainable_equity"
MARKS = (
    Mark("customer equity (the truth)", INK),
    Mark("what managers are paid for", "#D55E00"),
    Mark("months with a bonus while customer equity falls", "#F3D3BE"),
)


def contract(story: Story, firm: int) -> str:
    """The management contract that a firm starts with; none for a firm that entered later."""
    entry: Any = story.run.firms.get(story.names[firm])
    return chosen(entry, "management") if entry is not None else "salary"


def parted(story: Story) -> np.ndarray:
    """Months in which a bonus was paid though sustainable customer equity was lower than a year ago."""
    paid = story.total("management_bonus") > 0.0
    truth = story.firm(TRUTH)
    falling = np.zeros(truth.shape, bool)
    falling[12:] = truth[12:] < truth[:-12]
    return paid & falling


def headline(story: Story) -> str:
    """Whose managers were paid while what the firm lives on shrank."""
    months = parted(story).sum(axis=0)
    total = max(len(story.months) - 12, 1)
    told = [
        f"{story.names[k]} {months[k]}" for k in np.argsort(-months, kind="stable") if months[k] > total / 10
    ]
    if not told:
        return "Managers were seldom paid a bonus while customer equity was falling"
    return (
        f"Months, of {total}, in which managers got a bonus while customer equity was falling: {listed(told)}"
    )


def draw(story: Story) -> Figure:
    """A panel a firm: truth, proxy, and the months in which the two parted."""
    shown, columns = story.shown, min(2, len(story.shown))
    page = sheet(
        headline(story),
        "Index, first year = 100. Customer equity: what the firm's customers are worth at margins that can "
        "last, without fees, walked-up prices and squeezing",
        panels=len(shown),
        columns=columns,
        height=1.25,
        gap=(0.62, 0.5),
        head=0.4,
        marks=MARKS,
    )
    for place, axes in enumerate(page.panels):
        _panel(axes, story, shown[place], labelled=place + columns >= len(shown))
    return page.figure


def _panel(axes: Axes, story: Story, firm: int, *, labelled: bool) -> None:
    words, column = MEASURES[contract(story, firm)]
    lines = {TRUTH: INK} if column is None else {column: "#D55E00", TRUTH: INK}
    values = {name: indexed(story.firm(name)[:, firm]) for name in lines}
    top = max([np.nanmax(v) for v in values.values() if np.isfinite(v).any()], default=100.0)
    top = min(max(1.1 * top, 120.0), 400.0)
    months = np.asarray(story.months)
    axes.fill_between(months, 0, top, where=parted(story)[:, firm], color="#F3D3BE", lw=0, step="mid")
    for name, colour in lines.items():
        axes.plot(months, values[name], color=colour, lw=1.5)
    axes.set(xlim=(months[0], max(months[-1], months[0] + 1)), ylim=(0.0, top))
    name = story.names[firm]
    axes.set_title(name[:18], color=tones(story)[name].ink, loc="left", weight="bold", pad=12)
    axes.text(0.0, 1.03, f"paid for: {words}", transform=axes.transAxes, size=7.5, color=QUIET)
    months_axis(axes, label=labelled)


def indexed(values: np.ndarray) -> np.ndarray:
    """A series smoothed over twelve months, relative to the first year's mean, which is 100."""
    known = np.isfinite(values)
    count = last_year(known.astype(float))
    smooth = np.where(known, last_year(np.nan_to_num(values)) / np.maximum(count, 1.0), np.nan)
    base = np.nanmean(values[:12]) if known[:12].any() else np.nan
    return 100.0 * smooth / base if base > 0.0 else np.full(values.shape, np.nan)


CHART = Chart(
    "proxy_and_truth",
    "A panel a firm over the months: customer equity at margins that can last, and what the managers' "
    "contract pays for, relative to the first year; shaded, months with a bonus while customer equity fell.",
    needs_months(13),
    headline,
    draw,
)
