"""The creditor: lends against revenue, at a rate by leverage and steadiness of custom."""

from typing import Annotated, Any

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, state
from agents.base.compile import rule
from agents.base.parameters import compiled_group, parameter

LEAST_REVENUE = 10_000.0 / 3.0
"""Revenue a month that the creditor counts on at least, as of who opens or has lost custom (assumption)."""


class Creditor(ColumnAgent):
    """Somebody who lends to all firms."""

    lent = state("coins", "loans outstanding", low=0)
    written_off = state("coins", "loans lost so far", low=0)
    interest = flow("coins/month", "interest received", low=0)


@compiled_group
class CreditorParameters:
    """Terms of credit."""

    base_rate: Annotated[float, parameter("1/month", "rate to a firm without debt", 0, 0.1)] = 0.005
    leverage_rate: Annotated[float, parameter("1/month", "rate added at debt equal to equity", 0, 0.1)] = 0.01
    churn_rate: Annotated[
        float, parameter("1", "rate added, relative to how far monthly retention is below the mark", 0, 1)
    ] = 0.05
    steady_retention: Annotated[float, parameter("1/month", "retention that counts as steady", 0, 1)] = 0.97
    debt_limit: Annotated[float, parameter("month", "largest debt in months of revenue", 0, 60)] = 3.0
    cash_floor: Annotated[
        float, parameter("month", "cash in months of revenue below which firms borrow", 0, 6)
    ] = 0.5
    repayment_floor: Annotated[
        float, parameter("month", "cash in months of revenue above which firms repay", 0, 12)
    ] = 1.5
    repayment_rate: Annotated[float, parameter("1/month", "share of debt repaid", 0, 1)] = 0.02


@rule
def interest_rate(debt: float, equity: float, retention: float, p: Any) -> float:
    """Monthly rate: steadier custom, cheaper credit."""
    leverage = min(max(debt / max(equity, 1e4), 0.0), 1.0)
    unsteady = min(max(p.steady_retention - retention, 0.0), 0.2)
    return p.base_rate + p.leverage_rate * leverage + p.churn_rate * unsteady


@rule
def new_loan(cash: float, debt: float, revenue: float, p: Any) -> float:
    """Coins borrowed this month: up to the floor of cash, within the limit of debt."""
    gap = max(p.cash_floor * revenue - cash, 0.0)
    return min(gap, max(p.debt_limit * max(revenue, LEAST_REVENUE) - debt, 0.0))


@rule
def repayment(cash: float, debt: float, revenue: float, p: Any) -> float:
    """Coins repaid this month, out of cash beyond need."""
    if cash <= p.repayment_floor * revenue:
        return 0.0
    return min(p.repayment_rate * debt + 1.0, debt)
