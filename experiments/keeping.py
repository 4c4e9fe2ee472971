"""Worlds are kept on disk under a name that says all that decides them, so that none is run twice."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from experiments.errors import BadInputError
from experiments.folder import make_whole, sweep_up
from experiments.sharing import run_all
from experiments.worlds import Course, Plan, World, run_courses

STORE = Path("outputs", "worlds")
CHUNK = 6
"""Worlds that one process runs before it takes up the next ones."""
Worlds = dict[str, list[World]]
"""The worlds of each arm, one a seed, in the order of the seeds."""


class Job(NamedTuple):
    """Worlds of one origin and seed that are to be run, and where each is kept."""

    courses: dict[str, Course]
    watched: tuple[str, ...]
    seed: int
    store: Path

    @property
    def months(self) -> int:
        """Months to be run, the burn-in left out."""
        return sum(course.months for course in self.courses.values())


class Wanted(NamedTuple):
    """A world that somebody wants: its course, and what is to be watched in it."""

    course: Course
    watched: frozenset[str]

    def with_all_of(self, other: "Wanted") -> "Wanted":
        """The same world, as long as the longer of two and with all that is watched in either."""
        months = max(self.course.months, other.course.months)
        return Wanted(replace(self.course, months=months), self.watched | other.watched)


def carry_out(job: Job) -> int:
    """Run the worlds of a job and keep them; the number of months."""
    for key, world in run_courses(job.courses, job.watched, job.seed, job.store):
        keep(world, job.store / f"{key}.npz")
    return job.months


def keep(world: World, path: Path) -> None:
    """Write a world in single precision; the file appears whole or not at all."""
    columns = sorted(world.series)
    values = np.array([world.series[name] for name in columns], np.float32)

    def write(part: Path) -> None:
        with part.open("wb") as file:
            np.savez_compressed(
                file,
                names=np.array(world.names),
                columns=np.array(columns),
                months=np.array(values.shape[1]),
                values=values,
            )

    path.parent.mkdir(parents=True, exist_ok=True)
    make_whole(path, write)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A file in which a world is kept.

    Raises
    ------
    BadInputError
        If the file is damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            yield file
    except FileNotFoundError:
        raise
    except (ValueError, KeyError, EOFError, OSError, BadZipFile, zlib.error) as error:
        raise BadInputError(
            f"{path}: a kept world is damaged ({type(error).__name__}); delete it, or say --force"
        ) from None


def kept(path: Path, months: int | None = None) -> World:
    """Read a world that was kept, or its first months."""
    with opened(path) as file:
        names = tuple(str(name) for name in file["names"])
        values = file["values"][:, :months].astype(float)
        return World(names, {str(name): values[place] for place, name in enumerate(file["columns"])})


def kept_of(path: Path, course: Course, say: Callable[[str], None]) -> Wanted | None:
    """What is kept of the world of a course: how long, and with what watched; nothing if it is damaged.

    What was kept can be run again, so a damaged file stops nobody; but it is said. All of it is read, as
    damage anywhere else would be found only after all other worlds were run.
    """
    if not path.exists():
        return None
    try:
        with opened(path) as file:
            world = {name: file[name] for name in ("names", "columns", "months", "values")}
            watched = frozenset(str(name) for name in world["columns"])
            return Wanted(replace(course, months=int(world["months"])), watched)
    except BadInputError:
        say(f"  {path}: damaged, so it is run again")
        return None


def united(plans: Iterable[Plan]) -> dict[str, Wanted]:
    """All worlds of some plans, each once, as long as the longest that is wanted and with all watched."""
    worlds: dict[str, Wanted] = {}
    for plan in plans:
        for course in plan.courses.values():
            wanted = Wanted(course, frozenset(plan.watched))
            known = worlds.get(course.told)
            worlds[course.told] = wanted.with_all_of(known) if known else wanted
    return worlds


def missing(
    plans: Sequence[Plan],
    seeds: Sequence[int],
    store: Path,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> tuple[list[Job], int]:
    """Jobs for the worlds that are not kept, and the number of those that are.

    What is run again shows all that was kept of it, so that nobody else's worlds are lost by it.
    """
    jobs: list[Job] = []
    there = 0
    worlds = united(plans)
    for seed in seeds:
        origins: dict[str, list[Wanted]] = {}
        for wanted in worlds.values():
            found = kept_of(store / f"{wanted.course.key(seed)}.npz", wanted.course, say)
            more = wanted.with_all_of(found) if found else wanted
            if more == found and not force:
                there += 1
                continue
            origins.setdefault(wanted.course.origin, []).append(more)
        jobs += [job for same in origins.values() for job in jobs_of(same, seed, store)]
    return jobs, there


def jobs_of(same: Sequence[Wanted], seed: int, store: Path) -> Iterator[Job]:
    """Jobs for worlds of one origin: one job where they share months after the burn-in."""
    size = len(same) if same[0].course.parting else CHUNK
    for begin in range(0, len(same), size):
        part = same[begin : begin + size]
        courses = {each.course.key(seed): each.course for each in part}
        watched = sorted(frozenset().union(*(each.watched for each in part)))
        yield Job(courses, tuple(watched), seed, store)


def prepare(
    plans: Sequence[Plan],
    seeds: Sequence[int],
    *,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Run all worlds of some plans that are not kept yet, each once, with what they share run once.

    Parameters
    ----------
    plans : sequence of Plan
        The worlds.
    seeds : sequence of int
        One world of each course a seed; the same seed is the same luck in all.
    store : Path
        Folder in which worlds are kept.
    workers : int
        Processes that share the work; they change no result.
    force : bool
        Run all again.
    say : callable
        Called with a line about what is done.
    """
    jobs, there = missing(plans, seeds, store, force, say)
    if not jobs:
        return
    sweep_up(store)
    worlds = sum(len(job.courses) for job in jobs)
    say(f"  {worlds} worlds to run, {there} kept from before")
    run_all(jobs, workers, say, carry_out)


def worlds_of(
    plan: Plan,
    seeds: Sequence[int],
    *,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> Worlds:
    """The worlds of all courses and seeds: read where they are kept, run where they are not.

    Parameters are those of ``prepare``.
    """
    prepare([plan], seeds, store=store, workers=workers, force=force, say=say)
    return {
        name: [kept(store / f"{course.key(seed)}.npz", course.months) for seed in seeds]
        for name, course in plan.courses.items()
    }


def counted(plans: Sequence[Plan]) -> Mapping[str, int]:
    """How many worlds a seed some plans take, and how many months, what they share counted once."""
    worlds = united(plans)
    return {"worlds": len(worlds), "months": sum(each.course.months for each in worlds.values())}
