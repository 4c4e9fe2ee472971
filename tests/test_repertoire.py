"""Buying by repertoire: the NBD-Dirichlet law where nothing but brand fit acts, and what memory adds."""

from typing import Any

import numpy as np
import pytest

from agents import Customer, Firm, Habit
from agents.base.parameters import numbers
from agents.customer import RepertoireParameters
from agents.customer.habit import NEVER
from agents.customer.repertoire import next_memory, remembered_gain
from agents.policies import FirmEntry
from sim import Parameters, Reciprocity, Record
from sim.events.deciding import LEAVES, MOVES, STAYS
from sim.events.preferring import usual_firms_change
from sim.events.visiting import _remember
from sim.market import Buying
from sim.metrics import repeat_buying as buying
from sim.parameters import validated
from tests.dirichlet import Law
from tests.identities import watched_months
from tests.worlds import different, small

MECHANISMS: tuple[str, ...] = ("reciprocity_customers", "value_comparison", "nobody_option", "word_of_mouth")
MECHANISMS += ("reputation", "advertising", "entry_exit", "moving")
STEADY: dict[str, Any] = {
    "market.buying": "repertoire",
    "population.budget_median": 1e6,
    **{f"switches.{switch}": False for switch in MECHANISMS},
}
WEIGHTS = np.array([25.0, 19.0, 10.0, 10.0, 9.0, 8.0, 3.0, 2.0])
CUSTOMERS, MEAN, SHAPE, TOTAL = 8000, 1.456, 0.7788, 1.2953  # a quarter of toothpaste, UK 1973


def brands(weights: np.ndarray, **options: Any) -> Reciprocity:
    """A market of firms that differ in nothing but the weight of their brands."""
    firms = {f"firm_{k}": {"brand_weight": float(weight)} for k, weight in enumerate(weights)}
    tree: dict[str, Any] = {"market": {"buying": "repertoire"}, "firms": firms}
    return Reciprocity(validated(tree), **{**STEADY, **options})


@pytest.fixture(scope="module")
def quarters() -> tuple[buying.Purchases, buying.Purchases]:
    """Two quarters of a market of eight brands."""
    people = {"need_rate_mean": MEAN / 3.0, "need_rate_shape": SHAPE, "fit_concentration": TOTAL}
    settings = {f"population.{name}": value for name, value in people.items()}
    model = brands(WEIGHTS, rng=5, burn_in=1, **{"population.customers": CUSTOMERS, **settings})
    model.run_for(6)
    recording = model.recording
    return buying.purchases_between(recording, 0, 2), buying.purchases_between(recording, 3, 5)


LAW = Law(MEAN, SHAPE, TOTAL * WEIGHTS / WEIGHTS.sum())
LARGE = slice(0, 6)  # brands with enough buyers for a rate


def test_penetration_is_the_laws(quarters: Any) -> None:
    expected = LAW.penetrations()
    for bought in quarters:
        error = np.sqrt(expected * (1.0 - expected) / CUSTOMERS)
        assert np.all(np.abs(buying.penetration(bought) - expected) < 4.0 * error)


def test_purchase_rates_are_the_laws_with_double_jeopardy(quarters: Any) -> None:
    expected = LAW.rates()
    for bought in quarters:
        np.testing.assert_allclose(buying.purchase_rate(bought)[LARGE], expected[LARGE], rtol=0.12)
    mean = np.mean([buying.purchase_rate(bought) for bought in quarters], axis=0)
    assert mean[0] > mean[5]


def test_the_duplication_coefficient_is_the_laws(quarters: Any) -> None:
    for bought in quarters:
        assert buying.duplication_coefficient(bought) == pytest.approx(LAW.coefficient(), rel=0.06)


def test_repeat_rates_are_the_laws(quarters: Any) -> None:
    expected = LAW.repeat_rates()
    buyers = CUSTOMERS * LAW.penetrations()
    found = buying.repeat_rate(*quarters)
    assert np.all(np.abs(found - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / buyers))


def test_the_number_of_purchases_is_negative_binomial(quarters: Any) -> None:
    every = Law(MEAN, SHAPE, np.array([TOTAL]))
    for bought in quarters:
        reached = float((bought.counts.sum(axis=1) > 0).sum()) / bought.market
        assert reached == pytest.approx(1.0 - every.none(TOTAL), abs=4.0 * 0.5 / np.sqrt(CUSTOMERS))


def test_the_law_itself_agrees_with_published_values() -> None:
    """Table of Goodhardt, Ehrenberg and Chatfield (1984): penetration and rate of three brands."""
    shares = np.array([0.25, 0.10, 0.03])
    law = Law(MEAN, SHAPE, TOTAL * np.append(shares, 1.0 - shares.sum()))
    assert law.penetrations()[:3] == pytest.approx([0.200, 0.087, 0.027], abs=6e-4)
    assert law.rates()[:3] == pytest.approx([1.82, 1.68, 1.62], abs=6e-3)


# -- memory -------------------------------------------------------------------------------------------


def test_what_a_purchase_leaves_in_memory() -> None:
    assert remembered_gain(120.0, 60.0) == 1.0  # cheap at double the price
    assert remembered_gain(0.0, 60.0) == -1.0
    assert remembered_gain(600.0, 60.0) == 2.0


def test_memory_fades_and_grows() -> None:
    p = numbers(RepertoireParameters(memory_rate=0.2, memory_fading=0.1))
    assert next_memory(1.0, 0.0, p) == pytest.approx(0.9)
    assert next_memory(1.0, 2.0, p) == pytest.approx(1.3)
    assert next_memory(4.9, 60.0, p) == 5.0


def shares_of_requirements(weight: float) -> tuple[float, float]:
    """Mean share of requirements over two years of five firms alike, and what the law says."""
    firms = 5
    settings = {"switches.reciprocity_customers": True, "choice.relationship_weight": 0.0}
    settings |= {"repertoire.memory_weight": weight, "population.customers": 1500}
    model = brands(np.ones(firms), rng=3, burn_in=12, **settings)
    model.run_for(12)
    bought = buying.purchases_between(model.recording, 0, 11)
    p = model.parameters.population
    law = Law(12.0 * p.need_rate_mean, p.need_rate_shape, np.full(firms, p.fit_concentration / firms))
    return float(buying.purchase_rate(bought).mean()), float(law.rates().mean())


def test_memory_raises_loyalty_above_the_law() -> None:
    without, law = shares_of_requirements(0.0)
    with_memory, _ = shares_of_requirements(5.0)
    assert without == pytest.approx(law, rel=0.04)
    assert with_memory > 1.15 * law


def largest_share(weight: float) -> float:
    """Mean share of the firm that a customer buys most from, over two years, where brands hardly differ."""
    settings = {"need_rate_shape": 100.0, "fit_concentration": 100.0, "worth_spread": 0.0}
    people = {f"population.{name}": value for name, value in settings.items()}
    people |= {"population.worth_median": 120.0, "population.customers": 600}
    people |= {"service.failure_probability": 0.0, "choice.relationship_weight": 0.0}
    people |= {"repertoire.memory_weight": weight, "switches.reciprocity_customers": True}
    model = brands(np.ones(3), rng=3, burn_in=60, **people)
    model.run_for(24)
    counts = buying.purchases_between(model.recording, 0, 23).counts
    return float((counts.max(axis=1) / counts.sum(axis=1)).mean())


def test_shoppers_become_loyal_buyers_as_memory_weighs_more() -> None:
    """Three shops, a gain of about one: the mean field turns at a weight of three."""
    assert largest_share(1.0) < 0.55
    assert largest_share(6.0) > 0.95


def test_a_fair_policy_adds_loyalty() -> None:
    """The same market and luck with and without one firm's mode of reciprocity."""
    firms = {f"firm_{k}": FirmEntry() for k in range(4)}
    settings: dict[str, Any] = {"market.buying": "repertoire", "switches.entry_exit": False}
    settings["population.customers"] = 1500
    found = []
    for entry in (FirmEntry(), FirmEntry(mode="reciprocity")):  # type: ignore[arg-type]
        model = Reciprocity(Parameters(firms={"focal": entry, **firms}), rng=2, **settings)
        model.run_for(48)
        bought = buying.purchases_between(model.recording, 36, 47)
        found.append((buying.requirements_share(bought)[0], buying.purchase_rate(bought)[0]))
    assert found[1][0] > found[0][0] + 0.1
    assert found[1][1] > found[0][1]


# -- the market ---------------------------------------------------------------------------------------


def lively(**options: Any) -> Reciprocity:
    """A small market of unlike firms in which purchases choose."""
    return small(**{"market.buying": "repertoire", **options})


def test_everything_holds_every_month() -> None:
    shocks = {"gone": {"kind": "desertion", "month": 6, "firm": "steady", "duration": 4}}
    settings = {"market.entrants": 1, "market.entry_rate": 0.3, "population.moving_rate": 0.03}
    watched_months(lively(shocks=shocks, **settings), 18)


def test_nobody_leaves_by_contract() -> None:
    model = lively()
    model.run_for(12)
    c, h = model.table(Customer), model.table(Habit)
    gone = (c["decision"] == LEAVES) | (c["decision"] == MOVES)
    assert (c["decision"] == STAYS).any() and (c["churn_propensity"] >= 0.0).all()
    assert set(model.recording.leavers["cause"]) <= {6, 7, 10, 11}
    firms = len(model.firm_names)
    usual = h["memory"].reshape(-1, firms)[np.arange(len(c)), c["firm"]]
    stays = (c["firm"] >= 0) & ~gone
    assert (h["since"].reshape(-1, firms)[np.arange(len(c)), c["firm"]][stays] < 13).all()
    assert usual[stays].mean() > h["memory"].mean()


def test_services_are_the_purchases_and_firms_serve_visitors_too() -> None:
    model = lively()
    model.run_for(6)
    h = model.table(Habit)
    sold = np.bincount(h["firm"], weights=h["purchases"], minlength=len(model.firm_names))
    np.testing.assert_array_equal(model.table(Firm)["services"], sold)
    assert h["spent"].sum() > 0.0
    kept = model.recording.purchases
    last = kept["month"] == 5
    assert kept["count"][last].sum() == sold.sum()


def test_at_the_start_the_usual_firm_is_the_only_one_bought_from() -> None:
    model = lively()
    c, h, firms = model.table(Customer), model.table(Habit), len(model.firm_names)
    np.testing.assert_array_equal(h["customer"], np.repeat(np.arange(len(c)), firms))
    np.testing.assert_array_equal(h["firm"], np.tile(np.arange(firms), len(c)))
    usual = h["firm"] == c["firm"][h["customer"]]
    assert (h["since"][usual] == 0).all() and (h["since"][~usual] == NEVER).all()
    np.testing.assert_array_equal(h["tenure"][usual], c["tenure"])
    assert c["tenure"].any() and not h["tenure"][~usual].any() and not h["memory"].any()


def test_who_moves_away_leaves_no_habits() -> None:
    model = lively(**{"population.moving_rate": 0.2})
    model.run_for(4)
    moved = np.flatnonzero(model.table(Customer)["decision"] == MOVES)
    h = model.table(Habit)
    rows = np.isin(h["customer"], moved)
    assert moved.size and not h["memory"][rows].any() and (h["tenure"][rows] == 0).all()


def test_nobody_buys_from_a_deserted_or_closed_firm() -> None:
    shocks = {"gone": {"kind": "desertion", "month": 2, "firm": "steady", "duration": 3}}
    model = lively(shocks=shocks, **{"switches.entry_exit": False})
    model.run_for(8)
    services = model.recording.firm("services")[:, model.firm_names.index("steady")]
    assert services[1] > 0.0 and not services[2:5].any() and services[6:].any()


def test_threads_and_records_change_nothing() -> None:
    alone = lively()
    together = lively(threads=2, record=Record(leavers=False, flows=False, purchases=False))
    alone.run_for(6)
    together.run_for(6)
    assert different(alone, together) == set()
    assert together.recording.purchases["count"].size == 0


def test_forks_and_snapshots_go_on_alike(tmp_path: Any) -> None:
    model = lively()
    model.run_for(3)
    model.save(tmp_path / "state.npz")
    others = [model.fork(), Reciprocity.load(tmp_path / "state.npz")]
    model.run_for(4)
    for other in others:
        other.run_for(4)
        assert different(model, other) == set()
    with pytest.raises(ValueError, match=r"market\.buying"):
        model.fork(**{"market.buying": "contract"})


def test_a_customer_tells_its_habits() -> None:
    model = lively()
    model.run_for(3)
    before = model.fork()
    told = model.customers[42].explain().splitlines()
    chances = [float(line.split("%")[0]) for line in told[1:]]
    assert len(chances) == 5 and sum(chances) == pytest.approx(100.0, abs=0.5)
    assert chances == sorted(chances, reverse=True)
    assert different(before, model) == set()


def test_a_contract_market_has_no_habits() -> None:
    assert len(small().table(Habit)) == 0


def test_the_weight_of_a_brand_needs_a_repertoire() -> None:
    with pytest.raises(ValueError, match=r"needs market\.buying = repertoire"):
        Parameters(firms={"focal": FirmEntry(brand_weight=2.0)})
    assert validated({"market": {"buying": "repertoire"}}).market.buying == Buying.repertoire


@pytest.mark.parametrize(("since", "bought", "stays"), [(10, 0, True), (11, 0, False), (11, 1, True)])
def test_a_customer_lapses_in_the_twelfth_month_without_a_purchase(
    since: int, bought: int, stays: bool
) -> None:
    """``since`` is what was so when the month began: 11 months without, and this is the twelfth."""
    model = lively(burn_in=0, **{"population.moving_rate": 0.0})
    c, h = model.table(Customer), model.table(Habit)
    usual = h["firm"] == c["firm"][h["customer"]]
    h["since"][usual], h["purchases"][usual] = since, bought
    before = c["firm"].copy()
    usual_firms_change(model)
    assert (c["decision"] == (STAYS if stays else LEAVES)).all()
    assert (c["destination"] == -1).all() and (c["firm"] == before).all()


def test_where_memory_ties_one_stays() -> None:
    model = lively(burn_in=0, **{"population.moving_rate": 0.0})
    h = model.table(Habit)
    h["since"][:], h["memory"][:] = 0, 0.5
    usual_firms_change(model)
    assert (model.table(Customer)["decision"] == STAYS).all()


@pytest.mark.parametrize(("since", "count", "tenure"), [(11, 1, 31), (10, 0, 31), (11, 0, 0), (12, 1, 0)])
def test_a_habit_that_lapsed_begins_anew(since: int, count: int, tenure: int) -> None:
    model = lively(burn_in=0)
    h = model.table(Habit)
    h["since"][0], h["tenure"][0] = since, 30
    _remember(0, count, 1.0, False, h.records, model.settings[0])
    assert (h["since"][0], h["tenure"][0]) == (0 if count else since + 1, tenure)
