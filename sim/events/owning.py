"""Owners and others around the firm: shareholders value, trade and press; community and market judge."""

from math import exp
from typing import Any

import numpy as np

from agents import Employee, Firm, Shareholder, Stake
from agents.base.compile import loop, loop_with_room
from agents.base.quantiles import normal
from agents.base.streams import uniforms
from agents.community import next_goodwill
from agents.firm.firm import USUAL_PRICE
from agents.firm.standing import next_identity, next_insight, next_reputation
from agents.shareholder import (
    dedicated_valuation,
    next_equity_price,
    pressure_of,
    transient_valuation,
    wanted_stake,
)
from sim.streams import VALUATION


def owners_trade(model: Any) -> None:
    """Every owner values its stakes; prices follow the bid, stakes follow the valuations."""
    tables = (model.table(kind).records for kind in (Stake, Shareholder, Firm))
    _trade(*tables, model.settings, model.now)


@loop_with_room
def _trade(s: Any, owners: Any, f: Any, settings: Any, time: Any) -> None:
    n, now = settings[0], time[0]
    p, government, on = n.shareholder, n.government, n.switches.reciprocity_owners
    holders = owners.transient.size
    values, wanted = np.empty(holders), np.empty(holders)
    for k in range(f.price.size):
        if f.alive[k]:
            first, bid = k * holders, 0.0
            for h in range(holders):
                values[h] = _valuation(k, first + h, h, s, owners, f, p, government, now)
                bid += s.shares_held[first + h] * values[h]
            bid = max(bid, 1e3)
            f.equity_price[k] = max(next_equity_price(f.equity_price[k], bid, p), 1e3)
            _reshuffle(k, first, bid, values, wanted, s, owners, f, p, on)
            for m in range(f.past_price.shape[1] - 1, 0, -1):
                f.past_price[k, m] = f.past_price[k, m - 1]
            f.past_price[k, 0] = f.equity_price[k]


@loop
def _valuation(
    k: Any, row: Any, owner: Any, s: Any, owners: Any, f: Any, p: Any, government: Any, now: Any
) -> Any:
    """What one owner thinks the firm is worth."""
    earnings = f.smoothed_profit[k] * (1.0 - government.tax)
    required = owners.required_return[owner]
    patient = dedicated_valuation(earnings, f.customer_equity[k], f.cash[k], f.debt[k], required, p)
    hasty = transient_valuation(earnings, f.growth[k], f.cash[k], f.debt[k], required, p)
    share = owners.transient[owner]
    shock = normal(uniforms(now.seed, VALUATION, now.clock, s.number[row], 0)[0])
    noise = exp(p.valuation_noise * min(max(shock, -3.0), 3.0))
    return max((share * hasty + (1.0 - share) * patient) * noise, 1e3)


@loop
def _reshuffle(
    k: Any, first: Any, bid: Any, values: Any, wanted: Any, s: Any, owners: Any, f: Any, p: Any, on: Any
) -> None:
    """Shares go to those who value the firm more; they always sum to one."""
    total, turnover, transient, pressure = 0.0, 0.0, 0.0, 0.0
    yearly = f.dividend_paid[k] / max(p.required_return * f.equity_price[k], 1.0)
    satisfied = min(max(0.5 + 0.25 * (yearly - 1.0), 0.0), 1.0)
    for h in range(values.size):
        row = first + h
        s.trust[row] += p.trust_rate * (satisfied - s.trust[row])
        trust = 0.5 + on * (s.trust[row] - 0.5)
        wanted[h] = wanted_stake(s.shares_held[row], values[h], bid, owners.transient[h], trust, p)
        total += wanted[h]
    for h in range(values.size):
        share = wanted[h] / total
        turnover += 0.5 * abs(share - s.shares_held[first + h])
        s.shares_held[first + h] = share
        transient += share * owners.transient[h]
        trust = 0.5 + on * (s.trust[first + h] - 0.5)
        pressure += pressure_of(share, owners.transient[h], trust, p)
    f.owners_pressure[k] = min(max(pressure, 0.0), 1.0)
    f.owners_turnover[k], f.transient_share[k] = min(turnover, 1.0), min(transient, 1.0)


def firms_are_judged(model: Any) -> None:
    """Reputation, public quality, goodwill, insight, identity and advertising move."""
    pool = model.parameters.employee.pool_per_load
    usual = model.table(Employee).size / max(len(model.parameters.firms) * pool, 1e-9)
    _judge(model.table(Firm).records, model.settings, float(usual))


@loop
def _judge(f: Any, settings: Any, usual_staff: Any) -> None:
    n = settings[0]
    frontier = n.market.frontier_growth / 12.0
    spending, living = 0.0, 0.0
    for k in range(f.price.size):
        if f.alive[k]:
            spending += f.advertising[k] * max(f.smoothed_revenue[k], 0.0)
            living += 1.0
    for k in range(f.price.size):
        if f.alive[k]:
            _judge_one(k, f, n, usual_staff)
            own = f.advertising[k] * max(f.smoothed_revenue[k], 0.0)
            share = own * living / spending if spending > 0.0 else 1.0
            f.obsolescence[k] += (
                frontier * (1.0 - n.switches.insight * f.insight[k]) * (0.9 - f.obsolescence[k])
            )
            f.advertising_stock[k] += n.standing.advertising_rate * (
                min(share, 20.0) - f.advertising_stock[k]
            )


@loop
def _judge_one(k: Any, f: Any, n: Any, usual_staff: Any) -> None:
    p, reciprocal = n.standing, n.switches.reciprocity_customers > 0.0
    f.reputation[k] = next_reputation(
        f.reputation[k],
        f.mean_satisfaction[k] if reciprocal else n.choice.satisfaction_neutral,
        f.praise[k],
        f.blame[k],
        f.mean_known_fee[k] if reciprocal else 0.0,
        f.scandal[k],
        n.government.reputation_drop,
        p,
    )
    if f.services[k] > 0.0:
        known = f.public_quality[k] + p.public_quality_rate * (f.mean_quality[k] - f.public_quality[k])
        f.public_quality[k] = min(max(known, 0.05), 3.0)
    f.goodwill[k] = next_goodwill(
        f.goodwill[k],
        f.giving_paid[k],
        f.smoothed_revenue[k],
        f.staff[k],
        usual_staff,
        f.scandal[k],
        n.community,
    )
    voices = (f.complaints[k] + f.compliments[k]) / max(f.customers[k], 1.0)
    f.insight[k] = next_insight(f.insight[k], f.listening[k], f.openness[k], voices, f.consensus[k], p)
    terms = (
        f.price[k] / USUAL_PRICE,
        f.quality[k],
        f.hidden_fee[k] / USUAL_PRICE,
        f.wage_offer[k] / n.employee.reference_wage,
    )
    change = 0.0
    for t in range(4):
        change += abs(terms[t] - f.past_terms[k, t])
        f.past_terms[k, t] = terms[t]
    boast = f.claim[k] / f.mean_quality[k] - 1.0 if f.mean_quality[k] > 0.0 else 0.0
    f.identity[k] = next_identity(f.identity[k], change, f.service_spread[k], boast, p)
