"""Consensus: whether a change of terms passes, and how far it may go so that no side loses unreasonably."""

from typing import Any

from agents.base.compile import loop
from agents.firm.terms import loss_of_customers, loss_of_employees, loss_of_suppliers, part_of_the_way


@loop
def vetoed(k: Any, f: Any, before: Any, aims: Any) -> Any:
    """Whether a side that shares in decisions would lose unreasonably by the whole change of terms.

    Losses are relative to what the side receives; a rise of prices with unit cost hurts nobody
    unreasonably, and while a firm loses money it may do what it must (dual entitlement).
    """
    if aims.consensus <= 0.0 or f.smoothed_profit[k] < 0.0:
        return False
    return largest_loss(k, f, before) > aims.veto_tolerance


@loop
def largest_loss(k: Any, f: Any, before: Any) -> Any:
    """What the hardest hit of customers, employees and suppliers would lose, relative to what it receives."""
    cost_rise = max(f.unit_cost[k] / max(f.unit_cost_year_ago[k], 1e-9), 1.0) - 1.0
    customers = loss_of_customers(
        f.price[k] + f.hidden_fee[k],
        before.price[0] + before.hidden_fee[0],
        cost_rise,
        f.walk[k],
        before.walk[0],
        f.quality[k] / before.quality[0],
    )
    employees = loss_of_employees(
        f.wage_offer[k], before.wage_offer[0], f.quota_temptation[k], before.quota_temptation[0]
    )
    suppliers = loss_of_suppliers(
        f.supplier_margin[k], before.supplier_margin[0], f.payment_delay[k], before.payment_delay[0]
    )
    return max(customers, employees, suppliers)


@loop
def step_toward(k: Any, f: Any, before: Any, tolerance: Any) -> None:
    """Shorten a change of terms to the part of its way at which the hardest hit side still agrees."""
    loss = largest_loss(k, f, before)
    if loss <= tolerance:
        return
    share = (1.0 - 1e-9) * tolerance / loss
    f.anchor_price[k] = part_of_the_way(before.anchor_price[0], f.anchor_price[k], share)
    f.price[k] = part_of_the_way(before.price[0], f.price[k], share)
    f.hidden_fee[k] = part_of_the_way(before.hidden_fee[0], f.hidden_fee[k], share)
    f.walk[k] = part_of_the_way(before.walk[0], f.walk[k], share)
    f.quality[k] = part_of_the_way(before.quality[0], f.quality[k], share)
    f.wage_offer[k] = part_of_the_way(before.wage_offer[0], f.wage_offer[k], share)
    f.supplier_margin[k] = part_of_the_way(before.supplier_margin[0], f.supplier_margin[k], share)
    f.payment_delay[k] = part_of_the_way(before.payment_delay[0], f.payment_delay[k], share)
