"""The community around firms, and the government: goodwill, taxes, and finding out."""

from math import tanh
from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter


class Community(ColumnAgent):
    """The people among whom firms work; its goodwill to each firm is a column of the firm."""

    received = flow("coins/month", "gifts received", low=0)


class Government(ColumnAgent):
    """Taxes profits, finds out exploitation, fines it."""

    taxes = flow("coins/month", "taxes received", low=0)
    fines = flow("coins/month", "fines received", low=0)


@compiled_group
class CommunityParameters:
    """What makes goodwill."""

    goodwill_base: Annotated[
        float, parameter("1", "goodwill to a firm of the usual size that gives nothing", 0, 1)
    ] = 0.45
    giving_weight: Annotated[
        float, parameter("1", "most goodwill from giving; one per cent of revenue earns three quarters", 0, 1)
    ] = 0.25
    employment_weight: Annotated[float, parameter("1", "goodwill from twice the usual employment", 0, 1)] = (
        0.1
    )
    scandal_drop: Annotated[float, parameter("1", "goodwill lost by a scandal", 0, 1)] = 0.15
    goodwill_rate: Annotated[float, parameter("1/month", "speed of goodwill", 0, 1)] = 0.02
    goodwill_neutral: Annotated[float, parameter("1", "goodwill that moves nothing", 0.01, 1)] = 0.5
    hiring_weight: Annotated[
        float, parameter("1", "rise of ease of hiring with goodwill above neutral", 0, 2)
    ] = 0.4
    awareness_weight: Annotated[
        float, parameter("1", "rise of awareness with goodwill above neutral", 0, 2)
    ] = 0.2


@compiled_group
class GovernmentParameters:
    """Taxes and fines."""

    tax: Annotated[float, parameter("1", "tax on profit", 0, 0.9)] = 0.25
    detection: Annotated[
        float, parameter("1/month", "chance that one full lever of exploitation is found out", 0, 1)
    ] = 0.012
    fine: Annotated[float, parameter("month", "fine in months of revenue", 0, 24)] = 0.5
    reputation_drop: Annotated[float, parameter("1", "reputation lost by a scandal", 0, 1)] = 0.25


@rule
def next_goodwill(
    goodwill: float, giving: float, revenue: float, staff: float, usual_staff: float, scandal: float, p: Any
) -> float:
    """Goodwill of the community to a firm, 0..1: from employment, giving, scandals."""
    generous = p.giving_weight * tanh(giving / max(0.01 * revenue, 1.0))
    employs = p.employment_weight * (staff / max(usual_staff, 1.0) - 1.0)
    target = min(max(p.goodwill_base + generous + employs - 0.3 * scandal, 0.0), 1.0)
    moved = goodwill + p.goodwill_rate * (target - goodwill) - p.scandal_drop * scandal
    return min(max(moved, 0.0), 1.0)


@rule
def scandal_probability(fee: float, walk: float, quota: float, gaming: float, p: Any) -> float:
    """Chance that exploitation is found out this month."""
    return min(p.detection * (fee + 0.3 * walk + quota + 3.0 * gaming), 1.0)


@rule
def tax_on(profit: float, p: Any) -> float:
    """Tax on a month's profit (coins)."""
    return p.tax * max(profit, 0.0)
