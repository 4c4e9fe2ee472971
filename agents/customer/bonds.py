"""The six bonds of a partnership: what feeds them, how they fade, and what they add up to."""

from math import exp
from typing import Annotated, Any

from pydantic import model_validator

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_TYPES = "form after Fehr and Schmidt 1999, doi 10.1162/003355399556151"
BONDS = ("abundance", "trust", "dreams", "truth", "balance", "grace")


@compiled_group
class BondParameters:
    """How bonds grow on contact and fade with time."""

    abundance_weight: Annotated[float, parameter("1", "weight of abundance in the relationship", 0, 1)] = 0.20
    trust_weight: Annotated[float, parameter("1", "weight of trust in the relationship", 0, 1)] = 0.20
    dreams_weight: Annotated[float, parameter("1", "weight of dreams in the relationship", 0, 1)] = 0.12
    truth_weight: Annotated[float, parameter("1", "weight of truth in the relationship", 0, 1)] = 0.16
    balance_weight: Annotated[float, parameter("1", "weight of balance in the relationship", 0, 1)] = 0.20
    grace_weight: Annotated[float, parameter("1", "weight of grace in the relationship", 0, 1)] = 0.12
    relationship_neutral: Annotated[
        float, parameter("1", "relationship that reference terms sustain: the neutral point", 0, 1)
    ] = 0.48
    newcomer_share: Annotated[float, parameter("1", "bonds of a newcomer relative to neutral", 0, 1)] = 0.95
    growth: Annotated[float, parameter("1/month", "speed of a bond toward its signal on contact", 0, 1)] = (
        0.08
    )
    fading: Annotated[float, parameter("1/month", "fading of a bond with time", 0, 0.5)] = 0.010
    outreach_protection: Annotated[
        float, parameter("1", "share of fading that full outreach or association prevents", 0, 1)
    ] = 0.5
    delight_threshold: Annotated[
        float, parameter("1", "felt over expected quality at which a partnership may arise at once", 1, 3)
    ] = 1.25
    delight_speed: Annotated[float, parameter("1", "speed-up of growth in such a month", 1, 10)] = 3.0
    identity_weight: Annotated[
        float, parameter("1", "rise of all that bonds with the firm's identity above neutral", 0, 2)
    ] = 0.5
    identity_neutral: Annotated[float, parameter("1", "identity of a firm of reference conduct", 0, 1)] = 0.87
    envy_weight: Annotated[float, parameter("1", "weight of inequity aversion in balance", 0, 2, _TYPES)] = (
        0.5
    )
    forgiveness: Annotated[
        float, parameter("1", "share of a broken promise that a full partner forgives", 0, 1)
    ] = 0.5
    attachment_rate: Annotated[float, parameter("1/month", "speed of attachment to the employee", 0, 1)] = (
        0.08
    )
    attachment_fading: Annotated[
        float, parameter("1/month", "fading of attachment without contact", 0, 0.5)
    ] = 0.01
    attachment_shared: Annotated[
        float, parameter("1", "share of attachment that full sharing among staff moves to the firm", 0, 1)
    ] = 0.6
    partnership_threshold: Annotated[
        float, parameter("1", "relationship that counts as a partnership", 0, 1)
    ] = 0.55

    @model_validator(mode="after")
    def _weights_sum_to_one(self) -> "BondParameters":
        total = sum(getattr(self, f"{bond}_weight") for bond in BONDS)
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"the six bond weights must sum to 1, but they sum to {total:g}")
        return self


@rule
def relationship_of(
    abundance: float, trust: float, dreams: float, truth: float, balance: float, grace: float, p: Any
) -> float:
    """The relationship, 0..1: the weighted sum of the six bonds."""
    first = p.abundance_weight * abundance + p.trust_weight * trust + p.dreams_weight * dreams
    return first + p.truth_weight * truth + p.balance_weight * balance + p.grace_weight * grace


@rule
def within(x: float, low: float, high: float) -> float:
    """``x`` held between two bounds."""
    return min(max(x, low), high)


@rule
def abundance_signal(met: float, unmet_need: float, known_value: float) -> float:
    """Help beyond the want: needs met that were not asked for, and value above its price."""
    return 0.5 * met * unmet_need + 0.5 * within(known_value - 1.0, 0.0, 1.0)


@rule
def trust_signal(
    felt: float,
    expectation: float,
    refused: float,
    regret: float,
    leniency: float,
    forgiveness: float,
    guarantee: float,
    honest_advice: float,
) -> float:
    """Promises kept; the lenient forgive a shortfall in part, a refusal breaks the promise.

    ``leniency`` is the relationship and the wish to give back, 0..1.
    """
    if refused:
        return 0.0
    shortfall = max((expectation - felt) / expectation, 0.0) * (1.0 - forgiveness * leniency)
    kept = within(1.0 - 3.0 * shortfall * (1.0 - 0.5 * guarantee), 0.0, 1.0)
    return within(kept * (1.0 - 0.5 * regret) + 0.1 * honest_advice, 0.0, 1.0)


@rule
def dreams_signal(
    openness: float, sharing: float, consensus: float, outreach: float, association: float
) -> float:
    """Shared direction: openness that changed something, sharing, consensus, outreach."""
    return within(
        0.4 * openness + 0.3 * sharing + 0.3 * consensus + 0.1 * outreach + 0.1 * association, 0.0, 1.0
    )


@rule
def truth_signal(
    claim: float, quality: float, known_fee: float, regret: float, honest_advice: float
) -> float:
    """Claim against delivery, and fees found."""
    candour = within(1.0 - 2.0 * max(claim / quality - 1.0, 0.0) - 4.0 * known_fee, 0.0, 1.0)
    return within(candour * (1.0 - 0.5 * regret) + 0.1 * honest_advice, 0.0, 1.0)


@rule
def own_share(value: float, bill: float, unit_cost: float) -> float:
    """The customer's share of the gain of one service (value less the firm's unit cost), -1..2."""
    return within((value - bill) / max(value - unit_cost, 1.0), -1.0, 2.0)


@rule
def wish_to_give_back(value: float, bill: float, unit_cost: float, guilt: float) -> float:
    """Guilt over getting more of the gain than the firm, 0..1; nothing where one gets no more.

    The aversion to advantageous inequality of Fehr and Schmidt (1999, doi 10.1162/003355399556151): a
    customer answers it by buying, praising and forgiving, not by liking high prices.
    """
    return within(guilt * (2.0 * own_share(value, bill, unit_cost) - 1.0), 0.0, 1.0)


@rule
def balance_signal(
    value: float,
    bill: float,
    unit_cost: float,
    unfair_gap: float,
    inequity_aversion: float,
    reward: float,
    fairness_on: float,
    p: Any,
) -> float:
    """Envy over the split of the gain, and over one's own price against newcomers'.

    The customer's and the firm's shares of the gain (value less unit cost) are compared as Fehr and
    Schmidt (1999) do; ``fairness_on`` 0 leaves a plain concern for one's own share. To get more than the
    firm never lowers the bond: guilt is a wish to give back (``wish_to_give_back``).
    """
    own = own_share(value, bill, unit_cost)
    envy = inequity_aversion * max(1.0 - 2.0 * own, 0.0)
    split = 1.0 / (1.0 + exp(-4.0 * (own - fairness_on * p.envy_weight * envy - 0.1)))
    return within(0.5 * split + 0.5 * (1.0 - 4.0 * unfair_gap) + reward, 0.0, 1.0)


@rule
def grace_signal(service_effort: float, morale: float, empowerment: float, outreach: float) -> float:
    """Warmth: effort and spirit of the employee, and what it is free to do."""
    return within(0.4 * service_effort + 0.35 * morale + 0.25 * empowerment + 0.1 * outreach, 0.0, 1.0)


@rule
def growth_rate(felt: float, expectation: float, first_month: float, p: Any) -> float:
    """Speed of the bonds this month; a first month far above expectation can found a partnership."""
    delighted = first_month and felt > p.delight_threshold * expectation
    return min(p.growth * (p.delight_speed if delighted else 1.0), 1.0)


@rule
def signal_from(signal: float, identity_gap: float, p: Any) -> float:
    """What a contact says to a bond, 0..1: less where one cannot tell with whom one bonds (assumption)."""
    return within(signal * (1.0 + p.identity_weight * identity_gap), 0.0, 1.0)


@rule
def fading_rate(outreach: float, association: float, p: Any) -> float:
    """Fading of bonds this month; contact beyond transactions slows it."""
    contact = min(outreach + association, 1.0)
    return p.fading * (1.0 - p.outreach_protection * contact)


@rule
def next_bond(bond: float, signal: float, growth: float, fading: float) -> float:
    """A bond after contact and a month's fading, 0..1."""
    return within((bond + growth * (signal - bond)) * (1.0 - fading), 0.0, 1.0)


@rule
def next_attachment(
    attachment: float, contact: float, relationship_need: float, service: float, sharing: float, p: Any
) -> float:
    """Attachment to the employee rather than the firm, 0..1; knowledge shared among staff holds it down."""
    if contact:
        target = within(relationship_need * service * (1.0 - p.attachment_shared * sharing), 0.0, 1.0)
        return attachment + p.attachment_rate * (target - attachment)
    return attachment * (1.0 - p.attachment_fading)
