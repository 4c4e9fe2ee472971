"""People: pay, morale, training, quits, dismissals, hires; customers are handed over, and follow or not."""

from math import ceil
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.compile import loop, loop_with_room, part
from agents.base.streams import uniforms
from agents.employee import morale_target, next_reference_wage, next_skill, pay_kindness, quit_probability
from sim.events.switching import list_staff, server_of, somebody
from sim.streams import ASSIGNMENT, HIRING, QUITTING

UNTIED = 0.1  # attachment below which a customer does not mind another employee (assumption)
CROWDED = 1.05  # customers, relative to colleagues', from which an employee passes some on (assumption)


def staff_are_paid(model: Any) -> None:
    """Wages, bonuses by measure, and the share of surplus."""
    _pay(model.table(Employee).records, model.table(Firm).records)


@loop
def _pay(e: Any, f: Any) -> None:
    for i in range(e.firm.size):
        k = e.firm[i]
        if k >= 0:
            satisfied = e.served_satisfaction[i] / max(e.served[i], 1.0)
            bonus = f.selling_pay[k] * (e.selling_effort[i] + e.gaming[i])
            bonus += (
                f.appraisal_pay[k] * (1.0 + satisfied) + f.retention_pay[k] * f.monthly_retention[k] ** 12
            )
            f.wages[k] += e.wage[i]
            f.staff_bonus[k] += bonus + f.profit_share[k]


def staff_come_and_go(model: Any) -> None:
    """Morale moves, some quit or are dismissed, vacancies are filled, customers are handed over."""
    settings = model.settings
    c, e, f = (model.table(kind).records for kind in (Customer, Employee, Firm))
    if model.servers_noted != model.clock:  # nobody could switch this month
        note_servers(model)
    _feel(e, f, settings, model.now, model.stars_leaving)
    _staff(e, f, settings, model.now, model.extra_staff)
    list_staff(e, model.staff_starts, model.staff_rows)
    staff = (model.staff_starts, model.staff_rows, model.staff_firms, model.servers)
    _hand_over(c, e, f, settings, model.now, *staff)


def note_servers(model: Any) -> None:
    """Note for which firm each employee works, and who of its firm serves each customer, -1 if nobody."""
    model.staff_firms[:] = model.table(Employee)["firm"]
    _note_servers(model.table(Customer).records, model.staff_firms, model.servers)
    model.servers_noted = model.clock


@loop
def _note_servers(c: Any, staff_firms: Any, servers: Any) -> None:
    for i in range(c.firm.size):
        servers[i] = server_of(i, c, staff_firms)


@loop
def _feel(e: Any, f: Any, settings: Any, time: Any, stars_leaving: Any) -> None:
    n, now = settings[0], time[0]
    outside = _outside_wage(f)
    for i in range(e.firm.size):
        if e.firm[i] >= 0:
            _live(i, e.firm[i], e, f, n)
            u = uniforms(now.seed, QUITTING, now.clock, e.number[i], 0)
            pay = e.wage[i] + 0.5 * f.profit_share[e.firm[i]]
            if u[0] < quit_probability(pay, outside, e.morale[i], n.employee):
                f.quits[e.firm[i]] += 1.0
                _depart(i, e)
        else:
            e.tenure[i] = min(e.tenure[i] + 1, 32_000)
    for s in range(stars_leaving.size):
        star = stars_leaving[s]
        if star >= 0 and e.firm[star] >= 0:
            f.quits[e.firm[star]] += 1.0
            _depart(star, e)


@loop
def _outside_wage(f: Any) -> Any:
    """Mean wage offer in the market, weighted by customers."""
    total, weight = 0.0, 0.0
    for k in range(f.price.size):
        if f.alive[k]:
            total += f.wage_offer[k] * (f.customers[k] + 1.0)
            weight += f.customers[k] + 1.0
    return max(total / weight, 1.0) if weight > 0.0 else 1.0


@loop
def _live(i: Any, k: Any, e: Any, f: Any, n: Any) -> None:
    """A month in the life of an employee: morale, wage, what seems fair, knowledge and skill."""
    p = n.employee
    pay = e.wage[i] + 0.5 * f.profit_share[k]
    kind = n.switches.reciprocity_employees * pay_kindness(pay, e.reference_wage[i], p)
    quota = f.quota[k] + f.quota_temptation[k]
    target = morale_target(kind, f.mean_satisfaction[k], f.growth[k], e.load[i], f.empowerment[k], quota, p)
    spirit = p.compliment_spirit * e.compliments[i] - p.refusal_spirit * e.refusals[i]
    target = min(max(target + min(max(spirit, -0.2), 0.2), 0.0), 1.0)
    e.morale[i] = min(max(e.morale[i] + p.morale_rate * (target - e.morale[i]), 0.0), 1.0)
    e.reference_wage[i] = next_reference_wage(e.reference_wage[i], pay, p)
    e.wage[i] += p.raise_rate * (f.wage_offer[k] - e.wage[i])
    learning = min(p.knowledge_rate + p.knowledge_sharing * f.sharing[k], 1.0)
    e.customer_knowledge[i] += learning * max(0.9 - e.customer_knowledge[i], 0.0)
    e.skill[i] = next_skill(e.skill[i], f.training[k], p)
    e.tenure[i] = min(e.tenure[i] + 1, 32_000)


@loop
def _depart(i: Any, e: Any) -> None:
    """Somebody leaves a firm and looks for work."""
    e.former_firm[i], e.firm[i], e.tenure[i] = e.firm[i], -1, 0


@loop_with_room
def _staff(e: Any, f: Any, settings: Any, time: Any, extra_staff: Any) -> None:
    """Dismiss the newest where there are too many, hire where there are too few."""
    n, now = settings[0], time[0]
    current = np.zeros(f.price.size)
    for i in range(e.firm.size):
        if e.firm[i] >= 0:
            current[e.firm[i]] += 1.0
    for k in range(f.price.size):
        needed = ceil(_present(k, f) / n.employee.full_load * (1.0 + extra_staff[k])) if f.alive[k] else 0.0
        f.staff_needed[k] = needed
        excess = current[k] - int(needed * (1.0 + n.employee.slack)) - 1.0
        if not f.alive[k]:
            excess = current[k]
        most = current[k] if not f.alive[k] else max(float(int(current[k] * n.employee.dismissal_share)), 1.0)
        for _ in range(int(min(max(excess, 0.0), most))):
            _dismiss_newest(k, e, f)
            current[k] -= 1.0
    _hire_all(current, e, f, n, now)


@loop
def _present(k: Any, f: Any) -> Any:
    """Customers of a firm after this month's coming and going."""
    return f.customers[k] - f.lost[k] - f.moved_away[k] - f.released[k] + f.won[k]


@loop
def _dismiss_newest(k: Any, e: Any, f: Any) -> None:
    newest, months = -1, 1 << 30
    for i in range(e.firm.size):
        if e.firm[i] == k and e.tenure[i] < months:
            newest, months = i, e.tenure[i]
    if newest >= 0:
        f.dismissals[k] += 1.0
        _depart(newest, e)


@loop_with_room
def _hire_all(current: Any, e: Any, f: Any, n: Any, now: Any) -> None:
    """Firms hire from the pool, those with the best offer and goodwill first; nobody returns at once."""
    firms = f.price.size
    appeal = np.empty(firms)
    vacancies = 0.0
    for k in range(firms):
        ease = 1.0 + n.switches.community * n.community.hiring_weight * (
            f.goodwill[k] - n.community.goodwill_neutral
        )
        appeal[k] = -f.wage_offer[k] * ease
        vacancies += max(f.staff_needed[k] - current[k], 0.0) if f.alive[k] else 0.0
    if vacancies <= 0.0:
        return
    luck = np.full(e.firm.size, 2.0)
    for i in range(e.firm.size):
        if e.firm[i] < 0:
            luck[i] = uniforms(now.seed, HIRING, now.clock, e.number[i], 0)[0]
    pool = np.argsort(luck)
    for k in np.argsort(appeal):
        for place in range(pool.size):
            i = pool[place]
            if luck[i] > 1.0 or not f.alive[k] or current[k] >= f.staff_needed[k]:
                break
            free = e.former_firm[i] != k or e.tenure[i] >= n.employee.return_after
            if e.firm[i] < 0 and free:
                _hire(i, k, e, f, n.employee)
                current[k] += 1.0


@loop
def _hire(i: Any, k: Any, e: Any, f: Any, p: Any) -> None:
    e.firm[i] = k
    e.wage[i] = f.wage_offer[k]
    e.reference_wage[i] = max(0.97 * e.reference_wage[i], 0.97 * f.wage_offer[k])
    e.morale[i], e.customer_knowledge[i], e.tenure[i] = p.morale_neutral, p.knowledge_start, 0
    f.hires[k] += 1.0


@loop_with_room
def _hand_over(
    c: Any, e: Any, f: Any, settings: Any, time: Any, starts: Any, rows: Any, before: Any, servers: Any
) -> None:
    """Customers of those who left get somebody else; the newly hired take over some of the others'.

    ``servers`` says who served each customer when it last could go elsewhere, ``before`` for which firm
    employees worked then: records of customers are spread over much memory, and most need not be read.
    """
    full, now = settings[0].employee.full_load, time[0]
    loads, enough, stayed = np.zeros(e.firm.size), np.zeros(e.firm.size), np.zeros(e.firm.size, np.bool_)
    place, means = starts.copy(), np.zeros(f.price.size)
    for k in range(f.price.size):
        if starts[k + 1] > starts[k]:
            means[k] = _present(k, f) / (starts[k + 1] - starts[k])
        for person in rows[starts[k] : starts[k + 1]]:
            enough[person], stayed[person] = CROWDED * means[k], before[person] == k
    for i in range(servers.size):
        if servers[i] >= 0 and stayed[servers[i]]:
            loads[servers[i]] += 1.0
        else:
            servers[i] = -1
    for i in range(servers.size):
        if servers[i] < 0 or loads[servers[i]] > enough[servers[i]]:
            _look_after(i, means, loads, c, e, now, starts, rows, place)
    for i in range(e.firm.size):
        e.load[i] = loads[i] / full


@part
def _look_after(
    i: Any, means: Any, loads: Any, c: Any, e: Any, now: Any, starts: Any, rows: Any, place: Any
) -> None:
    """See whether a customer whose employee left, moved or is crowded gets another one."""
    k, person = c.firm[i], c.employee[i]
    if k < 0:
        return
    if person >= 0 and e.firm[person] != k:
        c.lost_attachment[i], c.lost_since[i], c.lost_employee[i] = c.attachment[i], 0, person
        c.attachment[i], c.employee[i], person = 0.0, -1, -1
    untied = person < 0 or (loads[person] > CROWDED * means[k] and c.attachment[i] < UNTIED)
    if untied and starts[k + 1] > starts[k]:
        _pass_on(i, k, person, means[k], loads, c, now, starts, rows, place)


@loop
def _pass_on(
    i: Any, k: Any, person: Any, mean: Any, loads: Any, c: Any, now: Any, starts: Any, rows: Any, place: Any
) -> None:
    """One customer goes to the next employee with few customers, or to anybody if it has none."""
    while place[k] < starts[k + 1] and loads[rows[place[k]]] >= 0.95 * mean:
        place[k] += 1
    if place[k] < starts[k + 1]:
        other = rows[place[k]]
    elif person < 0:
        other = somebody(k, uniforms(now.seed, ASSIGNMENT, now.clock, c.number[i], 1)[0], starts, rows)
    else:
        return
    if person >= 0:
        loads[person] -= 1.0
    loads[other] += 1.0
    c.employee[i], c.attachment[i] = other, 0.0
