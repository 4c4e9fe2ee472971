"""No customers, no sales, no profit, no jobs, no dividends, no wages."""

from typing import Any

import numpy as np
import pytest

from agents import Creditor, Customer, Employee, Firm, Shareholder, Stake
from agents.base.table import Table
from agents.policies import FirmEntry
from sim import Parameters, Reciprocity
from sim.events.facing_rivals import _first_to_close, close_down, enter
from tests.identities import watched_months
from tests.worlds import row_of, small, world

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")
TAKEN, STRUCK = "steady", 6


def deserted_market() -> Reciprocity:
    """A market in which one firm loses all customers in a month and wins none again."""
    shock = {"gone": {"kind": "desertion", "month": STRUCK, "firm": TAKEN, "duration": 10_000}}
    return small(rng=2, shocks=shock, **{"population.customers": 1_500, "market.viable_customers": 0.0})


def test_the_chain_from_customers_to_wages() -> None:
    model = deserted_market()
    k = row_of(model, TAKEN)
    watched_months(model, STRUCK)
    staff = np.flatnonzero(model.table(Employee)["firm"] == k)
    customers = model.table(Customer)["number"][model.table(Customer)["firm"] == k]
    assert staff.size > 3
    assert customers.size > 100
    while k not in [closed for _, closed in model.closures]:
        assert model.month < 120, "a firm without customers lives on"
        watched_months_after_burn_in(model, 1)
    months = {name: model.recording.firm(name)[:, k] for name in CHAIN}
    after = slice(STRUCK, None)
    assert (months["customers"][STRUCK + 1 :] == 0.0).all()
    assert (months["released"][STRUCK] == months["customers"][STRUCK]) and months["released"][STRUCK] > 100
    for nothing in ("services", "revenue", "won"):
        assert (months[nothing][after] == 0.0).all(), nothing
    assert (months["profit"][after] < 0.0).all()
    assert months["dismissals"][after].sum() >= 2
    assert months["wages"][-1] < 0.5 * months["wages"][STRUCK]
    assert months["dividend_paid"][STRUCK - 1] > 0.0
    assert (months["dividend_paid"][STRUCK + 6 :] == 0.0).all()
    assert len(model.recording.months) > STRUCK + 8
    assert model.table(Creditor)["written_off"][0] > 0.0
    assert not model.table(Firm)["alive"][k]
    assert (model.table(Stake)["shares_held"][model.table(Stake)["firm"] == k] == 0.0).all()
    watched_months_after_burn_in(model, 12)
    employers = model.table(Employee)["firm"][staff]
    assert (employers != k).all()
    assert (employers >= 0).any()
    c = model.table(Customer)
    theirs = c["firm"][np.isin(c["number"], customers)]
    assert (theirs != k).all()
    assert (theirs >= 0).mean() > 0.8


CHAIN = (
    "customers",
    "released",
    "services",
    "revenue",
    "won",
    "profit",
    "dismissals",
    "wages",
    "dividend_paid",
)


def watched_months_after_burn_in(model: Reciprocity, months: int) -> None:
    """Run and check months of a world whose burn-in is over."""
    watched_months(model, months - model.parameters.burn_in)


def test_a_firm_too_small_to_live_gives_up_at_once() -> None:
    shock = {"gone": {"kind": "desertion", "month": 2, "firm": TAKEN, "duration": 12}}
    model = small(shocks=shock, **{"market.viable_customers": 10.0})
    watched_months(model, 6)
    assert (2, row_of(model, TAKEN)) in model.closures
    assert any(TAKEN in line and "2" in line for line in model.news)


def test_when_all_are_bankrupt_the_run_goes_on_and_says_so() -> None:
    shock = {"gone": {"kind": "desertion", "month": 3, "duration": 600}}
    model = small(shocks=shock)
    watched_months(model, 24)
    assert not model.table(Firm)["alive"].any()
    assert sorted(k for _, k in model.closures) == list(range(5))
    assert "no firm is left" in model.news[-1]
    assert (model.table(Customer)["firm"] == -1).all()
    assert (model.table(Employee)["firm"] == -1).all()
    assert model.unserved == 200
    for name in ("revenue", "wages", "dividend_paid", "tax_paid"):
        assert (model.recording.firm(name)[5:] == 0.0).all()
    assert np.abs(model.recording.flows[6:]).max() == 0.0


def test_others_take_the_place_of_all_who_are_gone() -> None:
    shock = {"gone": {"kind": "desertion", "month": 3, "duration": 6}}
    entry = {"market.entrants": 2, "market.entry_rate": 1.0, "market.viable_customers": 0.0}
    model = small(shocks=shock, **entry, **{"levers.fixed_overhead": 60.0})
    watched_months(model, 40)
    assert len(model.closures) >= 5
    assert model.generation.sum() == 7


SMALLEST = {
    "one firm": (1, 200, 1.25, 12),
    "one customer": (5, 1, 1.25, 12),
    "no employees": (5, 200, 0.0, 12),
    "no months": (5, 200, 1.25, 0),
    "one firm, one customer, nobody else": (1, 1, 0.0, 12),
}


@pytest.mark.parametrize("case", SMALLEST)
@pytest.mark.parametrize("viable", [0.0, 10.0])
def test_the_smallest_markets_run(case: str, viable: float) -> None:
    firms, customers, pool, months = SMALLEST[case]
    parameters = Parameters(firms={f"firm_{k}": FirmEntry() for k in range(firms)})
    changes = {"population.customers": customers, "employee.pool_per_load": pool, "burn_in": 2}
    model = world(parameters, **changes, **{"market.viable_customers": viable})
    watched_months(model, months)
    assert model.month == months
    assert model.recording.firm("profit").shape == (months, firms)


def opened(**settings: Any) -> Reciprocity:
    """A market at its start in which an entrant has just opened."""
    model = small(burn_in=0, **{"market.entrants": 1, **settings})
    f = model.table(Firm)
    f["price"][:5], f["smoothed_profit"][:5] = (50.0, 60.0, 70.0, 80.0, 90.0), (1.0, 5.0, 2.0, 3.0, 4.0)
    f["cost_factor"][:], f["reputation"][5], f["manager_tenure"][5] = 1.5, 0.1, 99.0
    model.take_effect()
    enter(model)
    return model


def test_an_entrant_opens_afresh() -> None:
    model = opened()
    f = model.table(Firm)
    assert f["alive"][5] and f["age"][5] == 0.0 and f["manager_tenure"][5] == 0.0
    assert f["price"][5] == f["anchor_price"][5] == pytest.approx(0.95 * 70.0)
    assert f["advertising_stock"][5] == 10.0 and f["cost_factor"][5] == 1.5 and f["reputation"][5] == 0.65
    assert f["cash"][5] == f["equity_price"][5] == 120_000.0
    assert model.entries[5] == model.entries[1]  # of the firm that earns most


def test_what_is_left_of_a_firm_that_closes() -> None:
    model = small(burn_in=0)
    f, e, owners = model.table(Firm), model.table(Employee), model.table(Shareholder)
    f["cash"][0], f["debt"][0] = 1000.0, 400.0
    f["bonus_escrow"][0], f["departed_escrow"][0], f["smoothed_revenue"][0] = 5.0, 6.0, 7.0
    staff = e["firm"] == 0
    close_down(model, 0)
    assert owners["cash"].sum() == pytest.approx(600.0)
    for name in ("cash", "debt", "bonus_escrow", "departed_escrow", "smoothed_revenue", "equity_price"):
        assert f[name][0] == 0.0, name
    assert (e["former_firm"][staff] == 0).all() and (e["firm"][staff] == -1).all()
    assert not e["tenure"][staff].any()


@pytest.mark.parametrize(
    ("cash", "age", "held", "closes"),
    [
        (0.0, 120.0, 10.0, -1),
        (-1.0, 0.0, 99.0, 0),
        (1.0, 36.0, 9.0, 0),
        (1.0, 35.0, 9.0, -1),
    ],
)
def test_when_a_firm_closes(cash: float, age: float, held: float, closes: int) -> None:
    firms = Table(Firm, 1)
    firms["cash"][0], firms["age"][0] = cash, age
    firms["customers"][0], firms["won"][0] = held - 2.0 + 6.0, 2.0
    firms["lost"][0], firms["moved_away"][0], firms["released"][0] = 3.0, 2.0, 1.0
    assert _first_to_close(firms.records, 10.0, 36.0) == closes
