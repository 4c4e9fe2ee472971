"""How figures look: one palette, one colour a firm, the same bytes every time."""

from io import BytesIO
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.figure import Figure

from experiments.figures.story import Story

INK, QUIET, GRID = "#222222", "#6f6f6f", "#e4e4e4"


class Tone(NamedTuple):
    """A colour for areas and lines, and the darker one in which its name can be read on white."""

    line: str
    ink: str


# After Okabe and Ito (2008): told apart under the common colour-vision deficiencies.
TONES = (
    Tone("#0072B2", "#0072B2"),
    Tone("#E69F00", "#966800"),
    Tone("#D55E00", "#B24E00"),
    Tone("#009E73", "#00795A"),
    Tone("#CC79A7", "#A2417F"),
    Tone("#222222", "#222222"),
    Tone("#56B4E9", "#1F74A4"),
    Tone("#882255", "#882255"),
)
REST = Tone("#b4b4b4", QUIET)
HABITUAL = {"focal": 0, "follower": 1, "walker": 2, "steady": 3, "dripper": 4}

SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "reciprocity",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.hinting": "none",
    "axes.titlesize": 8.5,
    "axes.titley": 1.0,  # a place of its own saves looking for one
    "axes.labelsize": 8.0,
    "xtick.labelsize": 8.0,
    "ytick.labelsize": 8.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#999999",
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": "#666666",
    "ytick.color": "#666666",
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
}


def tones(story: Story) -> dict[str, Tone]:
    """The colour of each firm shown: the default market's keep theirs, others take what is left."""
    shown = [story.names[k] for k in story.shown]
    taken = {name: HABITUAL[name] for name in shown if name in HABITUAL}
    free = iter([k for k in range(len(TONES)) if k not in taken.values()])
    places = {name: taken[name] if name in taken else next(free) for name in shown}
    return {name: TONES[places[name]] if name in places else REST for name in story.names}


def styled() -> Any:
    """The style, for the time of a ``with``; whatever a user has set of their own does not count."""
    return mpl.rc_context({**mpl.rcParamsDefault, **SETTINGS, "backend": "agg"})


def as_svg(figure: Figure) -> bytes:
    """A figure as SVG, the same bytes for the same numbers."""
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def as_png(figure: Figure) -> bytes:
    """A figure as PNG, the same bytes for the same numbers."""
    buffer = BytesIO()
    figure.savefig(
        buffer, format="png", dpi=150, metadata={"Software": None}, pil_kwargs={"compress_level": 3}
    )
    return buffer.getvalue()
