"""What a run keeps: every firm's month, flows of customers and of money, and who left whom and why."""

from copy import copy, deepcopy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agents import Creditor, Customer, Firm, Habit, IndustryBody
from agents.base.compile import COMPILING, loop
from agents.customer.bonds import relationship_of
from agents.customer.choice import EXPECTED_CAUSES, FIRM_GONE, MOVED_AWAY
from sim.events.deciding import LEAVES, MOVES
from sim.parameters import Parameters

NOBODY, ELSEWHERE, RELEASED = -1, -2, -3
"""Where leavers went who went to no firm: those released did not decide, their firm was gone."""


@dataclass(frozen=True)
class Record:
    """What to keep beyond the firms' months.

    Attributes
    ----------
    leavers : bool
        Who left, to whom, when and why.
    flows : bool
        The matrix of money flows of every month.
    purchases : bool
        Where buying is by repertoire: who bought how often from which firm.
    panel : tuple of int
        Numbers of customers whose whole state is kept every month.
    """

    leavers: bool = True
    flows: bool = True
    purchases: bool = True
    panel: tuple[int, ...] = ()


MARKET = ("size", "demand", "unserved", "written_off", "audits", "breaches")
"""What is kept of the market: customers, demand, those without a firm; of creditor and industry body."""
KEPT = tuple(name for name, column in Firm.columns.items() if not column.many)


@dataclass
class Recording:
    """The months of a run, as arrays."""

    record: Record
    names: list[str]
    parameters: Parameters
    months: list[int] = field(default_factory=list)
    _firms: list[np.ndarray] = field(default_factory=list)
    _moves: list[np.ndarray] = field(default_factory=list)
    _flows: list[np.ndarray] = field(default_factory=list)
    _market: list[tuple[float, ...]] = field(default_factory=list)
    _leavers: list[np.ndarray] = field(default_factory=list)
    _purchases: list[dict[str, np.ndarray]] = field(default_factory=list)
    _panel: list[dict[str, np.ndarray]] = field(default_factory=list)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Recording":
        """A recording that goes on with months of its own; those that are kept are never changed."""
        other = copy(self)
        other.parameters = deepcopy(self.parameters, memo)
        for name, part in vars(self).items():
            if isinstance(part, list):
                setattr(other, name, [*part])
        return other

    def keep(self, model: Any) -> None:
        """Keep this month."""
        table = model.table(Firm)
        self.months.append(model.month)
        self._firms.append(table.copied())
        self._moves.append(model.moves.copy())
        self._market.append(market_of(model))
        if self.record.flows:
            self._flows.append(model.ledger.flows.copy())
        if self.record.panel:
            self._panel.append(panel_of(model, self.record.panel))

    def keep_leavers(self, model: Any) -> None:
        """Keep who leaves this month, before relationships are reset."""
        if self.record.leavers:
            self._leavers.append(leavers_of(model))

    def keep_released(self, model: Any, k: int, *, month_over: bool) -> None:
        """Keep whom a firm that closes or is deserted sets free, before their relationships are reset."""
        if self.record.leavers:
            self._leavers.append(released_of(model, k, month_over))

    @property
    def buying(self) -> str:
        """How customers buy: which metrics are defined."""
        return str(self.parameters.market.buying)

    def keep_purchases(self, model: Any) -> None:
        """Keep who bought from which firm, before anybody moves away."""
        if self.record.purchases:
            self._purchases.append(purchases_of(model))

    def firm(self, name: str) -> np.ndarray:
        """One number of every firm, every month: (months, firms)."""
        if name not in (*KEPT, "alive"):
            raise KeyError(f"no column Firm.{name} with one number a firm; see KEPT")
        return np.array([month[name] for month in self._firms]).reshape(-1, len(self.names))

    def market(self, name: str) -> np.ndarray:
        """One number of the market, every month: one of ``MARKET``."""
        if name not in MARKET:
            raise KeyError(f"no number of the market {name}; see MARKET")
        place = MARKET.index(name)
        return np.array([month[place] for month in self._market])

    def of_last_month(self, name: str) -> float:
        """One number of the market, of the last month that was kept: one of ``MARKET``."""
        return self._market[-1][MARKET.index(name)]

    @property
    def moved_by_tenure(self) -> np.ndarray:
        """Customers who moved away with at least 0..11 months: (months, firms, 12)."""
        return np.array([month["moved_by_tenure"] for month in self._firms]).reshape(-1, len(self.names), 12)

    @property
    def expected_leavings(self) -> np.ndarray:
        """Chances of leaving summed over customers, by cause: (months, firms, EXPECTED_CAUSES)."""
        months = [month["expected_leavings"] for month in self._firms]
        return np.array(months).reshape(-1, len(self.names), len(EXPECTED_CAUSES))

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
        """Everybody who left in the months kept: one array a column."""
        everybody = np.concatenate(self._leavers) if self._leavers else np.empty(0, LEAVER)
        everybody = everybody[everybody["month"] <= max(self.months, default=-1)]
        return {name: everybody[name].copy() for name in LEAVER.names or ()}

    @property
    def purchases(self) -> dict[str, np.ndarray]:
        """Purchases by repertoire: month, customer, firm, count; a row where something was bought."""
        return joined(self._purchases, ("month", "customer", "firm", "count"))

    @property
    def panel(self) -> dict[str, np.ndarray]:
        """The sampled customers' states, a row a customer and month."""
        return joined(self._panel, ("month", "customer", *panel_columns()))


def market_of(model: Any) -> tuple[float, ...]:
    """The market's numbers of this month, in the order of ``MARKET``."""
    creditor, body = model.table(Creditor), model.table(IndustryBody)
    lost, audits, breaches = creditor["written_off"][0], body["audits"][0], body["breaches"][0]
    return model.market_size, model.demand, float(model.unserved), float(lost), float(audits), float(breaches)


def joined(parts: list[dict[str, np.ndarray]], columns: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Monthly parts as one array a column."""
    return {
        name: np.concatenate([part[name] for part in parts]) if parts else np.empty(0) for name in columns
    }


LEAVER = np.dtype(
    [
        ("month", np.int32),
        ("customer", np.int64),
        ("from_firm", np.int32),
        ("to_firm", np.int32),
        ("tenure", np.int32),
        ("joined", np.int32),
        ("cause", np.int32),
        ("causes", np.int32),
        ("satisfaction", np.float64),
        ("relationship", np.float64),
        ("value_for_money", np.float64),
    ]
)


def leavers_of(model: Any) -> np.ndarray:
    """Who leaves its firm this month, to whom and why."""
    f = model.table(Firm)
    leaving = np.zeros(int(f["lost"].sum() + f["moved_away"].sum()), LEAVER)
    out = leaving if COMPILING else leaving.view(np.recarray)
    _note(model.table(Customer).records, out, model.settings, model.month)
    return leaving


def released_of(model: Any, k: int, month_over: bool) -> np.ndarray:
    """Whom a firm sets free; ``month_over``: this month already counts in how long they stayed."""
    released = np.zeros(int(np.count_nonzero(model.table(Customer)["firm"] == k)), LEAVER)
    out = released if COMPILING else released.view(np.recarray)
    _note_released(model.table(Customer).records, out, model.settings, model.month, k, month_over)
    return released


@loop
def _note(c: Any, out: Any, settings: Any, month: Any) -> None:
    place = 0
    for i in range(c.firm.size):
        if c.firm[i] < 0 or (c.decision[i] != LEAVES and c.decision[i] != MOVES):
            continue
        away = c.decision[i] == MOVES
        _note_one(place, i, c, out, settings[0].bonds, month)
        out.to_firm[place] = ELSEWHERE if away else c.destination[i]
        out.cause[place], out.causes[place] = MOVED_AWAY if away else c.cause[i], c.causes[i]
        place += 1


@loop
def _note_released(c: Any, out: Any, settings: Any, month: Any, k: Any, month_over: Any) -> None:
    place = 0
    for i in range(c.firm.size):
        if c.firm[i] == k:
            _note_one(place, i, c, out, settings[0].bonds, month)
            out.joined[place] += 1 if month_over else 0
            if c.tenure[i] == 0:  # it has just come, and bought elsewhere if at all
                out.value_for_money[place] = np.nan
            out.to_firm[place], out.cause[place] = RELEASED, FIRM_GONE
            place += 1


@loop
def _note_one(place: Any, i: Any, c: Any, out: Any, bonds: Any, month: Any) -> None:
    out.month[place], out.customer[place], out.from_firm[place] = month, c.number[i], c.firm[i]
    out.tenure[place], out.joined[place] = c.tenure[i], month - 1 - c.tenure[i]
    out.satisfaction[place] = c.satisfaction[i]
    out.relationship[place] = relationship_of(
        c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], bonds
    )
    out.value_for_money[place] = c.value[i] / c.price_paid[i] if c.purchases[i] > 0 else np.nan


def purchases_of(model: Any) -> dict[str, np.ndarray]:
    """Who bought how often from which firm this month."""
    habits = model.table(Habit)
    rows = np.flatnonzero(habits["purchases"])
    return {
        "month": np.full(rows.size, model.month, np.int32),
        "customer": model.table(Customer)["number"][habits["customer"][rows]],
        "firm": habits["firm"][rows].copy(),
        "count": habits["purchases"][rows].copy(),
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
