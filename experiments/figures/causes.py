"""Causes of leaving: why customers of each firm left."""

import numpy as np
from matplotlib.figure import Figure

from experiments.figures.chart import Chart, in_all, lacks_leavers, parts_of
from experiments.figures.page import WIDTH, sheet
from experiments.figures.story import Story
from experiments.figures.style import INK, tones

WORDS = {
    "baseline": "would have left anyway",
    "erosion_by_time": "bonds had weakened",
    "competitor": "a better offer",
    "unfairness": "felt treated unfairly",
    "price_or_value": "not worth the price",
    "employee_left": "their employee left",
    "core_failure": "a service failed",
    "failed_recovery": "refused when it failed",
    "bad_word": "heard bad things",
    "several": "several together",
}


def shares(story: Story) -> np.ndarray:
    """Share of each main cause among those who left each firm by decision: (causes, firms)."""
    counts = np.array([story.total(f"lost_by_{cause}").sum(axis=0) for cause in WORDS])
    total = counts.sum(axis=0)
    return np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0.0)


def headline(story: Story) -> str:
    """How many would have left anyway, and the commonest cause beside that."""
    counts = {cause: story.total(f"lost_by_{cause}").sum() for cause in WORDS}
    total = sum(counts.values())
    others = [cause for cause in WORDS if cause not in ("baseline", "several")]
    main = max(others, key=lambda cause: counts[cause])
    said = f"{parts_of(counts['baseline'], total)} of {in_all(total)} leavers would have left anyway"
    if counts[main] == 0.0:
        return said
    return f"{said}; the commonest other reason is “{WORDS[main]}” ({parts_of(counts[main], total)})"


def draw(story: Story) -> Figure:
    """A table of shares, causes down, firms across."""
    shown = story.shown
    page = sheet(
        headline(story),
        "Main cause, per cent of those who left each firm by decision over the run: without it, and "
        "with the same luck, they would have stayed",
        height=0.235 * len(WORDS),
        left=1.55,
        bottom=0.1,
    )
    axes = page.panels[0]
    values = 100.0 * shares(story)[:, shown]
    axes.imshow(np.nan_to_num(values), cmap="Greys", vmin=0, vmax=160, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        text = "-" if np.isnan(value) else f"{value:.0f}" if value >= 0.5 or value == 0.0 else "<1"
        axes.text(column, row, text, ha="center", va="center", size=8.5)
    axes.set_yticks(range(len(WORDS)), list(WORDS.values()))
    axes.set_xticks(range(len(shown)), [clipped(story.names[k], len(shown)) for k in shown], size=7.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, labelcolor=INK)
    for label, firm in zip(axes.get_xticklabels(), shown, strict=True):
        label.set_color(tones(story)[story.names[firm]].ink)
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)
    return page.figure


def clipped(name: str, columns: int, width: float = WIDTH - 1.67) -> str:
    """A name as far as it fits above one of some columns, which are so many inches wide together."""
    room = max(int(width / columns / 0.06), 3)
    return name if len(name) <= room else f"{name[: room - 1]}."


def lacks(story: Story) -> str:
    """Somebody must have left by decision."""
    return lacks_leavers(story) or ("" if story.total("lost").any() else "nobody left by decision")


CHART = Chart(
    "causes_of_leaving",
    "A table: causes of leaving down, firms across, per cent of those who left each firm by decision.",
    lacks,
    headline,
    draw,
)
