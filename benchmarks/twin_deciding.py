"""The twin's customer decides: to stay, to leave and where to, to look for a firm, or to move away.

Reconsidering is two events, attention and leaving, whose neutral probabilities multiply to the personal
baseline. Each term is a deviation from a neutral point, and belongs to a cause.
"""

from math import exp, log

from benchmarks.twin_firm import TwinFirm
from benchmarks.twin_laws import within
from benchmarks.twin_offers import Shopper
from benchmarks.twin_person import Decision, Outcome
from sim.streams import DECISION

Terms = dict[str, float]

ATTENTION = {  # what makes a customer reconsider, and the cause it counts for
    "refusal": "failed_recovery",
    "failure": "core_failure",
    "fee_found": "unfairness",
    "regret": "unfairness",
    "bad_word": "bad_word",
    "price_shock": "price_or_value",
    "poor_value_noticed": "price_or_value",
    "offers": "competitor",
    "satisfaction": "erosion_by_time",
}
LEAVING = {  # what makes it leave once it reconsiders
    "betrayal": "failed_recovery",
    "unfair_price": "unfairness",
    "known_fee": "unfairness",
    "poor_value": "price_or_value",
    "best_offer": "competitor",
    "relationship": "erosion_by_time",
    "loyalty_scheme": "baseline",
}
CAUSES = (
    "failed_recovery",
    "core_failure",
    "unfairness",
    "employee_left",
    "bad_word",
    "price_or_value",
    "competitor",
    "erosion_by_time",
)


class Chooser(Shopper):
    """How a customer decides."""

    def decide(self) -> None:
        """Stay, leave, look for a firm, or move away; whoever leaves knows where to and why."""
        parameters, luck = self.model.parameters, self.luck(DECISION)
        if parameters.switches.moving and luck[3] < parameters.population.moving_rate:
            self.decision = Decision.MOVES
            return
        offers = int(self.looks_at + luck[0])
        if self.firm:
            self.reconsider(self.firm, min(offers, max(self.model.living_firms - 1, 0)), luck)
        elif luck[2] < parameters.choice.search_probability:
            self.decision = Decision.LOOKS
            self.destination = self.choose_among(self.offers_seen(max(offers, 2)))

    def reconsider(self, firm: TwinFirm, offers: int, luck: list[float]) -> None:
        """Pay attention or not, and then leave or not."""
        baseline = self.baseline_probability
        attention = min(self.model.parameters.choice.attention_ratio * baseline, 1.0)
        leaving = within(baseline / attention, 1e-9, 1.0 - 1e-9)
        terms = self.attention_terms(firm, offers)
        if luck[1] >= self.attention_probability(attention, sum(terms.values()), self.lost_tie):
            return
        seen = self.offers_seen(offers)
        reasons = self.leaving_terms(firm, seen)
        if luck[2] >= self.leaving_probability(leaving, sum(reasons.values())):
            return
        self.decision = Decision.LEAVES
        self.destination = self.choose_among(seen)
        self.find_causes(luck, attention, leaving, terms, reasons, seen)

    # The two events

    @property
    def baseline_probability(self) -> float:
        """The month's chance of leaving at neutral terms; twelve months make the yearly propensity."""
        anniversary = self.model.parameters.choice.anniversary
        weight = anniversary if self.tenure % 12 == 11 else (12.0 - anniversary) / 11.0
        return 1.0 - (1.0 - self.churn_propensity) ** (weight / 12.0)

    def attention_probability(self, neutral: float, terms: float, lost_tie: float) -> float:
        """Return the chance of reconsidering: proportional hazard, and a lost employee besides."""
        p = self.model.parameters.choice
        urge = within(terms, -p.term_limit, p.term_limit)
        return 1.0 - (1.0 - neutral) ** exp(urge) * (1.0 - p.employee_weight * lost_tie)

    def leaving_probability(self, neutral: float, terms: float) -> float:
        """Return the chance of leaving, having reconsidered: log-odds of neutral plus the terms."""
        limit = self.model.parameters.choice.leaving_limit
        return 1.0 / (1.0 + (1.0 - neutral) / neutral * exp(-within(terms, -limit, limit)))

    def attention_terms(self, firm: TwinFirm, offers: int) -> Terms:
        """Return what makes it reconsider, each zero at its neutral point."""
        parameters = self.model.parameters
        p, on = parameters.choice, parameters.switches
        terms = dict.fromkeys(ATTENTION, 0.0)
        if on.reciprocity_customers:
            failure = p.failure_weight * (1.0 - 0.5 * firm.guarantee)
            shock = max(log(max(self.known_bill, 0.01) / self.reference_price), 0.0)
            terms["refusal"] = p.refusal_weight * (self.outcome is Outcome.REFUSED)
            terms["failure"] = failure * (self.outcome is Outcome.SILENT)
            terms["fee_found"] = p.fee_found_weight * self.fee_found
            terms["regret"] = p.regret_weight * self.regret
            terms["price_shock"] = p.price_shock_weight * shock
            terms["satisfaction"] = -p.satisfaction_weight * (self.satisfaction - p.satisfaction_neutral)
        if on.word_of_mouth:
            terms["bad_word"] = p.bad_word_weight * max(-self.opinion[firm], 0.0)
        if on.nobody_option:
            terms["poor_value_noticed"] = p.poor_value_attention * max(-self.own_log_value(firm), 0.0)
        if on.value_comparison:
            usual = min(p.offers_neutral, max(self.model.living_firms - 1.0, 0.0))
            terms["offers"] = p.offers_weight * (offers - usual)
        return terms

    def leaving_terms(self, firm: TwinFirm, seen: list[TwinFirm]) -> Terms:
        """Return what makes it leave once it reconsiders, each zero at its neutral point."""
        parameters = self.model.parameters
        p, on = parameters.choice, parameters.switches
        gap = self.relationship_gap
        terms = dict.fromkeys(LEAVING, 0.0)
        terms["relationship"] = -p.relationship_weight * (0.5 + self.relationship_need) * gap
        if on.reciprocity_customers:
            terms["known_fee"] = p.known_fee_weight * self.known_fee
        if on.reciprocity_customers and on.fairness_preferences:
            minded = 0.5 + 0.5 * min(self.inequity_aversion, 2.0)
            terms["unfair_price"] = p.unfairness_weight * self.unfair_gap(firm) * minded
        if on.nobody_option:
            terms["poor_value"] = p.poor_value_weight * max(-self.own_log_value(firm), 0.0)
        if on.forgiveness and (self.outcome is Outcome.REFUSED or self.fee_found):
            above = max(1.0 - parameters.bonds.relationship_neutral, 0.01)
            terms["betrayal"] = p.betrayal_weight * max(gap, 0.0) / above
        if firm.points_rebate > 0.0 and self.tenure >= 12:
            terms["loyalty_scheme"] = -p.scheme_weight * min(firm.points_rebate / p.scheme_reference, 1.0)
        terms["best_offer"] = self.best_offer(firm, seen)
        return terms

    # Causes

    def find_causes(
        self,
        luck: list[float],
        attention: float,
        leaving: float,
        terms: Terms,
        reasons: Terms,
        seen: list[TwinFirm],
    ) -> None:
        """Note what would have kept it, with the same luck, had it been neutral, and the strongest."""
        p, lost = self.model.parameters.choice, self.lost_tie
        assert self.firm is not None
        plain_offer = self.best_offer(self.firm, seen, with_tie=False)
        most = 0.0
        for cause in CAUSES:
            urge = sum(max(terms[name], 0.0) for name, its in ATTENTION.items() if its == cause)
            pull = sum(max(reasons[name], 0.0) for name, its in LEAVING.items() if its == cause)
            still_lost, extra = lost, 0.0
            if cause == "employee_left":
                still_lost, pull = 0.0, reasons["best_offer"] - plain_offer
                extra = 4.0 * p.employee_weight * lost
            elif cause == "competitor":
                pull = min(pull, max(plain_offer, 0.0))
            noticed = self.attention_probability(attention, sum(terms.values()) - urge, still_lost)
            gone = self.leaving_probability(leaving, sum(reasons.values()) - pull)
            strength = urge + pull + extra
            if strength > 0.0 and (luck[1] >= noticed or luck[2] >= gone):
                self.causes.append(cause)
                if strength > most:
                    self.cause, most = cause, strength
        if not self.causes:
            neutral = luck[1] < attention and luck[2] < leaving
            self.cause = "baseline" if neutral else "several"
