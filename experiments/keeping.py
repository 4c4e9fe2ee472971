"""Worlds are kept on disk under a name that says all that decides them, so that none is run twice."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zipfile import BadZipFile

import numpy as np

from agents.base.compile import is_warm
from experiments.errors import BadInputError
from experiments.folder import make_whole
from experiments.progress import progress
from experiments.worlds import Changes, Course, Plan, World, run_courses
from sim import Parameters, Reciprocity

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


def is_kept(path: Path, wanted: Wanted) -> bool:
    """Whether a world is kept that shows all that is wanted for as long as it is wanted."""
    if not path.exists():
        return False
    with opened(path) as file:
        columns = {str(name) for name in file["columns"]}
        return wanted.watched <= columns and int(file["months"]) >= wanted.course.months


def united(plans: Iterable[Plan]) -> dict[str, Wanted]:
    """All worlds of some plans, each once, as long as the longest that is wanted and with all watched."""
    worlds: dict[str, Wanted] = {}
    for plan in plans:
        for course in plan.courses.values():
            known = worlds.get(course.told)
            watched = frozenset(plan.watched) | (known.watched if known else frozenset())
            months = max(course.months, known.course.months if known else 0)
            worlds[course.told] = Wanted(replace(course, months=months), watched)
    return worlds


def missing(
    plans: Sequence[Plan], seeds: Sequence[int], store: Path, force: bool = False
) -> tuple[list[Job], int]:
    """Jobs for the worlds that are not kept, and the number of those that are."""
    jobs: list[Job] = []
    there = 0
    worlds = united(plans)
    for seed in seeds:
        origins: dict[str, list[Wanted]] = {}
        for wanted in worlds.values():
            path = store / f"{wanted.course.key(seed)}.npz"
            if not force and is_kept(path, wanted):
                there += 1
                continue
            origins.setdefault(wanted.course.origin, []).append(wanted)
        for same in origins.values():
            size = CHUNK if not same[0].course.parting else len(same)
            for begin in range(0, len(same), size):
                part = same[begin : begin + size]
                courses = {each.course.key(seed): each.course for each in part}
                watched = sorted(frozenset().union(*(each.watched for each in part)))
                jobs.append(Job(courses, tuple(watched), seed, store))
    return jobs, there


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
    jobs, there = missing(plans, seeds, store, force)
    if not jobs:
        return
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


class Months(Protocol):
    """Work of which it is known how many months it runs."""

    @property
    def months(self) -> int:
        """Months to be run."""


def run_all[T: Months](
    jobs: Sequence[T], workers: int, say: Callable[[str], None], work: Callable[[T], int]
) -> None:
    """Do some work in this process or in several, once the month is compiled; show how far it is.

    Parameters
    ----------
    jobs : sequence
        Pieces of work.
    workers : int
        Processes that share them; they change no result.
    say : callable
        Called with a line about what is done.
    work : callable
        Does one piece, and returns the months that it ran.
    """
    if not is_warm():
        say("compiling the model first, which takes up to a minute; later runs start at once")
        small: Changes = {"population.customers": 100, "burn_in": 1}
        Reciprocity(Parameters().changed(**small), rng=1).run_for(4)
    done = 0
    with progress(sum(job.months for job in jobs), say, timed=True) as advance:
        for months in results(jobs, workers, work):
            done += months
            advance(done)


def results[T](jobs: Sequence[T], workers: int, work: Callable[[T], int]) -> Iterable[int]:
    """Months done, job by job."""
    if workers == 1 or len(jobs) == 1:
        yield from map(work, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            for result in as_completed([pool.submit(work, job) for job in jobs]):
                yield result.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def counted(plans: Sequence[Plan]) -> Mapping[str, int]:
    """How many worlds a seed some plans take, and how many months, what they share counted once."""
    worlds = united(plans)
    return {"worlds": len(worlds), "months": sum(each.course.months for each in worlds.values())}
