"""Rows: agents of one or several tables, in a definite order, as arrays of integers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.base.guests import Guests
from agents.base.table import Table

if TYPE_CHECKING:
    import mesa
    from numpy.typing import ArrayLike


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Agent ``i`` sits in ``tables[which[i]]`` at ``rows[i]`` under ``numbers[i]``."""

    tables: Sequence[Table | Guests]
    which: np.ndarray
    rows: np.ndarray
    numbers: np.ndarray

    @classmethod
    def everyone(cls, tables: Sequence[Table | Guests]) -> Rows:
        """Return who is alive now, in order of birth (as Mesa does)."""
        rows = [np.flatnonzero(table["alive"]) for table in tables]
        which = np.repeat(np.arange(len(rows), dtype=np.uint8), [len(part) for part in rows])
        found = cls(list(tables), which, _joined(rows), _joined(_gather(tables, "number", rows)))
        ids = _joined(_gather(tables, "unique_id", rows))
        return found if (ids[1:] > ids[:-1]).all() else found.take(np.argsort(ids, kind="stable"))

    @classmethod
    def at(cls, table: Table | Guests, rows: np.ndarray) -> Rows:
        """Return the agents of rows of one table."""
        return cls([table], np.zeros(len(rows), np.uint8), rows, table["number"][rows])

    @classmethod
    def of(cls, places: Sequence[tuple[int, int, int]], tables: Sequence[Table | Guests]) -> Rows:
        """Return the agents of the given (which, row, number), each once."""
        found = np.array(list(dict.fromkeys(places)), np.int64).reshape(-1, 3)
        return cls(list(tables), found[:, 0].astype(np.uint8), found[:, 1], found[:, 2])

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, index: Any) -> Rows:
        """Return the agents of an index or a mask."""
        return Rows(self.tables, self.which[index], self.rows[index], self.numbers[index])

    def here(self) -> Rows:
        """Return those who have not left since."""
        here = np.zeros(len(self), np.bool_)
        for table, mine in self.parts():
            rows = self.rows[mine]
            here[mine] = table["alive"][rows] & (table["number"][rows] == self.numbers[mine])
        return self if here.all() else self.take(here)

    def parts(self) -> Iterator[tuple[Table | Guests, Any]]:
        """Give each table in use with an index of its agents (every table, if there are no agents)."""
        if len(self.tables) == 1:
            yield self.tables[0], slice(None)
            return
        counts = np.bincount(self.which, minlength=len(self.tables))
        for t, table in enumerate(self.tables):
            if counts[t] or not len(self):
                yield table, self.which == t

    def column(self, name: str) -> np.ndarray | None:
        """Return a column in the width of Python's numbers; None if not every agent has it."""
        parts = [(table.arrays.get(name), mine) for table, mine in self.parts()]
        arrays = [array for array, _ in parts if array is not None]
        if len(arrays) < len(parts) or not arrays or (len(arrays) > 1 and any(a.ndim > 1 for a in arrays)):
            return None
        dtype = np.result_type(*(_wide(array.dtype) for array in arrays))
        values = np.empty((len(self), *arrays[0].shape[1:]), dtype)
        for array, (_, mine) in zip(arrays, parts, strict=True):
            values[mine] = array[self.rows[mine]]
        return values

    def write(self, name: str, value: ArrayLike) -> bool:
        """Write one value for all, or one for each, into a column; False if not every agent has it."""
        parts = [(table, mine) for table, mine in self.parts() if isinstance(table, Table)]
        if not parts or any(name not in table.agent_type.columns for table, _ in self.parts()):
            return False
        given = np.asarray(value)
        for table, _ in parts:
            if given.shape not in ((), table.shapes[name], (len(self), *table.shapes[name])):
                raise ValueError(
                    f"{name}: one value for all or one for each of {len(self)}, not {given.shape}"
                )
        each = [given.ndim > len(table.shapes[name]) for table, _ in parts]
        accepted = [
            table.accepted(table.agent_type.columns[name], given[mine] if one_each else given)
            for (table, mine), one_each in zip(parts, each, strict=True)
        ]
        for (table, mine), values in zip(parts, accepted, strict=True):
            table.arrays[name][self.rows[mine]] = values
        return True

    def places(self) -> Iterator[tuple[int, int, int]]:
        """Give (which, row, number) of each agent."""
        return zip(self.which.tolist(), self.rows.tolist(), self.numbers.tolist(), strict=True)

    def turns(self, model: mesa.Model) -> Iterator[tuple[int, Any]]:
        """Give position and agent, leaving out who has left by the time its turn comes."""
        for position, (t, row, number) in enumerate(self.places()):
            table = self.tables[t]
            if table.holds(row, number):
                yield position, table.handle(model, row, number)

    def agents(self, model: mesa.Model) -> Iterator[Any]:
        """Give each agent, likewise."""
        return (agent for _, agent in self.turns(model))


def _gather(tables: Sequence[Table | Guests], name: str, rows: list[np.ndarray]) -> list[np.ndarray]:
    return [table[name][part] for table, part in zip(tables, rows, strict=True)]


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _wide(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Return the type that holds what Python would: no overflow, sums in double precision."""
    return np.dtype({"f": np.float64, "i": np.int64}.get(dtype.kind, dtype))
