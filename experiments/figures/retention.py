"""Retention: how many of a year ago are still there, firm by firm."""

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.chart import Chart, best_and_worst, needs_months, of_hundred
from experiments.figures.lines import axis_title, label_ends, lines_by_firm, months_axis, percent_axis
from experiments.figures.page import sheet
from experiments.figures.story import Story

MEANING = {
    "annual_retention": "Share of each firm's customers of a year ago who are still with it; "
    "who moved away is left out",
    "bought_again": "Share of each firm's buyers of one year who bought again in the next; "
    "who moved away is left out",
}


def headline(story: Story) -> str:
    """Who keeps most of its customers, and who keeps fewest."""
    kept = story.last(story.retention)
    ends = best_and_worst(story.names, kept)
    if ends is None:
        return "In the last month nobody had been a customer for a year"
    best, worst = ends
    said = f"{story.names[best]} keeps {of_hundred(kept[best])} of 100 customers a year"
    return said if best == worst else f"{said}, {story.names[worst]} {of_hundred(kept[worst])}"


def draw(story: Story) -> Figure:
    """A line a firm."""
    values = story.firm(story.retention)
    page = sheet(
        headline(story),
        MEANING[story.retention],
        height=2.5,
        right=0.85,
    )
    axes = page.panels[0]
    lines_by_firm(axes, story, values)
    low = np.nanmin(values)
    axes.set_ylim(max(0.0, np.floor(10.0 * low) / 10.0), 1.0)
    percent_axis(axes.yaxis)
    axis_title(axes, "still there after a year")
    months_axis(axes)
    label_ends(axes, story, values)
    return page.figure


def lacks(story: Story) -> str:
    """A year must have passed, and somebody must have been a customer all that time."""
    short = needs_months(13)(story)
    return short or (
        "" if np.isfinite(story.firm(story.retention)).any() else "no firm kept customers for a year"
    )


CHART = Chart(
    "retention",
    "Lines over the months, one a firm: the share of the customers of a year ago who are still there.",
    lacks,
    headline,
    draw,
)
