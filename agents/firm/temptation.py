"""Temptation: what a manager sees in exploiting, and what restrains it."""

from typing import Annotated, NamedTuple

from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_BELIEF = "manager's belief: assumption, no published source; it can be wrong, and that is part of the model"


class Exploitation(NamedTuple):
    """One lever of exploitation: its column of temptation, the names of the manager's beliefs, the fine.

    ``fined`` is how much of a fine for exploitation a manager expects for this lever (assumption): the
    law looks for hidden fees and sham sales, less for walking prices, and not for the rest.
    """

    column: str
    damage: str
    lag: str
    fined: float


EXPLOITATION = (
    Exploitation("fee_temptation", "fee_damage", "fee_lag", 1.0),
    Exploitation("walk_temptation", "walk_damage", "walk_lag", 0.3),
    Exploitation("quality_temptation", "quality_damage", "quality_lag", 0.0),
    Exploitation("supplier_temptation", "supplier_damage", "supplier_lag", 0.0),
    Exploitation("wage_temptation", "wage_damage", "wage_lag", 0.0),
    Exploitation("quota_temptation", "quota_damage", "quota_lag", 1.0),
)

LOYAL_REVENUE = 0.9
"""Share of revenue that a manager counts as paid by the loyal, whose prices can be walked up (assumption)."""

PUSHED_AND_KEPT = 0.6
"""Share of the products pushed on customers that a manager counts as sold for good (assumption)."""

COST_SEEN_BY_SALES = 0.3
"""Part of a cost saved that counts for a manager who is paid by sales alone (assumption)."""


@compiled_group
class TemptationParameters:
    """The manager's arithmetic of exploitation."""

    drive: Annotated[float, parameter("1", "pull per unit of perceived advantage", 0, 10)] = 3.0
    rate: Annotated[float, parameter("1/quarter", "speed of a lever toward its pull", 0, 1)] = 0.25
    belief_error: Annotated[float, parameter("1", "believed relative to stated damage", 0, 5, _BELIEF)] = 1.0
    margin_at_stake: Annotated[float, parameter("1", "margin at stake relative to revenue", 0.01, 1)] = 0.25
    equity_caution: Annotated[
        float, parameter("1", "damage as seen by a manager paid by customer equity", 1, 5)
    ] = 1.5
    departure_rate: Annotated[
        float,
        parameter(
            "1/quarter",
            "chance that a fully tempted manager who looks no month ahead leaves with its bonus",
            0,
            1,
            "assumption; sign: career horizon, Dechow and Sloan 1991, doi 10.1016/0167-7187(91)90058-S",
        ),
    ] = 0.15
    departure_horizon: Annotated[
        float, parameter("month", "horizon from which a manager stays to see what it did", 1, 120)
    ] = 24.0
    successor_temptation: Annotated[
        float, parameter("1", "share of the pull of each lever that a successor takes over", 0, 1)
    ] = 0.5
    honeymoon: Annotated[
        float, parameter("month", "months until owners press a new manager as they press others", 1, 60)
    ] = 12.0
    fee_damage: Annotated[float, parameter("1/month", "believed erosion by fees", 0, 0.2, _BELIEF)] = 0.010
    walk_damage: Annotated[float, parameter("1/month", "believed erosion by walking", 0, 0.2, _BELIEF)] = (
        0.012
    )
    quality_damage: Annotated[
        float, parameter("1/month", "believed erosion by cutting quality", 0, 0.2, _BELIEF)
    ] = 0.014
    supplier_damage: Annotated[
        float, parameter("1/month", "believed erosion by squeezing suppliers", 0, 0.2, _BELIEF)
    ] = 0.008
    wage_damage: Annotated[
        float, parameter("1/month", "believed erosion by squeezing wages", 0, 0.2, _BELIEF)
    ] = 0.010
    quota_damage: Annotated[float, parameter("1/month", "believed erosion by quotas", 0, 0.2, _BELIEF)] = (
        0.010
    )
    fee_lag: Annotated[float, parameter("month", "months before fees hurt", 0, 60, _BELIEF)] = 4.0
    walk_lag: Annotated[float, parameter("month", "months before walking hurts", 0, 60, _BELIEF)] = 6.0
    quality_lag: Annotated[float, parameter("month", "months before cut quality hurts", 0, 60, _BELIEF)] = 4.0
    supplier_lag: Annotated[
        float, parameter("month", "months before squeezed suppliers hurt", 0, 60, _BELIEF)
    ] = 8.0
    wage_lag: Annotated[float, parameter("month", "months before squeezed wages hurt", 0, 60, _BELIEF)] = 5.0
    quota_lag: Annotated[float, parameter("month", "months before quotas hurt", 0, 60, _BELIEF)] = 5.0


@rule
def perceived_advantage(
    gain: float, damage: float, lag: float, horizon: float, margin: float, fine: float
) -> float:
    """Net gain of a lever over the horizon, relative to the margin at stake.

    The loss is an integral: after ``lag`` months the base erodes by ``damage`` a month, so the loss
    grows with the square of what the horizon sees beyond the lag. A short horizon sees none of it.
    """
    seen = max(horizon - lag, 0.0)
    return (gain * horizon - damage * margin * seen * seen / 2.0) / (margin * horizon) - fine / margin


@rule
def departure_probability(temptation: float, power: float, horizon: float, rate: float, far: float) -> float:
    """Quarterly chance that a manager leaves with its bonus before the loss shows (form: assumption).

    The more it exploits, the more its pay depends on the measure, and the less far it looks ahead; who
    looks as ``far`` ahead stays.
    """
    return min(rate * temptation * power * max(1.0 - horizon / far, 0.0), 1.0)


@rule
def temptation_target(advantage: float, power: float, restraint: float, drive: float) -> float:
    """Where a lever is pulled, 0..1: restraint is subtracted, not a multiplier."""
    return min(max(power * drive * max(advantage, 0.0) - restraint, 0.0), 1.0)


@rule
def expected_fine(fined: float, revenue: float, detection: float, fine: float) -> float:
    """Coins a month that a manager expects to pay in fines for a lever at full pull."""
    return fined * detection * fine * revenue
