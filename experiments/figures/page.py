"""The page of a figure: a title that says what is seen, a note that says how to read it, panels, a key."""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures.story import Story
from experiments.figures.style import INK, QUIET, tones

WIDTH = 4.2  # inches: at the width of a phone the text keeps about nine points
TITLE_LINE, NOTE_LINE, KEY_LINE = 0.19, 0.155, 0.17  # inches
AXIS_LABEL = 0.26, 0.45  # inches from the panel: of a lying axis down, of an upright one to the left


class Mark(NamedTuple):
    """A name of the key, the colour of its mark and that of its text."""

    name: str
    colour: str
    ink: str = INK


class Sheet(NamedTuple):
    """A figure and its panels in reading order."""

    figure: Figure
    panels: list[Axes]


def sheet(
    title: str,
    note: str = "",
    *,
    panels: int = 1,
    columns: int = 1,
    height: float = 2.6,
    left: float = 0.5,
    right: float = 0.12,
    gap: tuple[float, float] = (0.5, 0.5),
    bottom: float = 0.48,
    head: float = 0.26,
    marks: Sequence[Mark] = (),
) -> Sheet:
    """A page of panels below a title that says what is seen, a note that says how to read it, and a key.

    All lengths are in inches: ``height`` of a panel, ``gap`` between panels (down, across), ``head``
    the room for what stands on top of the first panels.
    """
    titles, notes, rows = wrap(title, 44), wrap(note, 66), -(-panels // columns)
    keyed = KEY_LINE * (places_of(marks)[-1][1] + 1) + 0.04 if marks else 0.0
    told = 0.12 + TITLE_LINE * len(titles) + NOTE_LINE * len(notes)
    head += told + keyed
    total = head + rows * height + (rows - 1) * gap[0] + bottom
    figure = Figure(figsize=(WIDTH, total))
    _write(figure, titles, notes, total)
    _write_key(figure, marks, told + 0.04, total)
    wide = (WIDTH - left - right - (columns - 1) * gap[1]) / columns
    made = []
    for k in range(panels):
        row, column = divmod(k, columns)
        low = total - head - (row + 1) * height - row * gap[0]
        corner = (left + column * (wide + gap[1])) / WIDTH, low / total
        made.append(panel(figure, (*corner, wide / WIDTH, height / total)))
    return Sheet(figure, made)


def panel(figure: Figure, place: tuple[float, float, float, float]) -> Axes:
    """A panel whose axes' labels stand at fixed places: looking for room takes most of the drawing."""
    axes = figure.add_axes(place)
    wide, high = place[2] * figure.get_figwidth(), place[3] * figure.get_figheight()
    axes.xaxis.set_label_coords(0.5, -AXIS_LABEL[0] / high)
    axes.yaxis.set_label_coords(-AXIS_LABEL[1] / wide, 0.5)
    return axes


def _write(figure: Figure, titles: Sequence[str], notes: Sequence[str], total: float) -> None:
    y = 0.1
    for line in titles:
        figure.text(0.02, 1.0 - y / total, line, size=10.0, weight="bold", va="top")
        y += TITLE_LINE
    y += 0.02
    for line in notes:
        figure.text(0.02, 1.0 - y / total, line, size=8.0, color=QUIET, va="top")
        y += NOTE_LINE


def firm_marks(story: Story) -> list[Mark]:
    """The names of the firms shown, in their colours."""
    found = tones(story)
    return [Mark(story.names[k], *found[story.names[k]]) for k in story.shown]


def places_of(marks: Sequence[Mark]) -> list[tuple[float, int]]:
    """Where each name of a key stands: inches from the left, and its line."""
    places, x, line = [], 0.1, 0
    for mark in marks:
        wide = 0.26 + 0.073 * len(mark.name)
        if x + wide > WIDTH and x > 0.1:
            x, line = 0.1, line + 1
        places.append((x, line))
        x += wide
    return places


def _write_key(figure: Figure, marks: Sequence[Mark], top: float, total: float) -> None:
    for mark, (x, line) in zip(marks, places_of(marks), strict=True):
        y = 1.0 - (top + KEY_LINE * (line + 0.5)) / total
        figure.text(x / WIDTH, y, "■", color=mark.colour, size=8.5, va="center")
        figure.text((x + 0.13) / WIDTH, y, mark.name, color=mark.ink, size=8.5, va="center")
