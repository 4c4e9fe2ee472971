"""Chance is addressed: the same people and the same luck, whatever else happens."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy import stats

import sim.sharing
from agents import Customer, Firm
from agents.base.quantiles import beta, beta_table, gamma, gamma_table, normal, poisson
from agents.base.streams import draw, philox, uniforms
from sim import Reciprocity, Record
from sim.streams import NAMES
from tests.worlds import different, small, state_of

TRAITS = (
    "need_rate",
    "worth",
    "budget",
    "taste",
    "relationship_need",
    "inequity_aversion",
    "guilt",
    "informedness",
    "unmet_need",
    "opportunism",
)

ONES = 0xFFFFFFFF
KNOWN_ANSWERS = [  # philox4x32-10 of the authors' known-answer tests: zero, ones, digits of pi
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES, ONES, ONES, ONES), (ONES, ONES), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "answer"), KNOWN_ANSWERS)
@pytest.mark.parametrize("compiled", [True, False])
def test_known_answers(
    counter: tuple[int, ...], key: tuple[int, ...], answer: tuple[int, ...], compiled: bool
) -> None:
    block = philox if compiled else getattr(philox, "py_func", philox)
    words = block(*(np.uint64(word) for word in (*counter, *key)))
    assert tuple(int(word) for word in words) == answer


def test_an_address_gives_one_draw() -> None:
    numbers = np.array([0, 1, 7, 2**40, 2**62 + 5])
    assert len(np.unique(draw(3, 12, 5, numbers))) == 20
    together = draw(3, 12, 5, numbers)
    alone = np.array([uniforms(3, 12, 5, number, 0) for number in numbers])
    assert np.array_equal(together, alone)
    for other in (draw(4, 12, 5, numbers), draw(3, 13, 5, numbers), draw(3, 12, 6, numbers)):
        assert not np.isin(other, together).any()
    assert not np.isin(draw(3, 12, 5, numbers, block=1), together).any()


def test_draws_are_uniform_and_unrelated() -> None:
    u = draw(9, 20, 3, np.arange(50_000))
    for place in range(4):  # Kolmogorov and Smirnov, alpha 1e-4 each
        assert stats.kstest(u[:, place], "uniform").pvalue > 1e-4
    later = draw(9, 20, 4, np.arange(50_000))
    columns = np.column_stack([u, later])
    correlations = np.corrcoef(columns, rowvar=False)[np.triu_indices(8, 1)]
    assert np.abs(correlations).max() < 4.5 / np.sqrt(50_000)


def test_stream_numbers_are_unique() -> None:
    assert len(set(NAMES.values())) == len(NAMES) > 15
    assert all(0 < number < 2**16 for number in NAMES.values())


GRID = np.concatenate(
    [10.0 ** np.arange(-9, -1), np.linspace(0.01, 0.99, 197), 1 - 10.0 ** np.arange(-8, -1)]
)


def test_normal_quantiles() -> None:
    ours = np.array([normal(u) for u in GRID])
    assert np.abs(ours - stats.norm.ppf(GRID)).max() < 1e-6


@pytest.mark.parametrize(("shape", "scale"), [(0.779, 1.869), (2.0, 0.5), (100.0, 0.01)])
def test_gamma_quantiles(shape: float, scale: float) -> None:
    table = gamma_table(shape, scale)
    ours = np.array([gamma(table, u) for u in GRID])
    assert np.abs(ours / stats.gamma.ppf(GRID, shape, scale=scale) - 1.0).max() < 1e-3


@pytest.mark.parametrize(("a", "b"), [(0.668, 3.806), (0.704, 1.182), (5.0, 5.0)])
def test_beta_quantiles(a: float, b: float) -> None:
    table = beta_table(a, b)
    ours = np.array([beta(table, u) for u in GRID])
    exact = stats.beta.ppf(GRID, a, b)
    assert np.abs(ours - exact).max() < 1e-4
    assert np.abs(ours / exact - 1.0).max() < 2e-3


@pytest.mark.parametrize("mean", [0.05, 0.7, 3.0, 12.0])
def test_poisson_quantiles(mean: float) -> None:
    ours = np.array([poisson(u, mean) for u in GRID])
    assert np.array_equal(ours, stats.poisson.ppf(GRID, mean))


def test_two_runs_that_differ_in_nothing_do_not_differ() -> None:
    one, other, elsewhere = small(rng=5), small(rng=5), small(rng=6)
    for model in (one, other, elsewhere):
        model.run_for(20)
    assert different(one, other) == set()
    assert {"Customer.worth", "Customer.satisfaction", "Firm.cash"} <= different(one, elsewhere)


def test_threads_and_records_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sim.sharing, "RANGE", 37)
    alone = small(rng=2, threads=1)
    alone.run_for(15)
    together = small(rng=2, threads=2, record=Record(leavers=False, flows=False, panel=(1, 2, 3)))
    together.run_for(15)
    assert different(alone, together) == set()
    assert np.array_equal(alone.recording.firm("profit"), together.recording.firm("profit"))


def test_looking_changes_nothing() -> None:
    watched, unwatched = small(rng=3), small(rng=3)
    for model in (watched, unwatched):
        model.run_for(6)
    customers = watched.agents_by_type[Customer]
    customers.shuffle().get("satisfaction")
    watched.customers[4].explain()
    for model in (watched, unwatched):
        model.run_for(6)
    assert different(watched, unwatched) == set()


def test_looking_just_before_somebody_enters_changes_nothing() -> None:
    shock = {"market.entrants": 1, "shocks": {"late": {"kind": "entrant", "month": 2}}}
    watched, unwatched = small(rng=3, **shock), small(rng=3, **shock)
    for _ in range(6):
        watched.run_for(1)
        watched.customers[4].explain()
    unwatched.run_for(6)
    assert watched.table(Firm)["alive"].all()
    assert different(watched, unwatched) == set()


def test_more_customers_change_no_draw_of_the_first() -> None:
    few, more = (small(rng=8, **{"population.customers": size, "burn_in": 0}) for size in (200, 300))
    for name in (*TRAITS, "firm", "tenure", "churn_propensity"):
        assert np.array_equal(few.table(Customer)[name], more.table(Customer)[name][:200]), name
    few.run_for(24)
    more.run_for(24)
    numbers, numbers_of_more = few.table(Customer)["number"], more.table(Customer)["number"][:200]
    assert np.array_equal(numbers, numbers_of_more)
    assert (numbers >= 1 << 32).any()
    for name in TRAITS:
        assert np.array_equal(few.table(Customer)[name], more.table(Customer)[name][:200]), name


def newcomer(model: Reciprocity, month: int, place: int) -> dict[str, float]:
    """Who moved in as the given one of a reported month, right after that month."""
    number = (month + model.parameters.burn_in + 1) << 32 | place
    rows = np.flatnonzero(model.table(Customer)["number"] == number)
    assert rows.size == 1
    return {name: model.table(Customer)[name][rows[0]].item() for name in TRAITS}


def test_the_third_newcomer_of_month_60_is_the_same_person() -> None:
    changes = {"population.moving_rate": 0.03, "population.customers": 400}
    world = small(rng=4, **changes)
    shock = {"gone": {"kind": "desertion", "month": 20, "firm": "steady", "duration": 200}}
    bereft = small(rng=4, shocks=shock, **changes)
    for model in (world, bereft):
        model.run_for(61)
    assert len(bereft.closures) > len(world.closures)
    assert "Customer.firm" in different(world, bereft)
    assert newcomer(world, 60, 2) == newcomer(bereft, 60, 2)
    left, right = state_of(world), state_of(bereft)
    for name in ("number", *TRAITS):
        assert np.array_equal(left[f"Customer.{name}"], right[f"Customer.{name}"]), name


def test_newcomers_differ() -> None:
    model = small(rng=4, **{"population.moving_rate": 0.1})
    model.run_for(3)
    number = (2 + model.parameters.burn_in + 1) << 32
    here = np.sort(model.table(Customer)["number"][model.table(Customer)["number"] >= number])
    assert here.size > 3
    assert np.array_equal(here, number + np.arange(here.size))
    worths = [newcomer(model, 2, place)["worth"] for place in range(here.size)]
    assert all(one != other for one, other in pairwise(worths))


@pytest.mark.parametrize(("trend", "wider"), [(0.0, False), (1.0, True)])
def test_tastes_of_those_who_move_in_grow_apart(trend: float, wider: bool) -> None:
    model = small(rng=2, **{"population.taste_trend": trend, "population.moving_rate": 0.05})
    at_start = model.table(Customer)["taste"].copy()
    model.run_for(36)
    tastes, old = model.table(Customer)["taste"], model.table(Customer)["number"] < at_start.size
    assert 5 < old.sum() < at_start.size - 50
    assert np.array_equal(tastes[old], at_start[old])
    usual = model.parameters.population
    outside = (tastes < usual.taste_low) | (tastes > usual.taste_high)
    assert bool(outside.any()) == wider
    assert tastes.min() >= 0.0 and tastes.max() <= 3.0


@pytest.mark.parametrize("rng", [2**63, -1, 1.7, float("nan"), "1", True, np.random.default_rng(1)])
def test_a_seed_is_a_whole_number(rng: Any) -> None:
    with pytest.raises(
        ValueError, match=r"^rng = .*: allowed: a whole number from 0 to 9223372036854775807, or"
    ):
        small(rng=rng)


def test_the_largest_seed_and_numpys_numbers_are_seeds() -> None:
    assert small(rng=2**63 - 1).seed == 2**63 - 1
    assert small(rng=np.int64(7)).seed == 7


@pytest.mark.parametrize("months", [1.9, -1, float("inf"), "2", None])
def test_a_run_is_of_whole_months(months: Any) -> None:
    model = small()
    with pytest.raises(ValueError, match=r"^run_for = .*: allowed: a whole number from 0 to 100000, months"):
        model.run_for(months)
    assert model.clock == 0
    model.run_for(2.0)
    assert model.month == 2
