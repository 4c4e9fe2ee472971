"""The same agents over columns and in a model of Mesa's own."""

import mesa
import pytest
from mesa.agentset import AbstractAgentSet

from tests.contract.farm import NUMBERS, Farm, Flock, Pasture, PlainFarm, PlainSheep, Sheep


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
