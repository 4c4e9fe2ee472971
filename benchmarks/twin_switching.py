"""The twin's customer goes where it decided; a newcomer takes the place of who moved away."""

from math import exp
from typing import TYPE_CHECKING

from benchmarks.twin_firm import TwinFirm
from benchmarks.twin_laws import luck_of, normal, quantile, single, within
from benchmarks.twin_person import BONDS, Decision, Person
from sim.streams import ASSIGNMENT, CUSTOMER_TRAITS, RELATIONSHIP

if TYPE_CHECKING:
    import numpy as np


class Switcher(Person):
    """How relationships end and begin."""

    def go(self) -> None:
        """Do what was decided."""
        if self.decision is Decision.MOVES:
            self.end_relationship()
            self.cause = "moved_away"
            self.become(self.model.next_newcomer())
        elif self.decision is Decision.LEAVES or self.destination:
            self.end_relationship()
            if self.destination:
                self.begin_relationship(self.destination)
        elif self.firm:
            self.tenure = min(self.tenure + 1, 32_000)
            self.lost_since = min(self.lost_since + 1, 32_000)

    def end_relationship(self) -> None:
        """Be nobody's customer, with the feelings of a newcomer."""
        parameters = self.model.parameters
        start = parameters.bonds.newcomer_share * parameters.bonds.relationship_neutral
        self.bonds = dict.fromkeys(BONDS, start)
        self.firm = self.employee = self.lost_employee = None
        self.tenure = self.lost_since = 0
        self.satisfaction = parameters.experience.satisfaction_start
        self.attachment = self.lost_attachment = 0.0
        self.regret = self.pending_regret = self.known_fee = 0.0
        self.indebtedness, self.products_held, self.lifetime_spend = 0.0, 1.0, 0.0
        self.joined, self.expectation, self.reference_price = -1, 1.0, 60.0

    def begin_relationship(self, firm: TwinFirm) -> None:
        """Be a firm's customer: served by one of its staff, with a churn propensity of its own."""
        luck, staff = self.luck(RELATIONSHIP), firm.staff
        self.firm, self.joined = firm, min(self.model.clock, 32_000)
        chosen = int(self.luck(ASSIGNMENT)[0] * len(staff))
        self.employee = staff[min(chosen, len(staff) - 1)] if staff else None
        if self.churn_propensity == 0.0 or luck[1] >= self.model.parameters.population.persistence:
            log_odds = quantile(self.model.churn_table, luck[0])
            self.churn_propensity = single(1.0 / (1.0 + exp(-log_odds)))
        self.expectation = within(exp(firm.offered_log_quality), 0.3, 2.0)
        self.reference_price = single(firm.newcomer_price)

    def become(self, number: "np.ndarray") -> None:
        """Be a person who was not in the market before; its traits follow from its number alone."""
        p = self.model.parameters.population
        u = luck_of(self.model.seed, CUSTOMER_TRAITS, 0, number, blocks=3)[0]
        self.number = int(number[0])
        self.need_rate = single(exp(quantile(self.model.need_table, u[0])))
        self.worth = single(p.worth_median * exp(p.worth_spread * normal(u[1])))
        self.budget = single(p.budget_median * exp(p.budget_spread * normal(u[2])))
        self.taste = single(p.taste_low + (p.taste_high - p.taste_low) * u[3])
        span = p.relationship_need_high - p.relationship_need_low
        self.relationship_need = single(p.relationship_need_low + span * u[4])
        self.inequity_aversion, self.guilt = self.fairness_type(u[5])
        self.unmet_need = single(p.unmet_need_high * u[6])
        self.informedness = single(p.offers_mean * (1.0 + p.offers_spread * (2.0 * u[7] - 1.0)))
        self.opportunism = single(u[8] ** p.opportunism_shape)
        self.churn_propensity = self.need_known = 0.0
        self.opinion = dict.fromkeys(self.model.firms, 0.0)

    def fairness_type(self, uniform: float) -> tuple[float, float]:
        """Return inequity aversion and guilt of the type that a uniform falls into."""
        p = self.model.parameters.population
        if uniform < p.selfish_share:
            return 0.0, 0.0
        if uniform < p.selfish_share + p.mild_share:
            return single(p.mild_aversion), single(p.mild_guilt)
        if uniform < p.selfish_share + p.mild_share + p.strong_share:
            return single(p.strong_aversion), single(p.strong_guilt)
        return single(p.fierce_aversion), single(p.strong_guilt)
