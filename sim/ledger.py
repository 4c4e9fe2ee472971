"""Money: every payment is posted once, here, from one sector to another.

The transaction-flow matrix has a row for each kind of flow and a column for each sector (Godley and
Lavoie 2007). Every row sums to zero, every column to the change of that sector's money.
"""

from typing import Any, NamedTuple

import numpy as np

from agents.base.compile import loop

SECTORS = (
    "customers",
    "employees",
    "firms",
    "suppliers",
    "owners",
    "creditor",
    "community",
    "government",
    "body",
    "outside",
)
CUSTOMERS, EMPLOYEES, FIRMS, SUPPLIERS, OWNERS, CREDITOR, COMMUNITY, GOVERNMENT, BODY, OUTSIDE = range(10)


class Flow(NamedTuple):
    """One kind of flow and what it is."""

    name: str
    meaning: str


FLOWS = (
    Flow("sales", "services, fees and additional products, less refunds and rebates"),
    Flow("inputs", "suppliers' own cost of inputs"),
    Flow("supplier_margin", "margin paid to suppliers"),
    Flow("suppliers_factors", "what suppliers pay for their own factors"),
    Flow("wages", "wages"),
    Flow("staff_bonus", "bonus and profit share of staff"),
    Flow("management_bonus", "bonus of management"),
    Flow("operations", "overhead, levers, remedies, advertising, additional products, dealing without trust"),
    Flow("interest", "interest on loans"),
    Flow("loans", "loans less repayments"),
    Flow("tax", "tax on profit"),
    Flow("fines", "fines for exploitation found out"),
    Flow("dividends", "dividends"),
    Flow("new_equity", "capital paid in by owners"),
    Flow("giving", "gifts to the community"),
    Flow("dues", "dues and fines of the industry body"),
    Flow("liquidation", "what is left of a bankrupt firm"),
    Flow("spending", "what sectors other than firms received last month, spent"),
    Flow("household_income", "income of customers from the rest of the economy"),
)
(
    SALES,
    INPUTS,
    SUPPLIER_MARGIN,
    SUPPLIERS_FACTORS,
    WAGES,
    STAFF_BONUS,
    MANAGEMENT_BONUS,
    OPERATIONS,
    INTEREST,
    LOANS,
    TAX,
    FINES,
    DIVIDENDS,
    NEW_EQUITY,
    GIVING,
    DUES,
    LIQUIDATION,
    SPENDING,
    HOUSEHOLD_INCOME,
) = range(len(FLOWS))


@loop
def post(flows: Any, kind: Any, payer: Any, payee: Any, coins: Any) -> None:
    """Post one payment: the only place that writes money flows."""
    flows[kind, payer] -= coins
    flows[kind, payee] += coins


class Ledger:
    """The month's flow matrix and the sectors' money.

    Attributes
    ----------
    flows : array (kinds, sectors)
        This month's flows in coins; + receives, - pays.
    balances : array (sectors,)
        Money of each sector in coins.
    """

    def __init__(self) -> None:
        self.flows = np.zeros((len(FLOWS), len(SECTORS)))
        self.balances = np.zeros(len(SECTORS))
        self._carried = np.zeros_like(self.flows)

    def open_month(self) -> None:
        """Start a month with no flows but those of a firm that was taken out since the last one."""
        self.flows[:] = self.late()
        self._carried.fill(0.0)

    def close_month(self) -> None:
        """Carry the month's flows to the sectors' money."""
        self.balances += self.flows.sum(axis=0)
        self._carried[:] = self.flows

    def late(self) -> np.ndarray:
        """Flows posted since the last month was closed: they count in the next."""
        return self.flows - self._carried

    def imbalance(self) -> float:
        """Largest row sum relative to the month's turnover; rounding alone keeps it below 1e-9."""
        turnover = np.abs(self.flows).sum() / 2.0
        return float(np.abs(self.flows.sum(axis=1)).max() / max(turnover, 1.0))
