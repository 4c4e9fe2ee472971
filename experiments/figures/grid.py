"""Small panels, one a quantity, with a line a firm: for what has several parts."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.lines import lines_by_firm, months_axis
from experiments.figures.page import firm_marks, sheet
from experiments.figures.story import Story


def grid(
    story: Story,
    title: str,
    note: str,
    panels: Mapping[str, np.ndarray],
    finish: Callable[[Axes, str], None],
    *,
    columns: int = 2,
    height: float = 1.15,
    left: float = 0.5,
) -> Figure:
    """Panels of lines by firm, the firms' names above them."""
    page = sheet(
        title,
        note,
        panels=len(panels),
        columns=columns,
        height=height,
        left=left,
        gap=(0.42, 0.5),
        marks=firm_marks(story),
    )
    for place, (name, values) in enumerate(panels.items()):
        axes = page.panels[place]
        lines_by_firm(axes, story, values, width=1.4)
        axes.set_title(name, loc="left", weight="bold", pad=3)
        months_axis(axes, label=place + columns >= len(panels))
        finish(axes, name)
    return page.figure
