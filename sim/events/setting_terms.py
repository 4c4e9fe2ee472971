"""Terms: each quarter value proposes, fairness splits, temptation pulls, governance lets it pass or not."""

from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.compile import loop
from agents.base.sheet import Sheet
from agents.firm import EXPLOITATION
from agents.firm.temptation import perceived_advantage, temptation_target
from agents.policies import Market, Policies, Sides
from agents.policies.fairness import Standing
from agents.policies.value import log_ratio, moved_anchor
from agents.shareholder import pressed_horizon
from agents.supplier import input_cost

NEGOTIATED = (
    *("anchor_price", "price", "hidden_fee", "walk", "quality"),
    *("wage_offer", "supplier_margin", "payment_delay"),
)
"""Terms that a firm and its stakeholders can agree to change in part."""


def firms_set_terms(model: Any) -> None:
    """Every third month each firm proposes new terms; governance passes the whole change or nothing."""
    if model.in_burn_in or model.month % 3:
        return
    market = what_firms_see(model)
    note_worth(model, market)
    for k in np.flatnonzero(model.table(Firm)["alive"]):
        note_history(model, int(k), market)
        terms = agreed_terms(model, int(k), market)
        if terms is not None:
            terms.write()


def agreed_terms(model: Any, k: int, market: Market) -> Sheet | None:
    """New terms that pass: all that the firm wants, or what its stakeholders can agree to; else none.

    Consensus takes time: a firm whose wish would be vetoed leaves out what temptation would add, and
    goes toward the rest of its aim in steps that no side finds unreasonable (assumption).
    """
    firms, policies = model.table(Firm), model.policies[k]
    wished, before = Sheet(firms, k), firms.view[k]
    propose(model, wished, policies, market)
    if not vetoed(wished, policies, before):
        return wished
    modest = Sheet(firms, k)
    propose(model, modest, policies, market, tempted=False)
    step_toward(modest, policies, before)
    return None if vetoed(modest, policies, before) else modest


def step_toward(firm: Any, policies: Policies, before: Any) -> None:
    """Shorten a change of terms to the part of its way at which the hardest hit side still agrees."""
    loss, tolerance = largest_loss(firm, before), policies.governance.veto_tolerance
    if loss > tolerance:
        share = (1.0 - 1e-9) * tolerance / loss
        for name in NEGOTIATED:
            old = float(getattr(before, name))
            setattr(firm, name, old + share * (getattr(firm, name) - old))


def what_firms_see(model: Any) -> Market:
    """The market as every firm sees it this quarter."""
    f = model.table(Firm).view
    weights = f.customers * f.alive
    total = float(weights.sum())
    mean_price = float(f.price @ weights) / total if total > 0.0 else float(f.price.mean())
    p = model.parameters
    return Market(
        mean_price=mean_price,
        total_customers=total,
        wage=p.employee.reference_wage,
        input_cost=p.supplier.input_cost,
        supplier_margin=p.supplier.reference_margin,
        tax=p.government.tax,
        worth_median=p.population.worth_median,
    )


def rivals_price(model: Any, firm: Any) -> float:
    """Mean list price of the rivals, weighted by customers; one's own where there is no rival."""
    f = model.table(Firm).view
    weights = f.customers * f.alive
    weights[firm.row] = 0.0
    total = float(weights.sum())
    return float(f.price @ weights) / total if total > 0.0 else firm.price


def note_worth(model: Any, market: Market) -> None:
    """What a service is worth to the median customer of each firm; the market's median for a small firm."""
    f = model.table(Firm).view
    _median_worth(model.table(Customer).records, model.table(Firm).records, model.scratch)
    f.mean_worth[f.customers <= 20.0] = market.worth_median


@loop
def _median_worth(c: Any, f: Any, scratch: Any) -> None:
    place = np.zeros(f.price.size + 1, np.int64)
    for k in range(f.price.size):
        place[k + 1] = place[k] + int(f.customers[k])
    last = place.copy()
    for i in range(c.firm.size):
        k = c.firm[i]
        if k >= 0 and last[k] < place[k + 1]:
            scratch[last[k]] = c.worth[i]
            last[k] += 1
    for k in range(f.price.size):
        if last[k] > place[k]:
            f.mean_worth[k] = np.median(scratch[place[k] : last[k]])


def note_history(model: Any, k: int, market: Market) -> None:
    """What a firm remembers of how custom followed its relative price."""
    f = model.table(Firm).view
    living = max(int(f.alive.sum()), 1)
    for past in (f.past_relative_price, f.past_relative_custom):
        past[k, 1:] = past[k, :-1].copy()
    f.past_relative_price[k, 0] = log_ratio(float(f.price[k]), market.mean_price)
    f.past_relative_custom[k, 0] = log_ratio(max(float(f.customers[k]), 1.0), market.total_customers / living)


def propose(model: Any, firm: Any, policies: Policies, market: Market, *, tempted: bool = True) -> None:
    """Write the terms that value, temptation and fairness propose; untempted, levers stay where they are."""
    entry = model.entries[firm.row]
    if entry.locked_price is not None:
        firm.anchor_price = entry.locked_price
    else:
        target = policies.value.target_price(firm, market, rivals_price(model, firm))
        target = min(target, policies.fairness.price_cap(firm))
        if firm.age < model.parameters.market.entry_grace:
            target = min(target, model.parameters.market.entry_price * market.mean_price)
        step = model.parameters.market.price_step * policies.governance.pace
        firm.anchor_price = moved_anchor(firm.anchor_price, max(target, 0.01), step)
    firm.manager_horizon = horizon(model, firm, policies)
    if tempted:
        tempt(model, firm, policies)
    split_surplus(model, firm, policies)
    apply_levers(model, firm, policies)


def tempt(model: Any, firm: Any, policies: Policies) -> None:
    """Each lever of exploitation moves toward what the manager sees in it, less restraint."""
    p, on = model.parameters.temptation, model.parameters.switches
    margin = max(p.margin_at_stake * firm.smoothed_revenue, 1.0)
    restraint, firm.profit_forgone = firm.restraint, 0.0
    for lever, gain in zip(EXPLOITATION, gains(model, firm, policies), strict=True):
        damage = p.belief_error * getattr(p, lever.damage)
        if policies.management.cautious:
            damage *= p.equity_caution
        fine = expected_fine(model, firm, lever.column)
        seen = perceived_advantage(gain, damage, getattr(p, lever.lag), firm.manager_horizon, margin, fine)
        power = policies.management.power * on.temptation
        target = temptation_target(seen, power, restraint, p.drive)
        forgone = temptation_target(seen, power, 0.0, p.drive) - target
        firm.profit_forgone += forgone * gain
        now = getattr(firm, lever.column)
        setattr(firm, lever.column, now + p.rate * (target - now))


def horizon(model: Any, firm: Any, policies: Policies) -> float:
    """Months that the manager looks ahead: contract, clawback, stage, and the owners' pressure.

    Owners give a new manager time: their pressure builds up over a honeymoon.
    """
    entry = model.entries[firm.row]
    contract = max(policies.management.horizon, entry.clawback)
    contract = (1.0 - firm.objective_equity) * contract + firm.objective_equity * max(contract, 60.0)
    on = model.parameters.switches.manager_horizon
    settled = min(firm.manager_tenure / model.parameters.temptation.honeymoon, 1.0)
    share = firm.owners_pressure * settled if on else 0.5
    return float(pressed_horizon(contract, share, model.numbers.shareholder))


def gains(model: Any, firm: Any, policies: Policies) -> tuple[float, ...]:
    """Coins a month that each lever brings at full pull, in the order of EXPLOITATION."""
    p = model.parameters
    revenue = max(firm.smoothed_revenue, 1.0)
    services = revenue / firm.price
    cheaper = input_cost(1.0, model.numbers.supplier) - input_cost(
        1.0 - p.levers.quality_reach, model.numbers.supplier
    )
    costs = 0.3 if policies.management.sales_only else 1.0
    addon = p.purchases.addon_price - p.levers.addon_cost
    squeeze = p.supplier.reference_margin * p.levers.supplier_reach * p.supplier.input_cost
    return (
        p.levers.fee_reach * firm.price * services,
        p.levers.walk_reach * 0.9 * revenue,
        costs * cheaper * services,
        costs * squeeze * services,
        costs * p.levers.wage_reach * firm.mean_wage * firm.staff_needed,
        0.6 * p.purchases.pushed_rate * addon * firm.customers,
    )


def expected_fine(model: Any, firm: Any, column: str) -> float:
    """Coins a month that a manager expects to pay in fines for a lever at full pull."""
    weight = {"fee_temptation": 1.0, "walk_temptation": 0.3, "quota_temptation": 1.0}.get(column, 0.0)
    p = model.parameters.government
    return weight * p.detection * p.fine * firm.smoothed_revenue


def split_surplus(model: Any, firm: Any, policies: Policies) -> None:
    """Fairness gives each side its share of the surplus: rebate, profit share, margin, dividend, giving."""
    p = model.parameters
    entry = model.entries[firm.row]
    weights = policies.fairness.weights(standing(model, firm))
    surplus = max(firm.smoothed_profit * (1.0 - p.government.tax), 0.0)
    services = max(firm.smoothed_services, 1.0)
    rebate = min(weights.customers * surplus / services, p.market.rebate_limit * firm.anchor_price)
    firm.price = max(firm.anchor_price - rebate, 0.01)
    firm.profit_share = weights.employees * surplus / max(firm.staff_needed, 1.0)
    squeeze = p.levers.supplier_reach * firm.supplier_temptation
    margin = p.supplier.reference_margin * entry.margin_factor * (1.0 - squeeze)
    given = min(weights.suppliers * surplus / max(p.supplier.input_cost * services, 1e-9), 0.05)
    firm.supplier_margin = min(max(margin + given, 0.0), 0.4)
    firm.payment_delay = min(entry.payment_delay + p.levers.delay_reach * firm.supplier_temptation, 12.0)
    firm.dividend_share, firm.giving_share = weights.shareholders, weights.community


def standing(model: Any, firm: Any) -> Standing:
    """What the firm knows of its stakeholders when it splits the surplus."""
    p = model.parameters
    references = references_of(model, firm)
    surplus = max(firm.smoothed_profit * (1.0 - p.government.tax), 0.0)
    e = model.table(Employee).view
    mine = e.firm == firm.row
    usual = float(e.reference_wage[mine].mean()) if mine.any() else p.employee.reference_wage
    ratios = Sides(
        firm.mean_worth * firm.public_quality**0.9 / firm.price / 1.5,
        firm.mean_wage / usual if firm.mean_wage > 0.0 else 1.0,
        firm.supplier_margin / p.supplier.reference_margin,
        surplus / references.shareholders,
        firm.goodwill / p.community.goodwill_neutral,
    )
    kindness = Sides(
        firm.monthly_retention / 0.985,
        max(firm.mean_service_effort, 0.01),
        firm.reliability / p.service.reference_reliability,
        1.25 - 0.5 * firm.transient_share,
        firm.goodwill / p.community.goodwill_neutral,
    )
    return Standing(references, ratios, kindness)


def references_of(model: Any, firm: Any) -> Sides:
    """Coins a month that each side puts in, or is owed, at reference terms (assumption)."""
    p = model.parameters
    revenue = max(firm.smoothed_revenue, 1.0)
    services = max(firm.smoothed_services, 1.0)
    return Sides(
        customers=0.15 * revenue,
        employees=firm.mean_wage * firm.staff_needed + 1.0,
        suppliers=p.supplier.reference_margin * p.supplier.input_cost * services,
        shareholders=0.5 * p.shareholder.required_return * max(firm.equity_price, 1.0) + 1.0,
        community=0.01 * revenue,
    )


def apply_levers(model: Any, firm: Any, policies: Policies) -> None:
    """Policy and temptation together make fees, walking, quality, wages and claims."""
    p, value = model.parameters, policies.value
    entry = model.entries[firm.row]
    firm.teaser = value.teaser
    firm.walk = 0.0 if model.walking_banned else value.walk + p.levers.walk_reach * firm.walk_temptation
    fee = value.fee_share + p.levers.fee_reach * firm.fee_temptation
    firm.hidden_fee = firm.price * fee
    cut = 1.0 - p.levers.quality_reach * firm.quality_temptation
    designed = value.quality * entry.quality_factor * cut * (1.0 - firm.obsolescence)
    if counts_as_member(firm):
        designed = max(designed, p.industry_body.quality_floor)
        firm.hidden_fee = min(firm.hidden_fee, p.industry_body.fee_ceiling * firm.price)
    firm.quality = min(max(designed, 0.1), 3.0)
    wage = p.employee.reference_wage * entry.wage_factor * (1.0 - p.levers.wage_reach * firm.wage_temptation)
    firm.wage_offer = (
        max(wage, firm.wage_offer)
        if policies.fairness.keeps_wages(firm) and wage_is_cut(firm, wage)
        else wage
    )
    puff = 1.0 if policies.fairness.candid else entry.claim_factor * policies.service.claim_factor
    honest = firm.public_quality if policies.fairness.candid else max(firm.public_quality, 1.0)
    firm.claim = min(max(honest * puff, 0.1), 5.0)


def wage_is_cut(firm: Any, wage: float) -> bool:
    """Whether temptation, not policy, would lower the wage offer now."""
    return firm.wage_temptation > 0.0 and wage < firm.wage_offer


def counts_as_member(firm: Any) -> bool:
    """Whether the standard of the industry body binds the firm now."""
    return firm.member > 0.0 and firm.expelled <= 0.0


def vetoed(firm: Any, policies: Policies, before: Any) -> bool:
    """Whether a side that shares in decisions would lose unreasonably by the whole change of terms.

    Losses are relative to what the side receives; a rise of prices with unit cost hurts nobody
    unreasonably, and while a firm loses money it may do what it must (dual entitlement).
    """
    if policies.governance.consensus <= 0.0 or firm.smoothed_profit < 0.0:
        return False
    return largest_loss(firm, before) > policies.governance.veto_tolerance


def largest_loss(firm: Any, before: Any) -> float:
    """What the hardest hit of customers, employees and suppliers would lose, relative to what it receives."""
    costs = 0.25 * (max(firm.unit_cost / max(firm.unit_cost_year_ago, 1e-9), 1.0) - 1.0)
    bill = (firm.price + firm.hidden_fee) / (float(before.price) + float(before.hidden_fee)) - 1.0
    customers = bill - costs + firm.walk - float(before.walk) - (firm.quality / float(before.quality) - 1.0)
    employees = (
        1.0
        - firm.wage_offer / max(float(before.wage_offer), 1.0)
        + firm.quota_temptation
        - float(before.quota_temptation)
    )
    suppliers = (
        float(before.supplier_margin)
        - firm.supplier_margin
        + 0.01 * (firm.payment_delay - float(before.payment_delay))
    )
    return max(customers, employees, suppliers)
