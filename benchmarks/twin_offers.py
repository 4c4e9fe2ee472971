"""The twin's customer looks at offers, and compares them with its own firm and with nobody."""

from math import log

from benchmarks.twin_firm import TwinFirm
from benchmarks.twin_laws import gumbel, quantile, within
from benchmarks.twin_person import Person
from sim.streams import BRAND_FIT, DESTINATION, OFFERS


class Shopper(Person):
    """How a customer sees and compares offers."""

    @property
    def lost_tie(self) -> float:
        """Attachment to an employee who left a short while ago, 0..1."""
        parameters = self.model.parameters
        on = parameters.switches.attachment and parameters.switches.reciprocity_customers
        recent = self.lost_since < parameters.choice.employee_memory
        return self.lost_attachment if on and recent else 0.0

    def offered_log_value(self, firm: TwinFirm) -> float:
        """Return log value-for-money expected of another firm's offer."""
        worth = log(self.worth) + self.taste * firm.offered_log_quality + log(self.need_gain(firm))
        return worth - log(firm.offered_price(self.looks_at))

    def tie_to(self, firm: TwinFirm) -> float:
        """Return the pull of the firm for which an employee one was attached to now works."""
        pull = self.model.parameters.choice.employee_tie * self.lost_tie
        return pull if pull > 0.0 and self.lost_employee in firm.staff else 0.0

    def offers_seen(self, number: int) -> list[TwinFirm]:
        """Return the offers seen: some at random by awareness, those one heard well of, and ties."""
        parameters, luck = self.model.parameters, self.luck(OFFERS)
        reach = {
            firm: -log(luck[firm.row]) / firm.awareness
            for firm in self.model.firms
            if firm is not self.firm and firm.awareness > 0.0
        }
        first = sorted(reach, key=lambda firm: reach[firm])[:number]
        heard = parameters.choice.heard_of if parameters.switches.word_of_mouth else 1.0
        return [
            firm for firm in reach if firm in first or self.opinion[firm] > heard or self.tie_to(firm) > 0.0
        ]

    def best_offer(self, own: TwinFirm, seen: list[TwinFirm], *, with_tie: bool = True) -> float:
        """Return by how much the best offer seen beats one's own firm, in utils."""
        parameters = self.model.parameters
        p, on = parameters.choice, parameters.switches
        if not on.value_comparison:
            return 0.0
        here, gains = self.own_log_value(own), []
        for firm in seen:
            gain = p.value_weight * (self.offered_log_value(firm) - here)
            if on.word_of_mouth:
                gain += p.word_weight * self.opinion[firm]
            if on.reputation:
                gain += p.reputation_weight * (firm.seen_reputation - own.seen_reputation)
            gains.append(within(gain, -8.0, 8.0) + (self.tie_to(firm) if with_tie else 0.0))
        return max(gains, default=p.no_offer)

    def choose_among(self, seen: list[TwinFirm]) -> TwinFirm | None:
        """Choose among the acceptable offers and nobody, by a multinomial logit."""
        parameters = self.model.parameters
        p, on = parameters.choice, parameters.switches
        luck, fit = self.luck(DESTINATION), self.luck(BRAND_FIT)
        choice, most = None, p.nobody + gumbel(luck[self.model.nobody_place]) if on.nobody_option else -1e300
        for firm in seen:
            value = self.offered_log_value(firm)
            if on.nobody_option and value <= 0.0:
                continue
            liking = p.value_weight * value
            liking += p.word_weight * self.opinion[firm] if on.word_of_mouth else 0.0
            liking += p.reputation_weight * firm.seen_reputation if on.reputation else 0.0
            utility = p.destination_scale * liking
            utility += p.fit_weight * quantile(self.model.fit_table, fit[firm.row])
            utility += self.tie_to(firm) + gumbel(luck[firm.row])
            if utility > most:
                choice, most = firm, utility
        return choice
