"""What a contract pays for levers of exploitation, and what they bring all sides, with pencil numbers."""

from typing import Any

import numpy as np
import pytest

from agents import Firm
from sim import Reciprocity
from sim.metrics import misalignment_angle
from sim.metrics.alignment import pay_of_levers, value_of_levers
from tests.worlds import force, small

LEVERS = ("fee", "walk", "quality", "supplier", "wage", "quota")
UNHARMFUL = {f"temptation.{lever}_damage": 0.0 for lever in LEVERS}
ROUND: dict[str, Any] = {
    **UNHARMFUL,
    "temptation.fee_damage": 0.01,
    "temptation.fee_lag": 20.0,
    "temptation.belief_error": 2.0,
    "temptation.equity_caution": 1.5,
    "temptation.margin_at_stake": 0.2,
    "government.detection": 0.02,
    "government.fine": 0.5,
    "levers.fee_reach": 0.1,
    "levers.walk_reach": 0.05,
    "levers.quality_reach": 0.1,
    "levers.supplier_reach": 0.5,
    "levers.wage_reach": 0.1,
    "levers.addon_cost": 10.0,
    "purchases.addon_price": 30.0,
    "purchases.pushed_rate": 0.1,
    "supplier.input_cost": 20.0,
    "supplier.quality_cost": 2.0,
    "supplier.reference_margin": 0.25,
    "population.taste_low": 1.0,
    "population.taste_high": 3.0,
    "shareholder.pressure": 0.0,
}


def market(management: Any, **changes: Any) -> Reciprocity:
    """A firm with revenue of 1000 from 20 services, and what its manager looks at in round numbers."""
    focal = {"management": management, "clawback": 40.0}
    model = small(rng=1, **{**ROUND, "firms": {"focal": focal}, **changes})
    force(model, "focal", smoothed_revenue=1000.0, price=50.0, customers=10.0, median_worth=80.0)
    force(model, "focal", mean_wage=300.0, staff_needed=2.0, objective_equity=0.0)
    return model


def pay(model: Reciprocity) -> np.ndarray:
    return pay_of_levers(model, next(iter(model.living_firms())))


def value(model: Reciprocity) -> np.ndarray:
    return value_of_levers(model, next(iter(model.living_firms())))


def test_what_levers_pay_a_manager() -> None:
    """Forty months ahead, of which 20 see a base of 200 coins erode by 2 per cent a month."""
    brought = np.array([100.0, 45.0, 76.0, 50.0, 60.0, 12.0])  # 76: 20 services at 20.0 - 16.2
    eroded = np.array([20.0, 0.0, 0.0, 0.0, 0.0, 0.0])  # 0.02 * 200 * 20 * 20 / 2, over 40 months
    fines = np.array([10.0, 3.0, 0.0, 0.0, 0.0, 10.0])
    assert pay(market("quarterly_profit")) == pytest.approx(brought - eroded - fines)


def test_a_manager_paid_by_customer_equity_looks_far_and_sees_more_harm() -> None:
    """Sixty months ahead, of which 40 see the base erode by 3 per cent a month: 0.03 * 200 * 40 * 40 / 2."""
    assert pay(market("customer_equity"))[0] == pytest.approx(100.0 - 4800.0 / 60.0 - 10.0)


def test_a_manager_paid_by_sales_sees_a_part_of_costs_saved() -> None:
    assert pay(market("sales_growth"))[2:5] == pytest.approx([22.8, 15.0, 18.0])


@pytest.mark.parametrize("management", ["quarterly_profit", "customer_equity", "sales_growth"])
def test_what_levers_bring_all_sides_whatever_the_contract(management: str) -> None:
    """A fee erodes 1 per cent of 200 coins a month for 100 of 120 months; fines go from side to side.

    Twenty services lose 19 per cent of a worth of 80 for 76 coins of inputs; a product costs 10 of 30 coins.
    """
    expected = [-250.0 / 3.0, 0.0, 76.0 - 304.0, 0.0, 0.0, -6.0]
    assert value(market(management)) == pytest.approx(expected)


def test_the_angle_between_what_is_paid_and_what_is_brought() -> None:
    """Fees pay 57 and cut quality 76, together 95; only cut quality brings anything."""
    off = {f"levers.{lever}_reach": 0.0 for lever in ("walk", "supplier", "wage")}
    off |= {"government.detection": 0.0, "purchases.pushed_rate": 0.0}
    model = market("quarterly_profit", **UNHARMFUL, **off, **{"levers.fee_reach": 0.057})
    assert misalignment_angle(model)[0] == pytest.approx((1.0 + 76.0 / 95.0) / 2.0)
    force(model, "focal", median_worth=0.0)
    assert misalignment_angle(model)[0] == pytest.approx((1.0 - 76.0 / 95.0) / 2.0)


def test_there_is_no_angle_where_nothing_is_brought_or_nobody_manages() -> None:
    harmless = {**UNHARMFUL, "levers.quality_reach": 0.0, "purchases.pushed_rate": 0.0}
    assert np.isnan(misalignment_angle(market("quarterly_profit", **harmless))).all()
    model = market("quarterly_profit")
    model.table(Firm)["alive"][1] = False
    assert np.flatnonzero(np.isnan(misalignment_angle(model))).tolist() == [1]
