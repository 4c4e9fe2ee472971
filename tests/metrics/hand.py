"""Recordings written by hand, and a small market."""

from typing import Any

import numpy as np

from agents import Firm
from agents.base.table import Table
from sim import Parameters, Record
from sim.recording import LEAVER, Recording

SMALL: dict[str, Any] = {"population.customers": 2400, "supplier.suppliers": 6, "shareholder.shareholders": 6}


def pencil(months: int, firms: int = 1, *, first: int = 0, **columns: Any) -> Recording:
    """A recording from month ``first``, by hand: columns broadcast to (months, firms); all else is 0."""
    recording = Recording(Record(), [f"firm_{k}" for k in range(firms)], Parameters())
    recording.months = list(range(first, first + months))
    columns = {"customers": 1.0, "alive": True, **columns}
    for month in range(months):
        table: Any = np.zeros(firms, Table(Firm).copied().dtype)
        for name, values in columns.items():
            table[name] = np.broadcast_to(np.asarray(values), (months, firms))[month]
        recording._firms.append(table)
        recording._moves.append(np.zeros((firms + 1, firms + 2)))
        recording._market.append((100.0, 1.0, 20.0, 0.0, 0.0, 0.0))
    return recording


def with_leavers(recording: Recording, rows: list[dict[str, int]]) -> Recording:
    """Add leavers; what is not said is 0."""
    part = np.zeros(len(rows), LEAVER)
    for place, row in enumerate(rows):
        for name, value in row.items():
            part[name][place] = value
    recording._leavers = [part]
    return recording


def down(*values: float) -> np.ndarray:
    """A column of months."""
    return np.array(values, float)[:, None]
