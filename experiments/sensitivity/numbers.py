"""The numbers that are moved, and the part of its declared range in which each one moves."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

import numpy as np

from agents.base.parameters import declared
from agents.customer.bonds import BONDS
from sim import Parameters

LEFT_OUT = {
    "policy": "its options are what the experiments compare",
    "repertoire": "nobody buys by repertoire in these markets",
    "switches": "on or off, no numbers; the experiment `ablation` moves them",
}
"""Groups that stand still, and why."""
WHOLES = (
    tuple(f"population.{kind}_share" for kind in ("selfish", "mild", "strong", "fierce")),
    tuple(f"bonds.{bond}_weight" for bond in BONDS),
)
"""Numbers that sum to one."""
ORDERED = (
    ("population.taste_low", "population.taste_high"),
    ("population.relationship_need_low", "population.relationship_need_high"),
)
"""Numbers of which the first must not exceed the second."""


class Number(NamedTuple):
    """One number of the parameters: its default, and the ends between which it moves."""

    key: str
    default: float
    low: float
    high: float

    @property
    def group(self) -> str:
        """The group of parameters to which it belongs."""
        return self.key.partition(".")[0]

    @property
    def moves(self) -> bool:
        """Whether there is room to move in."""
        return self.high > self.low

    def at(self, place: float) -> float:
        """The value at a place between the low end (0), the default (1/2) and the high end (1).

        Equal steps are equal factors where both ends of a half have one sign, else equal differences.
        """
        if place < 0.5:
            start, stop, way = self.low, self.default, 2.0 * place
        else:
            start, stop, way = self.default, self.high, 2.0 * place - 1.0
        return float(start * (stop / start) ** way if start * stop > 0.0 else start + (stop - start) * way)


def numbers_that_move(span: float | None) -> list[Number]:
    """Every number that has a range, sizes and counts left out.

    Parameters
    ----------
    span : float, optional
        Numbers move between their default over it and their default times it, within their declared
        bounds; a default of zero then leaves no room. In the whole declared range if left out.
    """
    found = [number for number in all_numbers(span) if number.moves]
    return sorted(found, key=lambda number: number.group)


def all_numbers(span: float | None) -> Iterator[Number]:
    """Every number of the groups that are looked at, with its ends."""
    parameters = Parameters()
    for field in fields(parameters):
        part = getattr(parameters, field.name)
        if field.name in LEFT_OUT or not is_dataclass(part):
            continue
        for name, _, about in declared(type(part)):
            default = getattr(part, name)
            if isinstance(default, float) and about["low"] is not None:
                ends = ends_of(default, about["low"], about["high"], span)
                yield Number(f"{field.name}.{name}", default, *ends)


def ends_of(default: float, low: float, high: float, span: float | None) -> tuple[float, float]:
    """The ends between which a number moves."""
    if span is None:
        return float(low), float(high)
    one, other = sorted((default / span, default * span))
    return max(float(low), one), min(float(high), other)


def changes_at(numbers: Sequence[Number], places: np.ndarray) -> dict[str, float]:
    """Parameters at some places of all numbers; what must sum to one, or stand in order, is made to."""
    values = {number.key: number.at(place) for number, place in zip(numbers, places, strict=True)}
    standing: dict[str, Any] = {number.key: number.default for number in all_numbers(None)}
    for whole in WHOLES:
        if any(key in values for key in whole):
            parts = {key: values.get(key, standing[key]) for key in whole}
            total = sum(parts.values())
            values |= {key: part / total if total else 1.0 / len(parts) for key, part in parts.items()}
    for low, high in ORDERED:
        if low in values or high in values:
            pair = sorted(values.get(key, standing[key]) for key in (low, high))
            values |= dict(zip((low, high), pair, strict=True))
    return values
