"""What a switch changes at once: every event of one month, from the same state with and without it."""

import copy
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sim import Reciprocity
from sim.parameters import Parameters
from sim.schedule import MONTH
from tests.worlds import small, state_of

EVENTS = {event.does.__name__: event for event in MONTH}


class Moment(NamedTuple):
    """One event of the month: its name, the world before it, and the state after it."""

    event: str
    before: Reciprocity
    after: dict[str, np.ndarray]


def lively_month() -> list[Moment]:
    """A month in which every mechanism has something to do: terms are set, a rival may come."""
    changes = {"population.customers": 600, "market.entrants": 1, "market.entry_rate": 0.0}
    world = small(rng=3, firms={"dripper": {"levers": {"tailoring": 0.5}, "clawback": 12.0}}, **changes)
    world.run_for(27)
    world = world.fork(
        **{"market.entry_rate": 1.0, "market.entry_margin": -1.0, "population.moving_rate": 0.02}
    )
    assert world.month % 3 == 0
    moments = []
    for name, event in EVENTS.items():
        before = copy.deepcopy(world)
        event.does(world)
        moments.append(Moment(name, before, state_of(world)))
    return moments


def without(world: Reciprocity, switch: str) -> Reciprocity:
    """A copy of a world with one switch off."""
    return under(world, world.parameters.changed(**{f"switches.{switch}": False}))


def under(world: Reciprocity, parameters: Parameters) -> Reciprocity:
    """A copy of a world under other parameters."""
    other = copy.deepcopy(world)
    other.take_parameters(parameters)
    return other


def effects(moments: list[Moment], switch: str) -> Iterator[tuple[str, set[str]]]:
    """Events that go another way when a switch is off, and the columns in which they do."""
    off = moments[0].before.parameters.changed(**{f"switches.{switch}": False})
    for moment in moments:
        other = under(moment.before, off)
        EVENTS[moment.event].does(other)
        after = state_of(other)
        names = {name for name in after if after[name].tobytes() != moment.after[name].tobytes()}
        if names:
            yield moment.event, names


def with_and_without(
    moments: list[Moment], switch: str, event: str, prepared: Mapping[str, float]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The states after one event from a prepared state, the switch on and off."""
    before = copy.deepcopy(next(moment.before for moment in moments if moment.event == event))
    for name, value in prepared.items():
        kind, column = name.split(".")
        next(table for known, table in before.tables.items() if known.__name__ == kind)[column][:] = value
    off = without(before, switch)
    EVENTS[event].does(before)
    EVENTS[event].does(off)
    return state_of(before), state_of(off)
