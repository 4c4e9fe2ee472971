"""Temptation pulls the levers of exploitation: what a manager sees in each, less restraint."""

from typing import Any

from agents.base.compile import loop
from agents.firm.temptation import (
    COST_SEEN_BY_SALES,
    EXPLOITATION,
    LOYAL_REVENUE,
    PUSHED_AND_KEPT,
    expected_fine,
    perceived_advantage,
    temptation_target,
)
from agents.firm.terms import contract_horizon
from agents.shareholder import pressed_horizon
from agents.supplier import input_cost

FEE_FINED, WALK_FINED, QUALITY_FINED, SUPPLIER_FINED, WAGE_FINED, QUOTA_FINED = (
    lever.fined for lever in EXPLOITATION
)
UNKNOWN_PRESSURE = 0.5  # of owners, where managers do not feel them (assumption)


@loop
def tempt(k: Any, f: Any, aims: Any, n: Any, may_walk: Any) -> None:
    """Each lever of exploitation moves toward what the manager sees in it, less restraint, if it may be."""
    p = n.temptation
    fee, walk, quality, supplier, wage, quota = gains_of_levers(k, f, aims.sales_only, n)
    f.profit_forgone[k] = 0.0
    f.fee_temptation[k] += _pull(f.fee_temptation[k], fee, p.fee_damage, p.fee_lag, FEE_FINED, k, f, aims, n)
    if may_walk:
        f.walk_temptation[k] += _pull(
            f.walk_temptation[k], walk, p.walk_damage, p.walk_lag, WALK_FINED, k, f, aims, n
        )
    f.quality_temptation[k] += _pull(
        f.quality_temptation[k], quality, p.quality_damage, p.quality_lag, QUALITY_FINED, k, f, aims, n
    )
    f.supplier_temptation[k] += _pull(
        f.supplier_temptation[k], supplier, p.supplier_damage, p.supplier_lag, SUPPLIER_FINED, k, f, aims, n
    )
    f.wage_temptation[k] += _pull(
        f.wage_temptation[k], wage, p.wage_damage, p.wage_lag, WAGE_FINED, k, f, aims, n
    )
    f.quota_temptation[k] += _pull(
        f.quota_temptation[k], quota, p.quota_damage, p.quota_lag, QUOTA_FINED, k, f, aims, n
    )


@loop
def _pull(now: Any, gain: Any, damage: Any, lag: Any, fined: Any, k: Any, f: Any, aims: Any, n: Any) -> Any:
    """How far a lever moves this quarter; what restraint refuses is added to the profit forgone."""
    p, government = n.temptation, n.government
    margin = max(p.margin_at_stake * f.smoothed_revenue[k], 1.0)
    believed = p.belief_error * damage
    if aims.cautious > 0.0:
        believed *= p.equity_caution
    fine = expected_fine(fined, f.smoothed_revenue[k], government.detection, government.fine)
    seen = perceived_advantage(gain, believed, lag, f.manager_horizon[k], margin, fine)
    power = aims.power * n.switches.temptation
    target = temptation_target(seen, power, f.restraint[k], p.drive)
    forgone = temptation_target(seen, power, 0.0, p.drive) - target
    f.profit_forgone[k] += forgone * gain
    return p.rate * (target - now)


@loop
def manager_horizon(k: Any, f: Any, contract: Any, n: Any) -> Any:
    """Months that the manager looks ahead: contract, clawback, stage, and the owners' pressure.

    Owners give a new manager time: their pressure builds up over a honeymoon.
    """
    months = contract_horizon(contract, f.objective_equity[k])
    settled = min(f.manager_tenure[k] / n.temptation.honeymoon, 1.0)
    felt = n.switches.manager_horizon > 0.0
    pressure = f.owners_pressure[k] * settled if felt else UNKNOWN_PRESSURE
    return pressed_horizon(months, pressure, n.shareholder)


@loop
def gains_of_levers(k: Any, f: Any, sales_only: Any, n: Any) -> Any:
    """Coins a month that each lever brings at full pull, in the order of EXPLOITATION."""
    p = n.levers
    revenue = max(f.smoothed_revenue[k], 1.0)
    services = revenue / f.price[k]
    cheaper = input_cost(1.0, n.supplier) - input_cost(1.0 - p.quality_reach, n.supplier)
    costs = COST_SEEN_BY_SALES if sales_only > 0.0 else 1.0
    addon = n.purchases.addon_price - p.addon_cost
    squeeze = n.supplier.reference_margin * p.supplier_reach * n.supplier.input_cost
    return (
        p.fee_reach * f.price[k] * services,
        p.walk_reach * LOYAL_REVENUE * revenue,
        costs * cheaper * services,
        costs * squeeze * services,
        costs * p.wage_reach * f.mean_wage[k] * f.staff_needed[k],
        n.switches.overselling * PUSHED_AND_KEPT * n.purchases.pushed_rate * addon * f.customers[k],
    )
