"""Service: customers buy, meet their employee, get a quality, perhaps a failure, perhaps a recovery."""

from math import log
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.compile import AHEAD, fetch, loop, loop_with_room, part
from agents.base.quantiles import normal, poisson
from agents.base.streams import AT_ONCE, fill, gather, of_one, uniforms
from agents.customer.bonds import grace_signal, relationship_of
from agents.customer.purchases import (
    affordable,
    known_price,
    list_price_paid,
    money_back,
    points_rebate,
    purchase_rate,
    pushed_probability,
    wanted_probability,
)
from agents.customer.value import (
    delivered_quality,
    failure_chance,
    is_beyond_failure,
    log_worth,
    need_met,
    remedy_probability,
    service_received,
    value_rank,
    voice_probability,
    worth_of_service,
)
from sim.streams import RECOVERY, SELLING, SERVICE

WELL, SILENT, REFUSED, REMEDY, CARE = range(5)
NO_VOICE, COMPLAINT, COMPLIMENT, CLAIM = range(4)
YEARS = 22  # years of tenure that prices tell apart; no parameter reaches beyond


def customers_are_served(model: Any) -> None:
    """By contract, customers buy what they need and can pay, and get what staff make of it."""
    tables = (model.table(Customer).records, model.table(Firm).records, model.table(Employee).records)
    _post_prices(model.table(Firm).records, model.settings)
    if not model.parameters.by_repertoire:
        model.over_customers(_serve, *tables, model.settings, model.now)


@loop
def _post_prices(f: Any, settings: Any) -> None:
    """What a customer of each year of tenure pays, worked out once for everybody."""
    p = settings[0].purchases
    for k in range(f.price.size):
        for year in range(YEARS):
            months = 12 * year
            f.price_by_year[k, year] = list_price_paid(
                f.price[k], f.teaser[k], f.walk[k], f.tenure_discount[k], months, p
            )


@loop_with_room
def _serve(start: Any, stop: Any, c: Any, f: Any, e: Any, settings: Any, time: Any) -> None:
    """Some customers all buy, then are all served: a processor need not guess who buys what it knows."""
    n, now = settings[0], time[0]
    numbers, gaps = np.empty(AT_ONCE, np.int64), np.empty(AT_ONCE)
    service, selling = np.empty((4, AT_ONCE)), np.empty((4, AT_ONCE))
    for first in range(start, stop, AT_ONCE):
        last = min(first + AT_ONCE, stop)
        who = gather(c.number, first, last, numbers)
        fill(now.seed, SERVICE, now.clock, who, 0, service)
        fill(now.seed, SELLING, now.clock, who, 0, selling)
        for i in range(first, last):
            fetch(c, i + AT_ONCE)
            fetch(e, c.employee[min(i + AHEAD, stop - 1)])
            if c.firm[i] >= 0:
                gap = relationship_gap(i, c, n.bonds, n.switches.reciprocity_customers)
                _buy(i, c.firm[i], service[0, i - first], gap, c, f, n, now)
                offer_products(i, c.firm[i], of_one(selling, i - first), gap, c, f, e, n)
                gaps[i - first] = gap
        for i in range(first, last):
            if c.purchases[i] > 0:
                serve(i, c.firm[i], gaps[i - first], of_one(service, i - first), c, f, e, n, now)


@part
def relationship_gap(i: Any, c: Any, bonds: Any, on: Any) -> Any:
    """Relationship above its neutral point; 0 where reciprocity of customers is switched off."""
    r = relationship_of(c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], bonds)
    return on * (r - bonds.relationship_neutral)


@part
def gift_of(i: Any, c: Any, on: Any) -> Any:
    """The wish to give back that a customer acts upon; 0 where reciprocity or fairness is switched off."""
    return on.reciprocity_customers * on.fairness_preferences * c.indebtedness[i]


@loop
def own_log_value(i: Any, k: Any, c: Any, f: Any, n: Any) -> Any:
    """Log value-for-money expected of one's own firm, at the known bill."""
    met = need_met(f.contribution[k], n.service) * n.switches.unmet_needs
    worth = log_worth(
        c.worth[i], c.taste[i], c.expectation[i], c.unmet_need[i], c.need_known[i], met, n.service
    )
    return worth - log(max(c.known_bill[i], 0.01))


@part
def shortfall(i: Any, k: Any, c: Any, f: Any, n: Any) -> Any:
    """Log by which the own firm's expected value falls short of its bill; 0 where it does not.

    Taste is below 3, so worth * min(expectation, 1)^3 at or above the bill needs no logarithm.
    """
    poor = min(c.expectation[i], 1.0)
    if c.worth[i] * poor * poor * poor >= c.known_bill[i]:
        return 0.0
    return max(-own_log_value(i, k, c, f, n), 0.0)


@loop
def bill_at(k: Any, tenure: Any, known_fee: Any, f: Any) -> Any:
    """List price that a customer of this tenure pays, and its usual bill as far as it knows: less points."""
    paid = f.price_by_year[k, min(tenure // 12, YEARS - 1)]
    bill = known_price(paid, known_fee, f.price[k], f.hidden_fee[k])
    return paid, bill - points_rebate(paid, f.points_rebate[k], tenure)


@part
def _buy(i: Any, k: Any, u: Any, gap: Any, c: Any, f: Any, n: Any, now: Any) -> None:
    """The bill as far as it is known, and how many services are bought at it."""
    paid, bill = bill_at(k, c.tenure[i], c.known_fee[i], f)
    c.list_paid[i], c.known_bill[i] = paid, bill
    short = n.switches.nobody_option * shortfall(i, k, c, f, n)
    gift = gift_of(i, c, n.switches)
    rate = purchase_rate(c.need_rate[i], gap, gift, short, c.tenure[i], now.demand, n.purchases)
    c.purchases[i] = affordable(poisson(u, rate), c.budget[i], f.accessibility[k], bill, n.purchases)
    c.price_paid[i] = paid + f.hidden_fee[k]


@part
def serve(i: Any, k: Any, gap: Any, u: Any, c: Any, f: Any, e: Any, n: Any, now: Any) -> None:
    """What the services bought, one at least, at a known bill turn out to be; ``u`` is the month's luck."""
    count, paid = int(c.purchases[i]), c.list_paid[i]
    service = _service_of(i, k, c, f, e, n)
    c.quality[i] = delivered_quality(f.quality[k], f.reliability[k], service, normal(u[1]), count, n.service)
    if _fails(u[2], service, f.reliability[k], count, n.service):
        c.outcome[i], c.voice[i] = _recovery(i, k, u[3], gap, c, f, e, n, now)
    elif u[3] < n.service.compliment_rate * f.openness[k] * max(_said_satisfaction(i, c, n), 0.0):
        c.voice[i] = COMPLIMENT
    elif u[3] > 1.0 - n.switches.recovery * n.service.unjustified_claims * c.opportunism[i]:
        c.voice[i] = CLAIM
    _value_and_price(i, k, paid, count, c, f, n)


@part
def _said_satisfaction(i: Any, c: Any, n: Any) -> Any:
    """Satisfaction that speaks from a customer; neutral where reciprocity is switched off."""
    return c.satisfaction[i] if n.switches.reciprocity_customers else n.choice.satisfaction_neutral


@part
def _fails(u: Any, service: Any, reliability: Any, count: Any, p: Any) -> Any:
    if is_beyond_failure(u, service, reliability, count, p):
        return False
    return u < failure_chance(service, reliability, count, p)


@part
def _service_of(i: Any, k: Any, c: Any, f: Any, e: Any, n: Any) -> Any:
    """Service that reaches the customer."""
    person = c.employee[i]
    given = e.service[person] if person >= 0 else n.service.service_without_staff
    insight = n.switches.insight * f.insight[k]
    rank = value_rank(c.lifetime_spend[i], f.mean_spend[k]) if f.targeting[k] > 0.0 else 0.0
    return service_received(given, f.tailoring[k], insight, f.targeting[k], rank, n.service)


@loop
def _recovery(i: Any, k: Any, u: Any, gap: Any, c: Any, f: Any, e: Any, n: Any, now: Any) -> Any:
    """What becomes of a failure: silence, refusal, remedy, or care and remedy."""
    if n.switches.recovery == 0.0 or u >= voice_probability(f.openness[k], gap, n.service):
        return SILENT, NO_VOICE
    v = uniforms(now.seed, RECOVERY, now.clock, c.number[i], 0)
    if v[0] >= remedy_probability(f.empowerment[k], n.service):
        return REFUSED, COMPLAINT
    person = c.employee[i]
    effort = e.service_effort[person] if person >= 0 else 0.0
    morale = e.morale[person] if person >= 0 else 0.0
    warm = v[1] < grace_signal(effort, morale, f.empowerment[k], f.outreach[k])
    return (CARE if warm else REMEDY), COMPLAINT


@part
def _value_and_price(i: Any, k: Any, paid: Any, count: Any, c: Any, f: Any, n: Any) -> None:
    """What one service was worth, failures counted, and all that was paid for it."""
    met = need_met(f.contribution[k], n.service) * n.switches.unmet_needs
    worth = worth_of_service(
        c.worth[i], c.taste[i], c.quality[i], c.unmet_need[i], c.need_known[i], met, n.service
    )
    bad = c.outcome[i] == SILENT or c.outcome[i] == REFUSED
    c.value[i] = worth * ((count - 1.0) / count if bad else 1.0)
    rebate = points_rebate(paid, f.points_rebate[k], c.tenure[i])
    left = paid + f.hidden_fee[k] - rebate
    refund = money_back(left, paid, f.guarantee[k], count) if c.outcome[i] != WELL else 0.0
    c.price_paid[i] = left - refund
    c.lifetime_spend[i] += count * c.price_paid[i]


@part
def refund_of(i: Any, k: Any, c: Any, f: Any) -> float:
    """Coins of each service that the guarantee gave back: what was billed and not paid."""
    if c.outcome[i] == WELL:
        return 0.0
    rebate = points_rebate(c.list_paid[i], f.points_rebate[k], c.tenure[i])
    return c.list_paid[i] + f.hidden_fee[k] - rebate - c.price_paid[i]


@part
def known_cost(i: Any, k: Any, c: Any, f: Any) -> float:
    """What one of the month's services cost as far as the customer knows: its bill less what was refunded.

    A refund is for once: it is no part of the bill that one gets used to and compares with offers.
    """
    return max(c.known_bill[i] - refund_of(i, k, c, f), 0.01)


@part
def offer_products(i: Any, k: Any, u: Any, gap: Any, c: Any, f: Any, e: Any, n: Any) -> None:
    """Additional products: asked for, or pushed."""
    person = c.employee[i]
    insight = n.switches.insight * (f.insight[k] - n.standing.insight_neutral)
    wanted = n.switches.cross_selling * wanted_probability(gap, insight, c.products_held[i], n.purchases)
    wanted *= 1.0 - n.purchases.advice_declined * f.honest_advice[k]
    push = e.selling_effort[person] if person >= 0 else 0.0
    pushed = n.switches.overselling * pushed_probability(push, f.honest_advice[k], n.purchases)
    got = int(u[0] < wanted) + 2 * int(u[1] < pushed)
    c.addon[i] = got
    c.products_held[i] = min(c.products_held[i] + (got & 1) + 0.5 * (got >> 1), n.purchases.most_products)
    c.pending_regret[i] += got >> 1
