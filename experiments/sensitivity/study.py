"""The whole study: groups first, then the numbers of those that matter, then both ends from the default."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from experiments.comparing import Interval, interval
from experiments.sensitivity.design import Spread, directions, moved, spread, starting_points
from experiments.sensitivity.numbers import Number, changes_at, numbers_that_move
from experiments.sensitivity.points import STORE, Found, Point, Stage, found_at
from experiments.sensitivity.results import Headline

TOP = 10
"""Numbers that are named for each result."""


@dataclass(frozen=True)
class Settings:
    """How large a study is.

    Attributes
    ----------
    trajectories : int
        Starting points, from each of which every group, then every number, is moved.
    customers : int
        Size of the markets.
    numbers : int
        Most numbers that are moved one by one.
    lucks : int
        Seeds at each point.
    end_lucks : int
        Seeds where one number alone leaves the default; at the default there are three times as many.
    span : float, optional
        Factor over and under the default within which numbers move; the whole declared range if left out.
    middle : float
        Share of each range, around the default, in which starting points lie.
    """

    trajectories: int = 12
    customers: int = 1000
    numbers: int = 150
    lucks: int = 2
    end_lucks: int = 10
    span: float | None = 2.0
    middle: float = 1.0 / 3.0


@dataclass
class Study:
    """What was looked at, and what was found.

    Attributes
    ----------
    settings, headlines, numbers, starts
        How large it is, its results, its numbers and the places of all numbers at the starting points.
    points, found
        Every point and what it showed.
    opened : list of str
        Groups whose numbers were moved one by one.
    index : dict
        Places of the points of each stage and what is moved there, by starting point.
    """

    settings: Settings
    headlines: list[Headline]
    numbers: list[Number]
    starts: np.ndarray
    points: list[Point] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    index: dict[tuple[Stage, str], list[int]] = field(default_factory=dict)

    @property
    def groups(self) -> dict[str, list[int]]:
        """Places of the numbers of each group."""
        places: dict[str, list[int]] = {}
        for place, number in enumerate(self.numbers):
            places.setdefault(number.group, []).append(place)
        return places

    @property
    def places(self) -> dict[str, int]:
        """Place of each number."""
        return {number.key: place for place, number in enumerate(self.numbers)}

    @property
    def singles(self) -> list[int]:
        """Places of the numbers that were moved one by one."""
        return [place for group in self.opened for place in self.groups[group]]

    def point(self, stage: Stage, moved_: str, start: int, places: np.ndarray) -> Point:
        """A point at some places of all numbers."""
        return Point(stage, moved_, start, changes_at(self.numbers, places), self.settings.lucks)

    def by_luck(self, stage: Stage, moved_: str = "") -> np.ndarray:
        """Results at the points of a stage: (points, lucks, results), by starting point."""
        return np.array([self.found[place].values for place in self.index[stage, moved_]])

    def at(self, stage: Stage, moved_: str = "") -> np.ndarray:
        """Results at the points of a stage, mean over lucks: (points, results), by starting point."""
        return np.asarray(self.by_luck(stage, moved_).mean(axis=1))

    def default(self, result: int) -> Interval:
        """A result at the default parameters."""
        return interval(self.by_luck(Stage.default)[0, :, result])

    def of_group(self, group: str, result: int) -> Spread:
        """Effects of a group, all its numbers moved together."""
        return spread(self.at(Stage.start)[:, result], self.at(Stage.group, group)[:, result])

    def of_number(self, place: int, result: int) -> Spread:
        """Effects of a number."""
        key = self.numbers[place].key
        before, after = self.at(Stage.start)[:, result], self.at(Stage.number, key)[:, result]
        return spread(before, after, directions(self.starts, place))

    def of_luck(self, result: int) -> float:
        """How much a result changes by other luck alone, as the mean of as many lucks; unknown of one."""
        values = self.by_luck(Stage.start)[:, :, result]
        lucks = values.shape[1]
        if lucks == 1:
            return float("nan")
        pairs = [np.abs(values[:, i] - values[:, j]) for i in range(lucks) for j in range(i)]
        found = np.concatenate(pairs)
        found = found[np.isfinite(found)]
        return float(found.mean() / np.sqrt(lucks)) if found.size else float("nan")

    def top(self, result: int) -> list[int]:
        """Places of the numbers that move a result most."""
        sizes = {place: self.of_number(place, result).size for place in self.singles}
        known = [place for place, size in sizes.items() if np.isfinite(size)]
        return sorted(known, key=lambda place: -sizes[place])[:TOP]

    def end(self, stage: Stage, place: int, result: int) -> Interval:
        """A result where one number alone leaves the default for an end of its range."""
        return interval(self.by_luck(stage, self.numbers[place].key)[0, :, result])


def studied(
    settings: Settings,
    headlines: Sequence[Headline],
    *,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> Study:
    """Carry out the study; parameters beside ``settings`` and ``headlines`` are those of ``found_at``."""
    numbers = numbers_that_move(settings.span)
    starts = starting_points(settings.trajectories, len(numbers), settings.middle)
    study = Study(settings, list(headlines), numbers, starts)
    how = {"store": store, "workers": workers, "force": force, "say": say}
    say(f"{len(study.groups)} groups of {len(numbers)} numbers, {settings.trajectories} starting points")
    add(study, first_points(study), how)
    study.opened = opened(study)
    say(f"numbers of {', '.join(study.opened) or 'no group'}, one by one: {len(study.singles)}")
    add(study, number_points(study), how)
    ends = end_points(study)
    say(f"numbers that matter most, each alone at the ends of its range: {len(ends) // 2}")
    add(study, ends, how)
    return study


def add(study: Study, points: list[Point], how: Mapping[str, Any]) -> None:
    """Look at further points."""
    study.found += found_at(points, study.headlines, study.settings.customers, **how)
    for place, point in enumerate(points, len(study.points)):
        study.index.setdefault((point.stage, point.moved), []).append(place)
    study.points += points


def first_points(study: Study) -> list[Point]:
    """The default, the starting points, and each group moved from each of them."""
    points = [Point(Stage.default, "", -1, {}, 3 * study.settings.end_lucks)]
    for number, start in enumerate(study.starts):
        points.append(study.point(Stage.start, "", number, start))
        points += [
            study.point(Stage.group, group, number, moved(start, places))
            for group, places in study.groups.items()
        ]
    return points


def opened(study: Study) -> list[str]:
    """Groups in the order of what they move, as long as their numbers are not too many."""
    sizes = np.array(
        [[study.of_group(group, k).size for k in range(len(study.headlines))] for group in study.groups]
    )
    largest = np.nanmax(np.nan_to_num(sizes), axis=0)
    scores = np.nan_to_num(sizes / np.where(largest > 0.0, largest, np.nan)).mean(axis=1)
    chosen: list[str] = []
    room = study.settings.numbers
    for place in np.argsort(-scores, kind="stable"):
        group = list(study.groups)[place]
        if len(study.groups[group]) <= room and scores[place] > 0.0:
            chosen.append(group)
            room -= len(study.groups[group])
    return chosen


def number_points(study: Study) -> list[Point]:
    """Each number of the opened groups moved from each starting point."""
    return [
        study.point(Stage.number, study.numbers[place].key, number, moved(start, [place]))
        for number, start in enumerate(study.starts)
        for place in study.singles
    ]


def end_points(study: Study) -> list[Point]:
    """Each number that is among the first for any result, alone at the low and the high end."""
    results = range(len(study.headlines))
    places = sorted({place for result in results for place in study.top(result)})
    points = []
    for place in places:
        number = study.numbers[place]
        for stage, end in ((Stage.low, 0.0), (Stage.high, 1.0)):
            changes = changes_at([number], np.array([end]))
            points.append(Point(stage, number.key, -1, changes, study.settings.end_lucks))
    return points
