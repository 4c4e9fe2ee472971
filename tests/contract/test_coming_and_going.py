"""Agents who come and go, guests, collectors, copies, and mistakes."""

import copy
import warnings
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest

from agents.base.agent import ColumnAgent
from agents.base.model import ColumnModel
from agents.base.table import AgentGoneError
from tests.contract.farm import (
    Pasture,
    Sheep,
    Shepherd,
    ids,
)


def test_new_agents_one_and_many(ours: Pasture) -> None:
    one = Sheep(ours, hunger=0.9, farm=2)
    assert (one.unique_id, one.number, one.hunger, one.weight) == (66, 60, 0.9, 4.0)
    many = Sheep.create_agents(ours, 3, hunger=[0.1, 0.2, 0.3], age=5)
    assert ids(many) == [67, 68, 69] and list(many.get("hunger")) == [0.1, 0.2, 0.3]
    framed = Sheep.from_dataframe(ours, pd.DataFrame({"age": [1, 2]}), black=True)
    assert list(framed.get("age")) == [1, 2] and framed.agg("black", sum) == 2
    assert len(ours.agents_by_type[Sheep]) == 66


def test_a_type_with_its_own_init_and_no_listing() -> None:
    class Ram(Sheep):
        def __init__(self, model: ColumnModel, stones: float) -> None:
            super().__init__(model, weight=stones * 6.35)

    model = Pasture(rng=1)
    rams = Ram.create_agents(model, 3, stones=[1.0, 2.0, 3.0])
    assert rams.get("stone") == pytest.approx([1.0, 2.0, 3.0]) and Ram in model.agent_types
    assert len(model.agents.select(agent_type=Sheep)) == 33 and len(model.agents_by_type[Sheep]) == 30


def test_who_left_can_come_back(ours: Pasture, mesas: mesa.Model) -> None:
    for model in (ours, mesas):
        agent = model.agents[9]
        agent.remove()
        agent.remove()  # forgiven
        with pytest.raises(KeyError):
            model.deregister_agent(agent)
        model.register_agent(agent)
    assert ids(ours.agents) == ids(mesas.agents)


def test_listeners_hear_of_everyone(ours: Pasture) -> None:
    heard: list[Any] = []

    def hear(message: Any) -> None:
        heard.append((message.signal_type.value, message.additional_kwargs["args"][0].unique_id))

    for signal in mesa.experimental.mesa_signals.ModelSignals:
        ours.observe("agents", signal, hear)
    Sheep.create_agents(ours, 2)
    Sheep(ours).remove()
    assert [number for _, number in heard] == [66, 67, 68, 68]


def test_plain_agents_live_beside_columns(ours: Pasture) -> None:
    everyone = ours.agents
    shepherd = Shepherd(ours)
    Sheep(ours)
    assert shepherd.unique_id == 66 and ids(everyone)[-2:] == [66, 67] and shepherd in everyone
    ours.agents_by_type[Shepherd].do("look")
    assert shepherd.mood == pytest.approx(ours.agents_by_type[Sheep].agg("hunger", np.mean))
    assert everyone.select(agent_type=Shepherd).to_list() == [shepherd]
    assert everyone.get("mood", "default", -1.0).count(-1.0) == 66
    assert ids(everyone.sort("unique_id"))[:2] == [67, 66]
    everyone.select(agent_type=Shepherd).set("mood", 1.0)
    assert shepherd.mood == 1.0
    before = everyone.copy()
    shepherd.remove()
    assert len(everyone) == len(before) == 66 and shepherd not in before


def test_datacollector() -> None:
    model = Pasture(sheep=20, rng=1)
    model.run_for(3)
    frame = model.datacollector.get_agenttype_vars_dataframe(Sheep)
    assert frame.shape == (80, 2) and frame.index.names == ["Step", "AgentID"]
    assert (frame["twice"] == 2 * frame["hunger"]).all()
    means = model.datacollector.get_model_vars_dataframe()
    assert list(means) == ["hunger", "head", "share"] and (means["head"] == 20).all()
    assert means["hunger"].to_numpy() == pytest.approx(frame["hunger"].groupby("Step").mean().to_numpy())
    assert means["share"].iloc[-1] == pytest.approx(20 * 0.05)


def test_agent_reporters_over_all_types() -> None:
    model = Pasture(sheep=20, rng=1)
    Shepherd(model)
    collector = mesa.DataCollector(
        agent_reporters={"id": "unique_id"}, agenttype_reporters={mesa.Agent: {"name": str}}
    )
    collector.collect(model)
    assert len(collector.get_agent_vars_dataframe()) == 25
    assert len(collector.get_agenttype_vars_dataframe(mesa.Agent)) == 25


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run(processes: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pytest's threads and fork; batch_run itself leaves in Mesa 4
        rows = mesa.batch_run(
            Pasture,
            {"sheep": 8, "appetite": [0.0, 0.3]},
            rng=[1, 2],
            max_steps=4,
            number_processes=processes,
            data_collection_period=-1,
            display_progress=False,
        )
    frame = pd.DataFrame(rows)
    assert len(frame) == 2 * 2 * 8 and set(frame["Step"]) == {4}
    by = frame.groupby(["RunId", "appetite"])["hunger"].mean().reset_index()
    assert by[by["appetite"] == 0.3]["hunger"].min() > by[by["appetite"] == 0.0]["hunger"].max()


def test_a_deep_copy_is_a_world_of_its_own(ours: Pasture) -> None:
    shepherd = Shepherd(ours)
    ours.favourite = {Sheep.at(ours, 2): "Dolly"}
    twin = copy.deepcopy(ours)
    assert ids(twin.agents) == ids(ours.agents) and next(iter(twin.favourite)).model is twin
    before = list(ours.agents_by_type[Sheep].get("hunger"))
    twin.step()
    assert (twin.steps, ours.steps) == (1, 0)
    assert list(ours.agents_by_type[Sheep].get("hunger")) == before
    ours.step()
    assert list(twin.agents_by_type[Sheep].get("hunger")) == list(ours.agents_by_type[Sheep].get("hunger"))
    twin.agents_by_type[Shepherd].do("remove")
    assert shepherd in ours.agents and len(twin.agents) == 65
    assert copy.deepcopy(Sheep.at(ours, 2)).model is not ours and copy.copy(Sheep.at(ours, 2)) in ours.agents


@pytest.mark.parametrize(
    ("error", "words", "mistake"),
    [
        (AttributeError, "no column 'hungr'; did you mean 'hunger'", lambda m, s: setattr(s, "hungr", 0.3)),
        (AttributeError, "hungr", lambda m, s: s.hungr),
        (AttributeError, "pos", lambda m, s: setattr(s, "pos", (1, 2))),
        (AttributeError, "restless", lambda m, s: setattr(s, "restless", True)),
        (AttributeError, "unique_id", lambda m, s: setattr(s, "unique_id", 5)),
        (AttributeError, "model", lambda m, s: setattr(s, "model", None)),
        (AttributeError, "no column 'hungr'", lambda m, s: m.agents_by_type[Sheep].set("hungr", 1)),
        (AttributeError, "unique_id", lambda m, s: m.agents_by_type[Sheep].set("unique_id", 1)),
        (AttributeError, "model.agents is Mesa's", lambda m, s: setattr(m, "agents", [])),
        (ValueError, r"Sheep\.hunger = 1\.5 \[share\]", lambda m, s: setattr(s, "hunger", 1.5)),
        (
            ValueError,
            r"Sheep\.hunger = 1\.5 \[share\]",
            lambda m, s: m.agents_by_type[Sheep].set("hunger", 1.5),
        ),
        (ValueError, "one for each of 60", lambda m, s: m.agents_by_type[Sheep].set("hunger", [0.1, 0.2])),
        (TypeError, "did you mean 'hunger'", lambda m, s: Sheep(m, hungr=1)),
        (TypeError, "by name", lambda m, s: Sheep.create_agents(m, 2, 0.5)),
        (TypeError, "one 'age' for all", lambda m, s: Sheep.from_dataframe(m, pd.DataFrame(), age=[1])),
        (TypeError, "by being made", lambda m, s: m.agents.add(s)),
        (TypeError, r"agent\.remove\(\)", lambda m, s: m.agents.discard(s)),
        (TypeError, r"agent\.remove\(\)", lambda m, s: m.agents.remove(s)),
        (TypeError, r"agent\.remove\(\)", lambda m, s: m.agents.pop()),
        (ValueError, "another model", lambda m, s: Pasture(rng=1).register_agent(s)),
        (ValueError, "not an agent of this model", lambda m, s: Pasture(rng=1).agents.among([s])),
        (KeyError, "no table of Wolf .* Farm, Sheep", lambda m, s: m.table(type("Wolf", (ColumnAgent,), {}))),
        (AgentGoneError, "2 agents here have the number 1", lambda m, s: m.agents.numbered(1)),
    ],
)
def test_mistakes_are_loud(
    ours: Pasture, error: type[Exception], words: str, mistake: Callable[[Any, Any], Any]
) -> None:
    hunger = ours.agents_by_type[Sheep].get("hunger")
    with pytest.raises(error, match=words):
        mistake(ours, Sheep.at(ours, 0))
    assert len(ours.agents) == 65 and np.array_equal(ours.agents_by_type[Sheep].get("hunger"), hunger)
