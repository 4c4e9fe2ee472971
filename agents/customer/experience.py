"""Satisfaction, expectation, regret, fees found, needs learned: what a month leaves in the mind."""

from math import exp, log, tanh
from typing import Annotated, Any

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_PROSPECT = "Tversky and Kahneman 1992, doi 10.1007/BF00122574"
_ECSI = "order of weights after Tenenhaus et al. 2005, doi 10.1016/j.csda.2004.03.005; size: assumption"


@compiled_group
class ExperienceParameters:
    """How customers judge what they got."""

    satisfaction_base: Annotated[float, parameter("1", "judgement of reference quality and value", -1, 2)] = (
        0.30
    )
    disconfirmation: Annotated[
        float, parameter("1", "weight of quality against expectation", 0, 10, "Oliver 1980; size: assumption")
    ] = 2.0
    loss_aversion: Annotated[float, parameter("1", "weight of losses relative to gains", 1, 4, _PROSPECT)] = (
        2.25
    )
    value_weight: Annotated[float, parameter("1", "weight of log value-for-money as known", 0, 5, _ECSI)] = (
        0.7
    )
    quality_weight: Annotated[float, parameter("1", "weight of log quality", 0, 5, _ECSI)] = 0.8
    reference_value: Annotated[float, parameter("1", "value-for-money judged as usual", 0.5, 3)] = 1.3
    price_shock_weight: Annotated[
        float, parameter("1", "weight of a bill above the reference price", 0, 5)
    ] = 1.0
    regret_weight: Annotated[float, parameter("1", "weight of regret", 0, 5)] = 0.6
    remedy_delight: Annotated[
        float, parameter("1", "satisfaction added by a remedy given with care", 0, 0.5)
    ] = 0.10
    satisfaction_start: Annotated[float, parameter("1", "satisfaction of a newcomer", -1, 1)] = 0.0
    satisfaction_rate: Annotated[float, parameter("1/month", "speed of satisfaction", 0, 1)] = 0.25
    satisfaction_fading: Annotated[
        float, parameter("1/month", "fading of satisfaction without a purchase", 0, 0.5)
    ] = 0.02
    expectation_rate: Annotated[
        float, parameter("1/month", "speed at which experience becomes what is expected", 0, 1)
    ] = 0.06
    claim_rate: Annotated[float, parameter("1/month", "speed at which claims are believed", 0, 1)] = 0.01
    reference_price_rate: Annotated[float, parameter("1/month", "speed of the reference price", 0, 1)] = 0.10
    fee_discovery: Annotated[
        float, parameter("1/month", "chance to find a hidden fee at no informedness", 0, 1)
    ] = 0.04
    fee_forgetting: Annotated[float, parameter("1/month", "fading of a fee once found", 0, 1)] = 0.03
    regret_delay: Annotated[
        float, parameter("1/month", "speed at which a pushed product is regretted", 0, 1)
    ] = 0.15
    regret_fading: Annotated[float, parameter("1/month", "fading of regret", 0, 1)] = 0.04
    regret_size: Annotated[float, parameter("1", "regret of one pushed product", 0, 1)] = 0.5
    need_learning: Annotated[
        float, parameter("1/month", "speed at which a contribution teaches what was needed", 0, 1)
    ] = 0.05
    need_talk: Annotated[float, parameter("1", "share of an unknown need learned from a message", 0, 1)] = (
        0.10
    )


@rule
def weighed(gap: float, loss_aversion: float) -> float:
    """A deviation as it is felt: losses loom larger than gains (Tversky and Kahneman 1992)."""
    return max(gap, 0.0) + loss_aversion * min(gap, 0.0)


@rule
def felt_quality(
    quality: float, failed: float, put_right: float, p_failed: float, p_remedied: float
) -> float:
    """Quality as felt, lowered by a failure that was not put right."""
    if failed:
        return quality * (p_remedied if put_right else p_failed)
    return quality


@rule
def judgement(
    felt: float,
    quality: float,
    expectation: float,
    known_value: float,
    known_bill: float,
    reference_price: float,
    regret: float,
    p: Any,
) -> float:
    """What the month says about the firm, before it is squeezed into -1..1.

    It rests on the level of quality and of value-for-money as known, and on disconfirmation
    (felt - expected) / expected, which wears off as expectation follows experience.
    """
    surprise = p.disconfirmation * weighed((felt - expectation) / expectation, p.loss_aversion)
    level = p.value_weight * log(max(known_value, 0.2) / p.reference_value) + p.quality_weight * log(quality)
    shock = p.price_shock_weight * log(known_bill / reference_price) if known_bill > reference_price else 0.0
    return p.satisfaction_base + surprise + level - shock - p.regret_weight * regret


@rule
def squeezed(x: float) -> float:
    """The hyperbolic tangent, by one exponential."""
    return 1.0 - 2.0 / (exp(2.0 * x) + 1.0)


@rule
def next_satisfaction(satisfaction: float, judged: float, delight: float, p: Any) -> float:
    """Satisfaction after a month with a purchase, -1..1."""
    moved = satisfaction + p.satisfaction_rate * (squeezed(judged) - satisfaction) + delight
    return min(max(moved, -1.0), 1.0)


@rule
def next_expectation(expectation: float, quality: float, claim: float, p: Any) -> float:
    """Expected quality: what delighted last year is taken for granted; claims are believed a little."""
    moved = expectation + p.expectation_rate * (quality - expectation) + p.claim_rate * (claim - expectation)
    return min(max(moved, 0.3), 2.0)


@rule
def delight_worn_off(expectation: float, next_expectation: float, p: Any) -> float:
    """Judgement that the same quality no longer earns now that more is expected; negative if less is."""
    return p.disconfirmation * (next_expectation - expectation) / expectation


@rule
def fee_found_probability(informedness: float, p: Any) -> float:
    """Chance that a customer who pays a hidden fee finds it this month; the informed look closer."""
    return min(p.fee_discovery * (1.0 + 2.0 * tanh(informedness / 4.0)), 1.0)


@rule
def is_beyond_finding(u: float, informedness: float, p: Any) -> bool:
    """Whether a draw lies above what ``fee_found_probability`` can be at most; tanh x <= min(x, 1)."""
    return u >= p.fee_discovery * (1.0 + 2.0 * min(informedness / 4.0, 1.0)) + 1e-9


@rule
def next_regret(regret: float, ripened: float, p: Any) -> float:
    """Regret after pushed products have ripened into it, 0..1."""
    return min(max(regret * (1.0 - p.regret_fading) + p.regret_size * ripened, 0.0), 1.0)


@rule
def next_need_known(need_known: float, met: float, p: Any) -> float:
    """Share of its own need that a customer knows, taught by a firm that contributes."""
    return need_known + p.need_learning * met * (1.0 - need_known)
