"""The month is opened: flows start at nothing, and customers are counted."""

from typing import Any

from agents import Customer, Firm
from agents.base.compile import loop


def month_opens(model: Any) -> None:
    """Every flow starts at its default; who is whose customer is counted."""
    for agent_type, table in model.tables.items():
        if agent_type is not Customer:
            table.start_month()
    model.ledger.open_month()
    customers = model.table(Customer)
    _open(customers.records, model.table(Firm).records, customers.flows, customers.flow_defaults)


@loop
def _open(c: Any, f: Any, flows: Any, defaults: Any) -> None:
    """Customers' flows start while they are counted; ``flows`` are a row's last bytes."""
    for k in range(f.price.size):
        f.age[k] += 1.0
    for i in range(c.firm.size):
        for byte in range(defaults.size):
            flows[i, byte] = defaults[byte]
        k = c.firm[i]
        if k >= 0:
            f.customers[k] += 1.0
            f.group_customers[k, min(c.tenure[i] // 12, 3)] += 1.0
            if c.tenure[i] >= 12:
                f.loyal_customers[k] += 1.0
