"""Choice: some reconsider, weighing own firm, offers seen, and nobody; causes are recorded."""

from math import log
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.compile import fetch, loop, loop_with_room, part
from agents.base.quantiles import interpolated
from agents.base.streams import AT_ONCE, fill, gather, of_one, uniforms
from agents.customer import choice
from agents.customer.choice import (
    ATTENTION,
    BASELINE,
    EVALUATION,
    attention_probability,
    awareness,
    baseline_probability,
    evaluation_probability,
    highest_push,
    is_beyond_attention,
    neutral_attention,
    neutral_evaluation,
    offered_log_quality,
    offered_price,
    unfair_gap,
)
from agents.customer.value import need_met
from sim.events.attributing import ALL, TERMS, WITHOUT_TIE, causes_of, expect, find_pushes, total
from sim.events.serving import REFUSED, SILENT, own_log_value, relationship_gap, shortfall
from sim.streams import BRAND_FIT, DECISION, DESTINATION, OFFERS

STAYS, LEAVES, LOOKS, MOVES = range(4)
UNSEEN = 1e300


def firms_are_seen(model: Any) -> None:
    """What the market sees of each firm: quality expected, and how easily it comes to mind."""
    _see(model.table(Firm).records, model.settings, model.market_size)


@loop
def _see(f: Any, settings: Any, market_size: Any) -> None:
    n, firms = settings[0], 0.0
    for k in range(f.price.size):
        firms += 1.0 if f.alive[k] else 0.0
    p, community, body, on = n.choice, n.community, n.industry_body, n.switches
    for k in range(f.price.size):
        member = 1.0 if f.member[k] > 0.0 and f.expelled[k] <= 0.0 else 0.0
        f.seen_reputation[k] = min(f.reputation[k] + body.standing * member, 1.0)
        trusted = min(on.reputation * f.reputation[k] + body.credibility * member, 1.0)
        f.offered_log_quality[k] = offered_log_quality(f.public_quality[k], f.claim[k], trusted, p)
        stock = f.advertising_stock[k] if on.advertising > 0.0 else 1.0
        stock *= 1.0 + on.community * community.awareness_weight * (
            f.goodwill[k] - community.goodwill_neutral
        )
        f.awareness[k] = awareness(f.customers[k], market_size, max(firms, 1.0), max(stock, 0.01), p)
        if not f.alive[k] or f.deserted[k] > 0.0:
            f.awareness[k] = 0.0


def customers_decide(model: Any) -> None:
    """By contract, everybody stays, leaves, looks for a firm or moves away, and knows where to and why."""
    if model.parameters.by_repertoire:
        return
    tables = (model.table(kind).records for kind in (Customer, Firm, Employee))
    expected = (model.expected_leavings, model.rows_of_a_range)
    model.over_customers(_decide, *tables, model.settings, model.now, model.fit_table, *expected)


@loop_with_room
def _decide(
    start: Any,
    stop: Any,
    c: Any,
    f: Any,
    e: Any,
    settings: Any,
    time: Any,
    fit_table: Any,
    expected: Any,
    rows_of_a_range: Any,
) -> None:
    n, now = settings[0], time[0]
    terms, pushes, slab = np.zeros(TERMS + 1), np.zeros((ALL + 1, BASELINE + 1)), start // rows_of_a_range
    keys, limit = np.empty(f.price.size), highest_push(n.choice.term_limit, n.choice)
    numbers, luck = np.empty(AT_ONCE, np.int64), np.empty((4, AT_ONCE))
    for i in range(start, stop):
        fetch(c, i + AT_ONCE)
        place = (i - start) % AT_ONCE
        if place == 0:
            who = gather(c.number, i, min(i + AT_ONCE, stop), numbers)
            fill(now.seed, DECISION, now.clock, who, 0, luck)
        u = of_one(luck, place)
        if n.switches.moving > 0.0 and u[3] < n.population.moving_rate:
            c.decision[i] = MOVES
        elif c.firm[i] >= 0:
            k = c.firm[i]
            m, rho = _attention(i, k, u, limit, c, f, n, now, terms)
            if rho > 0.0:
                mine = expected[slab, k]
                _reconsider(i, k, u, m, rho, c, f, e, n, now, fit_table, terms, keys, pushes, mine)
        elif u[2] < n.choice.search_probability:
            offers = max(offers_of(i, u[0], c, now), 2)
            see_offers(i, -1, offers, c, f, e, n, now, keys)
            c.decision[i] = LOOKS
            c.destination[i] = destination_of(i, -1, c, f, e, n, now, fit_table, keys)


@part
def offers_of(i: Any, u: Any, c: Any, now: Any) -> Any:
    """Number of rival offers that come by this month."""
    return int(c.informedness[i] * now.informedness + u)


@part
def lost_attachment_of(i: Any, c: Any, n: Any) -> Any:
    """Attachment to an employee who left a short while ago."""
    on = n.switches.attachment * n.switches.reciprocity_customers
    return on * c.lost_attachment[i] if c.lost_since[i] < n.choice.employee_memory else 0.0


@part
def _offers_seen(i: Any, u: Any, c: Any, now: Any) -> Any:
    return min(offers_of(i, u, c, now), int(max(now.firms - 1.0, 0.0)))


@part
def _attention(i: Any, k: Any, u: Any, limit: Any, c: Any, f: Any, n: Any, now: Any, terms: Any) -> Any:
    """Neutral chance of leaving and chance of reconsidering, of who reconsiders; of others nothing."""
    p = n.choice
    lost = lost_attachment_of(i, c, n)
    if is_beyond_attention(u[1], c.churn_propensity[i], c.tenure[i], limit, lost, p):
        return 0.0, 0.0  # whatever has happened
    fewer = max(p.offers_neutral - max(now.firms - 1.0, 0.0), 0.0)  # who has few rivals is used to few offers
    z = attention_terms(i, k, _offers_seen(i, u[0], c, now) + fewer, c, f, n, terms)
    if is_beyond_attention(u[1], c.churn_propensity[i], c.tenure[i], highest_push(z, p), lost, p):
        return 0.0, 0.0
    m = baseline_probability(c.churn_propensity[i], c.tenure[i], p.anniversary)
    rho = attention_probability(neutral_attention(m, p.attention_ratio), z, lost, p)
    return (m, rho) if u[1] < rho else (0.0, 0.0)


@part
def _reconsider(
    i: Any,
    k: Any,
    u: Any,
    m: Any,
    rho: Any,
    c: Any,
    f: Any,
    e: Any,
    n: Any,
    now: Any,
    fit_table: Any,
    terms: Any,
    keys: Any,
    pushes: Any,
    expected: Any,
) -> None:
    p = n.choice
    see_offers(i, k, _offers_seen(i, u[0], c, now), c, f, e, n, now, keys)
    leaving_terms(i, k, c, f, e, n, now, keys, terms)
    rho0, lost = neutral_attention(m, p.attention_ratio), lost_attachment_of(i, c, n)
    pi0 = neutral_evaluation(m, rho0)
    pi = evaluation_probability(pi0, total(terms, EVALUATION), p)
    expect(expected, pi, m / rho, find_pushes(lost, terms, p, pushes), pushes)
    if u[2] < pi:
        c.decision[i] = LEAVES
        c.destination[i] = destination_of(i, k, c, f, e, n, now, fit_table, keys)
        c.cause[i], c.causes[i] = causes_of(u[1], u[2], rho0, pi0, lost, terms, p, pushes)


@loop
def offered_log_value(i: Any, j: Any, c: Any, f: Any, n: Any, now: Any) -> Any:
    """Log value-for-money expected of another firm's offer."""
    met = need_met(f.contribution[j], n.service) * n.switches.unmet_needs
    more = n.service.contribution_gain * c.unmet_need[i] * c.need_known[i] * met
    price = offered_price(
        f.price[j], f.teaser[j], f.hidden_fee[j], c.informedness[i] * now.informedness, n.choice
    )
    need = log(1.0 + more) if more > 0.0 else 0.0
    return log(1.0 * c.worth[i]) + c.taste[i] * f.offered_log_quality[j] + need - log(price)


@part
def attention_terms(i: Any, k: Any, offers: Any, c: Any, f: Any, n: Any, terms: Any) -> Any:
    """The terms that make a customer reconsider, and their sum; each is zero at neutral and when off."""
    p, on = n.choice, n.switches
    back = on.reciprocity_customers
    terms[choice.REFUSAL] = back * p.refusal_weight if c.outcome[i] == REFUSED else 0.0
    failure = p.failure_weight * (1.0 - 0.5 * f.guarantee[k])
    terms[choice.FAILURE] = back * failure if c.outcome[i] == SILENT else 0.0
    terms[choice.FEE_FOUND] = back * p.fee_found_weight * c.fee_found[i]
    terms[choice.REGRET] = back * p.regret_weight * c.regret[i]
    terms[choice.BAD_WORD] = on.word_of_mouth * p.bad_word_weight * max(-c.opinion[i, k], 0.0)
    risen = c.known_bill[i] > c.reference_price[i]
    shock = log(c.known_bill[i] / c.reference_price[i]) if risen else 0.0
    terms[choice.PRICE_SHOCK] = back * p.price_shock_weight * shock
    short = on.nobody_option * shortfall(i, k, c, f, n)
    terms[choice.POOR_VALUE_NOTICED] = p.poor_value_attention * short
    terms[choice.POOR_VALUE] = p.poor_value_weight * short
    terms[choice.OFFERS] = on.value_comparison * p.offers_weight * (offers - p.offers_neutral)
    terms[choice.SATISFACTION] = -back * p.satisfaction_weight * (c.satisfaction[i] - p.satisfaction_neutral)
    return total(terms, ATTENTION)


@loop
def leaving_terms(i: Any, k: Any, c: Any, f: Any, e: Any, n: Any, now: Any, keys: Any, terms: Any) -> None:
    """The terms that make a customer who reconsiders leave; ``keys`` says which offers it saw."""
    p, on = n.choice, n.switches
    back = on.reciprocity_customers
    gap = relationship_gap(i, c, n.bonds, back)
    terms[choice.RELATIONSHIP] = -p.relationship_weight * (0.5 + c.relationship_need[i]) * gap
    unfair = unfair_gap(c.list_paid[i], f.price[k] * (1.0 - f.teaser[k]))
    minded = 0.5 + 0.5 * min(c.inequity_aversion[i], 2.0)
    terms[choice.UNFAIR_PRICE] = back * on.fairness_preferences * p.unfairness_weight * unfair * minded
    terms[choice.KNOWN_FEE] = back * p.known_fee_weight * c.known_fee[i]
    hurt = c.outcome[i] == REFUSED or c.fee_found[i] > 0
    betrayal = p.betrayal_weight * max(gap, 0.0) / max(1.0 - n.bonds.relationship_neutral, 0.01)
    terms[choice.BETRAYAL] = on.forgiveness * betrayal if hurt else 0.0
    locked = f.points_rebate[k] > 0.0 and c.tenure[i] >= 12
    held = min(f.points_rebate[k] / p.scheme_reference, 1.0)
    terms[choice.SCHEME] = -p.scheme_weight * held if locked else 0.0
    terms[choice.BEST_OFFER], terms[WITHOUT_TIE] = _best_offer(i, k, c, f, e, n, now, keys)


@loop
def tie_to(i: Any, j: Any, c: Any, e: Any, n: Any) -> Any:
    """Pull of the firm for which an employee one was attached to now works."""
    pull, person = n.choice.employee_tie * lost_attachment_of(i, c, n), c.lost_employee[i]
    return pull if pull > 0.0 and person >= 0 and e.firm[person] == j else 0.0


@loop
def _best_offer(i: Any, k: Any, c: Any, f: Any, e: Any, n: Any, now: Any, keys: Any) -> Any:
    """The best offer seen against one's own firm, with and without the pull of a lost employee.

    The best of those seen (Stigler 1961), not a log-sum: alike firms give zero, however many are seen.
    """
    p, on = n.choice, n.switches
    if on.value_comparison == 0.0:
        return 0.0, 0.0
    own = own_log_value(i, k, c, f, n)
    best, plain = -UNSEEN, -UNSEEN
    for j in range(keys.size):
        if keys[j] < 0.0:
            gain = p.value_weight * (offered_log_value(i, j, c, f, n, now) - own)
            gain += on.word_of_mouth * p.word_weight * c.opinion[i, j]
            better = f.seen_reputation[j] - f.seen_reputation[k]
            gain += on.reputation * p.reputation_weight * better
            gain = min(max(gain, -8.0), 8.0)
            plain = max(plain, gain)
            best = max(best, gain + tie_to(i, j, c, e, n))
    return (p.no_offer, p.no_offer) if best == -UNSEEN else (best, plain)


@loop
def see_offers(i: Any, k: Any, offers: Any, c: Any, f: Any, e: Any, n: Any, now: Any, keys: Any) -> None:
    """Mark the offers seen by a negative key: some at random by awareness, and those one heard well of."""
    firms = keys.size
    for block in range((firms + 3) // 4):
        u = uniforms(now.seed, OFFERS, now.clock, c.number[i], block)
        for place in range(min(4, firms - 4 * block)):
            j = 4 * block + place
            seen = j != k and f.awareness[j] > 0.0
            keys[j] = -log(u[place]) / f.awareness[j] if seen else UNSEEN
    for _ in range(offers):
        best, least = -1, UNSEEN
        for j in range(firms):
            if 0.0 <= keys[j] < least:
                best, least = j, keys[j]
        if best < 0:
            break
        keys[best] = -1.0
    for j in range(firms):
        heard = n.switches.word_of_mouth > 0.0 and c.opinion[i, j] > n.choice.heard_of
        if keys[j] < UNSEEN and (heard or tie_to(i, j, c, e, n) > 0.0):
            keys[j] = -1.0


@loop
def destination_of(
    i: Any, k: Any, c: Any, f: Any, e: Any, n: Any, now: Any, fit_table: Any, keys: Any
) -> Any:
    """The firm chosen among the offers seen, or -1 for nobody (multinomial logit by Gumbel draws)."""
    p, on = n.choice, n.switches
    firms = keys.size
    last = uniforms(now.seed, DESTINATION, now.clock, c.number[i], (firms + 3) // 4)
    best, most = -1, -UNSEEN
    if on.nobody_option > 0.0:
        most = p.nobody - log(-log(last[0]))
    for block in range((firms + 3) // 4):
        u = uniforms(now.seed, DESTINATION, now.clock, c.number[i], block)
        fit = uniforms(now.seed, BRAND_FIT, 0, c.number[i], block)
        for place in range(min(4, firms - 4 * block)):
            j = 4 * block + place
            if keys[j] >= 0.0:
                continue
            value = offered_log_value(i, j, c, f, n, now)
            if on.nobody_option > 0.0 and value <= 0.0:
                continue
            utility = p.value_weight * value + on.word_of_mouth * p.word_weight * c.opinion[i, j]
            utility += on.reputation * p.reputation_weight * f.seen_reputation[j]
            utility = p.destination_scale * utility + p.fit_weight * interpolated(fit_table, fit[place])
            utility += tie_to(i, j, c, e, n) - log(-log(u[place]))
            if utility > most:
                best, most = j, utility
    return best
