"""What Mesa's own data collector keeps of a run: a few numbers of the whole market, every reported month."""

from typing import Any

import mesa
import numpy as np

from agents import Employee, Firm


def market_collector() -> mesa.DataCollector:
    """A collector as ``mesa.batch_run`` needs it; one may add reporters before the first month."""
    return mesa.DataCollector(
        model_reporters={
            "month": "month",
            "firms": living_firms,
            "unserved": unserved,
            "employed": employed,
            "mean_satisfaction": mean_satisfaction,
            "revenue": revenue,
            "profit": profit,
        }
    )


def living_firms(model: Any) -> int:
    """Firms in business."""
    return int(np.count_nonzero(model.table(Firm)["alive"]))


def unserved(model: Any) -> int:
    """Customers without a firm, as counted for the recording of the month."""
    return int(model.recording.of_last_month("unserved"))


def employed(model: Any) -> int:
    """Employees who have work."""
    return int(np.count_nonzero(model.table(Employee)["firm"] >= 0))


def mean_satisfaction(model: Any) -> float:
    """Mean satisfaction of customers who have a firm, before they switch; NaN if nobody had one."""
    firms = model.table(Firm)
    customers = np.where(firms["deserted"] > 0.0, 0.0, firms["customers"])  # deserters have none any more
    served = float(customers.sum())
    return float(firms["mean_satisfaction"] @ customers) / served if served else float("nan")


def revenue(model: Any) -> float:
    """Revenue of all firms this month (coins)."""
    return float(model.table(Firm)["revenue"].sum())


def profit(model: Any) -> float:
    """Profit before tax of all firms this month (coins)."""
    return float(model.table(Firm)["profit"].sum())
