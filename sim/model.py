"""The model: tables of agents, and the month that moves them."""

from collections.abc import Callable, Iterator
from math import ceil
from secrets import randbits
from typing import Any, ClassVar

import numpy as np

from agents import (
    Community,
    Creditor,
    Customer,
    Employee,
    Firm,
    Government,
    Habit,
    IndustryBody,
    Shareholder,
    Stake,
    Supplier,
    SupplyLink,
)
from agents.base.model import ColumnModel
from agents.base.parameters import one_record, whole
from agents.customer.choice import EXPECTED_CAUSES
from agents.policies import FirmEntry, Policies, resolve
from sim import forking, sharing, snapshot
from sim.adopting import adopt
from sim.collecting import market_collector
from sim.events.facing_rivals import close_down
from sim.events.switching import without_a_firm
from sim.explaining import explain_customer
from sim.ledger import FIRMS, Ledger
from sim.moment import Now, as_record
from sim.news import news_of
from sim.parameters import Parameters, all_numbers
from sim.recording import Record, Recording
from sim.schedule import MONTH
from sim.setup import build, firm_names_of

WIDTH = 8  # columns as wide as the firms grow by eights: few numbers of firms need a compiling of their own
MOST_THREADS = 1024


class Reciprocity(ColumnModel):
    """Firms and all who have a stake in them; one step is one month.

    Parameters
    ----------
    parameters : Parameters, optional
        All that can be configured; the default market if left out.
    rng : int or None
        The seed, from 0 to 2**63 - 1; seed and parameters decide everything. None draws one, kept in
        ``model.seed``.
    threads : int
        Threads that share the customers' loops; they never change a result.
    record : Record, optional
        What to keep.
    **changes
        Parameters to change, by dotted key: ``**{"population.customers": 1000}``.
    """

    agent_classes: ClassVar = (
        Firm,
        Employee,
        Customer,
        Supplier,
        SupplyLink,
        Shareholder,
        Stake,
        Creditor,
        Community,
        Government,
        IndustryBody,
        Habit,
    )

    def __init__(
        self,
        parameters: Parameters | None = None,
        *,
        rng: int | None = 1,
        threads: int = 1,
        record: Record | None = None,
        **changes: Any,
    ) -> None:
        given = parameters or Parameters()
        self.take_parameters(given.changed(**changes) if changes else given)
        self.firm_names = firm_names_of(self.parameters)
        seed = randbits(62) if rng is None else whole("rng", rng, 2**63 - 1, "or None for one that is drawn")
        super().__init__(rng=seed, widths={"firms": WIDTH * ceil(len(self.firm_names) / WIDTH)})
        self.seed, self.threads = seed, whole("threads", threads, MOST_THREADS, "threads", least=1)
        self.clock, self.demand, self.walking_banned = 0, 1.0, False
        self.ledger, self.last_receipts = Ledger(), np.zeros(10)
        self.recording = Recording(record or Record(), self.firm_names, self.parameters)
        self.datacollector = market_collector()
        self.passages: list[tuple[int, int, str]] = []
        self.closures: list[tuple[int, int]] = []
        build(self)
        self.entries = [*self.parameters.firms.values()]
        self.entries += [FirmEntry()] * self.parameters.market.entrants
        self.policies: list[Policies] = [resolve(entry, self.parameters.policy) for entry in self.entries]
        self.scratch, self.staff_rows = np.empty(0, np.float32), np.zeros(0, np.int64)
        self.extra_staff = np.zeros(len(self.firm_names))
        self.make_room()
        self.ledger.balances[:] = opening_balances(self)

    def make_room(self) -> None:
        """Make working arrays, which are no part of the state, wherever somebody was added."""
        firms, customers, staff = len(self.firm_names), len(self.table(Customer)), len(self.table(Employee))
        if (self.scratch.size, self.staff_rows.size) == (customers, staff):
            return
        self.staff_starts, self.staff_rows = np.zeros(firms + 1, np.int64), np.zeros(staff, np.int64)
        self.staff_firms, self.servers_noted = np.zeros(staff, np.int64), -1  # at no month yet
        self.rooms = np.zeros((firms, 3), np.int64)
        self.moves, self.scratch = np.zeros((firms + 1, firms + 2)), np.empty(customers, np.float32)
        self.scratch_rows = self.servers = self.scratch.view(np.int32)  # the same room, for numbers of rows
        self.rows_of_a_range, ranges = sharing.RANGE, ceil(customers / sharing.RANGE)
        self.speakers = np.zeros(ranges, np.int64)
        self.expected_leavings = np.zeros((ranges, firms, len(EXPECTED_CAUSES)))
        self.stars_leaving = np.full(1, -1, np.int64)

    def deregister_agent(self, agent: Any) -> None:
        """Let an agent go: a firm closes down; people never leave their rows, and this says so."""
        if isinstance(agent, Customer | Employee):
            raise TypeError(
                f"{agent!r} cannot be removed: customers move away and employees look for work by the "
                "model's own events"
            )
        if isinstance(agent, Firm) and agent.alive:
            close_down(self, agent.row)
            return
        super().deregister_agent(agent)

    # -- time --------------------------------------------------------------------------------------

    @property
    def month(self) -> int:
        """Month now running or next to run: 0 is the first reported one, burn-in months are negative."""
        return self.clock - self.parameters.burn_in

    @property
    def in_burn_in(self) -> bool:
        """Whether policies have not yet taken effect."""
        return self.month < 0

    @property
    def now(self) -> np.ndarray:
        """The address of this month's chance, and the state of the market, as one record for loops."""
        moment = (self.clock, self.demand)
        if self._moment != moment:
            trend = (1.0 + self.parameters.market.informedness_trend) ** (max(self.month, 0) / 12.0)
            living = float(np.count_nonzero(self.table(Firm)["alive"]))
            now = Now(self.seed, self.clock, self.month, float(self.demand), float(trend), living)
            self._now, self._moment = as_record(now), moment
        return self._now

    def step(self) -> None:
        """One month."""
        self._moment = None  # who looked between months may have fixed how many firms live
        self.make_room()
        if self.month == 0 and not self.policies_hold:
            self.take_effect()
        self.stars_leaving = np.full(1, -1, np.int64)
        for event in MONTH:
            event.does(self)
        self.ledger.close_month()
        if not self.in_burn_in:
            self.recording.keep(self)
            self.datacollector.collect(self)
        self.clock += 1

    def run_burn_in(self) -> None:
        """Run the unreported months, if they have not been run."""
        while self.in_burn_in:
            self.step()

    def run_for(self, duration: float, each_month: Callable[["Reciprocity"], None] | None = None) -> None:
        """Run reported months, after the burn-in; ``each_month`` is called after each of them."""
        months = whole("run_for", duration, 100_000, "months")
        self.run_burn_in()
        for _ in range(months):
            self.step()
            if each_month is not None:
                each_month(self)

    def take_parameters(self, parameters: Parameters) -> None:
        """Go by these parameters from now on; ``settings`` is how loops take their numbers."""
        self.parameters, self._moment = parameters, None
        self.numbers = all_numbers(parameters)
        self.settings = one_record(self.numbers)

    # -- policies ----------------------------------------------------------------------------------

    policies_hold = False
    _now: np.ndarray
    _moment: tuple[int, float] | None = None

    def take_effect(self) -> None:
        """Every firm's policies take effect."""
        self.policies_hold = True
        for k in range(len(self.parameters.firms)):
            adopt(self, k, self.entries[k])

    # -- who is there ------------------------------------------------------------------------------

    def firm_at(self, k: int) -> Any:
        """The firm of a row, in business or not."""
        table = self.table(Firm)
        return table.handle(self, k, int(table["number"][k]))

    def living_firms(self) -> Iterator[Any]:
        """Firms in business, in order."""
        for k in np.flatnonzero(self.table(Firm)["alive"]):
            yield self.firm_at(int(k))

    @property
    def customers(self) -> Any:
        """Customers; ``model.customers[42]`` is the one with number 42."""
        return ByNumber(self, Customer)

    @property
    def employees(self) -> Any:
        """Employees, by number."""
        return ByNumber(self, Employee)

    @property
    def firms(self) -> dict[str, Any]:
        """Firms by name."""
        return {name: self.firm_at(k) for k, name in enumerate(self.firm_names)}

    @property
    def market_size(self) -> float:
        """Customers in the market, with or without a firm."""
        return float(len(self.table(Customer)))

    @property
    def average_firm(self) -> float:
        """Customers of an average firm at the start: the scale of fixed overhead."""
        return self.parameters.population.customers / len(self.parameters.firms)

    @property
    def unserved(self) -> int:
        """Customers without a firm."""
        return int(without_a_firm(self.table(Customer).records))

    @property
    def news(self) -> list[str]:
        """What happened to firms so far, in a line each."""
        return news_of(self)

    def explain_customer(self, customer: Customer) -> str:
        """Why a customer stays or would go, term by term."""
        return explain_customer(self, customer)

    def over_customers(self, loop: Callable[..., Any], *arguments: Any) -> None:
        """Run a loop over all customers, in ranges of rows that threads share."""
        sharing.share_rows(loop, len(self.table(Customer)), self.threads, arguments)

    # -- keeping -----------------------------------------------------------------------------------

    def fork(self, **changes: Any) -> "Reciprocity":
        """A copy of this world, from now on with other parameters; the same luck."""
        return forking.fork(self, changes)

    def save(self, path: Any) -> None:
        """Write the whole state to a file."""
        snapshot.save(self, path)

    @classmethod
    def load(cls, path: Any, threads: int = 1) -> "Reciprocity":
        """Read a state written by ``save``, and go on with it on so many threads."""
        return snapshot.load(cls, path, threads)


class ByNumber:
    """Agents of one type, found by their number."""

    def __init__(self, model: Reciprocity, agent_type: Any) -> None:
        self.agents = model.agents_by_type[agent_type]

    def __getitem__(self, number: int) -> Any:
        return self.agents.numbered(number)

    def __len__(self) -> int:
        return len(self.agents)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.agents)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.agents, name)


def opening_balances(model: Reciprocity) -> np.ndarray:
    """Money of each sector at the start: what firms have in cash; the others start at nothing."""
    balances = np.zeros(10)
    balances[FIRMS] = float(model.table(Firm)["cash"][: len(model.parameters.firms)].sum())
    return balances
