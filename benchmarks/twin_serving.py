"""The twin's customer buys, is served well or badly, and may be sold more."""

from math import exp, sqrt

from benchmarks.twin_firm import TwinFirm, grace_of
from benchmarks.twin_laws import normal, poisson, single, within
from benchmarks.twin_person import Outcome, Person, Voice
from sim.streams import RECOVERY, SELLING, SERVICE


class Buyer(Person):
    """How a customer buys."""

    def buy(self) -> None:
        """Buy what is needed and can be paid, and get what staff and suppliers make of it."""
        if self.firm is None:
            return
        firm, luck = self.firm, self.luck(SERVICE)
        gap = self.relationship_gap
        self.list_paid = firm.price_for(self.tenure)
        known = self.list_paid + min(self.known_fee * firm.price, firm.hidden_fee)
        self.known_bill = known - self.rebate_from(firm)
        needed = poisson(luck[0], self.purchase_rate(firm, gap))
        means = self.budget * (1.0 + self.model.parameters.purchases.credit_stretch * firm.accessibility)
        self.purchases = min(needed, int(means / max(self.known_bill, 1e-9)))
        self.take_more_products(firm, gap)
        if self.purchases == 0:
            self.price_paid = self.list_paid + firm.hidden_fee
            return
        self.be_served(firm, gap, luck)
        self.value_and_pay(firm)

    def purchase_rate(self, firm: TwinFirm, gap: float) -> float:
        """Return the expected purchases of the month; they rise with relationship, gratitude and years.

        Who knows that a service is worth less than its bill buys less.
        """
        p = self.model.parameters.purchases
        years = min(self.tenure / 12.0, p.spending_years)
        growth = 1.0 + p.relationship_spending * gap + p.tenure_spending * years
        growth += p.gift_spending * self.gift
        rate = self.need_rate * self.model.demand * max(growth, 0.0)
        if not self.model.parameters.switches.nobody_option:
            return rate
        return rate * exp(-p.poor_value_restraint * max(-self.own_log_value(firm), 0.0))

    def take_more_products(self, firm: TwinFirm, gap: float) -> None:
        """Ask for one more product, or have one pushed on it."""
        parameters, luck = self.model.parameters, self.luck(SELLING)
        p, on = parameters.purchases, parameters.switches
        wanted = 0.0
        if on.cross_selling and self.products_held < p.most_products - 2.0:
            insight = firm.insight - parameters.standing.insight_neutral if on.insight else 0.0
            warmth = 1.0 + p.wanted_relationship * gap + p.wanted_insight * insight
            wanted = p.wanted_rate * max(warmth, 0.0) * (1.0 - p.advice_declined * firm.honest_advice)
        pushed = 0.0
        if on.overselling and self.employee:
            pushed = min(p.pushed_rate * self.employee.selling_effort * (1.0 - firm.honest_advice), 1.0)
        self.wanted_product, self.pushed_product = luck[0] < wanted, luck[1] < pushed
        if self.wanted_product or self.pushed_product:
            more = self.wanted_product + 0.5 * self.pushed_product
            self.products_held = single(min(self.products_held + more, p.most_products))
            self.pending_regret = single(self.pending_regret + self.pushed_product)

    def be_served(self, firm: TwinFirm, gap: float, luck: list[float]) -> None:
        """Get the month's quality, perhaps a failure and what becomes of it."""
        p, on = self.model.parameters.service, self.model.parameters.switches
        service = self.service_from(firm)
        noise = exp(p.quality_noise * normal(luck[1]) / sqrt(self.purchases))
        self.quality = firm.quality * (firm.reliability / p.reference_reliability) * service * noise
        better = p.failure_service * (service - 1.0)
        better += p.failure_reliability * (firm.reliability - p.reference_reliability)
        one_fails = within(p.failure_probability * exp(-better), 0.0, 0.3)
        if luck[2] < 1.0 - (1.0 - one_fails) ** self.purchases:
            self.seek_remedy(firm, gap, luck[3])
        elif luck[3] < p.compliment_rate * firm.openness * max(self.said_satisfaction, 0.0):
            self.voice = Voice.COMPLIMENT
        elif on.recovery and luck[3] > 1.0 - p.unjustified_claims * self.opportunism:
            self.voice = Voice.CLAIM

    def service_from(self, firm: TwinFirm) -> float:
        """Return the service that reaches it, 1 at reference: staff's, fitted by insight, shifted by rank."""
        parameters = self.model.parameters
        p = parameters.service
        given = self.employee.service if self.employee else p.service_without_staff
        insight = firm.insight if parameters.switches.insight else 0.0
        rank = 0.0
        if firm.targeting > 0.0 and firm.mean_spend > 0.0:
            ratio = self.lifetime_spend / firm.mean_spend
            rank = (ratio - 1.0) / (ratio + 1.0)
        fitted = given * (1.0 + p.tailoring_gain * firm.tailoring * insight)
        return max(fitted + p.targeting_gain * firm.targeting * rank, 0.1)

    def seek_remedy(self, firm: TwinFirm, gap: float, luck: float) -> None:
        """Bear a failure in silence, or voice it and be refused, or have it put right."""
        parameters = self.model.parameters
        p = parameters.service
        voiced = within(
            p.voice_base + p.voice_openness * firm.openness + p.voice_relationship * gap, 0.05, 0.95
        )
        if not parameters.switches.recovery or luck >= voiced:
            self.outcome = Outcome.SILENT
            return
        self.voice = Voice.COMPLAINT
        remedy_luck = self.luck(RECOVERY)
        if remedy_luck[0] >= p.remedy_base + p.remedy_empowerment * firm.empowerment:
            self.outcome = Outcome.REFUSED
        elif remedy_luck[1] < grace_of(firm, self.employee):
            self.outcome = Outcome.CARE
        else:
            self.outcome = Outcome.REMEDY

    def value_and_pay(self, firm: TwinFirm) -> None:
        """Know what one service was worth, failures counted, and pay all there is to pay for it."""
        worth = self.worth * self.quality**self.taste * self.need_gain(firm)
        self.value = worth * ((self.purchases - 1.0) / self.purchases if self.failed else 1.0)
        refund = 0.0
        if self.outcome is not Outcome.WELL:
            refund = firm.guarantee * self.list_paid / self.purchases
        self.price_paid = max(self.list_paid + firm.hidden_fee - self.rebate_from(firm) - refund, 0.01)
        self.lifetime_spend = single(self.lifetime_spend + self.purchases * self.price_paid)
