"""The twin's customer takes the month in: satisfaction, expectation, bonds, regret and known needs move."""

from math import exp, log, tanh

from benchmarks.twin_firm import TwinFirm, grace_of
from benchmarks.twin_laws import single, within
from benchmarks.twin_person import Outcome, Person
from sim.streams import SELLING


class Judge(Person):
    """How a customer takes in what it got."""

    def take_it_in(self) -> None:
        """Judge and bond after a purchase; without one, feelings fade."""
        if self.firm is None:
            return
        firm, p = self.firm, self.model.parameters.experience
        self.ripen_regret()
        if self.purchases > 0:
            expected, felt = self.expectation, self.felt_quality
            value = self.value / self.known_cost_at(firm)
            self.judge(firm, felt, value)
            self.look_for_fees(firm)
            self.bond(firm, felt, value)
            self.learn(firm, expected)
        else:
            self.satisfaction *= 1.0 - p.satisfaction_fading
            self.known_fee = single(self.known_fee * (1.0 - p.fee_forgetting))
            self.let_bonds_fade(firm)

    def ripen_regret(self) -> None:
        """Regret what was pushed, after a while."""
        p = self.model.parameters.experience
        ripened = p.regret_delay * self.pending_regret
        self.pending_regret = single(self.pending_regret - ripened)
        regret = self.regret * (1.0 - p.regret_fading) + p.regret_size * ripened
        self.regret = single(within(regret, 0.0, 1.0))

    @property
    def felt_quality(self) -> float:
        """Quality as felt: lowered by a failure, less so where it was put right."""
        p = self.model.parameters.service
        if self.outcome is Outcome.WELL:
            return self.quality
        return self.quality * (p.remedied_worth if self.put_right else p.failed_worth)

    def judge(self, firm: TwinFirm, felt: float, value: float) -> None:
        """Move satisfaction toward the month's judgement: level, surprise, price shock, regret."""
        parameters = self.model.parameters
        p = parameters.experience
        surprise = (felt - self.expectation) / self.expectation
        if surprise < 0.0 and parameters.switches.loss_aversion:
            surprise *= p.loss_aversion
        level = p.value_weight * log(max(value, 0.2) / p.reference_value)
        level += p.quality_weight * log(self.quality)
        shock = p.price_shock_weight * max(log(self.known_bill / self.reference_price), 0.0)
        judged = p.satisfaction_base + p.disconfirmation * surprise + level - shock
        judged -= p.regret_weight * self.regret
        delight = 0.0
        if self.outcome is Outcome.CARE:
            delight = p.remedy_delight * grace_of(firm, self.employee) / 0.5
        moved = (
            self.satisfaction
            + p.satisfaction_rate * (1.0 - 2.0 / (exp(2.0 * judged) + 1.0) - self.satisfaction)
            + delight
        )
        self.satisfaction = within(moved, -1.0, 1.0)

    def look_for_fees(self, firm: TwinFirm) -> None:
        """Find a hidden fee, or slowly forget one that was found."""
        p = self.model.parameters.experience
        finds = min(p.fee_discovery * (1.0 + 2.0 * tanh(self.looks_at / 4.0)), 1.0)
        if firm.hidden_fee > 1e-6 and self.luck(SELLING)[2] < finds:
            self.known_fee, self.fee_found = single(firm.hidden_fee / firm.price), True
        else:
            self.known_fee = single(self.known_fee * (1.0 - p.fee_forgetting))

    def learn(self, firm: TwinFirm, expected: float) -> None:
        """Get used to quality, claim and price, and learn what it had needed."""
        parameters = self.model.parameters
        p = parameters.experience
        if parameters.switches.expectation_drift:
            moved = expected + p.expectation_rate * (self.quality - expected)
            self.expectation = within(moved + p.claim_rate * (firm.claim - expected), 0.3, 2.0)
            self.delight_worn_off = p.disconfirmation * (self.expectation - expected) / expected
        change = p.reference_price_rate * (self.known_bill - self.reference_price)
        self.reference_price = single(self.reference_price + change)
        learned = p.need_learning * firm.need_met * (1.0 - self.need_known)
        self.need_known = single(self.need_known + learned)

    # Bonds

    def fading_at(self, firm: TwinFirm) -> float:
        """Return the month's fading of bonds; contact beyond transactions slows it."""
        parameters = self.model.parameters
        if not parameters.switches.erosion_by_time:
            return 0.0
        contact = min(firm.outreach + firm.association, 1.0)
        return parameters.bonds.fading * (1.0 - parameters.bonds.outreach_protection * contact)

    def let_bonds_fade(self, firm: TwinFirm) -> None:
        """Feel less close after a month without contact."""
        parameters = self.model.parameters
        fading = self.fading_at(firm)
        for name, bond in self.bonds.items():
            self.bonds[name] = within(bond * (1.0 - fading), 0.0, 1.0)
        if parameters.switches.attachment:
            self.attachment = single(self.attachment * (1.0 - parameters.bonds.attachment_fading))

    def bond(self, firm: TwinFirm, felt: float, value: float) -> None:
        """Move each bond toward what the contact said, then let it fade; attachment likewise."""
        before, growth, fading = self.relationship, self.growth_at(firm, felt), self.fading_at(firm)
        signals = self.signals(firm, felt, value)
        self.want_to_give_back(firm)
        self.bonds_built = growth * (self.weigh(signals) - before)
        for name, signal in signals.items():
            moved = self.bonds[name] + growth * (signal - self.bonds[name])
            self.bonds[name] = within(moved * (1.0 - fading), 0.0, 1.0)
        if self.model.parameters.switches.attachment:
            self.attach(firm)

    def growth_at(self, firm: TwinFirm, felt: float) -> float:
        """Return the speed of the bonds; a first service far above expectation founds a partnership."""
        p = self.model.parameters.bonds
        speed = p.growth
        if self.tenure == 0 and felt > p.delight_threshold * self.expectation:
            speed *= p.delight_speed
        return min(speed, 1.0)

    def attach(self, firm: TwinFirm) -> None:
        """Grow closer to the employee who serves; knowledge shared among staff holds that down."""
        p = self.model.parameters.bonds
        if self.employee is None:
            self.attachment = single(self.attachment * (1.0 - p.attachment_fading))
            return
        close = self.relationship_need * self.employee.service * (1.0 - p.attachment_shared * firm.sharing)
        nearer = p.attachment_rate * (within(close, 0.0, 1.0) - self.attachment)
        self.attachment = single(self.attachment + nearer)

    def signals(self, firm: TwinFirm, felt: float, value: float) -> dict[str, float]:
        """Return what the contact says to each bond, 0..1; one cannot bond with the vague."""
        parameters = self.model.parameters
        clearness = 1.0
        if parameters.switches.identity:
            gap = firm.identity - parameters.bonds.identity_neutral
            clearness += parameters.bonds.identity_weight * gap
        said = self.said_by(firm, felt, value)
        return {bond: within(signal * clearness, 0.0, 1.0) for bond, signal in said.items()}

    def said_by(self, firm: TwinFirm, felt: float, value: float) -> dict[str, float]:
        """Return what the contact would say to each bond with a firm of neutral identity, 0..1."""
        help_given = 0.5 * firm.need_met * self.unmet_need
        together = 0.1 * firm.outreach + 0.1 * firm.association
        shared = 0.4 * firm.openness + 0.3 * firm.sharing + 0.3 * firm.consensus
        cold = self.outcome in (Outcome.REFUSED, Outcome.REMEDY)
        boast = max(firm.claim / self.quality - 1.0, 0.0)
        candour = within(1.0 - 2.0 * boast - 4.0 * self.known_fee, 0.0, 1.0) * (1.0 - 0.5 * self.regret)
        return {
            "abundance": help_given + 0.5 * within(value - 1.0, 0.0, 1.0),
            "trust": self.trust_signal(firm, felt),
            "dreams": within(shared + together, 0.0, 1.0),
            "truth": within(candour + 0.1 * firm.honest_advice, 0.0, 1.0),
            "balance": self.balance_signal(firm),
            "grace": 0.0 if cold else grace_of(firm, self.employee),
        }

    def trust_signal(self, firm: TwinFirm, felt: float) -> float:
        """Return how far promises were kept, 0..1; who is close or wants to give back forgives in part."""
        if self.outcome is Outcome.REFUSED:
            return 0.0
        parameters = self.model.parameters
        forgiveness = parameters.bonds.forgiveness if parameters.switches.forgiveness else 0.0
        shortfall = max((self.expectation - felt) / self.expectation, 0.0)
        grateful = self.indebtedness if parameters.switches.fairness_preferences else 0.0
        shortfall *= 1.0 - forgiveness * min(self.relationship + grateful, 1.0)
        kept = within(1.0 - 3.0 * shortfall * (1.0 - 0.5 * firm.guarantee), 0.0, 1.0)
        return within(kept * (1.0 - 0.5 * self.regret) + 0.1 * firm.honest_advice, 0.0, 1.0)

    def own_share(self, firm: TwinFirm) -> float:
        """Return its share of the gain of one service, -1..2."""
        return within(
            (self.value - self.known_cost_at(firm)) / max(self.value - firm.unit_cost, 1.0), -1.0, 2.0
        )

    def want_to_give_back(self, firm: TwinFirm) -> None:
        """Feel indebted for having got more of the gain than the firm."""
        fair = self.model.parameters.switches.fairness_preferences
        ahead = self.guilt * (2.0 * self.own_share(firm) - 1.0)
        self.indebtedness = single(within(ahead, 0.0, 1.0)) if fair else 0.0

    def balance_signal(self, firm: TwinFirm) -> float:
        """Return how fair the split of the gain and the price beside newcomers' are felt to be, 0..1."""
        parameters = self.model.parameters
        own, envy, unfair = self.own_share(firm), 0.0, 0.0
        if parameters.switches.fairness_preferences:
            ahead = 1.0 - 2.0 * own  # the firm's share of the gain less one's own
            envy = self.inequity_aversion * max(ahead, 0.0)
            unfair = self.unfair_gap(firm)
        fair_split = 1.0 / (1.0 + exp(-4.0 * (own - parameters.bonds.envy_weight * envy - 0.1)))
        reward = 2.0 * firm.tenure_discount * min(self.tenure // 12, parameters.purchases.scheme_years)
        return within(0.5 * fair_split + 0.5 * (1.0 - 4.0 * unfair) + reward, 0.0, 1.0)
