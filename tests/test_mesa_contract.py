"""Sets over columns do what Mesa's own sets do: verb by verb, in the same order, with the same draws."""

import copy
import statistics
import warnings
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
from mesa.agentset import AbstractAgentSet

from agents.base.agent import ColumnAgent
from agents.base.agentset import ColumnAgentSet
from agents.base.columns import flow, link, state, trait
from agents.base.model import ColumnModel
from agents.base.table import AgentGoneError

Flock = ColumnAgentSet[Any]


class Grazing:
    """What sheep do, whether their numbers are columns or attributes."""

    model: Any
    random: Any
    unique_id: Any
    remove: Any
    hunger: Any
    eaten: Any

    def graze(self, most: float = 1.0) -> float:
        self.eaten = min(most, self.hunger)
        self.hunger -= self.eaten
        return self.eaten

    def stray(self) -> None:
        if self.hunger > 0.7:
            self.remove()

    def push(self) -> None:
        """Remove somebody else, drawn by chance."""
        others = self.model.agents.select(lambda a: a.unique_id != self.unique_id).to_list()
        self.random.choice(others).remove()

    @property
    def grumble(self) -> str:
        return "baa" if self.hunger > 0.5 else ""


class Farm(ColumnAgent):
    acres = trait("acres", "of pasture", np.int32, default=10, low=1)
    debt = state("money", "owed to the bank")


class Sheep(Grazing, ColumnAgent):
    weight = trait("kg", "at birth", default=4.0, low=0.5)
    hunger = state("share", "of its stomach empty", low=0, high=1, default=0.5)
    age = state("months", "since birth", np.int8, low=0)
    black = trait("", "the colour", bool)
    eaten = flow("share", "of its stomach, this month", low=0, high=1)
    farm = link("Farm", "where it lives")

    @property
    def restless(self) -> bool:
        return bool(self.hunger > 0.7)

    @property
    def stone(self) -> float:
        return float(self.weight / 6.35)

    @stone.setter
    def stone(self, value: float) -> None:
        self.weight = value * 6.35


class PlainFarm(mesa.Agent):
    def __init__(self, model: mesa.Model, **values: Any) -> None:
        super().__init__(model)
        self.__dict__.update(values)


class PlainSheep(Grazing, mesa.Agent):
    def __init__(self, model: mesa.Model, **values: Any) -> None:
        super().__init__(model)
        self.__dict__.update(values)


class Shepherd(mesa.Agent):
    """A guest: a plain agent of Mesa, beside the columns."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.mood = 3.0

    def look(self) -> None:
        self.mood = float(np.mean(self.model.agents_by_type[Sheep].get("hunger")))


class Pasture(ColumnModel):
    agent_classes = (Farm, Sheep)

    def __init__(self, sheep: int = 30, farms: int = 4, appetite: float = 0.1, rng: Any = None) -> None:
        super().__init__(rng=rng)
        self.appetite = appetite
        Farm.create_agents(self, farms, acres=np.arange(1, farms + 1))
        Sheep.create_agents(
            self,
            sheep,
            weight=self.rng.normal(4, 0.4, sheep),
            hunger=self.rng.random(sheep),
            age=self.rng.integers(0, 100, sheep),
            black=self.rng.random(sheep) < 0.2,
            farm=self.rng.integers(-1, farms, sheep),
        )
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "hunger": lambda m: m.agents_by_type[Sheep].agg("hunger", np.mean),
                "head": "head",
                "share": [share_eaten, [self]],
            },
            agenttype_reporters={Sheep: {"hunger": "hunger", "twice": lambda a: 2 * a.hunger}},
        )
        self.datacollector.collect(self)

    @property
    def head(self) -> int:
        return len(self.agents_by_type[Sheep])

    def step(self) -> None:
        self.table(Sheep).start_month()
        sheep = self.agents_by_type[Sheep]
        sheep.set("hunger", np.minimum(1.0, sheep.get("hunger") + self.appetite))
        sheep.shuffle_do("graze", most=0.05)
        self.datacollector.collect(self)


def share_eaten(model: Pasture) -> float:
    return float(model.agents_by_type[Sheep].agg("eaten", sum))


NUMBERS = ("weight", "hunger", "age", "black", "eaten", "farm")


@pytest.fixture
def ours() -> Pasture:
    return Pasture(sheep=60, farms=5, rng=7)


@pytest.fixture
def mesas(ours: Pasture) -> mesa.Model:
    """Return the same agents in a model of Mesa's own, with the same stream of chance."""
    plain = mesa.Model(rng=7)
    for farm in ours.agents_by_type[Farm]:
        PlainFarm(plain, acres=farm.acres, debt=farm.debt)
    for sheep in ours.agents_by_type[Sheep]:
        PlainSheep(plain, **{name: getattr(sheep, name) for name in NUMBERS})
    plain.random.setstate(ours.random.getstate())
    return plain


@pytest.fixture
def flock(ours: Pasture) -> Flock:
    return ours.agents_by_type[Sheep]


@pytest.fixture
def plain_flock(mesas: mesa.Model) -> AbstractAgentSet:
    return mesas.agents_by_type[PlainSheep]


def ids(agents: Any) -> list[int]:
    return [agent.unique_id for agent in agents]


# -- who is there --------------------------------------------------------------------------------------


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


# -- numbers -------------------------------------------------------------------------------------------


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


# -- selections ----------------------------------------------------------------------------------------


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


# -- deeds ---------------------------------------------------------------------------------------------


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


# -- joining and leaving -------------------------------------------------------------------------------


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


# -- guests --------------------------------------------------------------------------------------------


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


# -- collecting and running ----------------------------------------------------------------------------


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


# -- copies --------------------------------------------------------------------------------------------


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


# -- mistakes are loud ---------------------------------------------------------------------------------


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
