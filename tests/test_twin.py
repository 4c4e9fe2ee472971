"""The fast model does what its readable twin does: event by event, and over a year."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import poisson as poisson_law

from agents import Customer, Employee, Firm
from agents.base.compile import COMPILING
from agents.policies import FirmEntry
from benchmarks.customers_month import EVENTS, live
from benchmarks.twin import TwinModel
from benchmarks.twin_copy import columns_of, twin_from
from benchmarks.twin_laws import normal, poisson
from benchmarks.twin_person import Decision, Outcome, Voice
from sim import Parameters, Reciprocity, Record

# Relative: numbers in double and in single precision. Uncompiled, what two numbers of single precision
# make stays in single precision, so that all agree to a few of its last digits only.
EXACT, STORED = (1e-12, 3e-7) if COMPILING else (1e-5, 1e-5)
SWITCHES = (
    *("reciprocity_customers", "word_of_mouth", "erosion_by_time", "expectation_drift", "loss_aversion"),
    *("fairness_preferences", "attachment", "recovery", "forgiveness", "cross_selling", "overselling"),
    *("insight", "unmet_needs", "identity", "advertising", "reputation", "community", "moving"),
    *("value_comparison", "nobody_option"),
)
MARKETS: dict[str, dict[str, Any]] = {
    "all switches on": {},
    "one firm": {"firms": {"only": FirmEntry()}},
    "six firms, two to enter": {
        "firms": {f"firm_{i}": FirmEntry() for i in range(6)},
        "market.entrants": 2,
    },
    "propensities kept, neighbours talk": {"population.persistence": 0.5, "word.rewired_share": 0.1},
    "informed customers": {"market.informedness_trend": 0.5, "population.offers_mean": 6.0},
    "all switches off": {f"switches.{name}": False for name in SWITCHES},
}
TERMS = {  # by which each firm's terms and standing are spread, so that every rule has work
    "price": (45.0, 75.0),
    "teaser": (0.0, 0.3),
    "walk": (0.0, 0.1),
    "tenure_discount": (0.0, 0.03),
    "points_rebate": (-0.05, 0.05),
    "hidden_fee": (-3.0, 8.0),
    "quality": (0.8, 1.2),
    "claim": (0.9, 1.3),
    "unit_cost": (35.0, 50.0),
    "contribution": (0.0, 2.0),
    "public_quality": (0.8, 1.2),
    "advertising_stock": (0.2, 2.0),
    "reliability": (0.75, 0.95),
    "mean_spend": (-200.0, 1000.0),
    "deserted": (-8.0, 2.0),
    "member": (-1.0, 1.0),
    **dict.fromkeys(("empowerment", "openness", "sharing", "tailoring", "outreach", "honest_advice"), (0, 1)),
    **dict.fromkeys(("guarantee", "accessibility", "association", "consensus", "insight"), (0, 1)),
    **dict.fromkeys(("identity", "reputation", "goodwill"), (0, 1)),
    "targeting": (-1.0, 1.0),
}


def market(changes: Mapping[str, Any], customers: int) -> Reciprocity:
    """A market after some months whose firms, staff and customers are then pulled far apart."""
    given = dict(changes)
    start = Parameters(firms=given.pop("firms")) if "firms" in given else Parameters()
    parameters = start.changed(burn_in=3, **{"population.customers": customers, **given})
    model = Reciprocity(parameters, rng=5, record=Record(leavers=False, flows=False))
    model.run_for(6)
    chance = np.random.default_rng(7)
    firms, staff, people = (model.table(kind).arrays for kind in (Firm, Employee, Customer))
    for name, (low, high) in TERMS.items():
        firms[name][:] = np.maximum(chance.uniform(low, high, firms[name].size), 0.0)
    staff["firm"][staff["firm"] == 0] = -1  # the first firm has nobody who serves
    people["employee"][people["firm"] == 0] = -1
    staff["selling_effort"][:] = chance.uniform(0.0, 1.0, staff["firm"].size)
    for name in ("lost_attachment", "known_fee", "regret", "need_known"):
        lot = chance.uniform(-0.5, 0.5, people[name].size)
        people[name][:] = np.where(people["firm"] >= 0, np.maximum(lot, 0.0), people[name])
    people["lost_employee"][:] = chance.integers(-1, staff["firm"].size, people["firm"].size)
    there = people["opinion"][:, : firms["price"].size]
    there[:] = chance.uniform(-1.0, 1.0, there.shape)
    people["firm"][:20], people["employee"][:20] = -1, -1
    return model


def compare(model: Reciprocity, twin: TwinModel, when: str) -> None:
    """Every customer column is equal: integers exactly, numbers up to their last digits."""
    ours, theirs = model.table(Customer).arrays, columns_of(twin)
    for name, column in theirs.items():
        if column.dtype.kind == "f":
            tolerance = EXACT if column.itemsize == 8 else STORED
            np.testing.assert_allclose(
                ours[name], column, rtol=tolerance, atol=tolerance, err_msg=f"{name} after {when}"
            )
        else:
            np.testing.assert_array_equal(ours[name], column, err_msg=f"{name} after {when}")


def compare_events(model: Reciprocity) -> None:
    """Each event of a month, from the model's state before it, does the same in both."""
    for name, (events, twin_event) in EVENTS.items():
        twin = twin_from(model)
        for event in events:
            event(model)
        twin_event(twin)
        compare(model, twin, name)


@pytest.mark.parametrize("changes", MARKETS.values(), ids=MARKETS)
def test_every_event_does_to_customers_what_the_twin_does(changes: dict[str, Any]) -> None:
    compare_events(market(changes, customers=400))


@pytest.fixture(scope="module")
def usual() -> Reciprocity:
    return market({}, customers=300)


@pytest.mark.parametrize("switch", SWITCHES)
def test_it_does_so_with_any_mechanism_switched_off(usual: Reciprocity, switch: str) -> None:
    compare_events(usual.fork(**{f"switches.{switch}": False}))


def test_a_twin_is_made_in_exactly_the_state_of_the_model() -> None:
    model = market({}, customers=300)
    for events, _ in EVENTS.values():
        for event in events:
            event(model)
        for name, column in columns_of(twin_from(model)).items():
            np.testing.assert_array_equal(model.table(Customer).arrays[name], column, err_msg=name)


def test_a_year_of_the_customers_with_firms_held_as_they_are() -> None:
    model = market({}, customers=600)
    twin = twin_from(model)
    seen: dict[str, set[int]] = {"outcome": set(), "voice": set(), "decision": set(), "cause": set()}
    for month in range(12):
        live(model)
        twin.step()
        compare(model, twin, f"month {month}")
        for name, values in seen.items():
            values.update(model.table(Customer)[name].tolist())
    assert (seen["outcome"], seen["voice"], seen["decision"]) == (set(Outcome), set(Voice), set(Decision))
    assert len(seen["cause"]) > 8


def test_poisson_counts_are_the_inverse_of_the_distribution_function() -> None:
    for mean in (0.05, 1.0, 6.5):
        for uniform in (0.001, 0.2, 0.5, 0.9, 0.9999):
            assert poisson(uniform, mean) == poisson_law.ppf(uniform, mean)


def test_normal_numbers_are_the_inverse_of_the_distribution_function() -> None:
    uniforms = np.concatenate([[1e-9, 1e-7], np.linspace(0.0005, 0.9995, 999), [1 - 1e-7]])
    assert [normal(u) for u in uniforms] == pytest.approx(ndtri(uniforms), abs=2e-6)
