"""What a run keeps: every firm's month, flows of customers and of money, and who left whom and why."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents import Customer, Firm
from agents.customer.bonds import relationship_of
from agents.customer.choice import MOVED_AWAY
from sim.events.deciding import LEAVES, MOVES

NOBODY, ELSEWHERE = -1, -2


@dataclass(frozen=True)
class Record:
    """What to keep beyond the firms' months.

    Attributes
    ----------
    leavers : bool
        Who left, to whom, when and why.
    flows : bool
        The matrix of money flows of every month.
    panel : tuple of int
        Numbers of customers whose whole state is kept every month.
    """

    leavers: bool = True
    flows: bool = True
    panel: tuple[int, ...] = ()


KEPT = tuple(name for name, column in Firm.columns.items() if not column.many)


@dataclass
class Recording:
    """The months of a run, as arrays."""

    record: Record
    names: list[str]
    months: list[int] = field(default_factory=list)
    _firms: list[np.ndarray] = field(default_factory=list)
    _moves: list[np.ndarray] = field(default_factory=list)
    _flows: list[np.ndarray] = field(default_factory=list)
    _market: list[tuple[float, ...]] = field(default_factory=list)
    _leavers: list[dict[str, np.ndarray]] = field(default_factory=list)
    _panel: list[dict[str, np.ndarray]] = field(default_factory=list)

    def keep(self, model: Any) -> None:
        """Keep this month."""
        table = model.table(Firm)
        self.months.append(model.month)
        self._firms.append(table.copied())
        self._moves.append(model.moves.copy())
        self._market.append((model.market_size, model.demand, float(model.unserved)))
        if self.record.flows:
            self._flows.append(model.ledger.flows.copy())
        if self.record.panel:
            self._panel.append(panel_of(model, self.record.panel))

    def keep_leavers(self, model: Any) -> None:
        """Keep who leaves this month, before relationships are reset."""
        if self.record.leavers:
            self._leavers.append(leavers_of(model))

    def firm(self, name: str) -> np.ndarray:
        """One number of every firm, every month: (months, firms)."""
        if name not in (*KEPT, "alive"):
            raise KeyError(f"no column Firm.{name} with one number a firm; see KEPT")
        return np.array([month[name] for month in self._firms]).reshape(-1, len(self.names))

    def market(self, name: str) -> np.ndarray:
        """One number of the market, every month: ``size``, ``demand`` or ``unserved``."""
        place = ("size", "demand", "unserved").index(name)
        return np.array([month[place] for month in self._market])

    @property
    def moved_by_tenure(self) -> np.ndarray:
        """Customers who moved away with at least 0..11 months: (months, firms, 12)."""
        return np.array([month["moved_by_tenure"] for month in self._firms]).reshape(-1, len(self.names), 12)

    @property
    def moves(self) -> np.ndarray:
        """Customers going from (rows: firms, nobody) to (columns: firms, nobody, elsewhere), every month."""
        firms = len(self.names)
        return np.array(self._moves).reshape(-1, firms + 1, firms + 2)

    @property
    def flows(self) -> np.ndarray:
        """Money flows: (months, kinds, sectors)."""
        return np.array(self._flows)

    @property
    def leavers(self) -> dict[str, np.ndarray]:
        """Everybody who left: one array a column."""
        return joined(self._leavers, leavers_columns())

    @property
    def panel(self) -> dict[str, np.ndarray]:
        """The sampled customers' states, a row a customer and month."""
        return joined(self._panel, ("month", "customer", *panel_columns()))


def joined(parts: list[dict[str, np.ndarray]], columns: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Monthly parts as one array a column."""
    return {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0) for name in columns
    }


def leavers_columns() -> tuple[str, ...]:
    """Columns of the table of leavers."""
    return (
        "month",
        "customer",
        "from_firm",
        "to_firm",
        "tenure",
        "joined",
        "cause",
        "causes",
        "satisfaction",
        "relationship",
        "value_for_money",
    )


def leavers_of(model: Any) -> dict[str, np.ndarray]:
    """Who leaves its firm this month, to whom and why."""
    c = model.table(Customer).view
    rows = np.flatnonzero((c.firm >= 0) & ((c.decision == LEAVES) | (c.decision == MOVES)))
    weights = model.numbers.bonds
    bonds = (c.abundance[rows], c.trust[rows], c.dreams[rows], c.truth[rows], c.balance[rows], c.grace[rows])
    bought = c.purchases[rows] > 0
    value = np.full(rows.size, np.nan)
    np.divide(c.value[rows], c.price_paid[rows], out=value, where=bought)
    away = c.decision[rows] == MOVES
    rule = getattr(relationship_of, "py_func", relationship_of)
    return {
        "month": np.full(rows.size, model.month, np.int32),
        "customer": c.number[rows].copy(),
        "from_firm": c.firm[rows].astype(np.int32),
        "to_firm": np.where(away, ELSEWHERE, c.destination[rows]).astype(np.int32),
        "tenure": c.tenure[rows].astype(np.int32),
        "joined": (model.month - 1 - c.tenure[rows]).astype(np.int32),
        "cause": np.where(away, MOVED_AWAY, c.cause[rows]).astype(np.int32),
        "causes": c.causes[rows].astype(np.int32),
        "satisfaction": c.satisfaction[rows].copy(),
        "relationship": rule(*bonds, weights),
        "value_for_money": value,
    }


def panel_columns() -> tuple[str, ...]:
    """Columns kept of sampled customers."""
    return tuple(name for name, column in Customer.columns.items() if not column.many)


def panel_of(model: Any, numbers: tuple[int, ...]) -> dict[str, np.ndarray]:
    """The sampled customers' states this month; who has moved away is left out."""
    table = model.table(Customer)
    rows = np.flatnonzero(np.isin(table["number"], numbers))
    out = {name: table[name][rows].copy() for name in panel_columns()}
    return {"month": np.full(rows.size, model.month), "customer": table["number"][rows].copy(), **out}
