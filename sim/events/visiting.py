"""Buying by repertoire: purchases beside the usual firm, and what is remembered of every firm."""

from typing import Any

import numpy as np

from agents import Customer, Employee, Firm, Habit
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.customer.habit import NEVER
from agents.customer.repertoire import next_memory, remembered_gain
from sim.events.deciding import MOVES
from sim.events.serving import bill_at, known_cost, serve
from sim.events.switching import list_staff, somebody
from sim.events.tallying import add_purchases, add_troubles, all_gain
from sim.streams import ASSIGNMENT, SERVICE

VISITORS = 50  # bits by which a visitor's number is set apart, so that each visit has luck of its own


def customers_visit_others(model: Any) -> None:
    """By repertoire, firms serve those who usually buy elsewhere; all remember what they got."""
    if not model.parameters.by_repertoire:
        return
    customers, staff = model.table(Customer), model.table(Employee).records
    list_staff(staff, model.staff_starts, model.staff_rows)
    visitor = customers.row_apart()
    places = (model.staff_starts, model.staff_rows)
    f, h = model.table(Firm).records, model.table(Habit).records
    _visit_all(customers.records, f, staff, h, visitor, model.settings, model.now, places)
    if not model.in_burn_in:
        model.recording.keep_purchases(model)


@loop
def _visit_all(c: Any, f: Any, e: Any, h: Any, visitor: Any, settings: Any, time: Any, places: Any) -> None:
    n, now = settings[0], time[0]
    _weight_means(f, 1.0)
    for row in range(h.firm.size):
        i, k, count = h.customer[row], h.firm[row], h.purchases[row]
        gain = 0.0
        if count > 0 and c.firm[i] == k:
            gain = remembered_gain(c.value[i], known_cost(i, k, c, f))
        elif count > 0:
            _visit(i, k, row, c, f, e, h, visitor, n, now, places)
            gain = remembered_gain(visitor.value[0], known_cost(0, k, visitor, f))
        _remember(row, count, gain, c.decision[i] == MOVES, h, n)
    _weight_means(f, -1.0)


@loop
def _weight_means(f: Any, power: Any) -> None:
    """Turn the means over what was bought into sums (power 1), or back (power -1)."""
    for k in range(f.price.size):
        services, buyers = max(f.services[k], 1.0) ** power, max(f.buyers[k], 1.0) ** power
        f.mean_quality[k] *= services
        f.mean_price_paid[k] *= services
        f.double_share[k] *= buyers


@loop
def _visit(
    i: Any,
    k: Any,
    row: Any,
    c: Any,
    f: Any,
    e: Any,
    h: Any,
    visitor: Any,
    n: Any,
    now: Any,
    places: Any,
) -> None:
    """A customer is served where it is no regular: the same person without what ties it to its usual firm."""
    visitor[0] = c[i]
    visitor.number[0] = c.number[i] | (np.int64(k) + 1) << VISITORS
    visitor.firm[0], visitor.tenure[0], visitor.known_fee[0] = k, h.tenure[row], 0.0
    meets = uniforms(now.seed, ASSIGNMENT, now.clock, visitor.number[0], 0)[0]
    visitor.employee[0] = somebody(k, meets, places[0], places[1])
    visitor.satisfaction[0], visitor.lifetime_spend[0] = n.experience.satisfaction_start, 0.0
    visitor.outcome[0], visitor.voice[0], visitor.value[0] = 0, 0, 0.0
    visitor.list_paid[0], visitor.known_bill[0] = bill_at(k, h.tenure[row], 0.0, f)
    luck = uniforms(now.seed, SERVICE, now.clock, visitor.number[0], 0)
    visitor.purchases[0] = h.purchases[row]
    serve(0, k, 0.0, luck, visitor, f, e, n, now)
    h.spent[row] = visitor.purchases[0] * visitor.price_paid[0]
    add_purchases(0, k, visitor, f)
    add_troubles(0, k, visitor, f, n.service)
    f.win_win[k] += visitor.purchases[0] if all_gain(0, k, visitor, f, e, n.experience, n.supplier) else 0


@loop
def _remember(row: Any, count: Any, gain: Any, moves: Any, h: Any, n: Any) -> None:
    """Memory, recency and tenure of a habit; a newcomer in the place of who moves away has none."""
    if moves:
        h.memory[row], h.since[row], h.tenure[row] = 0.0, NEVER, 0
        return
    lapsed = h.since[row] + (count == 0) >= n.repertoire.lapse_months
    h.memory[row] = next_memory(h.memory[row], count * gain, n.repertoire)
    h.since[row] = 0 if count > 0 else min(h.since[row] + 1, NEVER)
    h.tenure[row] = 0 if lapsed else min(h.tenure[row] + 1, NEVER)
