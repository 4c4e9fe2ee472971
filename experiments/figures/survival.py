"""Survival: how long those stay whom a firm won in a year, beside the law that neutral terms would give."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.special import betaln

from experiments.figures.chart import YEAR, Chart, lacks_leavers, listed, needs_months
from experiments.figures.lines import percent_axis
from experiments.figures.page import Mark, sheet
from experiments.figures.story import Story
from experiments.figures.style import QUIET, tones
from sim.recording import ELSEWHERE, NOBODY

FEWEST = 20  # customers won in a year below which a curve says nothing
SHADES = (1.0, 0.62, 0.38)


def law(story: Story, months: int) -> np.ndarray:
    """Survival after 0, 1, 2, ... months at neutral terms: shifted-beta-geometric (Fader and Hardie 2007)."""
    people, anniversary = story.run.population, story.run.choice.anniversary
    ages = np.arange(months)
    weights = np.where(ages % YEAR == YEAR - 1, anniversary, (YEAR - anniversary) / (YEAR - 1.0))
    passed = np.concatenate([[0.0], np.cumsum(weights)]) / YEAR
    a, b = people.churn_a, people.churn_b
    return np.exp(betaln(a, b + passed) - betaln(a, b))


def cohorts(story: Story) -> list[int]:
    """Up to three years whose newcomers are followed: the first, and later ones with two years to see."""
    years = max((len(story.months) - 2 * YEAR) // YEAR, 0)
    return sorted({0, years // 3 if years >= 6 else 0, 2 * years // 3 if years >= 3 else 0})


def curve(story: Story, firm: int, year: int) -> np.ndarray:
    """Survival of those whom a firm won in a year, after 0, 1, 2, ... months; empty if they are too few."""
    months = len(story.months)
    at_risk, left = np.zeros(months), np.zeros(months)
    winners = range(year * YEAR, min((year + 1) * YEAR, months))
    if story.won[winners.start : winners.stop, firm].sum() < FEWEST:
        return np.empty(0)
    for month in winners:
        exposed, gone = followed(story, firm, month)
        at_risk[: exposed.size] += exposed
        left[: gone.size] += gone
    seen = int(np.argmin(np.append(at_risk, 0.0) > 0.0))
    return np.concatenate([[1.0], np.cumprod(1.0 - left[:seen] / at_risk[:seen])])


def followed(story: Story, firm: int, month: int) -> tuple[np.ndarray, np.ndarray]:
    """Of those won in a month: how many could leave one, two, ... months later, and how many did.

    Who moves away, or is set free because the firm closes, is not counted from then on (Kaplan and
    Meier 1958).
    """
    gone = story.leavers
    mine = (gone["from_firm"] == firm) & (gone["joined"] == month)
    age, to = gone["month"][mine] - month, gone["to_firm"][mine]
    decided, away = to >= NOBODY, to == ELSEWHERE
    ages = len(story.months) - month
    left, moved = (np.bincount(age[chosen], minlength=ages)[1:] for chosen in (decided, away))
    before = np.concatenate([[0], np.cumsum(left + moved)[:-1]]) if ages > 1 else np.zeros(0)
    at_risk = np.minimum(story.won[month, firm] - before, story.total("customers")[month + 1 :, firm])
    return np.maximum(at_risk - moved, 0.0), left.astype(float)


def half_life(values: np.ndarray) -> float:
    """Months until half are gone; infinite if more than half are there at the end."""
    gone = np.flatnonzero(values < 0.5)
    return float(gone[0]) if gone.size else np.inf


def headline(story: Story) -> str:
    """Where half of the first year's newcomers are gone first, and where last."""
    curves = {story.names[firm]: curve(story, firm, 0) for firm in story.shown}
    months = {name: half_life(values) for name, values in curves.items() if values.size >= YEAR}
    if not months:
        return "How long newcomers stay"
    first, last = min(months, key=lambda name: months[name]), max(months, key=lambda name: months[name])
    told = [_told(name, months[name], curves[name].size - 1) for name in dict.fromkeys((first, last))]
    return f"Half of the first year's newcomers are gone {listed(told)}"


def _told(name: str, months: float, seen: int) -> str:
    return (
        f"at {name} after {months:.0f} months" if np.isfinite(months) else f"at {name} not even after {seen}"
    )


def draw(story: Story) -> Figure:
    """A panel a firm, a curve a cohort."""
    years, shown = cohorts(story), story.shown
    columns = min(2, len(shown))
    greys = [str(round(0.95 - 0.82 * shade, 2)) for shade in SHADES[: len(years)]]
    marks = [Mark(f"won in year {year + 1}", grey) for year, grey in zip(years, greys, strict=True)]
    page = sheet(
        headline(story),
        "Share of newcomers who are still there so many months later. Dashed: if all terms were neutral "
        "(shifted-beta-geometric law). Who moved away counts for as long as it was seen",
        panels=len(shown),
        columns=columns,
        height=1.35,
        marks=marks,
    )
    for place, axes in enumerate(page.panels):
        _panel(axes, story, shown[place], years, labelled=place + columns >= len(shown))
    return page.figure


def _panel(axes: Axes, story: Story, firm: int, years: list[int], *, labelled: bool) -> None:
    longest = max(len(story.months) - 1, 1)
    tone = tones(story)[story.names[firm]]
    for year, shade in zip(years, SHADES, strict=False):
        values = curve(story, firm, year)
        axes.plot(np.arange(values.size), values, color=tone.line, alpha=shade, lw=1.6)
    axes.plot(np.arange(longest + 1), law(story, longest), color=QUIET, lw=1.0, ls=(0, (4, 2)))
    axes.set(xlim=(0, longest), ylim=(0, 1.02))
    axes.set_title(story.names[firm][:18], color=tone.ink, loc="left", weight="bold", pad=3)
    percent_axis(axes.yaxis)
    step = YEAR * max(1, round(longest / YEAR / 4))
    axes.set_xticks(np.arange(0, longest + 1, step))
    if labelled:
        axes.set_xlabel("months since won")


def lacks(story: Story) -> str:
    """Enough must have been won by some firm in the first year, and been seen for a while."""
    short = needs_months(13)(story) or lacks_leavers(story)
    if story.by_repertoire:
        return "survival is defined where customers buy by contract"
    seen = not short and any(
        curve(story, firm, year).size > 1 for firm in story.shown for year in cohorts(story)
    )
    return short or ("" if seen else "too few were won to follow")


CHART = Chart(
    "survival",
    "A panel a firm: the share of those won in a year who are still there month by month, by year of "
    "winning; dashed, the shifted-beta-geometric law that people's baseline alone would give.",
    lacks,
    headline,
    draw,
)
