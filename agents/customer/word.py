"""Word of mouth: who talks, and what a message does."""

from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_EAST = (
    "incidence about 3:1, East, Hammond and Wright 2007, doi 10.1016/j.ijresmar.2006.12.004; size: assumption"
)


@compiled_group
class WordParameters:
    """How often customers talk, and how much they listen."""

    contacts: Annotated[int, parameter("customer", "contacts to whom a customer talks", 1, 30)] = 8
    rewired_share: Annotated[
        float, parameter("1", "share of contacts chosen at random; the others are neighbours on a ring", 0, 1)
    ] = 1.0
    positive_rate: Annotated[
        float, parameter("1/month", "positive messages of the satisfied", 0, 1, _EAST)
    ] = 0.11
    champion_rate: Annotated[float, parameter("1/month", "further positive messages of champions", 0, 1)] = (
        0.05
    )
    champion_relationship: Annotated[
        float, parameter("1", "relationship above which one champions", 0, 1)
    ] = 0.55
    champion_satisfaction: Annotated[
        float, parameter("1", "satisfaction above which one champions", -1, 1)
    ] = -0.1
    gift_rate: Annotated[
        float, parameter("1/month", "further positive messages at a full wish to give back", 0, 1)
    ] = 0.05
    association_rate: Annotated[
        float, parameter("1/month", "further positive messages at full association of customers", 0, 1)
    ] = 0.05
    negative_base: Annotated[float, parameter("1/month", "negative messages without cause", 0, 1, _EAST)] = (
        0.010
    )
    negative_rate: Annotated[
        float, parameter("1/month", "negative messages of the disappointed", 0, 1, _EAST)
    ] = 0.33
    weight: Annotated[float, parameter("1", "shift of opinion by one message", 0, 1)] = 0.35
    fading: Annotated[float, parameter("1/month", "fading of opinions heard", 0, 1)] = 0.10


@rule
def is_champion(relationship: float, satisfaction: float, p: Any) -> bool:
    """Whether the customer works for the firm as an extension of its sales."""
    return relationship > p.champion_relationship and satisfaction > p.champion_satisfaction


@rule
def praise_probability(
    satisfaction: float, champion: float, indebtedness: float, association: float, p: Any
) -> float:
    """Chance of a positive message this month; praise is one way to give back."""
    chance = p.positive_rate * min(max(0.5 + satisfaction, 0.0), 1.5) + p.association_rate * association
    chance += p.gift_rate * indebtedness
    return chance + (p.champion_rate if champion else 0.0)


@rule
def blame_probability(satisfaction: float, failed: float, fee_found: float, regret: float, p: Any) -> float:
    """Chance of a negative message this month."""
    cause = 0.25 * max(-satisfaction, 0.0) + 0.2 * regret
    cause += 1.0 if failed else 0.0
    cause += 1.0 if fee_found else 0.0
    return p.negative_base + p.negative_rate * cause


@rule
def next_opinion(opinion: float, message: float, p: Any) -> float:
    """Opinion of a firm after a message (+1 or -1), -1..1."""
    return min(max(opinion + p.weight * message, -1.0), 1.0)
