"""The readable twin: the customers' month in ordinary Mesa objects.

Any number of firms with fixed terms, their staff, and their customers in a market with contracts. It is
written to be read, and to be agreed with: from the same state, with the same draws, the fast model must do
the same. It reads the model's parameters and asks its generator for draws, and shares no rule with it.
"""

import mesa
import numpy as np

from benchmarks.twin_deciding import Chooser
from benchmarks.twin_experiencing import Judge
from benchmarks.twin_firm import TwinEmployee, TwinFirm
from benchmarks.twin_laws import Luck, luck_of
from benchmarks.twin_serving import Buyer
from benchmarks.twin_switching import Switcher
from benchmarks.twin_talking import Talker
from sim import streams
from sim.parameters import Parameters

__all__ = ["TwinCustomer", "TwinEmployee", "TwinFirm", "TwinModel"]

ONE_BLOCK = (
    *(streams.SERVICE, streams.RECOVERY, streams.SELLING, streams.WORD),
    *(streams.DECISION, streams.RELATIONSHIP, streams.ASSIGNMENT),
)


class TwinCustomer(Buyer, Judge, Talker, Chooser, Switcher):
    """A customer of one firm, or of none: it buys, takes it in, talks, decides and goes."""


class TwinModel(mesa.Model):
    """A market seen from its customers; one step is one month.

    Attributes
    ----------
    clock : int
        Months since the start, burn-in included.
    demand : float
        Need for the service relative to usual.
    informedness : float
        Informedness of customers relative to the first reported month's.
    luck : dict
        This month's uniforms: by stream, then by row of the customer.
    """

    def __init__(self, parameters: Parameters, *, seed: int, clock: int, demand: float) -> None:
        super().__init__(rng=seed)
        self.parameters, self.seed, self.clock, self.demand = parameters, seed, clock, demand
        self.firms: list[TwinFirm] = []
        self.staff: list[TwinEmployee] = []
        self.customers: list[TwinCustomer] = []
        self.luck: dict[int, Luck] = {}
        self.informedness, self.living_firms, self.nobody_place = 1.0, 0, 0
        self.arrived = 0
        self.fit_table: list[float] = []
        self.churn_table: list[float] = []
        self.need_table: list[float] = []

    def step(self) -> None:
        """Draw and live one month."""
        self.prepare()
        self.live()

    def prepare(self) -> None:
        """Draw the month's uniforms for everybody, and note what holds for all this month."""
        years = max(self.clock - self.parameters.burn_in, 0) / 12.0
        self.informedness = (1.0 + self.parameters.market.informedness_trend) ** years
        self.living_firms = sum(firm.alive for firm in self.firms)
        self.draw_luck()

    def draw_luck(self) -> None:
        """Draw the month's uniforms for everybody; the draw for buying from nobody comes after the firms'."""
        numbers = np.array([customer.number for customer in self.customers])
        blocks = (len(self.firms) + 3) // 4
        self.nobody_place = 4 * blocks
        for stream in ONE_BLOCK:
            self.luck[stream] = luck_of(self.seed, stream, self.clock, numbers)
        self.luck[streams.OFFERS] = luck_of(self.seed, streams.OFFERS, self.clock, numbers, blocks)
        self.luck[streams.DESTINATION] = luck_of(
            self.seed, streams.DESTINATION, self.clock, numbers, blocks + 1
        )
        self.luck[streams.BRAND_FIT] = luck_of(self.seed, streams.BRAND_FIT, 0, numbers, blocks)

    def live(self) -> None:
        """Live the customers' month: service, experience, word, choice, and going there."""
        self.open_month()
        self.serve()
        self.take_in()
        self.talk()
        self.decide()
        self.switch()
        self.clock += 1

    def open_month(self) -> None:
        """Nothing has happened yet; customers are counted."""
        self.agents_by_type[TwinFirm].do("begin_month")
        everybody = self.agents_by_type[TwinCustomer]
        everybody.do("begin_month")
        everybody.do("be_counted")

    def serve(self) -> None:
        """Customers buy, and are served well or badly."""
        self.agents_by_type[TwinCustomer].do("buy")

    def take_in(self) -> None:
        """Satisfaction, expectation and bonds move."""
        self.agents_by_type[TwinCustomer].do("take_it_in")

    def talk(self) -> None:
        """All decide what to say; then all is heard, in the order of the speakers."""
        everybody = self.agents_by_type[TwinCustomer]
        everybody.do("decide_what_to_say")
        if self.parameters.switches.word_of_mouth:
            everybody.do("tell")

    def decide(self) -> None:
        """Firms are seen; some reconsider: stay, leave, look, move away."""
        self.agents_by_type[TwinFirm].do("be_seen")
        self.agents_by_type[TwinCustomer].do("decide")

    def switch(self) -> None:
        """Customers go where they decided; newcomers move in."""
        self.arrived = 0
        self.agents_by_type[TwinCustomer].do("go")

    def next_newcomer(self) -> np.ndarray:
        """Return the number of who moves in next: month of arrival, and place in it."""
        number = np.array([(self.clock + 1) << 32 | self.arrived])
        self.arrived += 1
        return number
