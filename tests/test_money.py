"""Money is conserved, under every option of every policy, under shocks and bankruptcies."""

from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.base.compile import COMPILING
from agents.base.table import Table
from agents.customer.bonds import BONDS
from agents.policies import FAMILIES, Mode
from sim.events.accounting import books_are_kept
from sim.events.reading_books import read_books
from sim.ledger import (
    FINES,
    FIRMS,
    FLOWS,
    GOVERNMENT,
    LIQUIDATION,
    SECTORS,
    SUPPLIER_MARGIN,
    SUPPLIERS,
    TAX,
    Ledger,
)
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
    examples(200 if COMPILING else 20)()


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


def set_row(model: Any, row: int, **values: Any) -> None:
    """Set numbers of one firm by hand."""
    for name, value in values.items():
        model.table(Firm)[name][row] = value


def test_a_month_of_accounts_with_a_pencil() -> None:
    model = small(**{"government.detection": 0.0})
    sold = {"services": 100.0, "sales": 5000.0, "fees": 200.0, "addons_wanted": 3.0, "addons_pushed": 2.0}
    terms = {"price": 50.0, "hidden_fee": 2.0, "fee_temptation": 0.25, "refunds": 50.0, "rebates": 30.0}
    levers = {"listening": 1.0, "training": 1.0, "tailoring": 1.0, "accessibility": 1.0, "contribution": 1.0}
    levers |= {"openness": 0.0, "sharing": 0.0, "consensus": 1.0, "advertising": 0.1}
    known = {"customers": 100.0, "staff": 4.0, "staff_needed": 9.0, "won": 5.0, "smoothed_revenue": 4000.0}
    known |= {"remedies": 25.0, "unjustified": 5.0, "supplier_trust": 0.25, "payment_delay": 2.0}
    owed = {"debt": 1000.0, "equity_price": 20_000.0, "monthly_retention": 0.95, "dues_paid": 10.0}
    owed |= {"wages": 1000.0, "staff_bonus": 100.0, "management_bonus": 50.0}
    owed |= {"smoothed_profit": 400.0, "giving_share": 0.1}
    for row, cash in enumerate((30_000.0, 12_000.0)):
        set_row(model, row, **sold, **terms, **levers, **known, **owed, cash=cash)
    books_are_kept(model)
    f = model.table(Firm)
    expected = {
        "revenue": 5270.0,  # 5000 + 200 + 5 * 30 - 50 - 30
        "fees_tempted": 100.0,  # 0.08 * 0.25 * 50 of each fee of 2
        "input_bill": 1900.0,
        "supplier_bill": 190.0,
        "lever_costs": 802.0,  # 0.9 * (50 + 80 + 100 + 50) + 0.2 * 100 + 100 + 400 + 25 + 5
        "overhead": 726.1,  # 5 * 100 + 2.5 * 40 + 10 * 5 + 8 * 5 + 0.02 * 1900 * 1.5 - 0.005 * 2 * 2090
        "interest": 6.5,  # 1000 * (0.005 + 0.01 * 0.05 + 0.05 * 0.02)
        "profit": 485.4,  # 5270 - 3634.6 - 1150
        "tax_paid": 121.35,
        "giving_paid": 30.0,
        "borrowed": -21.0,
    }
    for name, value in expected.items():
        np.testing.assert_allclose(f[name][:2], value, err_msg=name)
    assert f["dividend_paid"][:2].tolist() == [1655.0, 255.0]  # 0.85 * 300, and a tenth of 30000 - 16000
    assert f["cash"][:2].tolist() == pytest.approx([28_658.05, 12_058.05])


def test_temptation_pulls_no_more_fees_than_are_charged() -> None:
    model = small()
    set_row(model, 0, services=100.0, fee_temptation=1.0, price=50.0, hidden_fee=0.5)
    books_are_kept(model)
    assert model.table(Firm)["fees_tempted"][0] == 50.0


def test_pressed_staff_are_found_out_for_certain_and_the_fine_goes_by_usual_revenue() -> None:
    model = small(**{"government.detection": 1.0, "government.fine": 0.5})
    f = model.table(Firm)
    f["quota_temptation"][:], f["smoothed_revenue"][:] = 1.0, 4000.0
    books_are_kept(model)
    assert (f["fine_paid"] == 2000.0).all()


def books(month: int, **columns: Any) -> Table:
    """The firms after the books of the first were read in a month."""
    model = small(burn_in=1)
    model.clock = 1 + month
    set_row(model, 0, **columns)
    read_books(0, model.table(Firm).records, model.settings[0], model.now[0], 500.0)
    return model.table(Firm)


YEAR: dict[str, Any] = {
    "profit": 1200.0,
    "revenue": 4000.0,
    "management_bonus": 300.0,
    "services": 100.0,
    "customers": 100.0,
    "lost": 4.0,
    "released": 1.0,
    "input_bill": 500.0,
    "supplier_bill": 20.0,
    "staff_bonus": 50.0,
    "lever_costs": 300.0,
    "addons_wanted": 2.0,
    "addons_pushed": 3.0,
    "advertising": 0.1,
    "fees": 100.0,
    "walk_revenue": 60.0,
    "sales": 3900.0,
    "group_customers": (40.0, 60.0, 0.0, 0.0),
    "group_lost": (4.0, 0.0, 0.0, 0.0),
    "group_sales": (1000.0, 3000.0, 0.0, 0.0),
    "smoothed_profit": 600.0,
    "quarter_profit": 600.0,
    "smoothed_revenue": 1000.0,
    "smoothed_services": 40.0,
    "normal_services": 50.0,
    "unit_cost": 45.0,
    "unit_cost_year_ago": 44.0,
    "monthly_retention": 0.83,
    "smoothed_customers": 80.0,
    "unit_margin": 10.0,
    "sustainable_margin": 10.0,
    "manager_tenure": 3.0,
    "median_value_for_money": 1.3,
    "mean_wage": 900.0,
    "profit_share": 90.0,
}


def test_a_month_of_books_with_a_pencil() -> None:
    f = books(12, **YEAR)
    expected = {
        "smoothed_profit": 700.0,  # a sixth of the way from 600 to 1200
        "quarter_profit": 800.0,
        "smoothed_revenue": 2000.0,
        "smoothed_services": 60.0,
        "normal_services": 50.0 + 50.0 / 36.0,
        "unit_cost": 41.0,  # a fifth of the way from 45 to (4000 - 1200 - 300 - 500) / 100 + 500 / 100
        "unit_cost_year_ago": 41.0,
        "manager_tenure": 4.0,
        "monthly_retention": 0.84,  # a twelfth of the way from 0.83 to 0.95
        "growth": 0.25,
        "smoothed_customers": 81.0,
        "unit_margin": 11.02,  # 0.15 of the way to (4000 - (500 + 20 + 50 + 300 + 50 - 100)) / 100 - 15
        "sustainable_margin": 10.735,  # 0.15 of the way to 16.8 - (100 + 60 + 30) / 100
        "scorecard": -0.18,  # (0 + 0.1 + 0 - 1 + 0) / 5
    }
    for name, value in expected.items():
        assert f[name][0] == pytest.approx(value), name
    kept = (0.985 + (0.9 - 0.985) / 12.0, 0.985 + 0.015 / 12.0)
    assert f["group_retention"][0, :2] == pytest.approx(kept)
    assert f["group_revenue"][0] == pytest.approx((-2.25, 1.5, 0.0, 0.0))  # 0.15 of 25 - 40 and 50 - 40
    month = 1.1 ** (1.0 / 12.0)
    worth = [40.0 * month / (month - kept[0]), 60.0 * month / (month - kept[1])]
    assert f["sustainable_equity"][0] == pytest.approx(10.735 * sum(worth))
    assert f["customer_equity"][0] == pytest.approx(8.77 * worth[0] + 12.52 * worth[1])
    assert f["past_equity"][0, 0] == f["sustainable_equity"][0] and f["past_revenue"][0, 0] == 2000.0


def test_the_cost_of_a_year_ago_is_that_of_the_years_first_month() -> None:
    assert books(13, **YEAR)["unit_cost_year_ago"][0] == 44.0


def test_advertising_is_no_part_of_the_margin_of_a_customer() -> None:
    """It is paid from revenue as it was smoothed before this month."""
    quiet = books(12, **YEAR | {"advertising": 0.0, "lever_costs": 200.0})
    loud = books(12, **YEAR | {"advertising": 0.4, "lever_costs": 600.0})
    assert quiet["unit_margin"][0] == loud["unit_margin"][0]


def test_what_sectors_received_is_what_they_spend_next_month() -> None:
    model = small(**{"government.detection": 1.0})
    set_row(model, 0, quota_temptation=1.0, services=100.0, sales=6000.0)
    books_are_kept(model)
    got = model.ledger.flows
    assert (
        model.last_receipts[GOVERNMENT]
        == got[TAX, GOVERNMENT] + got[FINES, GOVERNMENT]
        > got[TAX, GOVERNMENT]
    )
    assert model.last_receipts[SUPPLIERS] == got[SUPPLIER_MARGIN, SUPPLIERS] == 190.0
