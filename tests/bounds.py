"""Every declared number of the parameters, and what must change along with it at the ends of its range."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

from agents.base.parameters import declared
from agents.customer import bonds
from sim import Parameters

TYPES = tuple(f"population.{name}_share" for name in ("selfish", "mild", "strong", "fierce"))
SIDES = ("customers", "employees", "suppliers", "shareholders", "community", "reserve")
BONDS = tuple(f"bonds.{bond}_weight" for bond in bonds.BONDS)
WHOLES = (TYPES, BONDS)
"""Numbers that sum to one."""
TOO_BIG = {
    "population.customers": 400,
    "burn_in": 60,
    "supplier.suppliers": 300,
    "shareholder.shareholders": 300,
}
"""Sizes whose upper bound is a matter of memory and patience, and the size tried instead."""


class End(NamedTuple):
    """One number at one end of its range."""

    key: str
    value: float


ALONG: dict[End, dict[str, float]] = {
    End("population.taste_low", 3): {"population.taste_high": 3.0},
    End("population.taste_high", 0): {"population.taste_low": 0.0},
    End("policy.fairness.maximin.floor", 0.2): {"policy.fairness.maximin.kept": 0.0},
    End("policy.fairness.maximin.kept", 1): {"policy.fairness.maximin.floor": 0.0},
}
"""What a valid configuration asks for beside."""


def numbers_of(part: Any, prefix: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Key, value and description of every number declared in nested groups."""
    for name, _, about in declared(type(part)):
        yield f"{prefix}{name}", getattr(part, name), about
    for field in fields(part):
        inner = getattr(part, field.name)
        if is_dataclass(inner):
            yield from numbers_of(inner, f"{prefix}{field.name}.")


def ends() -> Iterator[End]:
    """Both ends of every number that has a range; of the first firm's entry too."""
    parameters = Parameters()
    of_firm = numbers_of(parameters.firms["focal"], "firms.focal.")
    for key, value, about in (*numbers_of(parameters), *of_firm):
        if isinstance(value, bool) or about["low"] is None:
            continue
        for bound in (about["low"], about["high"]):
            yield End(key, TOO_BIG.get(key, bound) if bound == about["high"] else bound)


def changes_for(end: End) -> dict[str, Any]:
    """The number itself, and what makes it matter or keeps the parameters valid."""
    changes: dict[str, Any] = {end.key: end.value}
    group, _, name = end.key.rpartition(".")
    sides = tuple(f"{group}.{side}" for side in SIDES) if group.startswith("policy.fairness.") else ()
    for whole in (*WHOLES, sides):
        if end.key in whole:
            changes |= {key: (1.0 - end.value) / (len(whole) - 1) for key in whole if key != end.key}
    changes |= ALONG.get(end, {})
    if group.startswith("policy."):
        _, family, option = group.split(".")
        changes[f"firms.focal.{family}"] = option
    if name == "brand_weight" or group == "repertoire":
        changes["market.buying"] = "repertoire"
    if group == "market" and name.startswith("entry"):
        changes["market.entrants"] = 1
    return changes
