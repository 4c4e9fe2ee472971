"""Small worlds for tests, and what two of them have in common."""

from typing import Any

import numpy as np

from agents import Firm
from agents.policies import FirmEntry
from sim import Parameters, Reciprocity

SMALL = {"population.customers": 200, "burn_in": 3}
"""A market that a test can afford."""


def world(parameters: Any = None, **options: Any) -> Reciprocity:
    """A market; dotted keys may stand among the options."""
    return Reciprocity(parameters, **options)


def small(**options: Any) -> Reciprocity:
    """A small market of the five default firms."""
    return world(**{**SMALL, **options})


def alike(firms: int, entry: FirmEntry, **options: Any) -> Reciprocity:
    """A market of firms that are all the same."""
    return world(Parameters(firms={f"firm_{k}": entry for k in range(firms)}), **options)


def state_of(model: Reciprocity) -> dict[str, np.ndarray]:
    """Every number of every agent, and the ledger's, as copies."""
    state = {
        f"{kind.__name__}.{name}": array.copy()
        for kind, table in model.tables.items()
        for name, array in table.arrays.items()
    }
    state |= {"flows": model.ledger.flows.copy(), "balances": model.ledger.balances.copy()}
    return state | {"receipts": model.last_receipts.copy(), "moves": model.moves.copy()}


def different(one: Reciprocity, other: Reciprocity) -> set[str]:
    """Names of the columns in which two worlds differ in any bit."""
    left, right = state_of(one), state_of(other)
    assert left.keys() == right.keys()
    return {name for name in left if left[name].tobytes() != right[name].tobytes()}


def row_of(model: Reciprocity, firm: str) -> int:
    """The row of a firm by its name."""
    return model.firm_names.index(firm)


def force(model: Reciprocity, firm: str, **values: float) -> None:
    """Set numbers of one firm by hand."""
    for name, value in values.items():
        model.table(Firm)[name][row_of(model, firm)] = value
