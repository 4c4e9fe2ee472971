"""Coins that each side got, with pencil numbers: who gains, who loses a loan, what each could expect."""

from typing import Any

import numpy as np
import pytest

from sim import Parameters
from sim.metrics import METRICS
from sim.metrics.fairness import gains_of, loans_lost, outcomes_of, references_of
from sim.recording import Recording
from tests.metrics.hand import down, pencil


def test_every_sides_gain() -> None:
    """Products for 60 coins, of which three in four were pushed; the rest goes to its side."""
    recording = pencil(
        1,
        surplus=200.0,
        revenue=130.0,
        refunds=4.0,
        rebates=6.0,
        sales=60.0,
        fees=20.0,
        addons_wanted=1.0,
        addons_pushed=3.0,
        wages=40.0,
        staff_bonus=5.0,
        management_bonus=7.0,
        supplier_bill=11.0,
        profit=50.0,
        tax_paid=8.0,
        fine_paid=3.0,
        giving_paid=2.0,
        interest=9.0,
        dues_paid=1.0,
    )
    expected = {
        "customers": 155.0,
        "employees": 45.0,
        "managers": 7.0,
        "suppliers": 11.0,
        "owners": 37.0,
        "creditor": 9.0,
        "public": 14.0,
    }
    for side, coins in expected.items():
        assert METRICS[f"{side}_gain"].compute(recording)[0, 0] == pytest.approx(coins), side
        assert METRICS[f"{side}_part"].compute(recording)[0, 0] == pytest.approx(coins / 278.0), side
    assert METRICS["joint_surplus"].compute(recording)[0, 0] == pytest.approx(278.0)


def closing(**columns: Any) -> Recording:
    """A firm that closes in month 2, after a loss of 20 coins and payments of 10, with a new loan of 5."""
    month = {"profit": -20.0, "tax_paid": 1.0, "fine_paid": 2.0, "dividend_paid": 3.0, "giving_paid": 4.0}
    flows: dict[str, Any] = {
        name: down(0, 0, value, 0) for name, value in {**month, "borrowed": 5.0, "interest": 6.0}.items()
    }
    return pencil(4, alive=down(1, 1, 0, 0), customers=down(1, 1, 1, 0), **flows, **columns)


def test_what_a_firm_that_closes_owes_is_lost_by_the_creditor_once() -> None:
    """It began the month with a debt of 50 and cash of 10: 55 coins are owed, and 15 more are missing."""
    recording = closing(debt=down(30, 50, 55, 55), cash=down(20, 10, 0, 0))
    assert loans_lost(recording)[:, 0].tolist() == [0.0, 0.0, 70.0, 0.0]
    gains = gains_of(recording)
    assert gains["owners"][2, 0] == -20.0 - 7.0 + 70.0
    assert gains["creditor"][2, 0] == 6.0 - 70.0


def test_a_firm_that_closes_with_enough_cash_costs_the_creditor_nothing() -> None:
    recording = closing(debt=down(30, 50, 0, 0), cash=down(20, 100, 0, 0))
    assert loans_lost(recording)[:, 0].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_what_is_lost_in_the_first_month_is_not_known() -> None:
    """What the firm had before is on no record; the market's surplus is that of the others."""
    recording = pencil(1, 2, alive=[0, 1], surplus=30.0, debt=50.0)
    assert np.isnan(loans_lost(recording)[0, 0]) and loans_lost(recording)[0, 1] == 0.0
    assert METRICS["market_joint_surplus"].compute(recording).tolist() == [30.0]


def test_the_markets_joint_surplus_is_that_of_all_firms() -> None:
    recording = pencil(1, 2, surplus=[30.0, 12.0])
    assert METRICS["market_joint_surplus"].compute(recording).tolist() == [42.0]


def two_months() -> Recording:
    """A firm whose shares rise from 100 to 110 coins and whose debt rises from 100 to 110 to 150."""
    recording = pencil(
        2,
        services=10.0,
        revenue=200.0,
        supplier_bill=30.0,
        input_bill=100.0,
        payment_delay=2.0,
        dividend_paid=5.0,
        equity_price=down(100, 110),
        interest=3.0,
        debt=down(110, 150),
        borrowed=down(10, 40),
        tax_paid=6.0,
        fine_paid=1.0,
        giving_paid=1.0,
        dues_paid=5.0,
    )
    usual = {
        "supplier.reference_margin": 0.2,
        "shareholder.required_return": 0.02,
        "creditor.base_rate": 0.01,
    }
    recording.parameters = Parameters().changed(**usual)
    return recording


def test_what_each_side_counts_as_its_outcome() -> None:
    """Bills of 130 are two months late, at half a per cent a month; dues are no outcome of the public."""
    found = outcomes_of(two_months())
    assert found.suppliers[:, 0] == pytest.approx([28.7, 28.7])
    assert found.owners[:, 0] == pytest.approx([5.0, 15.0])
    assert found.creditor[:, 0] == pytest.approx([3.0, 3.0])
    assert found.public[:, 0] == pytest.approx([8.0, 8.0])


def test_what_each_side_could_expect() -> None:
    """Returns are required, and interest is due, on what there was when the month began."""
    found = references_of(two_months())
    assert found.suppliers[:, 0] == pytest.approx([20.0, 20.0])
    assert found.owners[:, 0] == pytest.approx([2.0, 2.0])
    assert found.creditor[:, 0] == pytest.approx([1.0, 1.1])
    assert found.public[:, 0] == pytest.approx([8.0, 8.0])


def test_the_public_expects_the_markets_mean_tax_and_a_hundredth_of_revenue() -> None:
    recording = pencil(1, 2, revenue=[100.0, 300.0], tax_paid=[20.0, 0.0])
    assert references_of(recording).public[0] == pytest.approx([6.0, 18.0])


def test_outcome_over_reference_is_that_of_the_last_twelve_months() -> None:
    wages = np.where(np.arange(13) == 0, 200.0, 100.0)[:, None]
    recording = pencil(13, staff=1.0, wages=wages)
    recording.parameters = Parameters().changed(**{"employee.reference_wage": 100.0})
    found = METRICS["employees_ratio"].compute(recording)[:, 0]
    assert found[[0, 11, 12]] == pytest.approx([2.0, 13.0 / 12.0, 1.0])


def test_the_worst_month_is_known_as_soon_as_any_month_is() -> None:
    recording = pencil(3, staff=down(0, 1, 1), wages=down(0, 300, 900))
    recording.parameters = Parameters().changed(**{"employee.reference_wage": 600.0})
    found = METRICS["worst_month"].compute(recording)[:, 0]
    assert np.isnan(found[0]) and found[1:] == pytest.approx([0.5, 0.5])
