"""The twin's firm and employee: what a customer meets."""

from math import log
from typing import TYPE_CHECKING, Annotated

import mesa
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

if TYPE_CHECKING:
    from benchmarks.twin import TwinModel

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(config=ConfigDict(extra="forbid", allow_inf_nan=False), kw_only=True, frozen=True)
class FirmTerms:
    """What a firm offers, fixed for the whole run.

    All defaults are assumptions: a firm of reference terms with the service style `empowered`, but a teaser,
    a rise on the loyal and a hidden fee of zero.
    """

    price: Positive = 60.0  # coins a service, before teaser, rise and fee
    quality: Positive = 1.0  # 1 is the reference
    claim: Positive = 1.05  # the quality that it claims
    teaser: Share = 0.0  # share off the price in the first year
    walk: Share = 0.0  # yearly rise on those who stay
    hidden_fee: Annotated[float, Field(ge=0)] = 0.0  # coins a service
    contribution: Annotated[float, Field(ge=0)] = 0.0  # coins a customer and month spent on unmet needs
    empowerment: Share = 0.7
    openness: Share = 0.5
    sharing: Share = 0.5
    consensus: bool = False
    reliability: Positive = 0.90  # of its suppliers; .90 is the reference
    reputation: Share = 0.6
    unit_cost: Positive = 45.0  # coins a service, full average cost


class TwinEmployee(mesa.Agent["TwinModel"]):
    """The one employee of a firm; stands for a staff of the right size, so that load plays no part."""

    def __init__(self, model: "TwinModel") -> None:
        super().__init__(model)
        self.service_effort = 0.8
        self.selling_effort = 0.0
        self.customer_knowledge = 0.5
        self.skill = 1.0
        self.morale = 0.6

    @property
    def service(self) -> float:
        """Quality of service, 1 at reference effort, knowledge and skill (W6; assumption)."""
        effort = 0.30 * (self.service_effort - 0.8) / 0.8
        knowledge = 0.15 * (self.customer_knowledge - 0.5)
        skill = 0.125 * (self.skill - 1)
        return min(max(1 + effort + knowledge + skill, 0.5), 1.4)


class TwinFirm(mesa.Agent["TwinModel"]):
    """A firm with fixed terms; only what the public thinks of its quality moves."""

    def __init__(self, model: "TwinModel", number: int, name: str, terms: FirmTerms) -> None:
        super().__init__(model)
        self.number = number
        self.name = name
        self.terms = terms
        self.employee = TwinEmployee(model)
        self.public_quality = terms.quality

    @property
    def customer_count(self) -> int:
        """Number of its customers now."""
        return sum(customer.firm is self for customer in self.model.customers)

    def price_for(self, tenure: int) -> float:
        """Return the price without fee at this tenure in months, coins a service (T6)."""
        years = tenure // 12
        if years < 1:
            return self.newcomer_price
        return self.terms.price * min((1 + self.terms.walk) ** min(years - 1, 7), 1.4)

    @property
    def newcomer_price(self) -> float:
        """Price without fee in the first year, coins a service."""
        return self.terms.price * (1 - self.terms.teaser)

    @property
    def expected_quality(self) -> float:
        """What an outsider expects: public quality, drawn toward the claim as far as the firm is believed."""
        belief = 0.3 * self.terms.reputation
        return self.public_quality * (self.terms.claim / self.public_quality) ** belief

    def log_value_offered(self, worth: float, taste: float, informedness: float) -> float:
        """Return log R that a customer expects here (C4); the better informed see more of the hidden fee."""
        fee_seen = min(informedness / 4, 1) * self.terms.hidden_fee
        bill = self.terms.price * (1 - 0.7 * self.terms.teaser) + fee_seen
        return log(worth) + taste * log(self.expected_quality) - log(bill)

    def update_public_quality(self) -> None:
        """Move public quality toward what was delivered this month (C4; 8 % a month, assumption)."""
        delivered = [c.quality for c in self.model.customers if c.firm is self and c.purchases > 0]
        if delivered:
            self.public_quality += 0.08 * (sum(delivered) / len(delivered) - self.public_quality)
