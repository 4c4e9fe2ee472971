"""Virtue is not free, and exploitation brings something now: every lever has its row."""

from functools import cache

import pytest

from agents.firm import LEVERS, SERVICE_LEVERS
from sim import Reciprocity
from tests.levers import EXPLOITATION_ROWS, SERVICE_ROWS, ExploitationRow, ServiceRow, market, raised, tempted

SEEDS = (1, 2, 3)
YEAR, LONG = 12, 48


@cache
def base(rng: int) -> Reciprocity:
    return market(rng)


@cache
def unchanged(rng: int, months: int) -> Reciprocity:
    model = base(rng).fork()
    model.run_for(months)
    return model


def test_every_lever_has_a_row() -> None:
    rows = [row.name for row in (*SERVICE_ROWS, *EXPLOITATION_ROWS)]
    assert sorted(rows) == sorted(lever.name for lever in LEVERS)
    assert [row.name for row in SERVICE_ROWS] == list(SERVICE_LEVERS)
    assert all(lever.cost and lever.benefit for lever in LEVERS)


@pytest.mark.parametrize("row", SERVICE_ROWS, ids=lambda row: row.name)
def test_a_lever_of_service_costs_at_once_and_gives(row: ServiceRow) -> None:
    pairs = [(raised(base(rng), row, YEAR), unchanged(rng, YEAR)) for rng in SEEDS[:2]]
    cost, sign = row.cost
    for with_it, without in pairs:
        assert sign * (cost(with_it) - cost(without)) > 0.0
    for benefit, direction in row.benefits:
        gain = sum(benefit(with_it) - benefit(without) for with_it, without in pairs)
        assert direction * gain > 0.0, benefit.__name__


@pytest.mark.parametrize("level", [0.0, 0.2])
def test_less_training_than_usual_saves_coins_and_costs_skill(level: float) -> None:
    row = next(row for row in SERVICE_ROWS if row.name == "training")._replace(level=level)
    measure, _ = row.cost
    for rng in SEEDS[:2]:
        with_less, usual = raised(base(rng), row, YEAR), unchanged(rng, YEAR)
        assert measure(with_less) < measure(usual)
        for benefit, _ in row.benefits:
            assert benefit(with_less) < benefit(usual)


@pytest.mark.parametrize("row", EXPLOITATION_ROWS, ids=lambda row: row.name)
def test_a_lever_of_exploitation_brings_now_and_costs_later(row: ExploitationRow) -> None:
    pairs = [(tempted(base(rng), row, LONG), unchanged(rng, LONG)) for rng in SEEDS]
    measure, sign = row.brings
    for with_it, without in pairs:
        assert sign * (measure(with_it) - measure(without)) > 0.0
    for cost, direction in row.costs:
        loss = sum(cost(with_it) - cost(without) for with_it, without in pairs)
        assert direction * loss > 0.0, cost.__name__
