"""Forks: one world becomes two, with the same people and the same luck."""

import copy
from dataclasses import fields, replace
from typing import Any

from agents import Firm
from agents.firm import SERVICE_LEVERS
from agents.policies import FirmEntry
from sim.adopting import adopt, level_of, levels_rest_on
from sim.setup import prepare_laws
from sim.shocks import Shock


def fork(model: Any, changes: dict[str, Any]) -> Any:
    """A copy of a world with other parameters from now on.

    A fork without changes goes on bit for bit as the unbroken run would.

    Raises
    ------
    ValueError
        If a change concerns who is there, or a shock that has begun: it would need another start.
    """
    other = copied(model)
    if not changes:
        return other
    before = other.parameters
    after = before.changed(**changes)
    refuse_other_people(before, after)
    refuse_another_past(other.month, before.shocks, after.shocks)
    other.take_parameters(after)
    other.recording.parameters = after
    prepare_laws(other)
    names, same_levels = [*before.firms], levels_rest_on(after) == levels_rest_on(before)
    for k in range(len(other.entries)):
        configured = k < len(names)
        changes_of_firm = difference(before.firms[names[k]], after.firms[names[k]]) if configured else {}
        if not changes_of_firm and same_levels:
            continue
        entry = replace(other.entries[k], **changes_of_firm)
        opened = configured or bool(other.table(Firm)["alive"][k])
        if other.policies_hold and opened:
            readopt(other, k, entry, before)
        else:
            other.entries[k] = entry
    return other


def readopt(model: Any, k: int, entry: FirmEntry, before: Any) -> None:
    """The firm of row ``k`` follows an entry; levers of which it says what was said stay as they are."""
    table, old = model.table(Firm), (model.entries[k], model.policies[k])
    said = {lever: level_of(lever, *old, before) for lever in SERVICE_LEVERS}
    set_now = {lever: float(table[lever][k]) for lever in SERVICE_LEVERS}
    adopt(model, k, entry)
    for lever, level in said.items():
        if level_of(lever, model.entries[k], model.policies[k], model.parameters) == level:
            table[lever][k] = set_now[lever]


def copied(model: Any) -> Any:
    """A copy of a world; they share the numbers that nobody can change."""
    return copy.deepcopy(model, {id(model.numbers): model.numbers})


def difference(before: FirmEntry, after: FirmEntry) -> dict[str, Any]:
    """What a change sets in a firm's entry; what the firm has learned since the start it keeps."""
    pairs = {f.name: (getattr(before, f.name), getattr(after, f.name)) for f in fields(FirmEntry)}
    return {name: new for name, (old, new) in pairs.items() if new != old}


def refuse_other_people(before: Any, after: Any) -> None:
    """Refuse changes of who is there."""
    fixed = {
        "firms (their names)": lambda p: tuple(p.firms),
        "market.buying": lambda p: p.market.buying,
        "burn_in": lambda p: p.burn_in,
        "population.customers": lambda p: p.population.customers,
        "market.entrants": lambda p: p.market.entrants,
        "employee.pool_per_load": lambda p: p.employee.pool_per_load,
        "supplier.suppliers": lambda p: p.supplier.suppliers,
        "supplier.links": lambda p: p.supplier.links,
        "shareholder.shareholders": lambda p: p.shareholder.shareholders,
    }
    for key, of in fixed.items():
        if of(before) != of(after):
            raise ValueError(f"{key}: cannot change in a fork; make a new model")


def refuse_another_past(month: int, before: dict[str, Shock], after: dict[str, Shock]) -> None:
    """Refuse changes of shocks that began before this month: what they did is not undone."""
    for name in {**before, **after}:
        pair = before.get(name), after.get(name)
        if pair[0] != pair[1] and any(shock is not None and shock.month < month for shock in pair):
            raise ValueError(f"shocks.{name}: began before month {month}; make a new model")
