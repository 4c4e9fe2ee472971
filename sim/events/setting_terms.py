"""Terms: each quarter value proposes, fairness splits, temptation pulls, governance lets it pass or not."""

from typing import Any

import numpy as np

from agents import Customer, Firm
from agents.base.compile import loop, loop_with_room
from agents.firm.terms import log_ratio, moved_anchor
from agents.industry_body import quality_of_a_member
from agents.policies import Market
from sim.events.agreeing import step_toward, vetoed
from sim.events.aiming import aims_of, as_record
from sim.events.tempting import manager_horizon, tempt

QUARTER = 3  # months from one setting of terms to the next
FEW = 20.0  # customers up to which a firm takes the market's median worth for that of its own (assumption)
MOST_GIVEN = 0.05  # most that the surplus adds to suppliers' margin, so that no side gets all (assumption)
LEAST_PRICE = float(Firm.columns["price"].low)
MOST_MARGIN = float(Firm.columns["supplier_margin"].high)
LONGEST_DELAY = float(Firm.columns["payment_delay"].high)
LEAST_QUALITY, MOST_QUALITY = float(Firm.columns["quality"].low), float(Firm.columns["quality"].high)
LEAST_CLAIM, MOST_CLAIM = float(Firm.columns["claim"].low), float(Firm.columns["claim"].high)


def firms_set_terms(model: Any) -> None:
    """Every third month each firm proposes new terms; governance passes the whole change or nothing."""
    if model.in_burn_in or model.month % QUARTER:
        return
    market = what_firms_see(model)
    firms = model.table(Firm)
    _look(model.table(Customer).records, firms.records, model.scratch, *market_now(market))
    weights = firms["customers"] * firms["alive"]
    before = firms.row_apart()
    for k in np.flatnonzero(firms["alive"]).tolist():
        aims = as_record(aims_of(model, k, market, rivals_price(firms["price"], weights, k)))
        _agree(k, firms.records, before, aims, model.settings, not model.walking_banned)


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


def market_now(market: Market) -> tuple[float, float, float]:
    """What the loop over firms needs of the market."""
    return market.mean_price, market.total_customers, float(market.worth_median)


def rivals_price(prices: np.ndarray, customers: np.ndarray, k: int) -> float:
    """Mean list price of the rivals, weighted by customers; one's own where there is no rival (coins)."""
    weights = customers.copy()
    weights[k] = 0.0
    total = float(weights.sum())
    return float(prices @ weights) / total if total > 0.0 else float(prices[k])


@loop_with_room
def _look(c: Any, f: Any, scratch: Any, mean_price: Any, customers: Any, worth_median: Any) -> None:
    """Firms look at their customers, and remember how custom followed their relative price."""
    _median_worth(c, f, scratch)
    living = 0
    for k in range(f.price.size):
        living += f.alive[k]
        if f.customers[k] <= FEW:
            f.median_worth[k] = worth_median
    for k in range(f.price.size):
        if f.alive[k]:
            for quarter in range(f.past_relative_price.shape[1] - 1, 0, -1):
                f.past_relative_price[k, quarter] = f.past_relative_price[k, quarter - 1]
                f.past_relative_custom[k, quarter] = f.past_relative_custom[k, quarter - 1]
            f.past_relative_price[k, 0] = log_ratio(f.price[k], mean_price)
            f.past_relative_custom[k, 0] = log_ratio(max(f.customers[k], 1.0), customers / max(living, 1))


@loop_with_room
def _median_worth(c: Any, f: Any, scratch: Any) -> None:
    """What a service is worth to the median customer of each firm."""
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
            f.median_worth[k] = np.median(scratch[place[k] : last[k]])


@loop
def _agree(k: Any, f: Any, before: Any, aims: Any, settings: Any, may_walk: Any) -> None:
    """New terms that pass: all that the firm wants, or what its stakeholders can agree to; else none.

    Consensus takes time: a firm whose wish would be vetoed leaves out what temptation would add, and
    goes toward the rest of its aim in steps that no side finds unreasonable (assumption).
    """
    n, aim = settings[0], aims[0]
    before[0] = f[k]
    _propose(k, f, aim, n, may_walk, True)
    before.profit_forgone[0], before.manager_horizon[0] = f.profit_forgone[k], f.manager_horizon[k]
    if vetoed(k, f, before, aim):
        f[k] = before[0]
        _propose(k, f, aim, n, may_walk, False)
        step_toward(k, f, before, aim.veto_tolerance)
        if vetoed(k, f, before, aim):
            f[k] = before[0]
    f.held_to_standard[k] = 1.0 if f.member[k] > 0.0 else 0.0


@loop
def _propose(k: Any, f: Any, aims: Any, n: Any, may_walk: Any, tempted: Any) -> None:
    """Write the terms that value, temptation and fairness propose; untempted, levers stay where they are."""
    if aims.locked_price > 0.0:
        f.anchor_price[k] = aims.locked_price
    else:
        step = n.market.price_step * aims.pace
        f.anchor_price[k] = moved_anchor(f.anchor_price[k], max(aims.target_price, LEAST_PRICE), step)
    f.manager_horizon[k] = manager_horizon(k, f, aims.horizon, n)
    if tempted:
        tempt(k, f, aims, n, may_walk)
    _split_surplus(k, f, aims, n)
    _set_offer(k, f, aims, n, may_walk)
    _set_wage_and_claim(k, f, aims, n)


@loop
def _split_surplus(k: Any, f: Any, aims: Any, n: Any) -> None:
    """Fairness gives each side its share of the surplus: rebate, profit share, margin, dividend, giving."""
    p, supplier = n.levers, n.supplier
    surplus = max(f.smoothed_profit[k] * (1.0 - n.government.tax), 0.0)
    services = max(f.smoothed_services[k], 1.0)
    rebate = min(aims.customers * surplus / services, n.market.rebate_limit * f.anchor_price[k])
    f.price[k] = max(f.anchor_price[k] - rebate, LEAST_PRICE)
    f.profit_share[k] = aims.employees * surplus / max(f.staff_needed[k], 1.0)
    squeeze = p.supplier_reach * f.supplier_temptation[k]
    margin = supplier.reference_margin * aims.margin_factor * (1.0 - squeeze)
    given = min(aims.suppliers * surplus / max(supplier.input_cost * services, 1e-9), MOST_GIVEN)
    f.supplier_margin[k] = min(max(margin + given, 0.0), MOST_MARGIN)
    f.payment_delay[k] = min(aims.payment_delay + p.delay_reach * f.supplier_temptation[k], LONGEST_DELAY)
    f.dividend_share[k], f.giving_share[k] = aims.shareholders, aims.community


@loop
def _set_offer(k: Any, f: Any, aims: Any, n: Any, may_walk: Any) -> None:
    """Policy and temptation together make fees, walking and quality; a member keeps to the standard."""
    p = n.levers
    f.teaser[k] = aims.teaser
    f.walk[k] = aims.walk + p.walk_reach * f.walk_temptation[k] if may_walk else 0.0
    fee = aims.fee_share + p.fee_reach * f.fee_temptation[k]
    f.hidden_fee[k] = f.price[k] * fee
    cut = 1.0 - p.quality_reach * f.quality_temptation[k]
    designed = aims.quality * cut * (1.0 - f.obsolescence[k])
    if f.member[k] > 0.0 and f.expelled[k] < QUARTER:  # also who comes back before terms are set again
        body = n.industry_body
        designed = max(designed, quality_of_a_member(f.quality[k], f.mean_quality[k], body))
        f.hidden_fee[k] = min(f.hidden_fee[k], body.fee_ceiling * f.price[k])
        f.quota_temptation[k] = min(f.quota_temptation[k], body.quota_ceiling)
        room = max(body.fee_ceiling - aims.fee_share, 0.0)
        f.fee_temptation[k] = min(f.fee_temptation[k], room / max(p.fee_reach, 1e-9))
    f.quality[k] = min(max(designed, LEAST_QUALITY), MOST_QUALITY)


@loop
def _set_wage_and_claim(k: Any, f: Any, aims: Any, n: Any) -> None:
    """Policy and temptation together make wages; the candid claim what is so, the others a little more."""
    cut = 1.0 - n.levers.wage_reach * f.wage_temptation[k]
    wage = n.employee.reference_wage * aims.wage_factor * cut
    tempted = f.wage_temptation[k] > 0.0 and wage < f.wage_offer[k]
    if not (tempted and aims.keeps_wages > 0.0):
        f.wage_offer[k] = wage
    candid = aims.candid > 0.0
    honest = f.public_quality[k] if candid else max(f.public_quality[k], 1.0)
    f.claim[k] = min(max(honest * (1.0 if candid else aims.claim_factor), LEAST_CLAIM), MOST_CLAIM)
