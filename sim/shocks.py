"""Shocks: what can happen to a market, and when."""

from dataclasses import fields
from enum import StrEnum
from typing import Annotated

from pydantic import model_validator

from agents.base.parameters import group, parameter


class ShockKind(StrEnum):
    """What can happen to a market."""

    entrant = "entrant"
    cost = "cost"
    recession = "recession"
    scandal = "scandal"
    star_leaves = "star_leaves"
    walking_ban = "walking_ban"
    desertion = "desertion"


@group
class Shock:
    """One event at a month: to a firm, or to the market."""

    kind: ShockKind
    month: Annotated[int, parameter("month", "month in which it happens, 0: the first", 0, 100_000)]
    firm: str | None = None
    size: Annotated[float, parameter("1", "size, relative", 0, 10)] = 0.2
    duration: Annotated[int, parameter("month", "months that it lasts", 1, 100_000)] = 12

    @model_validator(mode="after")
    def _all_used(self) -> "Shock":
        used = USED_BY_SHOCKS[self.kind]
        for f in fields(Shock):
            given = getattr(self, f.name)
            if f.name not in ("kind", "month", *used) and given != f.default:
                known = ", ".join(("month", *used))
                raise ValueError(f"{f.name} = {given}: nothing uses it in a {self.kind}; allowed: {known}")
        return self


USED_BY_SHOCKS: dict[ShockKind, tuple[str, ...]] = {
    ShockKind.entrant: (),
    ShockKind.cost: ("firm", "size", "duration"),
    ShockKind.recession: ("size", "duration"),
    ShockKind.scandal: ("firm",),
    ShockKind.star_leaves: ("firm",),
    ShockKind.walking_ban: (),
    ShockKind.desertion: ("firm", "duration"),
}
"""What each kind of shock reads beside its month."""
