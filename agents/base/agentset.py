"""Mesa's sets of agents, over columns: the same verbs, the same order, the same draws.

What differs from Mesa's own sets, on purpose: `ColumnAgentSet.get` of a column gives an array rather
than a list, ``set`` also takes one value for each agent, ``where`` is added, and nobody joins or leaves
by way of a set.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NoReturn, Self

import numpy as np
from mesa.agentset import AbstractAgentSet, GroupBy

from agents.base.agent import ColumnAgent
from agents.base.guests import Guests
from agents.base.rows import Rows
from agents.base.table import AgentGoneError, Table

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from agents.base.model import ColumnModel

__all__ = ["AgentGoneError", "ColumnAgent", "ColumnAgentSet", "ColumnGroupBy"]

_OVER_ARRAYS: dict[Any, Callable[[Any], Any]] = {
    builtins.sum: lambda values: np.sum(values).item(),
    builtins.min: lambda values: np.min(values).item(),
    builtins.max: lambda values: np.max(values).item(),
}


class ColumnGroupBy(GroupBy):
    """Groups whose ``agg`` works on columns."""

    def agg(self, attr_name: str, func: Callable[[Any], Any]) -> dict[Any, Any]:
        """Return the aggregate of an attribute by group."""
        return {key: group.agg(attr_name, func) for key, group in self.groups.items()}


class ColumnAgentSet[A: ColumnAgent](AbstractAgentSet):
    """Agents in a definite order, as rows of tables.

    Without ``rows`` the set is everyone alive in its tables, as of the moment one asks. With ``rows`` it
    is a selection, which forgets those who leave.
    """

    def __init__(
        self, model: ColumnModel, tables: Sequence[Table | Guests], rows: Rows | None = None
    ) -> None:
        self.model, self.random = model, model.random
        self._tables, self._rows = tables, rows
        self._members: set[tuple[int, int, int]] | None = None

    # -- who ---------------------------------------------------------------------------------------

    def _now(self) -> Rows:
        return Rows.everyone(self._tables) if self._rows is None else self._rows.here()

    def _taking(self, rows: Rows, inplace: bool = False) -> Self:
        if not inplace:
            return type(self)(self.model, rows.tables, rows)
        self._tables, self._rows, self._members = rows.tables, rows, None
        return self

    def _place(self, agent: Any, tables: Sequence[Table | Guests]) -> tuple[int, int, int] | None:
        """Return (which, row, number) of an agent, None if it is in none of the tables."""
        for t, table in enumerate(tables):
            if isinstance(agent, ColumnAgent) and agent._table is table:
                return t, agent._row, agent._number
            if isinstance(table, Guests) and not isinstance(agent, ColumnAgent) and agent in table.rows:
                return t, table.rows[agent], table.rows[agent]
        return None

    def among(self, agents: Iterable[Any]) -> Self:
        """Return the set of the given agents of this model, in their order."""
        places = []
        for agent in agents:
            place = self._place(agent, self.model.kinds)
            if place is None:
                raise ValueError(f"{agent!r} is not an agent of this model")
            places.append(place)
        return self._taking(Rows.of(places, self.model.kinds))

    _from_iterable = among  # what &, | and - of sets are made with

    def _update(self, agents: Iterable[Any]) -> Self:
        return self._taking(self.among(agents)._now(), inplace=True)

    def __len__(self) -> int:
        return sum(table.count() for table in self._tables) if self._rows is None else len(self._now())

    def __iter__(self) -> Iterator[A]:
        return self._now().agents(self.model)

    def __contains__(self, agent: object) -> bool:
        place = self._place(agent, self._tables)
        if place is None or not self._tables[place[0]].holds(*place[1:]):
            return False
        if self._rows is None:
            return True
        if self._members is None:
            self._members = set(self._rows.places())
        return place in self._members

    def __getitem__(self, item: Any) -> Any:
        rows = self._now().take(slice(None))
        if isinstance(item, slice):
            return list(rows.take(item).agents(self.model))
        position = operator.index(item)
        if not -len(rows) <= position < len(rows):
            raise IndexError(f"position {position} in a set of {len(rows)} agents")
        return next(rows.take([position]).agents(self.model))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}>"

    def copy(self) -> Self:
        """Return the set as it is now."""
        return self._taking(self._now())

    __copy__ = copy

    def to_list(self) -> list[A]:
        """Return the agents as a list."""
        return list(self)

    def numbered(self, number: int) -> A:
        """Return the agent of a number (its position is what ``[...]`` takes)."""
        if self._rows is None and len(self._tables) == 1 and isinstance(self._tables[0], Table):
            table = self._tables[0]
            return table.handle(self.model, table.row_of(number), number)
        found = self.where(self._now().numbers == number)
        if len(found) == 1:
            return found[0]
        raise AgentGoneError(f"{len(found)} agents here have the number {number}")

    def add(self, agent: A) -> NoReturn:
        """Refuse: agents join by being made."""
        raise TypeError("agents join by being made: Customer(model, ...), not by set.add")

    def discard(self, agent: A) -> NoReturn:
        """Refuse: agents leave by ``agent.remove()``."""
        raise TypeError(
            "agents leave by agent.remove(), not by way of a set; select or where make smaller sets"
        )

    remove = discard

    # -- numbers -----------------------------------------------------------------------------------

    def get(
        self,
        attr_names: str | Iterable[str],
        handle_missing: Literal["error", "default"] = "error",
        default_value: Any = None,
    ) -> Any:
        """Return an attribute of each agent: a column as an array, anything else as a list.

        Several names give a list of values by agent. Numbers come as wide as Python's.
        """
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        rows = self._now()
        otherwise = (default_value,) if handle_missing == "default" else ()
        if isinstance(attr_names, str):
            return self._values(rows, attr_names, otherwise)
        lists = [list(self._values(rows, name, otherwise)) for name in attr_names]
        return [list(values) for values in zip(*lists, strict=True)]

    def _values(self, rows: Rows, name: str, otherwise: tuple[Any, ...] = ()) -> Any:
        column = rows.column(name)
        return [getattr(a, name, *otherwise) for a in rows.agents(self.model)] if column is None else column

    def set(self, attr_name: str, value: ArrayLike) -> Self:
        """Set an attribute: one value for all, or (columns only) one for each."""
        rows = self._now()
        if not rows.write(attr_name, value):
            for table, _ in rows.parts():
                if isinstance(table, Table):
                    table.agent_type.settable(attr_name)
            for agent in rows.agents(self.model):
                setattr(agent, attr_name, value)
        return self

    def agg(self, attribute: str, func: Callable[[Any], Any] | Iterable[Callable[[Any], Any]]) -> Any:
        """Return a function (or several) of an attribute; sums are in double precision."""
        values = self.get(attribute)
        over: dict[Any, Any] = _OVER_ARRAYS if isinstance(values, np.ndarray) and values.ndim == 1 else {}
        if callable(func):
            return over.get(func, func)(values)
        return [over.get(f, f)(values) for f in func]

    # -- selections --------------------------------------------------------------------------------

    def where(self, mask: ArrayLike) -> Self:
        """Return the agents whose mask is true, as in ``trees.where(trees.get("height") > 20)``."""
        rows, chosen = self._now(), np.asarray(mask)
        if chosen.dtype != np.bool_ or chosen.shape != (len(rows),):
            raise ValueError(
                f"where takes {len(rows)} times true or false, not {chosen.dtype} {chosen.shape}"
            )
        return self._taking(rows.take(chosen))

    def select(
        self,
        filter_func: Callable[[Any], bool] | None = None,
        at_most: float = math.inf,
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Self:
        """Return the agents of a type that pass a filter, at most so many (or a share of the set)."""
        rows = self._now()
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(rows) * at_most)
        if agent_type is not None:
            fits = [issubclass(table.agent_type, agent_type) for table in rows.tables]
            rows = rows.take(np.array(fits, np.bool_)[rows.which])
        if filter_func is not None:
            rows = self._filtered(rows, filter_func, at_most)
        elif at_most < len(rows):
            rows = rows.take(slice(0, max(0, math.ceil(at_most))))
        return self._taking(rows, inplace)

    def _filtered(self, rows: Rows, passes: Callable[[Any], bool], at_most: float) -> Rows:
        """Return the first who pass, asking nobody once there are enough."""
        found: list[int] = []
        for position, agent in rows.turns(self.model):
            if len(found) >= at_most:
                break
            if passes(agent):
                found.append(position)
        return rows.take(np.array(found, np.int64))

    def groupby(
        self, by: Callable[[Any], Any] | str, result_type: Literal["agentset", "list"] = "agentset"
    ) -> GroupBy:
        """Group by an attribute or a function; groups come in order of their first member."""
        rows = self._now()
        column = rows.column(by) if isinstance(by, str) else None
        if column is None or column.ndim > 1:
            found = _positions(rows.turns(self.model), by)
        else:
            found = _column_positions(column)
        groups = {key: self._taking(rows.take(positions)) for key, positions in found.items()}
        if result_type == "list":
            return GroupBy({key: group.to_list() for key, group in groups.items()})
        return ColumnGroupBy(groups)

    def shuffle(self, inplace: bool = False) -> Self:
        """Return the agents in random order (the draws are those of Mesa's own sets)."""
        rows = self._now()
        order = list(range(len(rows)))
        self.random.shuffle(order)
        return self._taking(rows.take(np.array(order, np.int64)), inplace)

    def sort(self, key: Callable[[Any], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """Return the agents by an attribute or a function, the largest first unless ``ascending``."""
        rows = self._now()
        keys = rows.column(key) if isinstance(key, str) else None
        if keys is not None and keys.ndim == 1:
            last = len(rows) - 1
            back = last - np.argsort(keys[::-1], kind="stable")[::-1]  # equals keep their order, as in Mesa
            order = np.argsort(keys, kind="stable") if ascending else back
        else:
            call = _caller(key)
            keyed = [(call(agent), position) for position, agent in rows.turns(self.model)]
            keyed.sort(key=operator.itemgetter(0), reverse=not ascending)
            order = np.array([position for _, position in keyed], np.int64)
        return self._taking(rows.take(order), inplace)

    # -- deeds -------------------------------------------------------------------------------------

    def do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Call a method or a function on each agent who is still here when its turn comes."""
        self.map(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> Self:
        """Do, in random order."""
        self.shuffle().map(method, *args, **kwargs)
        return self

    def map(self, method: str | Callable[..., Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Return what a method or a function returns for each agent."""
        agents = self._now().agents(self.model)
        if isinstance(method, str):
            return [getattr(agent, method)(*args, **kwargs) for agent in agents]
        return [method(agent, *args, **kwargs) for agent in agents]


def _caller(key: Callable[[Any], Any] | str) -> Callable[[Any], Any]:
    return operator.attrgetter(key) if isinstance(key, str) else key


def _positions(turns: Iterable[tuple[int, Any]], by: Callable[[Any], Any] | str) -> dict[Any, np.ndarray]:
    """Return the positions of the agents of each key, keys in order of first appearance."""
    found: dict[Any, list[int]] = defaultdict(list)
    call = _caller(by)
    for position, agent in turns:
        found[call(agent)].append(position)
    return {key: np.array(positions) for key, positions in found.items()}


def _column_positions(keys: np.ndarray) -> dict[Any, np.ndarray]:
    """Return the same from a column."""
    values, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    cuts = np.cumsum(np.bincount(inverse, minlength=len(values)))[:-1]
    parts = np.split(np.argsort(inverse, kind="stable"), cuts) if len(values) else []
    return {values[g].item(): parts[g] for g in np.argsort(first)}
