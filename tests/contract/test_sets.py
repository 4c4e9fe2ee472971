"""Who is there, in which order, and their numbers, as Mesa has it."""

import statistics
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet

from tests.contract.farm import (
    NUMBERS,
    Farm,
    Flock,
    Pasture,
    Sheep,
    ids,
)


def test_the_same_agents_in_the_same_order(ours: Pasture, mesas: mesa.Model) -> None:
    assert ids(ours.agents) == ids(mesas.agents) and len(ours.agents) == len(mesas.agents) == 65
    assert [kind.__name__ for kind in ours.agent_types] == ["Farm", "Sheep"]
    assert isinstance(ours.agents, AbstractAgentSet) and ours.agent_id_counter == mesas.agent_id_counter


def test_positions_and_slices(flock: Flock, plain_flock: AbstractAgentSet) -> None:
    for item in (0, 7, -1, np.int64(3)):
        assert flock[item].unique_id == plain_flock[item].unique_id
    for part in (slice(3), slice(-4, None), slice(None, None, 7)):
        assert ids(flock[part]) == ids(plain_flock[part])
    assert ids(flock.to_list()) == ids(plain_flock.to_list())
    for beyond in (60, -61):
        with pytest.raises(IndexError):
            flock[beyond]


def test_membership_and_hash(ours: Pasture, flock: Flock) -> None:
    a, b = flock[4], Sheep.at(ours, 4)
    assert a is not b and a == b and hash(a) == hash(b) and len({a, b}) == 1
    assert a in ours.agents and a in flock and a not in ours.agents_by_type[Farm]
    assert a in flock.select(at_most=5) and a not in flock.select(at_most=4)
    assert "sheep" not in flock and Sheep.at(Pasture(rng=7), 4) not in flock
    a.remove()
    assert a not in ours.agents and not b.alive and len(flock) == 59


def test_sets_meet_and_join(flock: Flock) -> None:
    young, dark = flock.where(flock.get("age") < 50), flock.where(flock.get("black"))
    assert ids(young & dark) == [a.unique_id for a in dark if a.age < 50]
    assert len(young | dark) == len(young) + len(dark) - len(young & dark)
    assert young - dark <= young and young.isdisjoint(flock - young) and flock == flock.copy()


@pytest.mark.parametrize("name", [*NUMBERS, "unique_id", "grumble"])
def test_get(flock: Flock, plain_flock: AbstractAgentSet, name: str) -> None:
    assert list(flock.get(name)) == plain_flock.get(name)
    assert flock.get([name, "hunger"]) == plain_flock.get([name, "hunger"])


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("function", [sum, min, max, len, np.mean, np.std, statistics.median])
def test_agg(flock: Flock, plain_flock: AbstractAgentSet, name: str, function: Callable[..., Any]) -> None:
    ours, theirs = flock.agg(name, function), plain_flock.agg(name, function)
    assert ours == pytest.approx(theirs, rel=1e-14, abs=1e-14)
    assert flock.agg(name, [min, function])[1] == ours


def test_sums_neither_overflow_nor_lose_digits(flock: Flock) -> None:
    flock.set("age", 127)
    assert flock.agg("age", sum) == 60 * 127 and (flock.get("age") * 10).max() == 1270
    assert flock.get("weight").dtype == np.float64


def test_missing_attributes(ours: Pasture, mesas: mesa.Model) -> None:
    assert list(ours.agents.get("hunger", "default", -1.0)) == mesas.agents.get("hunger", "default", -1.0)
    for agents in (ours.agents, mesas.agents):
        with pytest.raises(AttributeError):
            agents.get("hunger")
        with pytest.raises(ValueError, match="handle_missing"):
            agents.get("hunger", "ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("eaten", 0.3), ("age", 4), ("black", True), ("farm", -1)])
def test_set(flock: Flock, plain_flock: AbstractAgentSet, name: str, value: float) -> None:
    assert flock.set(name, value) is flock
    plain_flock.set(name, value)
    assert list(flock.get(name)) == plain_flock.get(name)


def test_set_one_value_for_each_and_by_property(flock: Flock) -> None:
    hungry = flock.where(flock.get("hunger") > 0.5)
    hungry.set("eaten", hungry.get("hunger") / 2)
    assert flock.agg("eaten", sum) == pytest.approx(hungry.agg("hunger", sum) / 2)
    flock.set("stone", 1.0)
    assert flock.get("weight") == pytest.approx(6.35)


def test_set_over_two_types(ours: Pasture) -> None:
    both = ours.agents
    with pytest.raises(AttributeError, match="Farm has no column 'hunger'"):
        both.set("hunger", 0.1)
    assert ours.agents_by_type[Sheep].agg("hunger", min) != 0.1  # nobody was written
