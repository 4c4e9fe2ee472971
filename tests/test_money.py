"""Money is conserved, under every option of every policy, under shocks and bankruptcies."""

from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.customer.bonds import BONDS
from agents.policies import FAMILIES, Mode
from sim.ledger import FIRMS, FLOWS, LIQUIDATION, SECTORS, Ledger
from sim.shocks import USED_BY_SHOCKS, ShockKind
from tests.identities import RELATIVE, watched_months
from tests.money import examples
from tests.worlds import row_of, small

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

OPTIONS = [(family, option.name()) for family, options in FAMILIES.items() for option in options]


@pytest.mark.parametrize(("family", "option"), OPTIONS)
def test_every_option(family: str, option: str) -> None:
    watched_months(small(firms={"steady": {family: option}, "walker": {family: option}}), 14)


@pytest.mark.parametrize("mode", list(Mode))
def test_every_mode(mode: Mode) -> None:
    watched_months(small(firms={"steady": {"mode": mode}}), 14)


@pytest.mark.parametrize("kind", list(ShockKind))
@pytest.mark.parametrize("firm", ["focal", None])
def test_every_shock(kind: ShockKind, firm: str | None) -> None:
    said: dict[str, Any] = {"firm": firm, "size": 0.5, "duration": 5}
    shock: dict[str, Any] = {name: said[name] for name in USED_BY_SHOCKS[kind]}
    shock |= {"kind": kind, "month": 4}
    model = small(shocks={"only": shock}, **{"market.entrants": 1, "market.viable_customers": 0.0})
    watched_months(model, 14)


def test_bankruptcies() -> None:
    model = small(**{"levers.fixed_overhead": 80.0, "market.entrants": 3, "market.entry_rate": 0.5})
    watched_months(model, 18)
    assert len(model.closures) > 2


def test_what_is_left_of_a_firm_taken_out_between_two_months_is_paid_in_the_next() -> None:
    model = small(**{"levers.fixed_overhead": 1.0})
    model.run_for(3)
    money, cash = model.ledger.balances.copy(), model.table(Firm)["cash"].copy()
    model.firms["focal"].remove()
    model.run_for(1)
    flows, balances = model.recording.flows[-1], model.ledger.balances
    assert flows[LIQUIDATION, FIRMS] == pytest.approx(-cash[row_of(model, "focal")])
    np.testing.assert_allclose(balances, money + flows.sum(axis=0), rtol=RELATIVE)
    assert balances[FIRMS] == pytest.approx(model.table(Firm)["cash"].sum())
    watched_months(model, 2)
    assert not model.recording.flows[-2:, LIQUIDATION].any()


def test_prices_below_cost_end_in_bankruptcy() -> None:
    model = small(firms={"steady": {"locked_price": 10.0}})
    watched_months(model, 30)
    assert row_of(model, "steady") in [k for _, k in model.closures]


@pytest.mark.parametrize(("price", "any_back"), [(None, True), (0.01, False)])
def test_services_given_back_whole(price: float | None, any_back: bool) -> None:
    entry = {"levers": {"guarantee": 1.0}, "loyalty_scheme": "points", "locked_price": price}
    model = small(firms={"steady": entry, "focal": entry}, **{"service.failure_probability": 0.3})
    watched_months(model, 14)
    assert bool(model.recording.firm("refunds")[:, row_of(model, "steady")].any()) == any_back


def test_clawback_and_standards() -> None:
    entry = {"management": "customer_equity", "clawback": 12.0, "standards": "founder"}
    watched_months(small(firms={"focal": entry, "dripper": entry}, **{"industry_body.audit_rate": 0.5}), 25)


def test_random_configurations() -> None:
    examples(200)()


def test_an_imbalance_is_seen() -> None:
    ledger = Ledger()
    ledger.flows[0, 0], ledger.flows[0, 2] = -100.0, 100.0
    assert ledger.imbalance() == 0.0
    ledger.flows[0, 2] += 1e-3
    assert ledger.imbalance() > RELATIVE


def test_the_checks_can_fail() -> None:
    model = small()
    model.run_for(3)
    event, model.ledger.close_month = model.ledger.close_month, lambda: None  # type: ignore[method-assign]
    with pytest.raises(AssertionError):
        watched_months(model, 1)
    model.ledger.close_month = event  # type: ignore[method-assign]


def test_the_matrix_has_a_name_for_every_row_and_column() -> None:
    assert Ledger().flows.shape == (len(FLOWS), len(SECTORS))
    assert len({flow.name for flow in FLOWS}) == len(FLOWS)
    model = small()
    model.run_for(12)
    used = np.abs(model.recording.flows).sum(axis=(0, 2)) > 0.0
    silent = {flow.name for flow, some in zip(FLOWS, used, strict=True) if not some}
    assert silent <= {"fines", "new_equity", "giving", "dues", "liquidation"}


def test_bonds_that_are_all_built_in_one_month() -> None:
    """From nothing to everything at once: no error may hide behind a stock that was there before."""
    weights = {f"bonds.{bond}_weight": 0.0 for bond in BONDS} | {"bonds.balance_weight": 1.0}
    model = small(
        rng=11,
        **weights,
        **{"bonds.relationship_neutral": 0.0, "bonds.growth": 1.0, "population.customers": 2000},
    )
    watched_months(model, 2)


def test_late_payment_may_save_more_than_a_small_firm_spends_on_overhead() -> None:
    late = {"mode": "product_centred", "value": "cheap_at_double", "locked_price": 1.0, "payment_delay": 10.0}
    changes = {"levers.fixed_overhead": 0.0, "levers.service_overhead": 0.0, "levers.winning_cost": 0.0}
    model = small(rng=11, firms={"steady": late}, **changes)
    watched_months(model, 15)
    assert model.recording.firm("overhead")[:, row_of(model, "steady")].min() < 0.0
