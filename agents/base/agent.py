"""Agents as handles: a `mesa.Agent` that is a row of a table, made on demand."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar, Self

import mesa
import numpy as np

from agents.base.columns import Column, declared, no_such_column
from agents.base.table import AgentGoneError, Table

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped]

    from agents.base.agentset import ColumnAgentSet
    from agents.base.model import ColumnModel

_TAKEN = ("model", "pos", "first_id", "numbers")  # attributes of objects, arguments of tables


class ColumnAgent(mesa.Agent):
    """An agent whose numbers are columns.

    An object is a handle on one row: cheap, made whenever somebody asks, equal to every other handle
    on the same agent. It remembers its number, and raises `AgentGoneError` once its row belongs to
    somebody else. Attributes are the columns declared on the class; any other name is an error.

    Parameters
    ----------
    model
        The `ColumnModel` that the agent joins.
    **values
        Its first values, by column; the others start at their default.
    """

    columns: ClassVar[dict[str, Column]] = {}
    Columns: ClassVar[type[Any]]  # the named tuple class of all arrays

    model: ColumnModel
    _table: Table
    _row: int
    _number: int

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.columns = declared(cls)
        for name in cls.columns:
            if hasattr(ColumnAgent, name) or name in _TAKEN:
                raise TypeError(f"{cls.__name__}.{name}: every agent already has an attribute of this name")

    def __init__(self, model: ColumnModel, **values: Any) -> None:
        table = model.table_for(type(self))
        row = table.append(1, first_id=model.agent_id_counter, **values).start
        self._bind(model, table, row, table.arrays["number"][row].item())
        model.register_agent(self)

    @classmethod
    def create_agents(cls, model: ColumnModel, n: int, *args: Any, **values: Any) -> ColumnAgentSet[Self]:
        """Make ``n`` agents; each value is one number for all, or a sequence of ``n``."""
        if args:
            raise TypeError(f"{cls.__name__} takes its values by name of column")
        if cls.__init__ is ColumnAgent.__init__:
            return model.add_agents(cls, n, **values)
        each = {name: np.ndim(value) > 0 and len(value) == n for name, value in values.items()}
        made = [
            cls(model, **{name: value[i] if each[name] else value for name, value in values.items()})
            for i in range(n)
        ]
        return model.agents_by_type[cls].among(made)

    @classmethod
    def from_dataframe(cls, model: ColumnModel, df: DataFrame, **values: Any) -> ColumnAgentSet[Self]:
        """Make an agent from each row of a frame; ``values`` are the same for all."""
        for name, value in values.items():
            if np.ndim(value):
                raise TypeError(f"from_dataframe takes one {name!r} for all; make it a column of the frame")
        return cls.create_agents(model, len(df), **{str(c): df[c].to_numpy() for c in df}, **values)

    @classmethod
    def at(cls, model: ColumnModel, row: int) -> Self:
        """Return the agent of a row."""
        table = model.table(cls)
        return cls._bound(model, table, row, table.arrays["number"][row].item())

    @classmethod
    def _bound(cls, model: ColumnModel, table: Table, row: int, number: int) -> Self:
        agent = object.__new__(cls)
        agent._bind(model, table, row, number)
        return agent

    def _bind(self, model: ColumnModel, table: Table, row: int, number: int) -> None:
        own = self.__dict__
        own["model"], own["_table"], own["_row"], own["_number"] = model, table, row, number

    def _own_row(self) -> int:
        """Return the row, or raise if it belongs to somebody else by now."""
        owner = self._table.arrays["number"][self._row]
        if owner != self._number:
            raise AgentGoneError(f"{self!r} has left: its row {self._row} now belongs to number {owner}")
        return self._row

    @property
    def row(self) -> int:
        """The row in the table's arrays."""
        return self._own_row()

    @property
    def number(self) -> int:
        """The number within the type, the same for ever."""
        return self._number

    @property
    def unique_id(self) -> int:
        """Mesa's number, unique across types."""
        return int(self._table.arrays["unique_id"][self._own_row()])

    @property
    def alive(self) -> bool:
        """Whether the agent is in the model."""
        return self._table.holds(self._row, self._number)

    @classmethod
    def settable(cls, name: str) -> None:
        """Raise an AttributeError unless a name is a column or a property that can be set."""
        if not hasattr(getattr(cls, name, None), "__set__"):
            raise AttributeError(no_such_column(cls, name))

    def __setattr__(self, name: str, value: Any) -> None:
        self.settable(name)
        object.__setattr__(self, name, value)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        model, table = copy.deepcopy((self.model, self._table), memo)
        return self._bound(model, table, self._row, self._number)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ColumnAgent)
            and other._table is self._table
            and other._row == self._row
            and other._number == self._number
        )

    def __hash__(self) -> int:
        return hash((id(self._table), self._row, self._number))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._number}>"
