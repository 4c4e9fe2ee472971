"""Incentives: what staff and management are paid for."""

from abc import ABC, abstractmethod
from typing import Annotated, Any

from agents.base.parameters import group, parameter
from agents.policies.option import Option, names_of

_S = "return to effort in serving; assumption, not derived from the coins paid"
_X = "return to effort in selling; assumption, not derived from the coins paid"
_QUOTA = "1: gaming answers an unmet quota; pay itself has no threshold"
_STAY = "if all customers of the firm stay, to each employee alike"


@group
class StaffIncentive(Option):
    """What staff are paid for: what it does to effort, and what it costs in coins.

    The two are set apart: how much effort answers is an assumption of each option, and no sum of coins
    implies it.
    """

    service_bonus: Annotated[float, parameter("1", _S, 0, 2)] = 0.0
    selling_bonus: Annotated[float, parameter("1", _X, 0, 2)] = 0.0
    quota: Annotated[float, parameter("1", _QUOTA, 0, 1)] = 0.0
    selling_pay: Annotated[float, parameter("coins/month", "for one unit of measured selling", 0, 1e4)] = 0.0
    appraisal_pay: Annotated[
        float, parameter("coins/month", "at neutral satisfaction of own customers", 0, 1e4)
    ] = 0.0
    retention_pay: Annotated[float, parameter("coins/month", _STAY, 0, 1e4)] = 0.0


@group
class Flat(StaffIncentive):
    """A wage and nothing else."""


@group
class SalesCommission(StaffIncentive):
    """A share of what is sold."""

    selling_bonus: Annotated[float, parameter("1", _X, 0, 2)] = 0.40
    selling_pay: Annotated[float, parameter("coins/month", "for one unit of measured selling", 0, 1e4)] = 60.0


@group
class SalesQuota(StaffIncentive):
    """Pay in proportion to measured sales, true or sham, under a quota that invites gaming.

    Pay does not jump where the quota is met.
    """

    selling_bonus: Annotated[float, parameter("1", _X, 0, 2)] = 0.55
    quota: Annotated[float, parameter("1", _QUOTA, 0, 1)] = 1.0
    selling_pay: Annotated[float, parameter("coins/month", "for one unit of measured selling", 0, 1e4)] = 60.0


@group
class ServiceAppraisal(StaffIncentive):
    """Pay by the satisfaction of one's own customers."""

    service_bonus: Annotated[float, parameter("1", _S, 0, 2)] = 0.15
    appraisal_pay: Annotated[
        float, parameter("coins/month", "at neutral satisfaction of own customers", 0, 1e4)
    ] = 9.0


@group
class RetentionBonus(StaffIncentive):
    """Pay by the share of the firm's customers who stay, alike for each employee."""

    service_bonus: Annotated[float, parameter("1", _S, 0, 2)] = 0.12
    selling_bonus: Annotated[float, parameter("1", _X, 0, 2)] = 0.05
    retention_pay: Annotated[float, parameter("coins/month", _STAY, 0, 1e4)] = 9.0


@group
class BalancedScorecard(StaffIncentive):
    """Pay half by appraisal, half by sales."""

    service_bonus: Annotated[float, parameter("1", _S, 0, 2)] = 0.10
    selling_bonus: Annotated[float, parameter("1", _X, 0, 2)] = 0.30
    selling_pay: Annotated[float, parameter("coins/month", "for one unit of measured selling", 0, 1e4)] = 30.0
    appraisal_pay: Annotated[
        float, parameter("coins/month", "at neutral satisfaction of own customers", 0, 1e4)
    ] = 4.5


STAFF = (Flat, SalesCommission, SalesQuota, ServiceAppraisal, RetentionBonus, BalancedScorecard)
StaffName = names_of("StaffName", STAFF)

_POWER = "strength of the incentive in the manager's arithmetic"
_HORIZON = "months that the contract makes the manager look ahead"
_RATE = "bonus relative to the measure"


class ManagementIncentive(Option, ABC):
    """What management is paid for."""

    power: float = 1.0
    horizon: float = 12.0
    pay_rate: float = 0.02
    sales_only: bool = False
    cautious: bool = False

    @abstractmethod
    def measure(self, firm: Any, scorecard: float) -> float:
        """The month's measured result, in coins, not negative."""


@group
class Salary(ManagementIncentive):
    """A salary; what pulls is the career."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 0.15
    horizon: Annotated[float, parameter("month", _HORIZON, 1, 120)] = 24.0

    def measure(self, firm: Any, scorecard: float) -> float:
        """Nothing is measured."""
        return 0.0


@group
class QuarterlyProfit(ManagementIncentive):
    """A share of the quarter's profit."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 1.0
    horizon: Annotated[float, parameter("month", _HORIZON, 1, 120)] = 4.0
    pay_rate: Annotated[float, parameter("1", _RATE, 0, 1)] = 0.02

    def measure(self, firm: Any, scorecard: float) -> float:
        """Profit of the quarter."""
        return max(firm.quarter_profit, 0.0)


@group
class SalesGrowth(ManagementIncentive):
    """A share of the growth of revenue, fees and pushed products included."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 0.8
    horizon: Annotated[float, parameter("month", _HORIZON, 1, 120)] = 8.0
    pay_rate: Annotated[float, parameter("1", _RATE, 0, 1)] = 0.06
    sales_only: bool = True

    def measure(self, firm: Any, scorecard: float) -> float:
        """Revenue against a year ago."""
        return max(firm.smoothed_revenue - float(firm.past_revenue[-1]), 0.0)


@group
class StockOptions(ManagementIncentive):
    """Options on the firm's shares that vest after a while."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 1.0
    horizon: Annotated[float, parameter("month", "vesting", 6, 60)] = 24.0
    pay_rate: Annotated[float, parameter("1/month", "part of the firm granted in options", 0, 0.1)] = (
        0.01 / 12.0
    )

    def measure(self, firm: Any, scorecard: float) -> float:
        """Rise of the firm's price since the options now vesting were granted."""
        granted = float(firm.past_price[int(self.horizon)])
        return max(firm.equity_price - granted, 0.0)


@group
class CustomerEquity(ManagementIncentive):
    """A share of the growth of customer equity at the sustainable margin."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 1.0
    horizon: Annotated[float, parameter("month", _HORIZON, 1, 120)] = 60.0
    pay_rate: Annotated[float, parameter("1", _RATE, 0, 1)] = 0.02
    cautious: bool = True

    def measure(self, firm: Any, scorecard: float) -> float:
        """Customer equity against a year ago, a month's part."""
        return max(firm.sustainable_equity - float(firm.past_equity[-1]), 0.0) / 12.0


@group
class StakeholderScorecard(ManagementIncentive):
    """A share of profit, scaled by how all sides fare against their references."""

    power: Annotated[float, parameter("1", _POWER, 0, 2)] = 0.6
    horizon: Annotated[float, parameter("month", _HORIZON, 1, 120)] = 48.0
    pay_rate: Annotated[float, parameter("1", _RATE, 0, 1)] = 0.02

    def measure(self, firm: Any, scorecard: float) -> float:
        """Profit, times one plus the mean shortfall or excess of all sides (-1..1)."""
        return max(firm.quarter_profit, 0.0) * (1.0 + scorecard)


MANAGEMENT = (Salary, QuarterlyProfit, SalesGrowth, StockOptions, CustomerEquity, StakeholderScorecard)
ManagementName = names_of("ManagementName", MANAGEMENT)
