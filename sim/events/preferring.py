"""Buying by repertoire: the usual firm is the one remembered best among those lately bought from."""

from typing import Any

from agents import Customer, Firm, Habit
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.customer.choice import CAUSES, COMPETITOR
from sim.events.deciding import LEAVES, LOOKS, MOVES
from sim.events.shopping import is_open
from sim.streams import DECISION

LAPSED = CAUSES.index("erosion_by_time")


def usual_firms_change(model: Any) -> None:
    """By repertoire another firm may become the usual one, or none; some move away."""
    if not model.parameters.by_repertoire:
        return
    tables = (model.table(kind).records for kind in (Customer, Firm, Habit))
    model.over_customers(_prefer, *tables, model.settings, model.now)


@loop
def _prefer(start: Any, stop: Any, c: Any, f: Any, h: Any, settings: Any, time: Any) -> None:
    n, now = settings[0], time[0]
    moving_rate = n.switches.moving * n.population.moving_rate
    for i in range(start, stop):
        if uniforms(now.seed, DECISION, now.clock, c.number[i], 0)[3] < moving_rate:
            c.decision[i] = MOVES
            continue
        k, best = c.firm[i], _usual_firm(i, c, f, h, n.repertoire.lapse_months)
        if best == k:
            continue
        c.decision[i], c.destination[i] = LEAVES if k >= 0 else LOOKS, best
        if k >= 0:
            cause = COMPETITOR if best >= 0 else LAPSED
            c.cause[i], c.causes[i] = cause, 1 << cause


@loop
def _usual_firm(i: Any, c: Any, f: Any, h: Any, lapse: Any) -> Any:
    """The firm remembered best of those bought from within a year; the one there is, where memory ties."""
    firms, best, most = f.price.size, -1, 0.0
    for j in range(firms):
        row = i * firms + j
        if is_open(j, f) and (h.since[row] + 1 < lapse or h.purchases[row] > 0):  # with this month
            memory = h.memory[row]
            if best < 0 or memory > most or (memory == most and c.firm[i] == j):
                best, most = j, memory
    return best
