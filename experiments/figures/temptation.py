"""Temptation: how far each firm pulls the levers of exploitation."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from agents.firm import EXPLOITATION
from experiments.figures.chart import Chart, lacks_nothing, listed
from experiments.figures.grid import grid
from experiments.figures.story import Story

WORDS = {
    "fee_temptation": "hidden fees",
    "walk_temptation": "prices up on the loyal",
    "quality_temptation": "quality cut",
    "supplier_temptation": "suppliers squeezed",
    "wage_temptation": "wages squeezed",
    "quota_temptation": "staff pressed to sell",
}
PULLED = 0.1  # pull from which a lever counts as pulled


def pulls(story: Story) -> dict[str, np.ndarray]:
    """Pull of each lever by its name in words, 0..1: (months, firms)."""
    return {WORDS[lever.column]: story.firm(lever.column) for lever in EXPLOITATION}


def headline(story: Story) -> str:
    """Which firms pull any lever, and which lever is pulled most."""
    found = {name: np.nan_to_num(values) for name, values in pulls(story).items()}
    most = np.max(list(found.values()), axis=0).max(axis=0)
    tempted = [name for name, pull in zip(story.names, most, strict=True) if pull > PULLED]
    if not tempted:
        return "No firm pulls a lever of exploitation"
    hardest = max(found, key=lambda name: found[name].max())
    who = "Every firm exploits" if len(tempted) == len(story.names) else f"{listed(tempted)} exploit"
    if len(tempted) == 1:
        who = f"{tempted[0]} exploits"
    return f"{who}; the lever pulled furthest: {hardest}"


def draw(story: Story) -> Figure:
    """A panel a lever."""
    note = "Pull of each lever by temptation, beyond what the firm's policy asks for: 0 not at all, 1 fully"
    return grid(story, headline(story), note, pulls(story), _finish, left=0.4)


def _finish(axes: Axes, _: str) -> None:
    axes.set_ylim(-0.02, 1.0)
    axes.set_yticks([0.0, 0.5, 1.0])


CHART = Chart(
    "temptation",
    "Six panels, one a lever of exploitation, with a line a firm over the months: how far it is pulled.",
    lacks_nothing,
    headline,
    draw,
)
