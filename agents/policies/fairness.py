"""Fairness: who gets what of the surplus, and what the firm restrains itself from doing."""

from abc import ABC, abstractmethod
from typing import Annotated, Any, NamedTuple

from pydantic import model_validator

from agents.base.parameters import group, parameter
from agents.policies.option import Option, Sides, names_of

_RESTRAINT = "resistance to temptation"


class Standing(NamedTuple):
    """What a firm knows of its stakeholders when it splits the surplus.

    ``references``: coins a month that each side puts in at reference terms; ``ratios``: each side's
    outcome over its reference; ``kindness``: each side's observed kindness, 1 at reference.
    """

    references: Sides
    ratios: Sides
    kindness: Sides


class Fairness(Option, ABC):
    """How the distributable surplus becomes shares for each side."""

    restraint: float = 0.0
    candid: bool = False

    @abstractmethod
    def weights(self, standing: Standing) -> Sides:
        """Shares of the surplus for each side and the reserve, summing to one."""

    def price_cap(self, firm: Any) -> float:
        """The highest anchor price that this idea of fairness allows (coins)."""
        return float("inf")

    def keeps_wages(self, firm: Any) -> bool:
        """Whether wages may not be cut now."""
        return False


def in_proportion(parts: Sides, kept: float) -> Sides:
    """Shares in proportion to the given parts, after a reserve is kept."""
    total = sum(parts[:5])
    if total <= 0.0:
        return Sides(0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    customers, employees, suppliers, owners, community = ((1.0 - kept) * part / total for part in parts[:5])
    return Sides(customers, employees, suppliers, owners, community, kept)


@group
class FixedShares(Fairness):
    """Shares that do not depend on anything."""

    customers: Annotated[float, parameter("1", "share of customers, as a rebate", 0, 1)] = 0.0
    employees: Annotated[float, parameter("1", "share of employees, as a profit share", 0, 1)] = 0.0
    suppliers: Annotated[float, parameter("1", "share of suppliers, as a margin", 0, 1)] = 0.0
    shareholders: Annotated[float, parameter("1", "share of shareholders, as a dividend", 0, 1)] = 0.85
    community: Annotated[float, parameter("1", "share of the community, as giving", 0, 1)] = 0.0
    reserve: Annotated[float, parameter("1", "share kept", 0, 1)] = 0.15
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.0

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> "FixedShares":
        total = sum(self.weights(None))
        if abs(total - 1.0) > 1e-9:
            raise ValueError(f"the six shares must sum to 1, but they sum to {total:g}")
        return self

    def weights(self, standing: Any) -> Sides:
        """The shares as configured."""
        return Sides(
            self.customers, self.employees, self.suppliers, self.shareholders, self.community, self.reserve
        )


@group
class ShareholderPrimacy(FixedShares):
    """What is left belongs to the shareholders."""


@group
class CustomersFirst(FixedShares):
    """Most of what is left goes back to the customers."""

    customers: Annotated[float, parameter("1", "share of customers, as a rebate", 0, 1)] = 0.55
    employees: Annotated[float, parameter("1", "share of employees, as a profit share", 0, 1)] = 0.15
    suppliers: Annotated[float, parameter("1", "share of suppliers, as a margin", 0, 1)] = 0.05
    shareholders: Annotated[float, parameter("1", "share of shareholders, as a dividend", 0, 1)] = 0.05
    community: Annotated[float, parameter("1", "share of the community, as giving", 0, 1)] = 0.05
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 1.0
    candid: bool = True


@group
class EqualSplit(FixedShares):
    """The same share for every side."""

    customers: Annotated[float, parameter("1", "share of customers, as a rebate", 0, 1)] = 0.17
    employees: Annotated[float, parameter("1", "share of employees, as a profit share", 0, 1)] = 0.17
    suppliers: Annotated[float, parameter("1", "share of suppliers, as a margin", 0, 1)] = 0.17
    shareholders: Annotated[float, parameter("1", "share of shareholders, as a dividend", 0, 1)] = 0.17
    community: Annotated[float, parameter("1", "share of the community, as giving", 0, 1)] = 0.17
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.4


@group
class Equity(Fairness):
    """In proportion to what each side puts in (Adams 1965)."""

    kept: Annotated[float, parameter("1", "share kept in reserve", 0, 1)] = 0.15
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.3

    def weights(self, standing: Standing) -> Sides:
        """Equal ratios of outcome to input."""
        return in_proportion(standing.references, self.kept)


@group
class Maximin(Fairness):
    """The worst-off side first (after Rawls 1971)."""

    floor: Annotated[float, parameter("1", "share of every side", 0, 0.2)] = 0.06
    kept: Annotated[float, parameter("1", "share kept in reserve", 0, 1)] = 0.10
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.5
    candid: bool = True

    @model_validator(mode="after")
    def _shares_leave_room(self) -> "Maximin":
        if 5.0 * self.floor + self.kept > 1.0 + 1e-9:
            raise ValueError(f"floor * 5 + kept must not exceed 1, but it is {5 * self.floor + self.kept:g}")
        return self

    def weights(self, standing: Standing) -> Sides:
        """A floor for all, the rest to the side with the lowest outcome over reference."""
        ratios = standing.ratios[:5]
        worst = ratios.index(min(ratios))
        floor = self.floor
        equal = Sides(floor, floor, floor, floor, floor, self.kept)
        side = Sides._fields[worst]
        return equal._replace(**{side: 1.0 - 4.0 * self.floor - self.kept})


@group
class GoldenRule(Fairness):
    """One rate of gain on what each side has at stake, with candour and much restraint."""

    kept: Annotated[float, parameter("1", "share kept in reserve", 0, 1)] = 0.15
    wage_stake: Annotated[
        float, parameter("1", "share of wages at stake: what is above the outside option", 0, 1)
    ] = 0.35
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.8
    candid: bool = True

    def weights(self, standing: Standing) -> Sides:
        """In proportion to what each side has at stake."""
        stake = standing.references._replace(employees=self.wage_stake * standing.references.employees)
        return in_proportion(stake, self.kept)


@group
class Reciprocal(Fairness):
    """Shares follow each side's observed kindness."""

    kept: Annotated[float, parameter("1", "share kept in reserve", 0, 1)] = 0.15
    wage_stake: Annotated[float, parameter("1", "share of wages at stake", 0, 1)] = 0.35
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.5
    candid: bool = True

    def weights(self, standing: Standing) -> Sides:
        """What each side has at stake times the square of its kindness."""
        stake = standing.references._replace(employees=self.wage_stake * standing.references.employees)
        answered = (part * kind**2 for part, kind in zip(stake[:5], standing.kindness[:5], strict=True))
        return in_proportion(Sides(*answered), self.kept)


@group
class DualEntitlement(FixedShares):
    """Prices rise only with costs, wages fall only in losses (Kahneman, Knetsch and Thaler 1986)."""

    employees: Annotated[float, parameter("1", "share of employees, as a profit share", 0, 1)] = 0.10
    suppliers: Annotated[float, parameter("1", "share of suppliers, as a margin", 0, 1)] = 0.05
    shareholders: Annotated[float, parameter("1", "share of shareholders, as a dividend", 0, 1)] = 0.55
    community: Annotated[float, parameter("1", "share of the community, as giving", 0, 1)] = 0.05
    reserve: Annotated[float, parameter("1", "share kept", 0, 1)] = 0.25
    restraint: Annotated[float, parameter("1", _RESTRAINT, 0, 1)] = 0.4

    def price_cap(self, firm: Any) -> float:
        """While there is profit, the anchor rises each quarter no more than unit cost has this year."""
        if firm.smoothed_profit <= 0.0:
            return float("inf")
        rise = max(firm.unit_cost / firm.unit_cost_year_ago, 1.0)
        return max(firm.anchor_price * rise, 1.03 * firm.unit_cost)

    def keeps_wages(self, firm: Any) -> bool:
        """Wages are not cut while there is profit."""
        return firm.smoothed_profit > 0.0


FAIRNESS = (
    ShareholderPrimacy,
    CustomersFirst,
    EqualSplit,
    Equity,
    Maximin,
    GoldenRule,
    Reciprocal,
    DualEntitlement,
)
FairnessName = names_of("FairnessName", FAIRNESS)
