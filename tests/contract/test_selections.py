"""Selections of agents, and what they do, as Mesa has it."""

from typing import Any

import mesa
import numpy as np
import pytest
from mesa.agentset import AbstractAgentSet

from tests.contract.farm import Farm, Flock, Grazing, Pasture, PlainFarm, PlainSheep, Sheep, ids


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"filter_func": lambda a: a.unique_id % 3 == 0},
        {"at_most": 7},
        {"at_most": 0},
        {"at_most": 0.25},
        {"at_most": 1.0},
        {"at_most": 2.5},
        {"filter_func": lambda a: a.unique_id % 2 == 0, "at_most": 5},
        {"filter_func": lambda a: a.random.random() < 0.5, "at_most": 0.2},
    ],
)
@pytest.mark.parametrize("inplace", [False, True])
def test_select(ours: Pasture, mesas: mesa.Model, how: dict[str, Any], inplace: bool) -> None:
    a, b = ours.agents.copy(), mesas.agents.copy()
    chosen, plain = a.select(**how, inplace=inplace), b.select(**how, inplace=inplace)
    assert ids(chosen) == ids(plain) and (chosen is a) == inplace
    assert len(a) == len(b) and ours.random.random() == mesas.random.random()


def test_select_by_type(ours: Pasture, mesas: mesa.Model) -> None:
    assert ids(ours.agents.select(agent_type=Farm)) == ids(mesas.agents.select(agent_type=PlainFarm))
    assert ids(ours.agents.select(agent_type=Grazing)) == ids(mesas.agents.select(agent_type=Grazing))


def test_where(flock: Flock, plain_flock: AbstractAgentSet) -> None:
    chosen = flock.where(flock.get("hunger") > 0.4)
    assert ids(chosen) == ids(plain_flock.select(lambda a: a.hunger > 0.4))
    for mask in ([True, False], flock.get("age"), "hungry"):
        with pytest.raises(ValueError, match="60 times true or false"):
            flock.where(mask)


@pytest.mark.parametrize(
    "by", ["farm", "black", "grumble", lambda a: (a.black, a.age % 3), lambda a: a.age % 4]
)
def test_groupby(flock: Flock, plain_flock: AbstractAgentSet, by: Any) -> None:
    a, b = flock.groupby(by), plain_flock.groupby(by)
    assert {key: ids(group) for key, group in a} == {key: ids(group) for key, group in b}
    assert list(a.groups) == list(b.groups) and a.count() == b.count() and len(a) == len(b)
    assert a.agg("hunger", np.mean) == pytest.approx(b.agg("hunger", np.mean))
    assert a.map(len) == b.map(len) and a.map("agg", "age", max) == b.map("agg", "age", max)
    lists = flock.groupby(by, result_type="list").groups
    assert {key: ids(group) for key, group in lists.items()} == {key: ids(group) for key, group in b}
    a.do("do", "graze")
    b.do("do", "graze")
    assert list(flock.get("hunger")) == plain_flock.get("hunger")


@pytest.mark.parametrize(
    "key", ["hunger", "farm", "black", "grumble", lambda a: a.age % 5, lambda a: (a.farm, a.age)]
)
@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("inplace", [False, True])
def test_sort(flock: Flock, plain_flock: AbstractAgentSet, key: Any, ascending: bool, inplace: bool) -> None:
    a, b = flock.copy(), plain_flock.copy()
    assert ids(a.sort(key, ascending, inplace)) == ids(b.sort(key, ascending, inplace))
    assert ids(a) == ids(b)


@pytest.mark.parametrize("inplace", [False, True])
def test_shuffle(ours: Pasture, mesas: mesa.Model, inplace: bool) -> None:
    a, b = ours.agents.copy(), mesas.agents.copy()
    assert ids(a.shuffle(inplace)) == ids(b.shuffle(inplace)) and ids(a) == ids(b)
    assert ours.random.random() == mesas.random.random()


def test_a_verb_on_nobody(flock: Flock) -> None:
    nobody = flock.select(at_most=0)
    assert len(nobody) == len(nobody.get("hunger")) == nobody.agg("hunger", sum) == 0 and list(nobody) == []
    assert len(nobody.groupby("farm")) == len(nobody.shuffle().sort("age")) == 0
    with pytest.raises(ValueError, match="zero-size"):
        nobody.agg("hunger", max)


def test_do_and_map(flock: Flock, plain_flock: AbstractAgentSet) -> None:
    assert flock.do("graze", 0.1) is flock
    plain_flock.do("graze", 0.1)
    assert flock.map("graze", most=0.2) == plain_flock.map("graze", most=0.2)
    assert flock.map(lambda a, k: a.hunger * k, 2) == plain_flock.map(lambda a, k: a.hunger * k, 2)
    assert list(flock.get("hunger")) == plain_flock.get("hunger")


def test_shuffle_do_draws_as_mesa_does(ours: Pasture, mesas: mesa.Model) -> None:
    seen: dict[str, list[int]] = {"ours": [], "mesas": []}
    ours.agents.shuffle_do(lambda a: seen["ours"].append(a.unique_id))
    mesas.agents.shuffle_do(lambda a: seen["mesas"].append(a.unique_id))
    assert seen["ours"] == seen["mesas"] != ids(ours.agents)


@pytest.mark.parametrize("verb", ["do", "shuffle_do", "map"])
@pytest.mark.parametrize("deed", ["stray", "push"])
def test_who_is_removed_has_no_turn(ours: Pasture, mesas: mesa.Model, verb: str, deed: str) -> None:
    getattr(ours.agents_by_type[Sheep], verb)(deed)
    getattr(mesas.agents_by_type[PlainSheep], verb)(deed)
    assert ids(ours.agents) == ids(mesas.agents) and 0 < len(ours.agents) < 65
    assert ours.random.random() == mesas.random.random()


def test_a_selection_forgets_who_left_and_a_copy_ignores_who_came(ours: Pasture) -> None:
    live, before = ours.agents, ours.agents.copy()
    before[10].remove()
    Sheep(ours)
    assert len(live) == 65 and len(before) == 64
    ours.remove_all_agents()
    assert len(live) == len(before) == len(ours.agents_by_type[Farm]) == 0


def test_newcomers_in_old_rows_come_last(ours: Pasture) -> None:
    Sheep.at(ours, 3).remove()
    old = ours.agents.copy()
    new = ours.reuse_rows(Sheep, [3], hunger=0.2)
    assert ids(ours.agents)[-1] == new[0].unique_id == 66 and new[0] not in old and len(old) == 64
    assert ours.agents_by_type[Sheep].get("hunger")[-1] == 0.2
