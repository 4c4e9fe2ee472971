"""The twin's firm and employee: what a customer meets."""

from math import log
from typing import TYPE_CHECKING

import mesa

from benchmarks.twin_laws import within

if TYPE_CHECKING:
    from benchmarks.twin import TwinModel


class TwinEmployee(mesa.Agent["TwinModel"]):
    """Somebody who serves customers, as well as it does."""

    service: float
    service_effort: float
    selling_effort: float
    morale: float

    def __init__(self, model: "TwinModel", row: int) -> None:
        super().__init__(model)
        self.row = row


class TwinFirm(mesa.Agent["TwinModel"]):
    """A firm whose terms, levers and standing are given; what is seen of it moves with its customers."""

    alive: bool
    # Terms: coins a service, shares, quality relative to the reference.
    price: float
    teaser: float
    walk: float
    tenure_discount: float
    points_rebate: float
    hidden_fee: float
    quality: float
    claim: float
    unit_cost: float
    # Levers of service.
    contribution: float
    empowerment: float
    openness: float
    sharing: float
    tailoring: float
    outreach: float
    honest_advice: float
    guarantee: float
    accessibility: float
    targeting: float
    association: float
    consensus: float
    # Standing.
    insight: float
    identity: float
    reliability: float
    public_quality: float
    reputation: float
    goodwill: float
    advertising_stock: float
    member: float
    expelled: float
    deserted: float
    mean_spend: float

    def __init__(self, model: "TwinModel", row: int, name: str) -> None:
        super().__init__(model)
        self.row, self.name = row, name
        self.staff: list[TwinEmployee] = []
        self.customers = 0
        self.offered_log_quality = 0.0
        self.awareness, self.seen_reputation = 0.0, 0.0

    def begin_month(self) -> None:
        """Forget last month's count of customers."""
        self.customers = 0

    @property
    def newcomer_price(self) -> float:
        """Price of one service in the first year, coins, fees left out."""
        return self.price * (1.0 - self.teaser)

    def price_for(self, tenure: int) -> float:
        """Return the price of one service, coins, at this tenure: teaser in year 1, walked up later."""
        p = self.model.parameters.purchases
        years = tenure // 12
        if years < 1:
            return self.newcomer_price
        walked = min((1.0 + self.walk) ** min(years - 1, p.walk_years), p.walk_ceiling)
        return self.price * walked * (1.0 - self.tenure_discount * min(years, p.scheme_years))

    @property
    def need_met(self) -> float:
        """Share of unmet needs that its contribution meets, 0..1."""
        if not self.model.parameters.switches.unmet_needs:
            return 0.0
        return min(self.contribution / self.model.parameters.service.contribution_reference, 1.0)

    def be_seen(self) -> None:
        """Let the market form its view: the quality expected, and how easily the firm comes to mind."""
        parameters = self.model.parameters
        choice, on = parameters.choice, parameters.switches
        member = self.member > 0.0 and self.expelled <= 0.0
        credit = parameters.industry_body.credibility if member else 0.0
        standing = parameters.industry_body.standing if member else 0.0
        self.seen_reputation = min(self.reputation + standing, 1.0)
        trusted = min((self.reputation if on.reputation else 0.0) + credit, 1.0)
        boast = log(self.claim / self.public_quality)
        self.offered_log_quality = log(self.public_quality) + choice.claim_believed * trusted * boast
        stock = self.advertising_stock if on.advertising else 1.0
        if on.community:
            goodwill = self.goodwill - parameters.community.goodwill_neutral
            stock *= 1.0 + parameters.community.awareness_weight * goodwill
        market, firms = len(self.model.customers), len(self.model.firms)
        known = (self.customers + 0.02 * market) / (market / firms)
        self.awareness = (known * max(stock, 0.01)) ** choice.awareness_power
        if not self.alive or self.deserted > 0.0:
            self.awareness = 0.0

    def offered_price(self, informedness: float) -> float:
        """Return the price at which its offer is compared, coins; the informed see its fees."""
        noticed = self.model.parameters.choice.teaser_noticed
        return self.price * (1.0 - noticed * self.teaser) + min(informedness / 4.0, 1.0) * self.hidden_fee


def grace_of(firm: TwinFirm, employee: TwinEmployee | None) -> float:
    """Return the warmth that a customer meets, 0..1: effort, spirit, freedom to act, outreach."""
    person = 0.4 * employee.service_effort + 0.35 * employee.morale if employee else 0.0
    return within(person + 0.25 * firm.empowerment + 0.1 * firm.outreach, 0.0, 1.0)
