"""Shareholders and their stakes: what they think a firm is worth, and how they press its managers."""

from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, link, state, trait
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

_BUSHEE = (
    "two of the three types of Bushee 1998, doi 10.2308/accr.1998.73.3.305 (no quasi-indexers); "
    "numbers: assumption"
)


class Shareholder(ColumnAgent):
    """Somebody who owns stakes in firms: transient, or dedicated."""

    transient = trait("1", "1: trades on earnings; 0: stays with its investments", low=0, high=1)
    required_return = trait("1/month", "return that it requires", default=0.008, low=0, high=0.1)
    cash = state("coins", "dividends received, less what was paid in; shares traded are not in it")
    dividends = flow("coins/month", "dividends received")


class Stake(ColumnAgent):
    """The relation of one shareholder and one firm."""

    shareholder = link("Shareholder", "the owner", always=True)
    firm = link("Firm", "the firm owned", always=True)
    shares_held = state("1", "share of the firm held", low=0, high=1)
    trust = state("1", "trust in the firm's managers", default=0.5, low=0, high=1)


@compiled_group
class ShareholderParameters:
    """How owners value, trade and press."""

    shareholders: Annotated[int, parameter("shareholder", "number of shareholders", 1, 10_000)] = 60
    transient_share: Annotated[float, parameter("1", "share of transient owners", 0, 1, _BUSHEE)] = 0.5
    required_return: Annotated[float, parameter("1/month", "required return", 0.0005, 0.1)] = 0.008
    valuation_noise: Annotated[float, parameter("1", "standard deviation of a valuation", 0, 1)] = 0.05
    trend_weight: Annotated[
        float,
        parameter(
            "1",
            "weight of growth (customers against their smoothed number) in a transient owner's valuation",
            0,
            24,
        ),
    ] = 6.0
    equity_weight: Annotated[
        float, parameter("1", "weight of customer equity in dedicated owners' valuation", 0, 1, _BUSHEE)
    ] = 0.6
    price_rate: Annotated[float, parameter("1/month", "speed of the share price toward the bid", 0, 1)] = 0.15
    transient_trading: Annotated[
        float, parameter("1/month", "trading of transient owners", 0, 5, _BUSHEE)
    ] = 0.5
    dedicated_trading: Annotated[
        float, parameter("1/month", "trading of dedicated owners", 0, 5, _BUSHEE)
    ] = 0.1
    pressure: Annotated[float, parameter("1", "weight of transient owners on the horizon", 0, 1)] = 0.6
    transient_horizon: Annotated[float, parameter("month", "horizon of transient owners", 1, 60)] = 3.0
    trust_rate: Annotated[float, parameter("1/month", "speed of owners' trust", 0, 1)] = 0.05
    trust_restraint: Annotated[
        float, parameter("1", "fall of trading with an owner's trust above neutral", 0, 1)
    ] = 0.5
    trust_patience: Annotated[
        float,
        parameter(
            "1", "fall of a transient owner's pressure on the horizon with its trust above neutral", 0, 2
        ),
    ] = 1.0


@rule
def transient_valuation(
    earnings: float, growth: float, cash: float, debt: float, required_return: float, p: Any
) -> float:
    """What an impatient owner thinks a firm is worth: earnings, 0.3 more or less by growth (coins)."""
    trend = 1.0 + min(max(growth * p.trend_weight, -0.3), 0.3)
    return max(earnings, 0.0) * trend / required_return + cash - debt


@rule
def dedicated_valuation(
    earnings: float, customer_equity: float, cash: float, debt: float, required_return: float, p: Any
) -> float:
    """What a patient owner thinks a firm is worth: earnings, and what its customers will bring (coins)."""
    flow_value = max(earnings, 0.0) / required_return
    return (1.0 - p.equity_weight) * flow_value + p.equity_weight * 0.8 * customer_equity + cash - debt


@rule
def next_equity_price(price: float, bid: float, p: Any) -> float:
    """Share price (coins for the whole firm): a step toward the bid, within a tenth; no momentum."""
    moved = price + p.price_rate * (bid - price)
    return min(max(moved, 0.9 * price), 1.1 * price)


@rule
def wanted_stake(share: float, valuation: float, bid: float, transient: float, trust: float, p: Any) -> float:
    """Stake an owner wants before all are scaled to one: more of what it values above the bid."""
    speed = p.transient_trading * transient + p.dedicated_trading * (1.0 - transient)
    speed *= 1.0 - p.trust_restraint * (trust - 0.5)
    return max(share * (1.0 + speed * min(max(valuation / bid - 1.0, -0.5), 0.5)), 1e-9)


@rule
def pressure_of(share: float, transient: float, trust: float, p: Any) -> float:
    """What one owner adds to the pressure on the manager, 0..1: who trusts the manager gives it time."""
    return share * transient * max(1.0 - p.trust_patience * (trust - 0.5), 0.0)


@rule
def pressed_horizon(contract_horizon: float, owners_pressure: float, p: Any) -> float:
    """Manager's horizon in months: the contract's, shortened by transient owners."""
    weight = p.pressure * owners_pressure
    return (1.0 - weight) * contract_horizon + weight * p.transient_horizon
