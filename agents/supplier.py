"""Suppliers and their links with firms: margins, late payment, trust, and what is delivered for it."""

from math import exp, tanh
from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state, trait
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_TRUST = "trust between buyer and supplier takes years; size: assumption"
_COST = (
    "direction: Dyer and Chu 2003, doi 10.1287/orsc.14.1.57.12806, who find about 5:1 between least and "
    "most trusted; here full trust costs nothing, so no such ratio exists; size: assumption"
)


class Supplier(ColumnAgent):
    """Somebody who supplies firms with the inputs of their service."""

    capability = trait("1", "reliability that it is capable of", low=0.5, high=1.1, default=0.95)
    capacity = trait("service/month", "inputs that it can deliver in a month", low=0)
    volume = flow("service/month", "inputs ordered", low=0)
    income = flow("coins/month", "margin earned")


class SupplyLink(ColumnAgent):
    """The relation of one supplier and one firm."""

    supplier = link("Supplier", "the supplier; -1: link given up")
    firm = link("Firm", "the firm supplied", always=True)
    margin = state("1", "margin on the input bill", default=0.10, low=0, high=1)
    reference_margin = state("1", "margin that seems fair", default=0.10, low=0, high=1)
    arrears = state("month", "months that payment is late", low=0, high=24)
    trust = state("1", "trust in the firm", default=0.5, low=0, high=1)
    kindness = state("1", "kindness of the terms", low=-1, high=1)
    reliability = state("1", "share of inputs delivered as promised", default=0.9, low=0, high=1)


@compiled_group
class SupplierParameters:
    """How terms become reliability, trust and exit."""

    suppliers: Annotated[int, parameter("supplier", "number of suppliers", 0, 10_000)] = 20
    links: Annotated[int, parameter("supplier", "suppliers of each firm", 1, 50)] = 3
    capability_mean: Annotated[float, parameter("1", "mean capability", 0.5, 1.05)] = 0.95
    capability_spread: Annotated[float, parameter("1", "standard deviation of capability", 0, 0.3)] = 0.05
    capacity_ratio: Annotated[
        float, parameter("1", "capacity of all suppliers relative to the market's need", 0.1, 100)
    ] = 8.0
    input_cost: Annotated[
        float, parameter("coins", "suppliers' own cost of one reference service", 0, 1000)
    ] = 19.0
    quality_cost: Annotated[float, parameter("1", "elasticity of that cost to quality", 0, 5)] = 1.2
    reference_margin: Annotated[float, parameter("1", "usual margin in the industry", 0.001, 0.4)] = 0.10
    base_reliability: Annotated[
        float, parameter("1", "reliability at neutral terms over capability", 0, 1)
    ] = 0.95
    reciprocity: Annotated[float, parameter("1", "rise of reliability with kindness and trust", 0, 1)] = 0.25
    lateness_weight: Annotated[float, parameter("1/month", "unkindness of a month's late payment", 0, 2)] = (
        0.3
    )
    loss_aversion: Annotated[float, parameter("1", "weight of unkindness relative to kindness", 1, 4)] = 2.25
    arrears_rate: Annotated[float, parameter("1/month", "speed at which delay becomes arrears", 0, 1)] = 0.3
    gift_fading: Annotated[
        float, parameter("1/month", "speed at which a higher margin becomes usual", 0, 1)
    ] = 0.10
    grievance_fading: Annotated[
        float, parameter("1/month", "speed at which a lower one becomes usual", 0, 1)
    ] = 0.03
    trust_rise: Annotated[float, parameter("1/month", "speed of growing trust", 0, 1, _TRUST)] = 0.02
    trust_fall: Annotated[float, parameter("1/month", "speed of lost trust", 0, 1, _TRUST)] = 0.06
    exit_rate: Annotated[
        float, parameter("1/month", "exits of distrusting suppliers at neutral terms", 0, 1)
    ] = 0.01
    exit_trust: Annotated[float, parameter("1", "trust below which a supplier may exit", 0, 1)] = 0.3
    acceptance_margin: Annotated[float, parameter("1", "least margin that a supplier accepts", 0, 1)] = 0.05
    transaction_cost: Annotated[
        float,
        parameter(
            "1",
            "cost of dealing at half trust, relative to the input bill; twice as much at none",
            0,
            0.5,
            _COST,
        ),
    ] = 0.02


@rule
def terms_kindness(margin: float, reference_margin: float, arrears: float, p: Any) -> float:
    """Kindness of a firm's terms, -1..1: margin against its reference, and late payment."""
    gap = (margin - reference_margin) / p.reference_margin - p.lateness_weight * arrears
    return tanh(gap if gap >= 0.0 else p.loss_aversion * gap)


@rule
def next_reference_margin(reference: float, margin: float, p: Any) -> float:
    """Margin that seems fair: half habit, half the industry's; it adapts faster upward."""
    rate = p.gift_fading if margin > reference else p.grievance_fading
    return reference + rate * (0.5 * margin + 0.5 * p.reference_margin - reference)


@rule
def next_trust(trust: float, kindness: float, p: Any) -> float:
    """Trust in a firm: slow to build, quick to lose, 0..1."""
    target = 0.5 + 0.5 * kindness
    rate = p.trust_rise if target > trust else p.trust_fall
    return trust + rate * (target - trust)


@rule
def link_reliability(capability: float, kindness: float, trust: float, reciprocity: float, p: Any) -> float:
    """Share of inputs delivered as promised, 0.4..1; ``reciprocity`` 0 leaves what capability gives."""
    answer = reciprocity * p.reciprocity * 0.5 * (0.5 * kindness + (trust - 0.5))
    return min(max(capability * (p.base_reliability + answer), 0.4), 1.0)


@rule
def exit_probability(kindness: float, trust: float, p: Any) -> float:
    """Chance that a supplier gives up a link that treats it badly."""
    if trust >= p.exit_trust:
        return 0.0
    return min(p.exit_rate * exp(-4.0 * kindness), 1.0)


@rule
def input_cost(quality: float, p: Any) -> float:
    """Suppliers' own cost of the inputs of one service of this quality (coins)."""
    return p.input_cost * quality**p.quality_cost
