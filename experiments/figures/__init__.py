"""Figures of one run: each drawn from its tables, as SVG and PNG, the same bytes for the same run."""

from functools import partial
from pathlib import Path

from experiments.figures import (
    bonds,
    causes,
    chain,
    erosion,
    proxy,
    retention,
    shares,
    split,
    survival,
    temptation,
)
from experiments.figures.chart import Chart
from experiments.figures.story import Story, read_story
from experiments.figures.style import as_png, as_svg, styled
from experiments.folder import write_whole
from experiments.hands import shared_out

CHARTS: tuple[Chart, ...] = (
    shares.CHART,
    retention.CHART,
    survival.CHART,
    erosion.CHART,
    causes.CHART,
    erosion.CHART_OF_BONDS,
    bonds.CHART,
    temptation.CHART,
    proxy.CHART,
    split.CHART,
    chain.CHART,
)
FOLDER = "figures"


def write_all(folder: Path) -> list[Path]:
    """Draw every figure that a run has something for, into its folder ``figures``; the files.

    Parameters
    ----------
    folder : Path
        The folder of a run with its tables.
    """
    story, place = read_story(folder), folder / FOLDER
    place.mkdir(exist_ok=True)
    wanted = [number for number, chart in enumerate(CHARTS) if not chart.lacks(story)]
    story.prepare()
    return [path for paths in shared_out(partial(write_one, folder), wanted) for path in paths]


def write_one(folder: Path, number: int) -> list[Path]:
    """Draw one figure of a run, as SVG and PNG; the files."""
    chart = CHARTS[number]
    with styled():
        figure = chart.draw(read_story(folder))
        drawn = {"svg": as_svg(figure), "png": as_png(figure)}
    place = folder / FOLDER
    return [write_whole(place / f"{chart.name}.{kind}", content) for kind, content in drawn.items()]


def svg_of(chart: Chart, story: Story) -> bytes:
    """One figure as SVG."""
    with styled():
        return as_svg(chart.draw(story))
