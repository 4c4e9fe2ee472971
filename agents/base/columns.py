"""Columns: one declaration gives the array, the attribute, the bounds and the documentation.

For a class ``Tree`` with ``height = state("m", "from the ground to the top", low=0)``,
``Tree.height`` is the declaration (``Tree.height.unit`` is ``"m"``), ``tree.height`` is the number of
one tree, and ``model.table(Tree)["height"]`` the array of all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, NoReturn

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, DTypeLike

    from agents.base.agent import ColumnAgent

Kind = Literal["trait", "state", "flow", "link"]
DTYPES = ("float32", "float64", "int8", "int16", "int32", "int64", "bool")
BUILTIN: dict[str, np.dtype[Any]] = {
    "unique_id": np.dtype(np.int64),  # Mesa's, unique across types
    "alive": np.dtype(np.bool_),
    "number": np.dtype(np.int64),  # unique within the type, also over those who left
}


class Column:
    """One number per agent (or one row of numbers), kept for everyone in one array.

    A descriptor: on the class it is this declaration, on an agent that agent's number.

    Parameters
    ----------
    kind
        ``trait`` is fixed when the agent is made, ``state`` is carried from month to month, ``flow``
        starts every month at its default, ``link`` is the row of another agent (-1: none).
    unit, meaning, source
        What the number is; ``source`` says where its values come from.
    dtype
        One of `DTYPES`.
    default, low, high
        The value a new agent starts with, and the bounds, both allowed. Numbers are always finite.
    shape, width
        For a row of numbers per agent: its shape, or a name (``"firms"``) whose length the table is
        given when it is built.
    to
        For a link: the type of agent whose row it is. Its upper bound is the number of those rows.
    """

    def __init__(
        self,
        kind: Kind,
        unit: str,
        meaning: str,
        dtype: DTypeLike,
        *,
        default: float = 0,
        low: float = -math.inf,
        high: float = math.inf,
        source: str = "",
        shape: tuple[int, ...] = (),
        width: str = "",
        to: str = "",
    ) -> None:
        self.kind, self.unit, self.meaning, self.source = kind, unit, meaning, source
        self.dtype = np.dtype(dtype)
        self.default, self.low, self.high = default, low, high
        self.shape, self.width, self.to = shape, width, to
        self.many = bool(shape or width)  # a row of numbers for each agent, rather than one
        self.name = self.label = ""
        if self.dtype.name not in DTYPES:
            raise TypeError(f"a column is one of {', '.join(DTYPES)}, not {self.dtype.name}")
        self._plain, self._lowest, self._highest = _limits(self.dtype, low, high)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.label = name, f"{owner.__name__}.{name}"
        self.accept(self.default)

    def __get__(self, agent: ColumnAgent | None, owner: type | None = None) -> Any:
        if agent is None:
            return self
        value = agent._table.arrays[self.name][agent._own_row()]
        return value.copy() if self.many else value.item()

    def __set__(self, agent: ColumnAgent, value: Any) -> None:
        row = agent._own_row()
        if not self.allows(value):
            value = agent._table.accepted(self, value)
        agent._table.arrays[self.name][row] = value

    def __repr__(self) -> str:
        return f"<{self.kind} {self.label} [{self.unit}]: {self.meaning}>"

    @property
    def allowed(self) -> str:
        """The values allowed, in words."""
        if self.dtype == np.bool_:
            return "true or false"
        kind = "a number" if self._plain is float else "a whole number"
        low, high = self.low > -math.inf, self.high < math.inf
        if low and high:
            return f"{kind} from {self.low:g} to {self.high:g}"
        return (
            f"{kind} of at least {self.low:g}"
            if low
            else f"{kind} of at most {self.high:g}"
            if high
            else kind
        )

    def allows(self, value: Any) -> bool:
        """Whether a value is a plain number within the bounds (a quick look; links need a longer one)."""
        return type(value) is self._plain and not self.to and self._lowest <= value <= self._highest

    def rows_allowed(self, rows: int) -> str:
        """The rows that a link may name, in words."""
        some = f"a row of {self.to}, 0 to {rows - 1}" if rows else f"no row: there is no {self.to}"
        return f"{some}, or -1 for none" if self.low < 0 else some

    def row_shape(self, widths: Mapping[str, int]) -> tuple[int, ...]:
        """Return the shape of one agent's numbers, given the lengths of named widths."""
        if not self.width:
            return self.shape
        if self.width not in widths:
            raise KeyError(f"{self.label} is as wide as {self.width!r}: give widths={{{self.width!r}: ...}}")
        return (widths[self.width],)

    def accept(self, values: ArrayLike) -> np.ndarray:
        """Return the values in the column's type, or raise a ValueError that says what is allowed."""
        given = np.asarray(values)
        if given.dtype.kind not in "biuf":
            self._refuse(given)
        with np.errstate(over="ignore"):
            cast = given.astype(self.dtype, copy=False) if self._plain is float else given
        if cast.size and not self._allows(cast.min(), cast.max()):
            self._refuse(given)
        if cast.dtype.kind == "f" and self._plain is not float and not np.array_equal(cast, np.trunc(cast)):
            self._refuse(given)
        return cast.astype(self.dtype, copy=False)

    def complaint(self, values: np.ndarray, rows: int | None = None) -> str:
        """Return one short line about the values that are not allowed, empty if all are.

        ``rows`` is how many agents a link has to choose from, None where nobody knows.
        """
        if self.to and rows is not None and (lost := values[values >= rows]).size:
            found = f"{self.label} = {lost[0]} in {lost.size} of {values.size}"
            return f"{found}; allowed: {self.rows_allowed(rows)}"
        if not values.size or self._allows(values.min(), values.max()):
            return ""
        bad = ~((values >= self._lowest) & (values <= self._highest))
        first = values[bad][0].item()
        return (
            f"{self.label} = {first} [{self.unit}] in {bad.sum()} of {values.size}; allowed: {self.allowed}"
        )

    def _allows(self, smallest: Any, largest: Any) -> bool:
        return bool(self._lowest <= smallest and largest <= self._highest)  # false for nan

    def _refuse(self, given: np.ndarray) -> NoReturn:
        value = given.item() if given.ndim == 0 else f"{given.dtype} {given.shape}"
        if given.ndim and given.dtype.kind in "biuf":
            bad = ~((given >= self._lowest) & (given <= self._highest))
            value = given[bad][0].item() if bad.any() else given[given != np.trunc(given)][0].item()
        raise ValueError(f"{self.label} = {value!r} [{self.unit}] is not allowed; allowed: {self.allowed}")


def _limits(dtype: np.dtype[Any], low: float, high: float) -> tuple[type[Any], float, float]:
    """Return the Python type of a column's numbers, and its finite bounds."""
    if dtype == np.bool_:
        return bool, 0, 1
    info: Any = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype)
    plain = float if dtype.kind == "f" else int
    return plain, max(low, plain(info.min)), min(high, plain(info.max))


def trait(unit: str, meaning: str, dtype: DTypeLike = np.float32, **more: Any) -> Any:
    """Declare a number that is fixed when the agent is made."""
    return Column("trait", unit, meaning, dtype, **more)


def state(unit: str, meaning: str, dtype: DTypeLike = np.float64, **more: Any) -> Any:
    """Declare a number that is carried from month to month."""
    return Column("state", unit, meaning, dtype, **more)


def flow(unit: str, meaning: str, dtype: DTypeLike = np.float64, **more: Any) -> Any:
    """Declare a number that starts every month at its default."""
    return Column("flow", unit, meaning, dtype, **more)


def link(to: str, meaning: str, *, always: bool = False, **more: Any) -> Any:
    """Declare the row of an agent of type ``to``; -1 is none, unless there ``always`` is one."""
    none = 0 if always else -1
    return Column("link", f"row of {to}", meaning, np.int32, default=none, low=none, to=to, **more)


def declared(agent_type: type) -> dict[str, Column]:
    """Return the columns declared on a class and its bases, in order of declaration."""
    found: dict[str, Column] = {}
    for base in reversed(agent_type.__mro__):
        found |= {name: column for name, column in vars(base).items() if isinstance(column, Column)}
    return found


def no_such_column(agent_type: type, name: str) -> str:
    """Return what to tell who names a column that does not exist: the nearest that does."""
    near = get_close_matches(name, declared(agent_type), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; columns are declared in {agent_type.__module__}"
    return f"{agent_type.__name__} has no column {name!r}{hint}"
