"""Watches one uncompiled year of two small markets, and says what each event reads and writes.

Run as a program, with compilation off (NUMBA_DISABLE_JIT=1); prints JSON. Reads are what the event
looked at; writes are what it set, and what differs after it. Rare branches are met on purpose: every
kind of shock, a member of the industry body, learners, entrants. What no branch of this year met is
not seen.
"""

import json
import sys
from typing import Any

import numpy as np

from agents.base.sheet import Sheet
from agents.base.table import Table
from docs.generate.everything import FIRMS, SHOCKS
from sim import Reciprocity, Record
from sim.market import Buying
from sim.schedule import MONTH

MONTHS = 13
SETTINGS: dict[str, Any] = {
    "burn_in": 0,
    "population.customers": 90,
    "population.moving_rate": 0.03,
    "population.offers_mean": 0.8,
    "supplier.suppliers": 3,
    "shareholder.shareholders": 2,
    "employee.full_load": 6,
    "employee.reference_wage": 90,
    "levers.fixed_overhead": 0,
    "market.cash_reserve": 0,
    "market.entrants": 2,
    "market.entry_rate": 1,
    "market.viable_customers": 1,
    "industry_body.audit_rate": 0.5,
    "temptation.departure_rate": 1,
    "temptation.departure_horizon": 120,
}

reads: set[str] = set()
writes: set[str] = set()


class SpiedColumn(np.ndarray):
    """A column that notes who looks at it and who sets it."""

    label = ""

    def __array_finalize__(self, source: Any) -> None:
        self.label = getattr(source, "label", "")

    def __getitem__(self, key: Any) -> Any:
        reads.add(self.label)
        return np.ndarray.__getitem__(self.view(np.ndarray), key)

    def __setitem__(self, key: Any, value: Any) -> None:
        writes.add(self.label)
        np.ndarray.__setitem__(self.view(np.ndarray), key, plain(value))

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if "out" in options:
            writes.update(out.label for out in options["out"] if isinstance(out, SpiedColumn))
            options["out"] = tuple(plain(out, noted=False) for out in options["out"])
        return getattr(ufunc, method)(*(plain(value) for value in inputs), **options)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        return function(*(plain(value) for value in arguments), **{k: plain(v) for k, v in options.items()})

    def astype(self, *arguments: Any, **options: Any) -> Any:
        """The values in another type, noted as read."""
        return plain(self).astype(*arguments, **options)

    def copy(self, order: Any = "C") -> Any:
        """The values, noted as read."""
        return plain(self).copy(order)


def plain(value: Any, noted: bool = True) -> Any:
    """A value without its spy; noted as read."""
    if isinstance(value, tuple | list):
        return type(value)(plain(part, noted) for part in value)
    if not isinstance(value, SpiedColumn):
        return value
    if noted:
        reads.add(value.label)
    return value.view(np.ndarray)


class SpiedRow:
    """One record that notes what is looked at."""

    def __init__(self, table: "SpiedRecords", row: int) -> None:
        self.__dict__.update(_table=table, _row=row)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)[self._row]

    def item(self) -> Any:
        """The whole record; whoever asks for it notes what it looks at."""
        return self._table._array[self._row].item()


class SpiedRecords:
    """All records of a table, whose columns are spied."""

    def __init__(self, table: Table, spied: dict[str, SpiedColumn]) -> None:
        self.__dict__.update(_array=table.view, _spied=spied)

    def __getattr__(self, name: str) -> Any:
        return self._spied[name] if name in self._spied else getattr(self._array, name)

    def __getitem__(self, row: int) -> SpiedRow:
        return SpiedRow(self, row)

    def __setitem__(self, row: int, record: Any) -> None:
        self._array[row] = record

    def __len__(self) -> int:
        return len(self._array)


def spy_on(table: Table) -> None:
    """Put spies before all columns of a table."""
    spied = {}
    for name, array in table.arrays.items():
        spied[name] = array.view(SpiedColumn)
        spied[name].label = f"{table.agent_type.__name__}.{name}"
    table.view = table.records = SpiedRecords(table, spied)  # type: ignore[assignment]
    table.arrays = spied  # type: ignore[assignment]


def spy_on_sheets() -> None:
    """Note what is looked at on sheets of single agents."""
    original = Sheet.__getattribute__

    def noted(self: Any, name: str) -> Any:
        table = original(self, "__dict__").get("_table")
        if table is not None and name in table.arrays:
            reads.add(f"{table.agent_type.__name__}.{name}")
        return original(self, name)

    Sheet.__getattribute__ = noted  # type: ignore[method-assign]


def values(model: Reciprocity) -> dict[str, np.ndarray]:
    """A copy of every column."""
    return {
        f"{kind.__name__}.{name}": np.array(array.view(np.ndarray))
        for kind, table in model.tables.items()
        for name, array in table.arrays.items()
    }


def watch() -> list[tuple[list[str], list[str]]]:
    """What each event of the month read and wrote, over all months, in markets of both kinds of buying."""
    seen: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in MONTH]
    spy_on_sheets()
    for kind in Buying:
        settings = {**SETTINGS, "market.buying": str(kind)}
        record = Record(leavers=False, purchases=False)
        watch_one(Reciprocity(rng=3, record=record, firms=FIRMS, shocks=SHOCKS, **settings), seen)
    return [(sorted(read), sorted(wrote)) for read, wrote in seen]


def watch_one(model: Reciprocity, seen: list[tuple[set[str], set[str]]]) -> None:
    """Add what each event of a model's months read and wrote."""
    known = set(values(model)) - {f"{kind.__name__}.unique_id" for kind in model.tables}
    model.take_effect()
    for table in model.tables.values():
        spy_on(table)
    for _ in range(MONTHS):
        for found, event in zip(seen, MONTH, strict=True):
            before = values(model)
            reads.clear()
            writes.clear()
            event.does(model)
            after = values(model)
            changed = {name for name in before if not np.array_equal(before[name], after[name])}
            found[0].update(reads & known)
            found[1].update((writes | changed) & known)
        model.ledger.close_month()
        model.clock += 1


if __name__ == "__main__":
    json.dump(watch(), sys.stdout)
