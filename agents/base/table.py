"""Tables: all agents of one type, as arrays by column."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.base.columns import BUILTIN, Column, no_such_column
from agents.base.compile import COMPILING

if TYPE_CHECKING:
    from mesa import Model
    from numpy.typing import ArrayLike

    from agents.base.agent import ColumnAgent


_DERIVED = ("arrays", "view", "records", "_type", "flows", "flow_defaults")


@cache
def _record_type(kinds: tuple[tuple[str, np.dtype[Any], tuple[int, ...]], ...]) -> np.dtype[Any]:
    """One and the same type object for the same fields: Numba then knows it at a glance."""
    return np.dtype([kind if kind[2] else kind[:2] for kind in kinds], align=True)


class View:
    """The columns of a table as attributes, and its records by row."""

    def __init__(self, arrays: Mapping[str, np.ndarray], records: np.ndarray) -> None:
        self.__dict__.update(arrays, _records=records.view(np.recarray))

    def __getitem__(self, row: int) -> Any:
        return self._records[row]

    def __setitem__(self, row: int, record: Any) -> None:
        self._records[row] = record.item()

    def __len__(self) -> int:
        return len(self._records)

    if TYPE_CHECKING:
        _records: np.recarray

        def __getattr__(self, name: str) -> np.ndarray: ...


class AgentGoneError(LookupError):
    """The agent asked for has left, or never was."""


class Table:
    """All agents of one type: a record per agent, an array per column.

    All numbers of an agent lie side by side in one record, because a loop over agents reads many of
    them at once; loops take the records as one argument, whose columns are its attributes.

    Rows stay where they are. An agent who leaves keeps its row, dead, until `reuse` gives the row to
    a newcomer with a new number. `append` may move the arrays: take views after the agents are made.

    Parameters
    ----------
    agent_type
        The class that declares the columns.
    size
        How many agents to start with, with default values.
    widths
        Lengths of columns that are declared as wide as something named, such as ``{"firms": 5}``.
    others
        The tables of a model by type, those to come included: what links may name rows of.

    Attributes
    ----------
    arrays
        The arrays by name: the columns declared, and ``unique_id``, ``alive`` and ``number``.
    view
        The columns as attributes, for Python.
    records
        The records as one array, whose columns are attributes to compiled loops.
    """

    def __init__(
        self,
        agent_type: type[ColumnAgent],
        size: int = 0,
        widths: Mapping[str, int] | None = None,
        others: Mapping[type[ColumnAgent], Table] | None = None,
    ) -> None:
        self.others = {} if others is None else others
        self.agent_type, self.size, self.next_number = agent_type, 0, 0
        self.shapes = {name: column.row_shape(widths or {}) for name, column in agent_type.columns.items()}
        self._type, self._memory = self._record_type(), np.zeros(0, np.uint8)
        self._first_flow, self._default = self._flows_of_a_record()
        self._renew_arrays()
        if size:
            self.append(size)

    def __len__(self) -> int:
        return self.size

    def __getitem__(self, name: str) -> np.ndarray:
        return self.arrays[name]

    def __repr__(self) -> str:
        return f"<Table of {self.count()} {self.agent_type.__name__} in {self.size} rows>"

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is only another look at the same arrays, so that a copy stays one table."""
        return {name: value for name, value in vars(self).items() if name not in _DERIVED}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        self.__dict__.update(kept)
        self._type = self._record_type()
        self._renew_arrays()

    # -- reading -----------------------------------------------------------------------------------

    def count(self) -> int:
        """Return how many agents are alive."""
        return int(np.count_nonzero(self.arrays["alive"]))

    def row_of(self, number: int) -> int:
        """Return the row of the living agent of a number."""
        if isinstance(number, bool) or not isinstance(number, int | np.integer):
            raise TypeError(f"a {self.agent_type.__name__} is found by its number, not by {number!r}")
        numbers, alive = self.arrays["number"], self.arrays["alive"]
        if 0 <= number < self.size and numbers[number] == number and alive[number]:
            return number
        rows = np.flatnonzero((numbers == number) & alive)
        if not rows.size:
            raise AgentGoneError(f"no {self.agent_type.__name__} has the number {number} now")
        return int(rows[0])

    def holds(self, row: int, number: int) -> bool:
        """Whether the agent of a row and number is still here."""
        return bool(self.arrays["number"][row] == number and self.arrays["alive"][row])

    def handle(self, model: Model, row: int, number: int) -> ColumnAgent:
        """Return the agent of a row."""
        return self.agent_type._bound(model, self, row, number)

    def copied(self) -> np.ndarray:
        """Return all records as they are now, as an array of their own.

        They are copied as bytes: number by number NumPy takes a hundred times as long.
        """
        return self._as_records(self._memory[: self.size * self._type.itemsize].copy())

    def row_apart(self) -> Any:
        """Return room for one record apart from the table, as loops take it."""
        record = np.zeros(1, self._type)
        return record if COMPILING else View({name: record[name] for name in self.arrays}, record)

    def check(self) -> None:
        """Raise a ValueError with a line for every column that is outside its bounds or not finite."""
        columns = self.agent_type.columns.items()
        found = [column.complaint(self.arrays[name], self.rows_linked(column)) for name, column in columns]
        lines = [line for line in found if line]
        if lines:
            raise ValueError("\n".join(lines))

    def rows_linked(self, column: Column, more: int = 0) -> int | None:
        """How many agents a link may name, ``more`` about to join this table; None where nobody knows."""
        if not column.to:
            return None
        if column.to == self.agent_type.__name__:
            return self.size + more
        sizes = [len(table) for kind, table in self.others.items() if kind.__name__ == column.to]
        return sizes[0] if sizes else None

    def accepted(self, column: Column, values: ArrayLike, more: int = 0) -> np.ndarray:
        """Return the values in a column's type, or raise a ValueError that says what is allowed."""
        cast = column.accept(values)
        rows = self.rows_linked(column, more) if column.to else None
        if rows is not None and cast.size and cast.max() >= rows:
            raise ValueError(
                f"{column.label} = {cast.max()} is not allowed; allowed: {column.rows_allowed(rows)}"
            )
        return cast

    # -- writing -----------------------------------------------------------------------------------

    def append(
        self,
        n: int,
        /,
        *,
        first_id: int | None = None,
        numbers: ArrayLike | None = None,
        **values: Any,
    ) -> slice:
        """Add ``n`` agents and return their rows; values are one number for all or one for each."""
        accepted = self._accepted(values, n, n)
        rows = slice(self.size, self.size + n)
        fresh = self._fresh(n, numbers)
        self._grow(n)
        self._welcome(rows, first_id, fresh)
        self._fill(rows, accepted)
        return rows

    def reuse(
        self,
        rows: np.ndarray,
        /,
        *,
        first_id: int | None = None,
        numbers: ArrayLike | None = None,
        **values: Any,
    ) -> None:
        """Give rows of agents who left to newcomers: new numbers, values as given or at their default."""
        rows = np.asarray(rows)
        if np.unique(rows).size != rows.size or self.arrays["alive"][rows].any():
            raise ValueError(f"{self.agent_type.__name__}: reuse only rows whose agent has left, each once")
        accepted = self._accepted(values, rows.size)
        self._welcome(rows, first_id, self._fresh(rows.size, numbers))
        self._fill(rows, {name: column.default for name, column in self.agent_type.columns.items()})
        self._fill(rows, accepted)

    def start_month(self) -> None:
        """Set every flow back to its default."""
        self.flows[:] = self.flow_defaults

    # -- inside ------------------------------------------------------------------------------------

    def _accepted(self, values: Mapping[str, Any], n: int, more: int = 0) -> dict[str, np.ndarray]:
        """Return values in their columns' types, checked, before anything is written."""
        accepted = {}
        for name, value in values.items():
            column = self.agent_type.columns.get(name)
            if column is None:
                raise TypeError(no_such_column(self.agent_type, name))
            accepted[name] = self.accepted(column, value, more)
            shape, row = accepted[name].shape, self.shapes[name]
            if shape not in ((), row, (n, *row)):
                raise ValueError(
                    f"{self.agent_type.__name__}.{name}: one value for all or {(n, *row)}, not {shape}"
                )
        return accepted

    def _grow(self, n: int) -> None:
        """Make room for ``n`` more rows, at their defaults."""
        first, self.size = self.size, self.size + n
        capacity = len(self._memory) // self._type.itemsize
        if self.size > capacity:
            room = self.size if not capacity else max(self.size, 2 * capacity)
            old, self._memory = self._memory, np.zeros(room * self._type.itemsize, np.uint8)
            self._memory[: len(old)] = old
        self._renew_arrays()
        for name, column in self.agent_type.columns.items():
            if column.default:
                self.arrays[name][first:] = column.default

    def _record_type(self) -> np.dtype[Any]:
        """Return the type of one agent's record: all its numbers side by side, flows last, widest first."""
        columns = self.agent_type.columns
        kinds: list[tuple[bool, str, np.dtype[Any], tuple[int, ...]]]
        kinds = [(False, name, dtype, ()) for name, dtype in BUILTIN.items()]
        kinds += [(c.kind == "flow", name, c.dtype, self.shapes[name]) for name, c in columns.items()]
        kinds.sort(key=lambda kind: (kind[0], -kind[2].itemsize))
        return _record_type(tuple((name, dtype, shape) for _, name, dtype, shape in kinds))

    def _as_records(self, memory: np.ndarray) -> np.ndarray:
        """The records that some bytes hold."""
        size = self._type.itemsize
        return np.ndarray(len(memory) // size, self._type, memory)

    def _renew_arrays(self) -> None:
        size = self._type.itemsize
        memory = self._memory[: self.size * size]
        records = self._as_records(memory)
        self.arrays = {name: np.asarray(records[name]) for name in records.dtype.names or ()}
        self.view = View(self.arrays, records)
        self.records: Any = records if COMPILING else self.view
        first = self._first_flow
        self.flows, self.flow_defaults = memory.reshape(-1, size)[:, first:], self._default[first:]

    def _flows_of_a_record(self) -> tuple[int, np.ndarray]:
        """The byte at which flows begin in a record, and a record in bytes with flows at their defaults."""
        flows = {name: column for name, column in self.agent_type.columns.items() if column.kind == "flow"}
        fields: Any = self._type.fields or {}
        default: Any = np.zeros(1, self._type)
        for name, column in flows.items():
            default[name] = column.default
        first = min((fields[name][1] for name in flows), default=self._type.itemsize)
        return first, np.frombuffer(default.tobytes(), np.uint8)

    def _fresh(self, n: int, numbers: ArrayLike | None) -> np.ndarray:
        """Return ``n`` numbers that nobody has: the next ones, or those given."""
        if numbers is None:
            return np.arange(self.next_number, self.next_number + n)
        given = np.asarray(numbers, np.int64)
        old = given.min(initial=self.next_number) < self.next_number
        taken = old and np.isin(given, self.arrays["number"]).any()
        if taken or given.shape != (n,) or np.unique(given).size != n:
            raise ValueError(f"{self.agent_type.__name__}: {n} different numbers needed that nobody has")
        return given

    def _welcome(self, rows: Any, first_id: int | None, numbers: np.ndarray) -> None:
        """Give new agents their identity."""
        if first_id is None:
            first_id = 1 + int(self.arrays["unique_id"].max(initial=0))
        self.arrays["number"][rows] = numbers
        self.arrays["unique_id"][rows] = np.arange(first_id, first_id + numbers.size)
        self.arrays["alive"][rows] = True
        self.next_number = max(self.next_number, 1 + int(numbers.max(initial=-1)))

    def _fill(self, rows: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            self.arrays[name][rows] = value
