"""Who the customers are: the laws of their traits, each an inverse distribution function of one draw."""

from math import exp
from typing import Annotated, Any

from pydantic import model_validator

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_SBG = "premium subscription cohort, Fader and Hardie 2007, doi 10.1002/dir.20074"
_TYPES = "Fehr and Schmidt 1999, Table III, doi 10.1162/003355399556151 (values from memory)"


@compiled_group
class PopulationParameters:
    """How many people there are, and how they differ."""

    customers: Annotated[int, parameter("customer", "number of customers", 1, 100_000_000)] = 10_000
    need_rate_mean: Annotated[float, parameter("purchase/month", "mean need", 0.01, 20)] = 1.0
    need_rate_shape: Annotated[float, parameter("1", "shape of the Gamma law of needs", 0.1, 100)] = 2.0
    worth_median: Annotated[float, parameter("coins", "median worth of one reference service", 1, 10_000)] = (
        82.0
    )
    worth_spread: Annotated[float, parameter("1", "standard deviation of log worth", 0, 2)] = 0.25
    budget_median: Annotated[float, parameter("coins/month", "median budget for the category", 1, 1e6)] = (
        260.0
    )
    budget_spread: Annotated[float, parameter("1", "standard deviation of log budget", 0, 2)] = 0.5
    taste_low: Annotated[float, parameter("1", "lowest elasticity of worth to quality", 0, 3)] = 0.6
    taste_high: Annotated[float, parameter("1", "highest elasticity of worth to quality", 0, 3)] = 1.2
    taste_trend: Annotated[
        float, parameter("1/year", "growth of the spread of tastes among those who move in", -0.5, 1)
    ] = 0.0
    selfish_share: Annotated[
        float, parameter("1", "customers without concern for fairness", 0, 1, _TYPES)
    ] = 0.3
    mild_share: Annotated[float, parameter("1", "customers with mild concern", 0, 1, _TYPES)] = 0.3
    strong_share: Annotated[float, parameter("1", "customers with strong concern", 0, 1, _TYPES)] = 0.3
    fierce_share: Annotated[float, parameter("1", "customers with fierce concern", 0, 1, _TYPES)] = 0.1
    mild_aversion: Annotated[float, parameter("1", "inequity aversion of the mild", 0, 10, _TYPES)] = 0.5
    strong_aversion: Annotated[float, parameter("1", "inequity aversion of the strong", 0, 10, _TYPES)] = 1.0
    fierce_aversion: Annotated[float, parameter("1", "inequity aversion of the fierce", 0, 10, _TYPES)] = 4.0
    mild_guilt: Annotated[float, parameter("1", "guilt of the mild", 0, 1, _TYPES)] = 0.25
    strong_guilt: Annotated[float, parameter("1", "guilt of the strong and the fierce", 0, 1, _TYPES)] = 0.6
    relationship_need_low: Annotated[float, parameter("1", "least need of a relationship", 0, 1)] = 0.0
    relationship_need_high: Annotated[float, parameter("1", "greatest need of a relationship", 0, 1)] = 1.0
    unmet_need_high: Annotated[
        float, parameter("1", "largest need that a customer cannot diagnose", 0, 1)
    ] = 1.0
    offers_mean: Annotated[
        float, parameter("offer/month", "mean number of rival offers looked at", 0, 20)
    ] = 2.0
    offers_spread: Annotated[float, parameter("1", "spread of that number, 0: all alike", 0, 1)] = 1.0
    opportunism_shape: Annotated[
        float, parameter("1", "power that makes opportunism rare; its mean is 1/(1 + power)", 0, 50)
    ] = 4.0
    churn_a: Annotated[
        float, parameter("1", "first shape of the Beta law of yearly churn", 0.05, 100, _SBG)
    ] = 0.668
    churn_b: Annotated[
        float, parameter("1", "second shape of the Beta law of yearly churn", 0.05, 100, _SBG)
    ] = 3.806
    persistence: Annotated[
        float, parameter("1", "chance that the churn propensity is kept at a new start", 0, 1)
    ] = 0.0
    initial_tenure: Annotated[float, parameter("month", "mean tenure at the start", 0, 240)] = 24.0
    fit_concentration: Annotated[
        float, parameter("1", "concentration of brand fit over the market", 0.1, 100)
    ] = 6.0
    moving_rate: Annotated[
        float, parameter("1/month", "chance to move away; a newcomer moves in", 0, 0.2)
    ] = 0.005

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> "PopulationParameters":
        total = self.selfish_share + self.mild_share + self.strong_share + self.fierce_share
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"the four shares of fairness types must sum to 1, but they sum to {total:g}")
        for low, high in (("taste_low", "taste_high"), ("relationship_need_low", "relationship_need_high")):
            if getattr(self, low) > getattr(self, high):
                raise ValueError(
                    f"{low} = {getattr(self, low):g} must not exceed {high} = {getattr(self, high):g}"
                )
        return self


@rule
def lognormal(median: float, spread: float, normal_draw: float) -> float:
    """A lognormal number from a standard normal one."""
    return median * exp(spread * normal_draw)


@rule
def uniform_between(low: float, high: float, u: float) -> float:
    """A uniform number between two bounds."""
    return low + (high - low) * u


@rule
def taste_of(u: float, years: float, p: Any) -> float:
    """Elasticity of worth to quality, 0..3; its spread grows around the middle by years (assumption)."""
    wider = 0.5 * (p.taste_high - p.taste_low) * ((1.0 + p.taste_trend) ** years - 1.0)
    return uniform_between(max(p.taste_low - wider, 0.0), min(p.taste_high + wider, 3.0), u)


@rule
def inequity_aversion_of(u: float, p: Any) -> float:
    """Inequity aversion of the fairness type that a uniform falls into."""
    if u < p.selfish_share:
        return 0.0
    if u < p.selfish_share + p.mild_share:
        return p.mild_aversion
    if u < p.selfish_share + p.mild_share + p.strong_share:
        return p.strong_aversion
    return p.fierce_aversion


@rule
def guilt_of(u: float, p: Any) -> float:
    """Guilt of the same type: a wish to give back, never a liking for high prices."""
    if u < p.selfish_share:
        return 0.0
    return p.mild_guilt if u < p.selfish_share + p.mild_share else p.strong_guilt


@rule
def informedness_of(u: float, p: Any) -> float:
    """Rival offers that the customer looks at in a month, on average."""
    return p.offers_mean * (1.0 + p.offers_spread * (2.0 * u - 1.0))
