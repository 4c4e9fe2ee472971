"""Worlds with the same people and the same luck, run side by side and kept, so that none is run twice."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from agents import Customer, Firm
from agents.base.compile import is_warm
from experiments.folder import make_whole
from sim import Parameters, Reciprocity, Record
from sim.parameters import as_tree
from sim.recording import KEPT

STORE = Path("outputs", "worlds")
Changes = Mapping[str, Any]


class Held(NamedTuple):
    """A value that a firm has at the moment of parting, to be held from then on."""

    firm: str
    column: str


@dataclass(frozen=True)
class World:
    """What one run showed, month by month.

    Attributes
    ----------
    names : tuple of str
        The firms.
    series : dict of array (months, firms)
        The numbers that were watched, from the first reported month on.
    """

    names: tuple[str, ...]
    series: dict[str, np.ndarray]

    def total(self, name: str, firms: Sequence[int]) -> np.ndarray:
        """A flow or stock of some firms together, every month."""
        return self.series[name][:, list(firms)].sum(axis=1)

    def mean(self, name: str, firms: Sequence[int], weight: str = "customers") -> np.ndarray:
        """A mean over some firms, weighted by another number of theirs; undefined where that is zero."""
        weights = self.series[weight][:, list(firms)]
        total = weights.sum(axis=1)
        sums = (self.series[name][:, list(firms)] * weights).sum(axis=1)
        return np.divide(sums, total, out=np.full(total.size, np.nan), where=total > 0.0)


@dataclass(frozen=True)
class Plan:
    """One trunk that several worlds share, and where they part.

    Attributes
    ----------
    base : mapping
        What the trunk changes in the default market, by dotted key.
    arms : mapping of mappings
        What each world changes once it parts; a ``Held`` value stands for what a firm has at that moment.
    parting, months : int
        Reported month before which all are one, and months in all.
    watched : tuple of str
        Columns of firms; ``name[2]``: one place of a column of several; ``Customer.name``: mean over a
        firm's customers.
    """

    base: Changes
    arms: Mapping[str, Changes]
    parting: int
    months: int
    watched: tuple[str, ...]

    def key(self, arm: str, seed: int) -> str:
        """A name that changes whenever the world would."""
        told = {
            "code": code_version(),
            "base": as_tree(Parameters().changed(**self.base)),
            "arm": repr(sorted(self.arms[arm].items())),
            "when": [self.parting, self.months, seed],
            "watched": sorted(self.watched),
        }
        return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:24]


@cache
def code_version() -> str:
    """A hash of all that decides what happens in a run."""
    root = Path(__file__).parents[1]
    files = [p for folder in ("agents", "sim") for p in sorted((root / folder).rglob("*.py"))]
    digest = sha256()
    for path in [*files, Path(__file__)]:
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass
class Watch:
    """Keeps the numbers that the recording does not."""

    names: tuple[str, ...]
    seen: dict[str, list[np.ndarray]] = field(default_factory=dict)

    def __call__(self, model: Reciprocity) -> None:
        """Look at the model after a month."""
        for name in self.names:
            if name not in KEPT:
                self.seen.setdefault(name, []).append(present(model, name))

    def copy(self) -> "Watch":
        """What was seen so far, to go on with in another world."""
        return Watch(self.names, {name: list(values) for name, values in self.seen.items()})

    def world(self, model: Reciprocity) -> World:
        """All that was watched, as arrays."""
        series = {name: model.recording.firm(name) for name in self.names if name in KEPT}
        series |= {name: np.array(values) for name, values in self.seen.items()}
        return World(tuple(model.firm_names), series)


def present(model: Reciprocity, name: str) -> np.ndarray:
    """A number of every firm as it stands now."""
    if name.startswith("Customer."):
        c = model.table(Customer)
        firm, values = c["firm"], np.asarray(c[name.removeprefix("Customer.")], float)
        mine, firms = firm >= 0, len(model.firm_names)
        sizes = np.bincount(firm[mine], minlength=firms)
        sums = np.bincount(firm[mine], weights=values[mine], minlength=firms)
        return np.divide(sums, sizes, out=np.full(firms, np.nan), where=sizes > 0)
    column, _, place = name.partition("[")
    return np.array(model.table(Firm)[column][:, int(place.removesuffix("]"))])


def run_arms(plan: Plan, wanted: Sequence[str], seed: int) -> Iterator[tuple[str, World]]:
    """Run the trunk once, and each wanted arm from where it parts."""
    trunk = Reciprocity(
        Parameters().changed(**plan.base), rng=seed, record=Record(leavers=False, flows=False)
    )
    watch = Watch(plan.watched)
    trunk.run_for(plan.parting, watch)
    for arm in wanted:
        model, eyes = trunk.fork(**settled(plan.arms[arm], trunk)), watch.copy()
        model.run_for(plan.months - plan.parting, eyes)
        yield arm, eyes.world(model)


def settled(changes: Changes, model: Reciprocity) -> dict[str, Any]:
    """Changes in which what is held has got its value."""
    firms = model.firms
    return {
        key: float(getattr(firms[value.firm], value.column)) if isinstance(value, Held) else value
        for key, value in changes.items()
    }


class Job(NamedTuple):
    """The worlds of one seed that are still to be run, and where each is kept."""

    plan: Plan
    seed: int
    places: dict[str, Path]


def carry_out(job: Job) -> int:
    """Run what is missing of one seed and keep it; the seed."""
    for arm, world in run_arms(job.plan, tuple(job.places), job.seed):
        keep(world, job.places[arm])
    return job.seed


def keep(world: World, path: Path) -> None:
    """Write a world; the file appears whole or not at all."""

    def write(part: Path) -> None:
        with part.open("wb") as file:
            np.savez_compressed(file, names=np.array(world.names), **world.series)  # type: ignore[arg-type]

    path.parent.mkdir(parents=True, exist_ok=True)
    make_whole(path, write)


def kept(path: Path) -> World:
    """Read a world that was kept."""
    with np.load(path, allow_pickle=False) as file:
        names = tuple(str(name) for name in file["names"])
        return World(names, {name: file[name] for name in file.files if name != "names"})


Worlds = dict[str, list[World]]
"""The worlds of each arm, one a seed, in the order of the seeds."""


def worlds_of(
    plan: Plan,
    seeds: Sequence[int],
    *,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
) -> Worlds:
    """The worlds of all arms and seeds: read where they are kept, run where they are not.

    Parameters
    ----------
    plan : Plan
        The trunk and its arms.
    seeds : sequence of int
        One world of each arm a seed; the same seed is the same luck in all arms.
    store : Path
        Folder in which worlds are kept.
    workers : int
        Processes that share the seeds; they change no result.
    force : bool
        Run all again.
    say : callable
        Called with a line whenever a seed is done.
    """
    places = {arm: {seed: store / f"{plan.key(arm, seed)}.npz" for seed in seeds} for arm in plan.arms}
    jobs = []
    for seed in seeds:
        missing = {arm: places[arm][seed] for arm in plan.arms if force or not places[arm][seed].exists()}
        if missing:
            jobs.append(Job(plan, seed, missing))
    if jobs:
        run_all(jobs, workers, say)
    return {arm: [kept(places[arm][seed]) for seed in seeds] for arm in plan.arms}


def run_all(jobs: Sequence[Job], workers: int, say: Callable[[str], None]) -> None:
    """Run jobs in this process or in several, once the month is compiled."""
    if not is_warm():
        say("compiling the model first, which takes up to a minute; later runs start at once")
        small: Changes = {"population.customers": 100, "burn_in": 1}
        Reciprocity(Parameters().changed(**small), rng=1).run_for(4)
    if workers == 1 or len(jobs) == 1:
        for done, job in enumerate(jobs, 1):
            say(f"  seed {carry_out(job)} done ({done} of {len(jobs)})")
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            for done, result in enumerate(as_completed([pool.submit(carry_out, job) for job in jobs]), 1):
                say(f"  seed {result.result()} done ({done} of {len(jobs)})")
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
