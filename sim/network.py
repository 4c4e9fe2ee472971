"""Whom customers talk to: contacts are addressed, not stored."""

from typing import Any

from agents.base.compile import loop
from agents.base.streams import uniforms
from sim.streams import CONTACTS


@loop
def contact(seed: Any, row: Any, place: Any, customers: Any, rewired_share: Any) -> Any:
    """Row of a customer's contact number ``place``.

    The contacts of a place in the market stay with it: neighbours on a ring (alternately right and
    left), each replaced by somebody at random with probability ``rewired_share`` (after Watts and
    Strogatz 1998, doi 10.1038/30918; directed). Nobody talks to itself, unless alone.
    """
    if customers < 2:
        return row
    u = uniforms(seed, CONTACTS, 0, row, place)
    if u[0] < rewired_share:
        other = min(int(u[1] * (customers - 1)), customers - 2)
        return other + 1 if other >= row else other
    step = place // 2 % (customers - 1) + 1  # once round, among few
    return (row + step) % customers if place % 2 == 0 else (row - step) % customers
