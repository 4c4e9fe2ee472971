"""Shocks: what was announced for a month strikes a firm or the market, and ends in time."""

from math import prod
from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from sim.events.facing_rivals import enter, let_customers_go
from sim.shocks import ShockKind


def shocks_strike(model: Any) -> None:
    """What was announced for this month happens; what has run its course ends."""
    f = model.table(Firm).view
    if model.in_burn_in or not model.parameters.shocks:
        return
    f.deserted[:] = np.maximum(f.deserted - 1.0, 0.0)
    for shock in model.parameters.shocks.values():
        if shock.month == model.month:
            strike(model, shock)
        elif shock.month + shock.duration == model.month:
            relieve(model, shock)


def rows_hit(model: Any, shock: Any) -> list[int]:
    """Rows of the firms that a shock hits: the one named, or all."""
    return [model.firm_names.index(shock.firm)] if shock.firm else list(range(len(model.firm_names)))


def strike(model: Any, shock: Any) -> None:
    """One shock begins."""
    f = model.table(Firm).view
    rows = rows_hit(model, shock)
    if shock.kind == ShockKind.cost:
        f.cost_factor[rows] *= 1.0 + shock.size
    elif shock.kind == ShockKind.recession:
        model.demand = demand_in(model)
    elif shock.kind == ShockKind.scandal:
        f.scandal[rows] = 1.0
    elif shock.kind == ShockKind.walking_ban:
        model.walking_banned = True
        f.walk[:], f.walk_temptation[:] = 0.0, 0.0
    elif shock.kind == ShockKind.star_leaves:
        stars = np.array([star_of(model, k) for k in rows], np.int64)
        model.stars_leaving = np.concatenate([model.stars_leaving, stars])
    elif shock.kind == ShockKind.desertion:
        for k in rows:
            desert(model, k, months=float(shock.duration))
    elif shock.kind == ShockKind.entrant:
        enter(model)


def relieve(model: Any, shock: Any) -> None:
    """One shock ends."""
    if shock.kind == ShockKind.cost:
        model.table(Firm).view.cost_factor[rows_hit(model, shock)] /= 1.0 + shock.size
    elif shock.kind == ShockKind.recession:
        model.demand = demand_in(model)


def demand_in(model: Any) -> float:
    """Demand relative to the usual, under all recessions of the month."""
    shocks = model.parameters.shocks.values()
    running = [s for s in shocks if s.kind == ShockKind.recession and 0 <= model.month - s.month < s.duration]
    return prod(max(1.0 - s.size, 0.0) for s in running)


def star_of(model: Any, k: int) -> int:
    """The employee of a firm to whom most customers are attached; -1 if it has none."""
    c, e = model.table(Customer).view, model.table(Employee).view
    mine = np.flatnonzero((c.firm == k) & (c.employee >= 0))
    if not mine.size:
        return -1
    ties = np.bincount(c.employee[mine], weights=c.attachment[mine], minlength=e.firm.size)
    return int(np.argmax(ties))


def desert(model: Any, k: int, months: float) -> None:
    """All customers of a firm leave it at once, and nobody sees it for a while."""
    f = model.table(Firm).view
    f.deserted[k] = max(f.deserted[k], months)
    let_customers_go(model, k)
