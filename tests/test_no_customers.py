"""No customers, no sales, no profit, no jobs, no dividends, no wages."""

import numpy as np
import pytest

from agents import Creditor, Customer, Employee, Firm, Stake
from agents.policies import FirmEntry
from sim import Parameters, Reciprocity
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
