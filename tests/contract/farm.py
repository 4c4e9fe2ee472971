"""Sheep whose numbers are columns, the same sheep in plain Mesa, and their pasture."""

from typing import Any

import mesa
import numpy as np

from agents.base.agent import ColumnAgent
from agents.base.agentset import ColumnAgentSet
from agents.base.columns import flow, link, state, trait
from agents.base.model import ColumnModel

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


def ids(agents: Any) -> list[int]:
    return [agent.unique_id for agent in agents]
