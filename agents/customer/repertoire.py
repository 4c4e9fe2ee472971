"""Buying by repertoire: every purchase chooses among the firms known, by brand fit, value and memory.

With nothing but brand fit the choices of a customer are independent draws with steady propensities;
these are Gamma numbers divided by their sum, hence Dirichlet over customers, and with Poisson-Gamma
purchases the market is the NBD-Dirichlet of Goodhardt, Ehrenberg and Chatfield (1984, JRSS A 147(5)
621-655). Memory reinforces what went well, as in Weisbuch, Kirman and Herreiner (2000, Economic
Journal 110, 411-436).
"""

from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_FISH = "form: Weisbuch, Kirman and Herreiner 2000, Economic Journal 110, 411-436; size: assumption"
MEMORY_LIMIT = 5.0


@compiled_group
class RepertoireParameters:
    """How purchases choose among firms where customers buy from several."""

    memory_weight: Annotated[
        float, parameter("1", "weight of what is remembered of a firm in choosing it; 0: none", 0, 100, _FISH)
    ] = 2.0
    memory_rate: Annotated[float, parameter("1", "weight of a purchase in memory", 0, 1, _FISH)] = 0.1
    memory_fading: Annotated[float, parameter("1/month", "fading of memory with time", 0, 1, _FISH)] = 0.1
    lapse_months: Annotated[
        int, parameter("month", "months without a purchase after which a customer is one no more", 1, 120)
    ] = 12


@rule
def remembered_gain(value: float, bill: float) -> float:
    """What a purchase leaves in memory: value over the known bill less one; 1: cheap at double the price.

    A service that failed and was not put right is worth nothing and leaves -1; above 2 nothing adds.
    """
    return min(max(value / bill - 1.0, -1.0), 2.0)


@rule
def next_memory(memory: float, gains: float, p: Any) -> float:
    """Memory of a firm after a month: it fades, and every purchase adds its gain, -5..5."""
    moved = (1.0 - p.memory_fading) * memory + p.memory_rate * gains
    return min(max(moved, -MEMORY_LIMIT), MEMORY_LIMIT)


@rule
def offered_pull(log_value: float, opinion: float, reputation: float, on: Any, p: Any) -> float:
    """What a firm's offer, what is heard of it and its name add to the log propensity to choose it."""
    gain = on.value_comparison * p.value_weight * log_value
    gain += on.word_of_mouth * p.word_weight * opinion
    gain += on.reputation * p.reputation_weight * reputation
    return p.destination_scale * gain


@rule
def loyal_pull(
    memory: float, memory_weight: float, relationship_gap: float, relationship_need: float, p: Any
) -> float:
    """What memory, and with the usual firm the relationship above neutral, add to that log propensity."""
    return memory_weight * memory + p.relationship_weight * (0.5 + relationship_need) * relationship_gap
