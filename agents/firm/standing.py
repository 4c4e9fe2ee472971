"""A firm's standing with the market: reputation, insight, identity, awareness, customer equity."""

from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter


@compiled_group
class StandingParameters:
    """How standing is won and lost."""

    reputation_rate: Annotated[float, parameter("1/month", "speed of reputation", 0, 1)] = 0.03
    reputation_base: Annotated[float, parameter("1", "reputation at neutral satisfaction and word", 0, 1)] = (
        0.6
    )
    reputation_satisfaction: Annotated[float, parameter("1", "weight of mean satisfaction", 0, 2)] = 0.4
    reputation_word: Annotated[float, parameter("1", "weight of the balance of word", 0, 1)] = 0.1
    reputation_fees: Annotated[float, parameter("1", "weight of hidden fees known", 0, 10)] = 1.5
    public_quality_rate: Annotated[
        float, parameter("1/month", "speed at which quality becomes known", 0, 1)
    ] = 0.08
    insight_rate: Annotated[float, parameter("1/month", "speed of insight", 0, 1)] = 0.05
    insight_voice: Annotated[float, parameter("1", "insight from one voice a customer a year", 0, 5)] = 0.5
    insight_neutral: Annotated[float, parameter("1", "insight that moves nothing", 0, 1)] = 0.32
    identity_rate: Annotated[float, parameter("1/month", "speed of identity, about two years", 0, 1)] = 0.042
    identity_change: Annotated[float, parameter("1", "identity lost per relative change of terms", 0, 50)] = (
        6.0
    )
    identity_spread: Annotated[
        float, parameter("1", "identity lost per spread of service across staff", 0, 10)
    ] = 1.5
    identity_claim: Annotated[float, parameter("1", "identity lost per claim above delivery", 0, 10)] = 2.0
    advertising_rate: Annotated[float, parameter("1/month", "speed of the advertising stock", 0, 1)] = 0.2
    advertising_neutral: Annotated[
        float, parameter("1", "usual advertising relative to revenue", 0.001, 0.5)
    ] = 0.04
    discount: Annotated[
        float, parameter("1/year", "discount rate of customer equity", 0, 1, "10 % a year; assumption")
    ] = 0.10


@rule
def next_reputation(
    reputation: float,
    satisfaction: float,
    praise: float,
    blame: float,
    known_fee: float,
    scandal: float,
    drop: float,
    p: Any,
) -> float:
    """Reputation, 0..1: satisfaction, word, fees known, and the shock of a scandal."""
    talk = praise + blame
    balance = min(max((praise - 3.0 * blame) / talk, -1.0), 1.0) if talk > 0.0 else 0.0
    good = p.reputation_base + p.reputation_satisfaction * satisfaction + p.reputation_word * balance
    target = min(max(good - p.reputation_fees * known_fee, 0.0), 1.0)
    moved = reputation + p.reputation_rate * (target - reputation) - drop * scandal
    return min(max(moved, 0.0), 1.0)


@rule
def next_insight(
    insight: float, listening: float, openness: float, voices_per_customer: float, consensus: float, p: Any
) -> float:
    """What the firm knows about its customers: surveys, voices heard, knowledge pooled by consensus."""
    heard = min(p.insight_voice * openness * voices_per_customer * 12.0, 0.5)
    target = min(listening + heard + 0.1 * consensus, 1.0)
    return insight + p.insight_rate * (target - insight)


@rule
def next_identity(identity: float, change: float, spread: float, boast: float, p: Any) -> float:
    """Steadiness of conduct over two years and across staff, and of claim with delivery, 0..1."""
    lost = p.identity_change * change + p.identity_spread * spread + p.identity_claim * max(boast, 0.0)
    target = min(max(1.0 - lost, 0.0), 1.0)
    return identity + p.identity_rate * (target - identity)


@rule
def lifetime_multiple(retention: float, discount: float) -> float:
    """Months of margin that a customer is worth: (1 + i)/(1 + i - r) (Gupta, Lehmann and Stuart 2004)."""
    return (1.0 + discount) / (1.0 + discount - min(retention, 0.999))
