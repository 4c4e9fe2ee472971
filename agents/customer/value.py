"""Value-for-money: what the service is worth to this customer, set against all that it paid."""

from math import exp, log, sqrt
from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter


@compiled_group
class ServiceParameters:
    """How a service turns out, and what failures do to its value."""

    quality_noise: Annotated[
        float, parameter("1", "standard deviation of the logarithm of one service's quality", 0, 1)
    ] = 0.10
    failure_probability: Annotated[
        float,
        parameter(
            "1",
            "chance that a service of reference staff and suppliers fails",
            0,
            0.3,
            "assumption: set so that 5 % of services fail in a market of like firms at reference terms",
        ),
    ] = 0.065
    failure_service: Annotated[float, parameter("1", "fall of log failure chance with service", 0, 20)] = 4.0
    failure_reliability: Annotated[
        float, parameter("1", "fall of log failure chance with reliability", 0, 20)
    ] = 6.0
    reference_reliability: Annotated[
        float, parameter("1", "reliability of inputs at reference terms", 0.4, 1)
    ] = 0.90
    service_without_staff: Annotated[float, parameter("1", "service where nobody serves", 0.1, 1)] = 0.8
    tailoring_gain: Annotated[
        float, parameter("1", "rise of service by full tailoring at full insight", 0, 0.5)
    ] = 0.10
    targeting_gain: Annotated[
        float, parameter("1", "service shifted to the most valuable customers by full targeting", 0, 0.3)
    ] = 0.08
    contribution_gain: Annotated[
        float, parameter("1", "rise of worth when a fully unmet need, fully known, is met", 0, 1)
    ] = 0.15
    contribution_reference: Annotated[
        float, parameter("coins/month", "contribution a customer that meets a need fully", 0.1, 20)
    ] = 1.5
    voice_base: Annotated[float, parameter("1", "chance that a failure is voiced at no openness", 0, 1)] = (
        0.25
    )
    voice_openness: Annotated[float, parameter("1", "rise of that chance with openness", 0, 1)] = 0.4
    voice_relationship: Annotated[
        float, parameter("1", "rise of that chance with the relationship above neutral", 0, 1)
    ] = 0.2
    compliment_rate: Annotated[
        float,
        parameter("1/month", "chance of a compliment from a fully satisfied customer at full openness", 0, 1),
    ] = 0.15
    remedy_base: Annotated[
        float, parameter("1", "chance of a remedy where staff may decide nothing", 0, 1)
    ] = 0.10
    remedy_empowerment: Annotated[float, parameter("1", "rise of that chance with empowerment", 0, 1)] = 0.85
    remedy_share: Annotated[float, parameter("1", "coins of a remedy relative to the price paid", 0, 1)] = 0.5
    unjustified_claims: Annotated[
        float, parameter("1/month", "chance of an unjustified claim by a fully opportunistic customer", 0, 1)
    ] = 0.04
    failed_worth: Annotated[float, parameter("1", "felt quality of a failed service", 0, 1)] = 0.6
    remedied_worth: Annotated[float, parameter("1", "felt quality of a service put right", 0, 1)] = 0.97


@rule
def service_received(
    service: float, tailoring: float, insight: float, targeting: float, rank: float, p: Any
) -> float:
    """Service that this customer gets: staff's, fitted by insight, shifted by its value; 1: reference.

    ``rank`` is -1..1, negative for a customer who has spent less than the firm's average. A tenth is left
    to everybody: quality without service has no logarithm (assumption).
    """
    fitted = service * (1.0 + p.tailoring_gain * tailoring * insight)
    return max(fitted + p.targeting_gain * targeting * rank, 0.1)


@rule
def value_rank(lifetime_spend: float, mean_spend: float) -> float:
    """Place of a customer by lifetime spending, -1..1; 0 at the firm's mean (assumption)."""
    if mean_spend <= 0.0:
        return 0.0
    ratio = lifetime_spend / mean_spend
    return (ratio - 1.0) / (ratio + 1.0)


@rule
def delivered_quality(
    quality: float, reliability: float, service: float, shock: float, purchases: float, p: Any
) -> float:
    """Mean quality of the month's services; ``shock`` is standard normal, averaged over the purchases."""
    noise = exp(p.quality_noise * shock / sqrt(max(purchases, 1)))
    return quality * (reliability / p.reference_reliability) * service * noise


@rule
def safety(service: float, reliability: float, p: Any) -> float:
    """Log by which the chance that a service fails lies below that at reference staff and suppliers."""
    return p.failure_service * (service - 1.0) + p.failure_reliability * (
        reliability - p.reference_reliability
    )


@rule
def failure_chance(service: float, reliability: float, purchases: float, p: Any) -> float:
    """Chance that at least one of the month's services fails."""
    one = min(max(p.failure_probability * exp(-safety(service, reliability, p)), 0.0), 0.3)
    return 1.0 - (1.0 - one) ** purchases


@rule
def is_beyond_failure(u: float, service: float, reliability: float, purchases: float, p: Any) -> bool:
    """Whether a draw lies above what ``failure_chance`` can be at most.

    exp(-g) <= 1/(1 + g) above g = -1, and 1 - (1 - x)^n <= n * x: found without exponential and power,
    and most customers need no more. The margin is far above what rounding does.
    """
    g = safety(service, reliability, p)
    return g > -1.0 and u * (1.0 + g) >= purchases * p.failure_probability + 1e-9


@rule
def voice_probability(openness: float, relationship_gap: float, p: Any) -> float:
    """Chance that a failure is voiced rather than borne in silence (Hirschman 1970; sizes: assumption)."""
    chance = p.voice_base + p.voice_openness * openness + p.voice_relationship * relationship_gap
    return min(max(chance, 0.05), 0.95)


@rule
def remedy_probability(empowerment: float, p: Any) -> float:
    """Chance that staff may put a failed service right."""
    return min(p.remedy_base + p.remedy_empowerment * empowerment, 1.0)


@rule
def need_met(contribution: float, p: Any) -> float:
    """Share of unmet needs that a firm's contribution meets, 0..1."""
    return min(contribution / p.contribution_reference, 1.0)


@rule
def worth_of_service(
    worth: float, taste: float, quality: float, unmet_need: float, need_known: float, met: float, p: Any
) -> float:
    """Value of one service in coins: worth * quality^taste, more where an unmet need is known and met."""
    return worth * quality**taste * (1.0 + p.contribution_gain * unmet_need * need_known * met)


@rule
def log_worth(
    worth: float, taste: float, quality: float, unmet_need: float, need_known: float, met: float, p: Any
) -> float:
    """Logarithm of ``worth_of_service``: in choices only ratios of value to price matter."""
    more = p.contribution_gain * unmet_need * need_known * met
    return log(1.0 * worth) + taste * log(quality) + (log(1.0 + more) if more > 0.0 else 0.0)
