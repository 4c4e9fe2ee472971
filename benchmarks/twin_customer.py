"""The twin's customer: who it is, what it gets, what it says.

Numbers such as Q1 or X3 name the equation of the model's description that a line follows. What it feels
stands in `twin_experience`, how it chooses in `twin_choice`. Its employee never leaves, so that attachment
to the employee is kept but moves nobody.
"""

from math import exp, log, sqrt
from typing import TYPE_CHECKING

import mesa

from benchmarks import twin_choice, twin_experience
from benchmarks.twin_choice import RELATION_NEUTRAL
from benchmarks.twin_draws import CONTACTS, beta, gamma, log_gamma_fit, normal, poisson
from benchmarks.twin_experience import clip
from benchmarks.twin_firm import TwinFirm

if TYPE_CHECKING:
    from benchmarks.twin import TwinModel

CHURN_FIRST, CHURN_SECOND = 0.668, 3.806  # Beta of the yearly baseline of leaving; Fader and Hardie 2007
FIT_CONCENTRATION = 6.0  # Dirichlet concentration of brand fit (assumption)
FAIRNESS_TYPES = (  # cumulated share, inequity aversion, guilt; Fehr and Schmidt 1999
    (0.3, 0.0, 0.0),
    (0.6, 0.5, 0.25),
    (0.9, 1.0, 0.6),
    (1.0, 4.0, 0.6),
)
BOND_WEIGHTS = {  # assumption; sum 1
    "abundance": 0.20,
    "trust": 0.20,
    "dreams": 0.12,
    "truth": 0.16,
    "balance": 0.20,
    "grace": 0.12,
}


class TwinCustomer(mesa.Agent["TwinModel"]):
    """A customer of one firm, or of none, in a market with contracts."""

    def __init__(self, model: "TwinModel", number: int) -> None:
        super().__init__(model)
        self.number = number
        self.contacts: list[TwinCustomer] = []
        self.firm: TwinFirm | None = None
        self.become_new_person()
        self.join(None)

    def draw(self, stream_name: str) -> float:
        """Return this customer's uniform number of this month."""
        return self.model.draws.uniform(stream_name, self.number)

    # Who it is

    def become_new_person(self) -> None:
        """Draw the traits of somebody who was not in the market before (section 1)."""
        self.need_rate = gamma(self.draw("need_rate"), shape=2, mean=1)
        self.worth = 82 * exp(0.25 * normal(self.draw("worth")))
        self.taste = 0.6 + 0.6 * self.draw("taste")
        self.relationship_need = self.draw("relationship_need")
        draw = self.draw("fairness_type")
        self.inequity_aversion, self.guilt = next((a, g) for upto, a, g in FAIRNESS_TYPES if draw < upto)
        self.unmet_need = self.draw("unmet_need")
        self.informedness = 4 * self.draw("informedness")
        firms = self.model.firms
        shape = FIT_CONCENTRATION / len(firms)
        self.brand_fit = {f: log_gamma_fit(self.draw(f"brand_fit_{f.number}"), shape) for f in firms}
        self.word = dict.fromkeys(firms, 0.0)
        self.heard = dict.fromkeys(firms, 0)

    def join(self, firm: TwinFirm | None) -> None:
        """Start a relationship with a firm, or a time without one, from the beginning."""
        self.firm = firm
        self.tenure = 0
        self.churn_propensity = beta(self.draw("churn_propensity"), CHURN_FIRST, CHURN_SECOND)
        self.bonds = dict.fromkeys(BOND_WEIGHTS, 0.95 * RELATION_NEUTRAL)
        self.satisfaction = self.attachment = self.regret = self.regret_pending = self.known_fee = 0.0
        self.products_held = 1.0
        self.purchases = 0
        self.quality = 1.0
        self.failed = self.complained = self.put_right = self.fee_found = False
        self.bill_shock = 0.0
        self.expectation = firm.expected_quality if firm else 1.0
        self.reference_price = firm.newcomer_price if firm else 60.0

    def start_with_history(self) -> None:
        """Enter the first month as a customer of some firm for some time (section 1).

        Who has stayed for years is less prone to leave: Beta(a, b + years) is the law of survivors.
        """
        firms = self.model.firms
        self.join(firms[int(self.draw("first_firm") * len(firms))])
        self.tenure = min(int(-24 * log(1 - self.draw("first_tenure"))), 240)
        second = CHURN_SECOND + self.tenure / 12
        self.churn_propensity = beta(self.draw("churn_propensity"), CHURN_FIRST, second)
        self.bonds = dict.fromkeys(BOND_WEIGHTS, RELATION_NEUTRAL)
        self.expectation = 1.0

    def meet_contacts(self, everybody: "list[TwinCustomer]") -> None:
        """Choose whom it talks to, at random among the others."""
        others = len(everybody) - 1
        for place in range(CONTACTS if others else 0):
            position = int(self.draw(f"contact_{place}") * others)
            self.contacts.append(everybody[position if position < self.number else position + 1])

    @property
    def relationship(self) -> float:
        """Strength of the partnership, 0..1 (X8)."""
        return sum(weight * self.bonds[name] for name, weight in BOND_WEIGHTS.items())

    @property
    def bad(self) -> bool:
        """Whether a failure of this month was not put right."""
        return self.failed and not self.put_right

    @property
    def refused(self) -> bool:
        """Whether it complained this month in vain."""
        return self.complained and not self.put_right

    # What it pays: coins a service

    @property
    def price_paid(self) -> float:
        """Price at its tenure, without fee."""
        return self.firm.price_for(self.tenure) if self.firm else 0.0

    @property
    def full_bill(self) -> float:
        """All that it truly pays."""
        return self.price_paid + (self.firm.terms.hidden_fee if self.firm else 0.0)

    @property
    def known_bill(self) -> float:
        """What it knows that it pays: the fee only as far as it was found."""
        if self.firm is None:
            return 0.0
        return self.price_paid + min(self.known_fee * self.firm.terms.price, self.firm.terms.hidden_fee)

    # Service: section 5

    def buy(self) -> None:
        """Buy, meet the employee, get a quality, perhaps a failure and its remedy, perhaps more products."""
        self.purchases = 0
        self.failed = self.complained = self.put_right = self.fee_found = False
        self.products_wanted = self.products_pushed = 0
        if self.firm is None:
            return
        self.bill_shock = max(log(self.known_bill / self.reference_price), 0)
        warmth = self.relationship - RELATION_NEUTRAL
        need = self.need_rate * (1 + 0.5 * warmth + 0.02 * min(self.tenure / 12, 5))  # Q1
        self.purchases = poisson(self.draw("purchases"), need)
        self.take_more_products(self.firm, warmth)
        if self.purchases > 0:
            self.be_served(self.firm, warmth)

    def be_served(self, firm: TwinFirm, warmth: float) -> None:
        """Get the month's quality (Q2), perhaps a failure (Q3) and a remedy (Q4), and so a value (Q5)."""
        service = firm.employee.service
        noise = exp(0.10 * normal(self.draw("quality_noise")) / sqrt(self.purchases))
        self.quality = firm.terms.quality * firm.terms.reliability / 0.90 * service * noise
        chance = clip(0.03 * exp(-4 * (service - 1) - 6 * (firm.terms.reliability - 0.90)), 0, 0.3)
        self.failed = self.draw("failure") < 1 - (1 - chance) ** self.purchases
        if self.failed:
            voice = clip(0.25 + 0.4 * firm.terms.openness + 0.2 * warmth, 0.05, 0.95)
            self.complained = self.draw("complaint") < voice
            remedy = 0.10 + 0.85 * firm.terms.empowerment
            self.put_right = self.complained and self.draw("recovery") < remedy
        good_share = (self.purchases - self.bad) / self.purchases
        self.value = self.worth * self.quality**self.taste * good_share

    def take_more_products(self, firm: TwinFirm, warmth: float) -> None:
        """Take a further product because it wants it, or because it is pushed and regretted later (Q6)."""
        self.products_wanted = int(self.draw("product_wanted") < 0.015 * (1 + 2 * warmth))
        self.products_pushed = int(self.draw("product_pushed") < 0.15 * firm.employee.selling_effort)
        self.products_held += self.products_wanted + 0.5 * self.products_pushed
        self.regret_pending += self.products_pushed

    # Experience and choice: sections 6 and 8

    def experience(self) -> None:
        """Let the month change what it feels, expects and knows; without contact, feelings fade."""
        twin_experience.experience(self)

    def choose(self) -> None:
        """Stay, leave for another firm or for nobody, or move away and make room for somebody new."""
        twin_choice.choose(self)

    @property
    def unfair_price_gap(self) -> float:
        """Share by which it pays more than a newcomer, beyond 2 % (X6)."""
        return max(self.price_paid / self.firm.newcomer_price - 1.02, 0) if self.firm else 0.0

    # Word: section 7

    def talk(self) -> None:
        """Praise its firm or warn of it, to one of its contacts (O1, O2)."""
        if self.firm is None or not self.contacts:
            return
        champion = self.relationship > 0.55 and self.satisfaction > -0.1
        praising = 0.11 * clip(0.5 + self.satisfaction, 0, 1.5) + 0.05 * champion
        grievance = 0.25 * max(-self.satisfaction, 0) + self.bad + self.fee_found + 0.2 * self.regret
        listener = self.contacts[int(self.draw("listener") * len(self.contacts))]
        if self.draw("praise") < praising:
            listener.heard[self.firm] += 1
        elif self.draw("warning") < 0.010 + 0.33 * grievance:
            listener.heard[self.firm] -= 1

    def listen(self) -> None:
        """Take in what was heard this month; what was heard before fades by a tenth."""
        for firm, messages in self.heard.items():
            self.word[firm] = clip(0.9 * self.word[firm] + 0.35 * messages, -1, 1)
            self.heard[firm] = 0
