"""Every switch: what it touches, and nothing else; which way it pulls; and that a month without it runs.

Every event of a lively month is run twice from the same state, with the mechanism and without it.
Only the columns in the table may differ afterwards: what one mechanism changes is then carried on
by later events, but from the same state no other event may notice the switch.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from agents import Customer, Firm, SupplyLink
from agents.customer.bonds import BONDS
from agents.firm import EXPLOITATION
from sim.events.deciding import LEAVES, MOVES
from sim.switches import Switches
from tests.mechanisms import EVENTS, Moment, effects, lively_month, with_and_without
from tests.worlds import different, small

SWITCHES = tuple(Switches.__dataclass_fields__)
SIX = " ".join(f"Customer.{bond}" for bond in BONDS)
DECISION = "Customer.decision Customer.destination Customer.cause Customer.causes"
SERVED = "Customer.quality Customer.value Customer.outcome Customer.voice Customer.lifetime_spend"
SERVED += " Customer.purchases Customer.price_paid Customer.known_bill"
SOLD = "Customer.addon Customer.products_held Customer.pending_regret"
EFFORT = "Employee.service_effort Employee.selling_effort Employee.service Employee.gaming"
EFFORT += " Firm.mean_service_effort Firm.mean_selling_effort Firm.mean_gaming Firm.service_spread"
TEMPTED = " ".join(f"Firm.{lever.column}" for lever in EXPLOITATION)
TERMS = "Firm.anchor_price Firm.price Firm.hidden_fee Firm.walk Firm.quality Firm.wage_offer"
TERMS += " Firm.supplier_margin Firm.payment_delay Firm.profit_forgone Firm.manager_horizon"

TOUCHES: dict[str, dict[str, str]] = {
    "reciprocity_customers": {
        "customers_are_served": f"{SERVED} {SOLD}",
        "customers_talk": "Customer.message Customer.listener Customer.opinion Customer.need_known",
        "customers_decide": DECISION,
        "firms_are_judged": "Firm.reputation",
    },
    "reciprocity_employees": {
        "staff_choose_effort": EFFORT,
        "staff_come_and_go": "Employee.morale Employee.firm Employee.former_firm Employee.tenure"
        " Employee.load Firm.quits",
    },
    "reciprocity_suppliers": {
        "suppliers_deliver": "SupplyLink.reliability SupplyLink.supplier Firm.reliability"
        " Firm.supplier_trust",
        "books_are_kept": "Firm.overhead Firm.cash Firm.profit Firm.tax_paid Firm.smoothed_profit"
        " Firm.quarter_profit Firm.unit_cost Firm.borrowed Firm.debt Firm.dividend_paid Firm.scorecard"
        " Creditor.* Government.* flows receipts",
    },
    "reciprocity_owners": {
        "owners_trade": "Stake.shares_held Firm.owners_turnover Firm.transient_share Firm.owners_pressure"
    },
    "word_of_mouth": {
        "customers_switch": "Firm.won_by_referral",
        "customers_talk": "Customer.message Customer.listener Customer.opinion Customer.need_known",
        "customers_decide": DECISION,
        "firms_are_judged": "Firm.reputation",
    },
    "erosion_by_time": {"customers_take_it_in": SIX, "month_is_tallied": "Firm.bonds_faded"},
    "expectation_drift": {"customers_take_it_in": "Customer.expectation Customer.delight_worn_off"},
    "loss_aversion": {
        "customers_take_it_in": "Customer.satisfaction",
        "suppliers_deliver": "SupplyLink.kindness SupplyLink.trust SupplyLink.reliability SupplyLink.supplier"
        " Firm.reliability Firm.supplier_trust",
        "staff_choose_effort": f"{EFFORT} Employee.perceived_fairness",
        "staff_come_and_go": "Employee.morale Employee.firm Employee.former_firm Employee.tenure"
        " Employee.load Firm.quits",
    },
    "fairness_preferences": {
        "customers_are_served": SERVED,
        "customers_take_it_in": "Customer.balance Customer.bonds_built Customer.indebtedness Customer.trust",
        "customers_talk": "Customer.message Customer.listener Customer.opinion Customer.need_known",
        "customers_decide": DECISION,
    },
    "attachment": {"customers_take_it_in": "Customer.attachment", "customers_decide": DECISION},
    "recovery": {"customers_are_served": f"{SERVED}"},
    "forgiveness": {
        "customers_take_it_in": "Customer.trust Customer.bonds_built",
        "customers_decide": DECISION,
    },
    "cross_selling": {"customers_are_served": SOLD},
    "overselling": {
        "firms_set_terms": "Firm.quota_temptation Firm.profit_forgone",
        "staff_choose_effort": EFFORT,
        "customers_are_served": SOLD,
    },
    "gaming": {"staff_choose_effort": EFFORT},
    "temptation": {"firms_set_terms": f"{TEMPTED} {TERMS} Firm.claim"},
    "manager_horizon": {
        "firms_set_terms": f"{TEMPTED} {TERMS} Firm.claim",
        "managers_succeed": f"{TEMPTED} Firm.manager_tenure Firm.manager_departures Firm.bonus_escrow"
        " Firm.departed_escrow Firm.departed_since",
    },
    "insight": {"customers_are_served": f"{SERVED} {SOLD}", "firms_are_judged": "Firm.obsolescence"},
    "unmet_needs": {
        "customers_are_served": SERVED,
        "customers_take_it_in": "Customer.abundance Customer.bonds_built Customer.need_known",
        "customers_talk": "Customer.need_known",
        "customers_decide": DECISION,
    },
    "identity": {"customers_take_it_in": f"{SIX} Customer.bonds_built"},
    "advertising": {"firms_are_seen": "Firm.awareness"},
    "reputation": {"firms_are_seen": "Firm.offered_log_quality", "customers_decide": DECISION},
    "community": {
        "firms_are_seen": "Firm.awareness",
        "staff_come_and_go": "Employee.* Firm.hires Customer.*",
    },
    "finance": {
        "books_are_kept": "Firm.overhead Firm.interest Firm.borrowed Firm.debt Firm.cash Firm.profit"
        " Firm.tax_paid Firm.smoothed_profit Firm.quarter_profit Firm.unit_cost Creditor.* Government.*"
        " flows receipts"
    },
    "entry_exit": {
        "rivals_come_and_go": "Firm.* Stake.shares_held Shareholder.cash SupplyLink.supplier Employee.firm"
        " Employee.former_firm Customer.firm Customer.employee Creditor.* flows"
    },
    "moving": {"customers_decide": DECISION},
    "value_comparison": {"customers_decide": DECISION},
    "nobody_option": {"customers_are_served": SERVED, "customers_decide": DECISION},
}


@cache
def month() -> list[Moment]:
    return lively_month()


def allowed(names: str) -> Callable[[str], bool]:
    """Whether a column is among the names, of which some stand for a whole table."""
    given = set(names.split())
    return lambda column: column in given or f"{column.split('.')[0]}.*" in given


def test_every_switch_is_in_the_tables() -> None:
    assert set(TOUCHES) == set(PULLS) == set(SWITCHES)


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_switch_touches_only_its_mechanism(switch: str) -> None:
    found = dict(effects(month(), switch))
    assert found, "nothing differs"
    assert set(found) <= set(TOUCHES[switch])
    for event, columns in found.items():
        strangers = {column for column in columns if not allowed(TOUCHES[switch][event])(column)}
        assert not strangers, f"{event}: {sorted(strangers)}"


@pytest.mark.parametrize("switch", SWITCHES)
def test_nothing_differs_before_the_first_event_of_a_mechanism(switch: str) -> None:
    on = month()[0].before.fork()
    off = on.fork(**{f"switches.{switch}": False})
    for name, event in EVENTS.items():
        if name in TOUCHES[switch]:
            break
        event.does(on)
        event.does(off)
        assert different(on, off) == set(), name


class Pull(NamedTuple):
    """From a prepared state, switching off moves a number: +1 up, -1 down."""

    event: str
    measure: Callable[[dict[str, np.ndarray]], float]
    sign: int
    prepared: Mapping[str, float]


def mean(column: str) -> Callable[[dict[str, np.ndarray]], float]:
    """Mean of a column over all agents."""
    return lambda state: float(state[column].mean())


def leavers(state: dict[str, np.ndarray]) -> float:
    """Customers who decided to leave."""
    return float((state["Customer.decision"] == LEAVES).sum())


def movers(state: dict[str, np.ndarray]) -> float:
    """Customers who move away."""
    return float((state["Customer.decision"] == MOVES).sum())


FULL_BONDS = {f"Customer.{bond}": 1.0 for bond in BONDS}
NO_BONDS = {f"Customer.{bond}": 0.0 for bond in BONDS}
SERVICE, EXPERIENCE, DECIDING = "customers_are_served", "customers_take_it_in", "customers_decide"
PULLS = {
    # full partners buy more, and stay
    "reciprocity_customers": Pull(SERVICE, mean("Customer.purchases"), -1, FULL_BONDS),
    # well paid staff give effort for it
    "reciprocity_employees": Pull(
        "staff_choose_effort", mean("Employee.service_effort"), -1, {"Employee.reference_wage": 500.0}
    ),
    # trusting suppliers deliver
    "reciprocity_suppliers": Pull(
        "suppliers_deliver", mean("SupplyLink.reliability"), -1, {"SupplyLink.trust": 1.0}
    ),
    # trusting owners trade less
    "reciprocity_owners": Pull("owners_trade", mean("Firm.owners_turnover"), 1, {"Stake.trust": 1.0}),
    # the satisfied praise
    "word_of_mouth": Pull("customers_talk", mean("Customer.opinion"), -1, {"Customer.satisfaction": 1.0}),
    "erosion_by_time": Pull(EXPERIENCE, mean("Customer.trust"), 1, FULL_BONDS),
    # what was better than expected is expected next time
    "expectation_drift": Pull(EXPERIENCE, mean("Customer.expectation"), -1, {"Customer.expectation": 0.5}),
    # disappointment weighs less without it
    "loss_aversion": Pull(EXPERIENCE, mean("Customer.satisfaction"), 1, {"Customer.expectation": 2.0}),
    # the envious see a better split when they do not compare
    "fairness_preferences": Pull(
        EXPERIENCE, mean("Customer.balance"), 1, {"Customer.inequity_aversion": 4.0, "Customer.value": 61.0}
    ),
    "attachment": Pull(EXPERIENCE, mean("Customer.attachment"), -1, {"Customer.attachment": 0.0}),
    # without recovery a failed service stays worth nothing
    "recovery": Pull(SERVICE, mean("Customer.value"), -1, {"Firm.empowerment": 1.0, "Firm.openness": 1.0}),
    # partners forgive a broken promise
    "forgiveness": Pull(EXPERIENCE, mean("Customer.trust"), -1, {**FULL_BONDS, "Customer.expectation": 1.3}),
    "cross_selling": Pull(SERVICE, mean("Customer.addon"), -1, {}),
    "overselling": Pull(SERVICE, mean("Customer.pending_regret"), -1, {"Employee.selling_effort": 1.0}),
    "gaming": Pull("staff_choose_effort", mean("Employee.gaming"), -1, {"Firm.quota": 1.0}),
    "temptation": Pull("firms_set_terms", mean("Firm.fee_temptation"), -1, {"Firm.restraint": 0.0}),
    # transient owners shorten it
    "manager_horizon": Pull(
        "firms_set_terms",
        mean("Firm.manager_horizon"),
        1,
        {"Firm.owners_pressure": 1.0, "Firm.consensus": 0.0},
    ),
    "insight": Pull(SERVICE, mean("Customer.quality"), -1, {"Firm.insight": 1.0, "Firm.tailoring": 1.0}),
    "unmet_needs": Pull(
        SERVICE,
        mean("Customer.value"),
        -1,
        {"Firm.contribution": 1.5, "Customer.unmet_need": 1.0, "Customer.need_known": 1.0},
    ),
    # one bonds with the steady
    "identity": Pull(EXPERIENCE, mean("Customer.bonds_built"), -1, {**NO_BONDS, "Firm.identity": 1.0}),
    "advertising": Pull("firms_are_seen", mean("Firm.awareness"), -1, {"Firm.advertising_stock": 4.0}),
    # a good name makes claims believed
    "reputation": Pull(
        "firms_are_seen", mean("Firm.offered_log_quality"), -1, {"Firm.reputation": 1.0, "Firm.claim": 3.0}
    ),
    "community": Pull("firms_are_seen", mean("Firm.awareness"), -1, {"Firm.goodwill": 1.0}),
    "finance": Pull("books_are_kept", mean("Firm.interest"), -1, {}),
    "entry_exit": Pull("rivals_come_and_go", mean("Firm.alive"), -1, {}),
    "moving": Pull(DECIDING, movers, -1, {}),
    # rivals look better to those who expect little of their own firm
    "value_comparison": Pull(DECIDING, leavers, -1, {"Customer.expectation": 0.7}),
    # who pays more than it is worth would rather buy nothing
    "nobody_option": Pull(DECIDING, leavers, -1, {"Customer.known_bill": 120.0}),
}


@pytest.mark.parametrize("switch", SWITCHES)
def test_which_way_a_mechanism_pulls(switch: str) -> None:
    pull = PULLS[switch]
    on, off = with_and_without(month(), switch, pull.event, pull.prepared)
    assert pull.sign * (pull.measure(off) - pull.measure(on)) > 0.0


@pytest.mark.parametrize("switch", SWITCHES)
def test_a_market_without_a_mechanism_runs(switch: str) -> None:
    on, off = (small(rng=2, **{f"switches.{switch}": value}) for value in (True, False))
    on.run_for(15)
    off.run_for(15)
    assert different(on, off) or switch == "entry_exit"
    for table in off.tables.values():
        table.check()


def test_who_does_not_reciprocate_compliments_as_at_neutral() -> None:
    heard = []
    for satisfaction in (-0.5, 0.9):
        model = small(rng=2, **{"switches.reciprocity_customers": False, "population.customers": 2000})
        model.run_burn_in()
        model.table(Customer)["satisfaction"][:] = satisfaction
        model.run_for(1)
        heard.append(float(model.recording.firm("compliments").sum()))
    assert heard[0] == heard[1] > 0.0


def test_suppliers_who_do_not_reciprocate_serve_and_accept_alike() -> None:
    off = {"switches.reciprocity_suppliers": False}
    served, accepted = [], []
    for trust in (0.1, 0.9):
        model = small(rng=2, **off, **{"supplier.suppliers": 3, "supplier.capacity_ratio": 0.5})
        model.run_burn_in()
        links = model.table(SupplyLink)
        links["trust"][links["firm"] == 0] = trust
        model.run_for(1)
        served.append(links["reliability"].copy())
        model = small(rng=2, **off)
        model.run_burn_in()
        links = model.table(SupplyLink)
        links["supplier"][:], model.table(Firm)["supplier_trust"][:] = -1, trust
        model.run_for(1)
        accepted.append(links["supplier"].copy())
    assert np.array_equal(served[0], served[1]) and served[0].max() < 0.8
    assert np.array_equal(accepted[0], accepted[1]) and 0 < (accepted[0] >= 0).sum() < accepted[0].size


def test_without_recovery_nobody_is_paid_for_claims() -> None:
    model = small(**{"switches.recovery": False, "service.unjustified_claims": 0.5})
    model.run_for(3)
    assert not model.recording.firm("remedies").any() and not model.recording.firm("unjustified").any()


def test_all_off_runs() -> None:
    model = small(**{f"switches.{switch}": False for switch in SWITCHES})
    model.run_for(15)
    assert np.abs(model.table(type(model.firm_at(0)))["fee_temptation"]).max() == 0.0
