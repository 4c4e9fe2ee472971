"""Worlds with the same people and the same luck: what differs between them, and what each one showed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.counting import COUNTED, counted_leavers, present
from experiments.folder import make_whole
from experiments.nulls import DISTURBED
from sim import Parameters, Reciprocity, Record
from sim.parameters import as_tree, validated
from sim.recording import KEPT, Recording

Changes = Mapping[str, Any]


class Held(NamedTuple):
    """A value that a firm has at the moment of parting, times a factor, to be held from then on."""

    firm: str
    column: str
    factor: float = 1.0


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
        sums = (np.nan_to_num(self.series[name][:, list(firms)]) * weights).sum(axis=1)
        return np.divide(sums, total, out=np.full(total.size, np.nan), where=total > 0.0)


@dataclass(frozen=True)
class Course:
    """The course of one world: how it starts, and what changes in it when.

    Attributes
    ----------
    start : mapping
        What it changes in the default market, burn-in included; ``firms`` there replaces all firms.
    trunk, arm : mapping
        What changes at month 0, before the arms part, and when they part; a ``Held`` value stands for
        what a firm has at that moment.
    parting, months : int
        Reported month in which the arms part, and months in all.
    later : mapping of mappings
        Further changes, by months after the parting.
    disturbed : str
        What is done to people's minds every month from the parting on, by its name in ``DISTURBED``.
    """

    start: Changes
    trunk: Changes
    arm: Changes
    parting: int
    months: int
    later: Mapping[int, Changes] = field(default_factory=dict)
    disturbed: str = ""

    def __getstate__(self) -> dict[str, Any]:
        """What it was made from: what was worked out from it does not travel to other processes."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @cached_property
    def origin(self) -> str:
        """What it shares with other worlds until the arms part."""
        told: list[Any] = [self.parting, as_tree(self.at_start)]
        if self.parting:
            told += [as_tree(self.parameters(self.trunk)), held_in(self.trunk)]
        return json.dumps(told, sort_keys=True)

    @cached_property
    def at_start(self) -> Parameters:
        """The parameters of the burn-in."""
        start = dict(self.start)
        tree = as_tree(Parameters())
        if "firms" in start:
            tree["firms"] = start.pop("firms")
        return validated(tree).changed(**start)

    def parameters(self, *changes: Changes) -> Parameters:
        """Parameters after some changes, whose held values are left out."""
        plain = {k: v for part in changes for k, v in part.items() if not isinstance(v, Held)}
        return self.at_start.changed(**plain)

    @cached_property
    def told(self) -> str:
        """A hash of all that decides the world but seed and months."""
        held = held_in(self.arm if self.parting else {**self.trunk, **self.arm})
        later = {str(month): repr(sorted(changes.items())) for month, changes in self.later.items()}
        final = as_tree(self.parameters(self.trunk, self.arm))
        all_told = json.dumps([self.origin, final, held, later, self.disturbed], sort_keys=True)
        return sha256(all_told.encode()).hexdigest()

    def key(self, seed: int) -> str:
        """A name that changes whenever the world would; a longer run of it has the same name."""
        return sha256(f"{code_version()} {seed} {self.told}".encode()).hexdigest()[:24]


def held_in(changes: Changes) -> dict[str, list[Any]]:
    """Values among some changes that a firm has at the moment of parting."""
    return {key: list(value) for key, value in changes.items() if isinstance(value, Held)}


def exchanged(course: Course, one: str, other: str) -> Course:
    """The same course in a world in which two firms have each other's policies."""
    firms = course.at_start.firms
    entries = {f"firms.{one}": firms[other], f"firms.{other}": firms[one]}
    names = {one: other, other: one}
    return replace(
        course,
        trunk={**entries, **renamed(course.trunk, names)},
        arm=renamed(course.arm, names),
        later={month: renamed(changes, names) for month, changes in course.later.items()},
    )


def renamed(changes: Changes, names: Mapping[str, str]) -> dict[str, Any]:
    """Changes of firms' policies, made by other firms."""
    found = {}
    for key, value in changes.items():
        head, _, rest = key.partition(".")
        firm, dot, policy = rest.partition(".")
        there = f"{head}.{names.get(firm, firm)}{dot}{policy}" if head == "firms" else key
        held = isinstance(value, Held)
        found[there] = value._replace(firm=names.get(value.firm, value.firm)) if held else value
    return found


@dataclass(frozen=True)
class Plan:
    """Worlds to be compared, and what is watched in them.

    Attributes
    ----------
    courses : mapping of Course
        The worlds.
    watched : tuple of str
        Columns of firms; ``name[2]``: one place of a column of several; ``Customer.name``: mean over a
        firm's customers; or a name in ``COUNTED``.
    """

    courses: Mapping[str, Course]
    watched: tuple[str, ...]


def plan_of(
    base: Changes, arms: Mapping[str, Changes], parting: int, months: int, watched: Sequence[str]
) -> Plan:
    """One trunk that several worlds share until they part; changes of firms' policies wait for month 0."""
    start, trunk = divided(base)
    courses = {name: Course(start, trunk, arm, parting, months) for name, arm in arms.items()}
    return Plan(courses, tuple(watched))


def divided(base: Changes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Changes that concern the burn-in, and those of the policies of firms, which take effect after it."""
    policies = {key: value for key, value in base.items() if key.startswith("firms.")}
    return {key: value for key, value in base.items() if key not in policies}, policies


@cache
def code_version() -> str:
    """A hash of all that decides what happens in a run."""
    root = Path(__file__).parents[1]
    files = [p for folder in ("agents", "sim") for p in sorted((root / folder).rglob("*.py"))]
    digest = sha256()
    for path in [
        *files,
        *(Path(__file__).with_name(f"{name}.py") for name in ("worlds", "counting", "nulls")),
    ]:
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
            if name not in KEPT and name not in COUNTED:
                self.seen.setdefault(name, []).append(present(model, name))

    def copy(self) -> "Watch":
        """What was seen so far, to go on with in another world."""
        return Watch(self.names, {name: list(values) for name, values in self.seen.items()})

    def world(self, model: Reciprocity) -> World:
        """All that was watched, as arrays."""
        series = {name: model.recording.firm(name) for name in self.names if name in KEPT}
        series |= {name: np.array(values) for name, values in self.seen.items()}
        series |= {name: counted_leavers(model, name) for name in self.names if name in COUNTED}
        return World(tuple(model.firm_names), series)


def with_empty_recording(model: Reciprocity) -> Reciprocity:
    """The model, keeping no more than experiments need."""
    model.recording = Recording(Record(leavers=True, flows=False), model.firm_names, model.parameters)
    return model


def burnt_in(course: Course, seed: int, store: Path | None = None) -> Reciprocity:
    """A model after its burn-in: read where worlds are kept, else run and kept there for the others."""
    if store is None:
        model = Reciprocity(course.at_start, rng=seed)
        model.run_burn_in()
        return with_empty_recording(model)
    told = json.dumps([code_version(), seed, as_tree(course.at_start)])
    path = store / f"burn-in-{sha256(told.encode()).hexdigest()[:24]}.npz"
    with suppress(FileNotFoundError, ValueError):  # a damaged one is run again: its name says what it was
        return with_empty_recording(Reciprocity.load(path))
    store.mkdir(parents=True, exist_ok=True)
    model = Reciprocity(course.at_start, rng=seed)
    model.run_burn_in()
    make_whole(path, model.save)
    return with_empty_recording(Reciprocity.load(path))


def run_courses(
    courses: Mapping[str, Course], watched: Sequence[str], seed: int, store: Path | None = None
) -> Iterator[tuple[str, World]]:
    """Run worlds of one origin: what they share once, and each from where it parts."""
    first = next(iter(courses.values()))
    trunk, watch = burnt_in(first, seed, store), Watch(tuple(watched))
    if first.parting:
        trunk = trunk.fork(**settled(first.trunk, trunk))
        trunk.run_for(first.parting, watch)
    for name, course in courses.items():
        eyes = watch.copy()
        yield name, eyes.world(finished(course, trunk, eyes))


def finished(course: Course, trunk: Reciprocity, watch: Watch) -> Reciprocity:
    """A world from where it parts to its end."""
    arm = course.arm if course.parting else {**course.trunk, **course.arm}
    model = trunk.fork(**settled(arm, trunk))
    disturb = DISTURBED.get(course.disturbed)
    for month in range(course.months - course.parting):
        if month in course.later:
            model = model.fork(**settled(course.later[month], model))
        if disturb is not None:
            disturb(model)
        model.run_for(1, watch)
    return model


def settled(changes: Changes, model: Reciprocity) -> dict[str, Any]:
    """Changes in which what is held has got its value."""
    firms = model.firms
    return {
        key: value.factor * float(getattr(firms[value.firm], value.column))
        if isinstance(value, Held)
        else value
        for key, value in changes.items()
    }
