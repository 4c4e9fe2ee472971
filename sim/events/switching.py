"""Customers go where they decided: they leave, join, move away, and newcomers move in."""

from typing import Any

import numpy as np

from agents import Employee, Firm
from agents.base.compile import loop, loop_with_room, part
from agents.base.quantiles import beta, gamma, normal
from agents.base.streams import uniforms
from agents.customer import choice
from agents.customer.bonds import relationship_of
from agents.customer.customer import Customer
from agents.customer.traits import (
    guilt_of,
    inequity_aversion_of,
    informedness_of,
    lognormal,
    taste_of,
    uniform_between,
)
from sim.events.deciding import LEAVES, LOOKS, MOVES
from sim.streams import ASSIGNMENT, CUSTOMER_TRAITS, RELATIONSHIP

USUAL_QUALITY, USUAL_PRICE = (
    float(Customer.columns[name].default) for name in ("expectation", "reference_price")
)


def customers_switch(model: Any) -> None:
    """Relationships end and begin; the places of those who moved away go to newcomers."""
    if not model.in_burn_in:
        model.recording.keep_leavers(model)
    tables = model.tables
    c, f, e = (tables[kind].records for kind in (Customer, Firm, Employee))
    list_staff(e, model.staff_starts, model.staff_rows)
    model.staff_firms[:], model.servers_noted = tables[Employee]["firm"], model.clock
    staff = (model.staff_starts, model.staff_rows, model.staff_firms)
    laws = (model.churn_table, model.need_table)
    model.agent_id_counter += _switch(
        c, f, model.settings, model.now, staff, *laws, model.moves, model.agent_id_counter, model.servers
    )


@loop_with_room
def list_staff(e: Any, starts: Any, rows: Any) -> None:
    """Fill the list of employees by firm: those of firm k are rows[starts[k]:starts[k + 1]]."""
    starts[:] = 0
    for i in range(e.firm.size):
        if e.firm[i] >= 0:
            starts[e.firm[i] + 1] += 1
    for k in range(1, starts.size):
        starts[k] += starts[k - 1]
    place = starts.copy()
    for i in range(e.firm.size):
        if e.firm[i] >= 0:
            rows[place[e.firm[i]]] = i
            place[e.firm[i]] += 1


@loop
def somebody(k: Any, u: Any, starts: Any, rows: Any) -> Any:
    """An employee of a firm, each equally likely; -1 if it has none."""
    size = starts[k + 1] - starts[k]
    return rows[starts[k] + min(int(u * size), size - 1)] if size > 0 else -1


@part
def server_of(i: Any, c: Any, staff_firms: Any) -> Any:
    """The employee of its firm who serves a customer; -1 if nobody does."""
    person = c.employee[i]
    return person if person >= 0 and staff_firms[person] == c.firm[i] else -1


@loop
def _switch(
    c: Any,
    f: Any,
    settings: Any,
    time: Any,
    staff: Any,
    churn_table: Any,
    need_table: Any,
    moves: Any,
    first_id: Any,
    servers: Any,
) -> Any:
    """Everybody goes where it decided; ``servers`` are left as who serves each, -1 if nobody of its firm."""
    n, now = settings[0], time[0]
    heard_of = n.choice.heard_of if n.switches.word_of_mouth > 0.0 else 1.0
    moves[:] = 0.0
    firms, arrived = f.price.size, 0
    for i in range(c.firm.size):
        decision, origin = c.decision[i], c.firm[i]
        joins = c.destination[i] if decision in (LEAVES, LOOKS) else -1
        if decision == MOVES:
            end(i, n, c, f)
            moves[origin if origin >= 0 else firms, firms + 1] += 1
            c.cause[i] = choice.MOVED_AWAY
            c.number[i], c.unique_id[i] = (now.clock + 1) << 32 | arrived, first_id + arrived
            draw_traits(i, c, n.population, now.seed, need_table, max(now.month, 0) / 12.0)
            c.opinion[i, :] = 0.0
            c.need_known[i] = 0.0
            arrived += 1
        elif decision == LEAVES or joins >= 0:
            end(i, n, c, f)
            moves[origin if origin >= 0 else firms, joins if joins >= 0 else firms] += 1
            if joins >= 0:
                f.need_won[joins] += c.need_rate[i]
                f.won_by_referral[joins] += c.opinion[i, joins] > heard_of
                begin(i, joins, c, f, n, now, staff, churn_table)
        elif origin >= 0:
            c.tenure[i] = min(c.tenure[i] + 1, 32_000)
            c.lost_since[i] = min(c.lost_since[i] + 1, 32_000)
        servers[i] = server_of(i, c, staff[2])
    for k in range(firms):
        for origin in range(firms + 1):
            f.won[k] += moves[origin, k]
            f.won_from_rivals[k] += moves[origin, k] if origin < firms else 0.0
    return arrived


@loop
def without_a_firm(c: Any) -> Any:
    """How many customers have no firm."""
    count = 0
    for i in range(c.firm.size):
        count += c.firm[i] < 0
    return count


@loop
def end(i: Any, n: Any, c: Any, f: Any) -> None:
    """A relationship ends; what it was worth to the firm's stock of bonds is carried away."""
    experience, bonds = n.experience, n.bonds
    k = c.firm[i]
    if k >= 0:
        f.bonds_carried_away[k] += relationship_of(
            c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], bonds
        )
    start = bonds.newcomer_share * bonds.relationship_neutral
    c.abundance[i], c.trust[i], c.dreams[i] = start, start, start
    c.truth[i], c.balance[i], c.grace[i] = start, start, start
    c.firm[i], c.employee[i], c.lost_employee[i] = -1, -1, -1
    c.tenure[i], c.lost_since[i] = 0, 0
    c.satisfaction[i] = experience.satisfaction_start
    c.attachment[i], c.lost_attachment[i] = 0.0, 0.0
    c.regret[i], c.pending_regret[i], c.known_fee[i] = 0.0, 0.0, 0.0
    c.indebtedness[i] = 0.0
    c.products_held[i], c.lifetime_spend[i] = 1.0, 0.0
    c.joined[i], c.expectation[i], c.reference_price[i] = -1, USUAL_QUALITY, USUAL_PRICE


@loop
def begin(i: Any, k: Any, c: Any, f: Any, n: Any, now: Any, staff: Any, churn_table: Any) -> None:
    """A relationship begins: with what is expected of the firm, and a churn propensity of its own."""
    u = uniforms(now.seed, RELATIONSHIP, now.clock, c.number[i], 0)
    c.firm[i] = k
    c.joined[i] = min(now.clock, 32_000)
    c.employee[i] = somebody(
        k, uniforms(now.seed, ASSIGNMENT, now.clock, c.number[i], 0)[0], staff[0], staff[1]
    )
    if c.churn_propensity[i] == 0.0 or u[1] >= n.population.persistence:
        c.churn_propensity[i] = beta(churn_table, u[0])
    c.expectation[i] = min(max(np.exp(f.offered_log_quality[k]), 0.3), 2.0)
    c.reference_price[i] = f.price[k] * (1.0 - f.teaser[k])
    f.bonds_brought[k] += n.bonds.newcomer_share * n.bonds.relationship_neutral


@loop
def draw_traits(i: Any, c: Any, p: Any, seed: Any, need_table: Any, years: Any) -> None:
    """Who a customer is, from its number and the years until it moved in."""
    u = uniforms(seed, CUSTOMER_TRAITS, 0, c.number[i], 0)
    v = uniforms(seed, CUSTOMER_TRAITS, 0, c.number[i], 1)
    w = uniforms(seed, CUSTOMER_TRAITS, 0, c.number[i], 2)
    c.need_rate[i] = gamma(need_table, u[0])
    c.worth[i] = lognormal(p.worth_median, p.worth_spread, normal(u[1]))
    c.budget[i] = lognormal(p.budget_median, p.budget_spread, normal(u[2]))
    c.taste[i] = taste_of(u[3], years, p)
    c.relationship_need[i] = uniform_between(p.relationship_need_low, p.relationship_need_high, v[0])
    c.inequity_aversion[i] = inequity_aversion_of(v[1], p)
    c.guilt[i] = guilt_of(v[1], p)
    c.unmet_need[i] = p.unmet_need_high * v[2]
    c.informedness[i] = informedness_of(v[3], p)
    c.opportunism[i] = w[0] ** p.opportunism_shape
    c.churn_propensity[i] = 0.0


@loop
def draw_all_traits(c: Any, p: Any, seed: Any, need_table: Any) -> None:
    """Everybody's traits at the start."""
    for i in range(c.firm.size):
        draw_traits(i, c, p, seed, need_table, 0.0)
