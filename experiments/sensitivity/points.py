"""Points of the design, each run once: what it showed is kept at once, so that nothing done is lost."""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from experiments.errors import BadInputError
from experiments.folder import write_whole
from experiments.sensitivity.results import HEADLINES, Headline, definitions, months_of, valued
from experiments.sharing import run_all

STORE = Path("outputs", "sensitivity", "points")
FAILURES = (ValueError, ArithmeticError, IndexError, AssertionError)
"""How a model says that it refuses parameters, or fails with them."""


class Stage(StrEnum):
    """The parts of the design."""

    default = "default"
    start = "start"
    group = "group"
    number = "number"
    low = "low end"
    high = "high end"


class Point(NamedTuple):
    """Parameters at which all results are looked at.

    Attributes
    ----------
    stage : Stage
        The part of the design.
    moved : str
        Which group or number is moved; none at the default and where moves start.
    start : int
        From which starting point; -1: from the default.
    changes : mapping
        Parameters, by dotted key.
    lucks : int
        Number of seeds.
    """

    stage: Stage
    moved: str
    start: int
    changes: Mapping[str, float]
    lucks: int


class Found(NamedTuple):
    """What a point showed: (lucks, results), all undefined where the model refused it, why, and seconds."""

    values: np.ndarray
    refused: str
    seconds: float


class Task(NamedTuple):
    """A point to run, for which results, in how large a market, where it is kept, and how many months."""

    point: Point
    headlines: tuple[str, ...]
    customers: int
    path: Path
    months: int


def task_of(point: Point, headlines: Sequence[Headline], customers: int, store: Path) -> Task:
    """The task of a point; the name of its file says all that decides what it shows."""
    names, months = tuple(line.name for line in headlines), months_of(headlines) * point.lucks
    told = json.dumps([definitions(), sorted(point.changes.items()), point.lucks, names, customers])
    return Task(point, names, customers, store / f"{sha256(told.encode()).hexdigest()[:24]}.json", months)


def carry_out(task: Task) -> int:
    """Run a point and keep what it shows; the number of months."""
    headlines = [HEADLINES[name] for name in task.headlines]
    changes = {"population.customers": task.customers, **task.point.changes}
    values: list[list[float]] = []
    refused, began = "", perf_counter()
    try:
        values = [valued(headlines, changes, luck) for luck in range(1, task.point.lucks + 1)]
    except FAILURES as error:
        refused = f"{type(error).__name__}: {error}".splitlines()[0]
    task.path.parent.mkdir(parents=True, exist_ok=True)
    seconds = perf_counter() - began
    write_whole(task.path, json.dumps({"values": values, "refused": refused, "seconds": seconds}))
    return task.months


def kept(task: Task) -> Found:
    """What a point showed, as it was kept.

    Raises
    ------
    BadInputError
        If the file is damaged.
    """
    try:
        read = json.loads(task.path.read_text(encoding="utf-8"))
        shape = (task.point.lucks, len(task.headlines))
        refused = str(read["refused"])
        values = np.full(shape, np.nan) if refused else np.array(read["values"], float).reshape(shape)
        seconds = float(read["seconds"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInputError(
            f"{task.path}: a kept point is damaged ({type(error).__name__}); delete it, or say --force"
        ) from None
    return Found(values, refused, seconds)


def is_kept(task: Task, say: Callable[[str], None]) -> bool:
    """Whether it is kept what a point showed; a damaged file stops nobody, but it is said."""
    try:
        return task.path.exists() and bool(kept(task))
    except BadInputError:
        say(f"  {task.path}: damaged, so it is run again")
        return False


def found_at(
    points: Sequence[Point],
    headlines: Sequence[Headline],
    customers: int,
    *,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> list[Found]:
    """What some points show: read where it is kept, run where it is not.

    Parameters
    ----------
    points : sequence of Point
        Where to look.
    headlines : sequence of Headline
        What to look at.
    customers : int
        Size of the markets.
    store : Path
        Folder in which what points show is kept.
    workers : int
        Processes that share the work; they change no result.
    force : bool
        Run all again.
    say : callable
        Called with a line about what is done.
    """
    tasks = [task_of(point, headlines, customers, store) for point in points]
    missing = {task.path: task for task in tasks if force or not is_kept(task, say)}
    if missing:
        say(f"  {len(missing)} points to run, {len(tasks) - len(missing)} kept from before")
        run_all(list(missing.values()), workers, say, carry_out)
    return [kept(task) for task in tasks]
