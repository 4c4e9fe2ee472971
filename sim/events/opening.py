"""The month is opened: flows start at nothing, and customers are counted."""

from typing import Any

from agents import Customer, Firm
from agents.base.compile import loop


def month_opens(model: Any) -> None:
    """Every flow starts at its default; who is whose customer is counted."""
    for table in model.tables.values():
        table.start_month()
    model.ledger.open_month()
    _count(model.table(Customer).records, model.table(Firm).records)


@loop
def _count(c: Any, f: Any) -> None:
    for k in range(f.price.size):
        f.age[k] += 1.0
    for i in range(c.firm.size):
        k = c.firm[i]
        if k >= 0:
            f.customers[k] += 1.0
            f.group_customers[k, min(c.tenure[i] // 12, 3)] += 1.0
            if c.tenure[i] >= 12:
                f.loyal_customers[k] += 1.0
