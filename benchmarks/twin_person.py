"""The twin's customer as a person: what it is, feels and holds, before it does anything."""

from enum import IntEnum
from math import log
from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from benchmarks.twin import TwinModel
    from benchmarks.twin_firm import TwinEmployee, TwinFirm

BONDS = ("abundance", "trust", "dreams", "truth", "balance", "grace")


class Outcome(IntEnum):
    """How the month's services turned out."""

    WELL = 0
    SILENT = 1
    REFUSED = 2
    REMEDY = 3
    CARE = 4


class Voice(IntEnum):
    """What the customer said to the firm."""

    NONE = 0
    COMPLAINT = 1
    COMPLIMENT = 2
    CLAIM = 3


class Decision(IntEnum):
    """What the customer does next."""

    STAYS = 0
    LEAVES = 1
    LOOKS = 2
    MOVES = 3


class Person(mesa.Agent["TwinModel"]):
    """A place in the market and whoever holds it; money in coins, time in months."""

    # Who it is.
    number: int
    need_rate: float
    worth: float
    budget: float
    taste: float
    relationship_need: float
    inequity_aversion: float
    guilt: float
    informedness: float
    unmet_need: float
    opportunism: float
    # The relationship.
    churn_propensity: float
    firm: "TwinFirm | None"
    employee: "TwinEmployee | None"
    tenure: int
    joined: int
    expectation: float
    satisfaction: float
    attachment: float
    lost_attachment: float
    lost_since: int
    lost_employee: "TwinEmployee | None"
    indebtedness: float
    reference_price: float
    known_fee: float
    regret: float
    pending_regret: float
    products_held: float
    need_known: float
    lifetime_spend: float

    def __init__(self, model: "TwinModel", row: int) -> None:
        super().__init__(model)
        self.row = row
        self.bonds = dict.fromkeys(BONDS, 0.0)
        self.opinion: dict[TwinFirm, float] = dict.fromkeys(model.firms, 0.0)
        self.contacts: list[Person] = []
        self.begin_month()

    def begin_month(self) -> None:
        """Start a month in which nothing has happened yet."""
        self.purchases = 0
        self.price_paid = self.known_bill = self.list_paid = 0.0
        self.quality = self.value = self.bonds_built = self.delight_worn_off = 0.0
        self.outcome, self.voice = Outcome.WELL, Voice.NONE
        self.wanted_product = self.pushed_product = self.fee_found = False
        self.message = 0
        self.listener: Person | None = None
        self.decision = Decision.STAYS
        self.destination: TwinFirm | None = None
        self.cause = ""
        self.causes: list[str] = []

    def be_counted(self) -> None:
        """Be one of its firm's customers."""
        if self.firm:
            self.firm.customers += 1

    def luck(self, stream: int) -> list[float]:
        """Return this month's uniforms of a stream."""
        return self.model.luck[stream][self.row]

    @property
    def relationship(self) -> float:
        """The relationship, 0..1: the weighted sum of the six bonds."""
        return self.weigh(self.bonds)

    def weigh(self, bonds: dict[str, float]) -> float:
        """Return six bonds, or what is said to each of them, as one number."""
        p = self.model.parameters.bonds
        weighed = p.abundance_weight * bonds["abundance"] + p.trust_weight * bonds["trust"]
        weighed += p.dreams_weight * bonds["dreams"] + p.truth_weight * bonds["truth"]
        return weighed + p.balance_weight * bonds["balance"] + p.grace_weight * bonds["grace"]

    @property
    def relationship_gap(self) -> float:
        """The relationship above its neutral point; none where customers do not reciprocate."""
        parameters = self.model.parameters
        if not parameters.switches.reciprocity_customers:
            return 0.0
        return self.relationship - parameters.bonds.relationship_neutral

    @property
    def gift(self) -> float:
        """The wish to give back that it acts upon, 0..1; none where it does not reciprocate or compare."""
        on = self.model.parameters.switches
        return self.indebtedness if on.reciprocity_customers and on.fairness_preferences else 0.0

    @property
    def said_satisfaction(self) -> float:
        """The satisfaction that speaks from it; neutral where it does not reciprocate."""
        parameters = self.model.parameters
        reciprocal = parameters.switches.reciprocity_customers
        return self.satisfaction if reciprocal else parameters.choice.satisfaction_neutral

    @property
    def looks_at(self) -> float:
        """Rival offers that it looks at in a month by now, on average."""
        return self.informedness * self.model.informedness

    @property
    def failed(self) -> bool:
        """Whether a service failed and nobody put it right."""
        return self.outcome in (Outcome.SILENT, Outcome.REFUSED)

    @property
    def put_right(self) -> bool:
        """Whether a service failed and was put right."""
        return self.outcome in (Outcome.REMEDY, Outcome.CARE)

    def need_gain(self, firm: "TwinFirm") -> float:
        """Return the factor on worth where an unmet need is known and met."""
        gain = self.model.parameters.service.contribution_gain
        return 1.0 + gain * self.unmet_need * self.need_known * firm.need_met

    def own_log_value(self, firm: "TwinFirm") -> float:
        """Return log value-for-money expected of one's own firm, at the known bill."""
        worth = log(self.worth) + self.taste * log(self.expectation) + log(self.need_gain(firm))
        return worth - log(max(self.known_bill, 0.01))

    def rebate_from(self, firm: "TwinFirm") -> float:
        """Return the coins of points on each service, from the second year on."""
        return firm.points_rebate * self.list_paid if self.tenure >= 12 else 0.0

    def known_cost_at(self, firm: "TwinFirm") -> float:
        """Return what one of the month's services cost as far as it knows: bill less refund."""
        refund = 0.0
        if self.outcome is not Outcome.WELL:
            refund = self.list_paid + firm.hidden_fee - self.rebate_from(firm) - self.price_paid
        return max(self.known_bill - refund, 0.01)

    def unfair_gap(self, firm: "TwinFirm") -> float:
        """Return by which share it pays more than newcomers, beyond two per cent."""
        return min(max(self.list_paid / firm.newcomer_price - 1.02, 0.0), 1.0)
