"""The six bonds of a partnership, firm by firm."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from agents.customer.bonds import BONDS
from experiments.figures.chart import Chart, best_and_worst, lacks_nothing
from experiments.figures.grid import grid
from experiments.figures.story import Story

WORDS = {
    "abundance": "help beyond the want",
    "trust": "promises kept",
    "dreams": "a shared direction",
    "truth": "claims are met",
    "balance": "a fair split",
    "grace": "warmth",
}


def headline(story: Story) -> str:
    """Who ends with the strongest relationships, and which bond tells the firms apart most."""
    strength = story.last("mean_relationship")
    ends = best_and_worst(story.names, strength)
    if ends is None:
        return "The six bonds between customers and firms"
    best, worst = ends
    if best == worst:
        return f"{story.names[best]} ends with a relationship of {strength[best]:.2f} (0 to 1)"
    apart = {bond: np.ptp(story.last(f"mean_{bond}")[[best, worst]]) for bond in BONDS}
    most = max(apart, key=lambda bond: apart[bond])
    return (
        f"Relationships end strongest at {story.names[best]}, weakest at {story.names[worst]}; "
        f"{most} sets them apart most"
    )


def draw(story: Story) -> Figure:
    """A panel a bond."""
    told = "; ".join(f"{bond}: {words}" for bond, words in WORDS.items())
    note = f"Mean over each firm's customers, 0 (none) to 1 (full). {told[0].upper()}{told[1:]}"
    panels = {bond: story.firm(f"mean_{bond}") for bond in BONDS}
    return grid(story, headline(story), note, panels, _finish, left=0.4)


def _finish(axes: Axes, _: str) -> None:
    axes.set_ylim(0.0, 1.0)
    axes.set_yticks([0.0, 0.5, 1.0])


CHART = Chart(
    "bonds",
    "Six panels, one a bond, with a line a firm over the months: the mean strength of the bond, 0 to 1.",
    lacks_nothing,
    headline,
    draw,
)
