"""Buying by repertoire: each purchase chooses its firm; those at the usual firm are served at once."""

from math import exp, log
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm, Habit
from agents.base.compile import loop, loop_with_room
from agents.base.quantiles import interpolated, poisson
from agents.base.streams import AT_ONCE, fill, gather, of_one, uniforms
from agents.customer.choice import offered_price
from agents.customer.purchases import means_of, purchase_rate
from agents.customer.repertoire import loyal_pull, offered_pull
from sim.events.deciding import UNSEEN, firms_are_seen, offered_log_value
from sim.events.serving import bill_at, offer_products, relationship_gap, serve
from sim.streams import BRAND_FIT, PURCHASE, SELLING, SERVICE


def customers_shop(model: Any) -> None:
    """By repertoire, each purchase chooses among the firms known; the usual firm serves its own."""
    if not model.parameters.by_repertoire:
        return
    firms_are_seen(model)
    tables = (model.table(kind).records for kind in (Customer, Firm, Employee, Habit))
    model.over_customers(_shop, *tables, model.settings, model.now, model.brand_tables)


@loop_with_room
def _shop(
    start: Any, stop: Any, c: Any, f: Any, e: Any, h: Any, settings: Any, time: Any, brands: Any
) -> None:
    n, now = settings[0], time[0]
    weights = np.empty(f.price.size)
    numbers, service, selling = np.empty(AT_ONCE, np.int64), np.empty((4, AT_ONCE)), np.empty((4, AT_ONCE))
    for first in range(start, stop, AT_ONCE):
        last = min(first + AT_ONCE, stop)
        who = gather(c.number, first, last, numbers)
        fill(now.seed, SERVICE, now.clock, who, 0, service)
        fill(now.seed, SELLING, now.clock, who, 0, selling)
        for i in range(first, last):
            u = of_one(service, i - first)
            rate = purchase_rate(c.need_rate[i], 0.0, 0.0, 0.0, 0.0, now.demand, n.purchases)
            wanted = poisson(u[0], rate)
            if wanted > 0 and weigh(i, c, f, h, n, now, brands, weights) > 0.0:
                _choose(i, wanted, c, f, h, n.purchases, now, weights)
            if c.firm[i] >= 0:
                _serve_usual(i, c.firm[i], u, of_one(selling, i - first), c, f, e, h, n, now)


@loop
def _serve_usual(
    i: Any, k: Any, u: Any, selling: Any, c: Any, f: Any, e: Any, h: Any, n: Any, now: Any
) -> None:
    gap = relationship_gap(i, c, n.bonds, n.switches.reciprocity_customers)
    c.list_paid[i], c.known_bill[i] = bill_at(k, c.tenure[i], c.known_fee[i], f)
    offer_products(i, k, selling, gap, c, f, e, n)
    c.purchases[i], c.price_paid[i] = h.purchases[i * f.price.size + k], c.list_paid[i] + f.hidden_fee[k]
    if c.purchases[i] > 0:
        serve(i, k, gap, u, c, f, e, n, now)


@loop
def is_open(k: Any, f: Any) -> Any:
    """Whether a firm is in business and not deserted: it can be bought from."""
    return f.alive[k] and f.deserted[k] <= 0.0


@loop
def weigh(i: Any, c: Any, f: Any, h: Any, n: Any, now: Any, brands: Any, weights: Any) -> Any:
    """Fill in the propensities to choose each firm, summed up to it; 0 in all where none is worth it."""
    firms, most = weights.size, -UNSEEN
    for block in range((firms + 3) // 4):
        fit = uniforms(now.seed, BRAND_FIT, 0, c.number[i], block)
        for place in range(min(4, firms - 4 * block)):
            j = 4 * block + place
            weights[j] = _log_pull(i, j, c, f, h, n, now) if is_open(j, f) else -UNSEEN
            if weights[j] > -UNSEEN:
                weights[j] += interpolated(brands[j], fit[place])
                most = max(most, weights[j])
    total = 0.0
    for j in range(firms):
        total += exp(weights[j] - most) if weights[j] > -UNSEEN else 0.0
        weights[j] = total
    return total


@loop
def _log_pull(i: Any, j: Any, c: Any, f: Any, h: Any, n: Any, now: Any) -> Any:
    """What pulls a customer to a firm beside brand fit; nothing at neutral terms of firms alike."""
    p, on = n.choice, n.switches
    usual = c.firm[i] == j
    value = offered_log_value(i, j, c, f, n, now)
    if usual:  # it knows what it pays there
        offered = offered_price(
            f.price[j], f.teaser[j], f.hidden_fee[j], c.informedness[i] * now.informedness, p
        )
        value += log(offered) - log(bill_at(j, c.tenure[i], c.known_fee[i], f)[1])
    if on.nobody_option > 0.0 and value <= 0.0:
        return -UNSEEN
    pull = offered_pull(value, c.opinion[i, j], f.seen_reputation[j], on, p)
    if on.advertising > 0.0:
        pull += p.awareness_power * log(max(f.advertising_stock[j], 0.01))
    if usual and f.points_rebate[j] > 0.0 and c.tenure[i] >= 12:
        pull += p.scheme_weight * min(f.points_rebate[j] / p.scheme_reference, 1.0)
    gap = relationship_gap(i, c, n.bonds, on.reciprocity_customers) if usual else 0.0
    memory = h.memory[i * f.price.size + j]
    return pull + loyal_pull(memory, n.repertoire.memory_weight, gap, c.relationship_need[i], p)


@loop
def _choose(i: Any, wanted: Any, c: Any, f: Any, h: Any, p: Any, now: Any, weights: Any) -> None:
    """Every purchase draws its firm, until what is left of the budget does not pay for it."""
    firms, spent = weights.size, 0.0
    u = uniforms(now.seed, PURCHASE, now.clock, c.number[i], 0)
    for place in range(wanted):
        if place > 0 and place % 4 == 0:
            u = uniforms(now.seed, PURCHASE, now.clock, c.number[i], place // 4)
        j = 0
        while weights[j] < u[place % 4] * weights[firms - 1]:
            j += 1
        usual = c.firm[i] == j
        row = i * firms + j
        tenure = c.tenure[i] if usual else h.tenure[row]
        bill = bill_at(j, tenure, c.known_fee[i] if usual else 0.0, f)[1]
        if means_of(c.budget[i], f.accessibility[j], p) - spent < bill:
            break
        spent += bill
        h.purchases[row] += 1
