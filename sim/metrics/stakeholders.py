"""Stakeholders and the firm's own month: staff, suppliers, owners, creditor, community; service and money."""

import numpy as np

from sim.metrics.arithmetic import divided
from sim.metrics.fairness import loans_lost
from sim.metrics.metric import metric, observe
from sim.recording import Recording

observe(
    "staff", "mean_morale", "mean_wage", "quits", "dismissals", "mean_service_effort", "mean_selling_effort"
)
observe("reliability", "supplier_trust", "supplier_margin", "payment_delay")
observe("owners_turnover", "transient_share", "equity_price", "dividend_paid", "manager_horizon")
observe("manager_tenure", "manager_departures")
observe("goodwill", "reputation", "identity", "insight", "giving_paid", "tax_paid", "fine_paid")
observe("mean_quality", "unit_cost", "revenue", "profit", "cash", "debt")


@metric("1/month")
def quit_rate(recording: Recording) -> np.ndarray:
    """Share of staff who quit."""
    return divided(recording.firm("quits"), recording.firm("staff"))


@metric("1")
def failure_share(recording: Recording) -> np.ndarray:
    """Customers with a failed service, relative to services."""
    return divided(recording.firm("failures"), recording.firm("services"))


@metric("1")
def voiced_share(recording: Recording) -> np.ndarray:
    """Share of customers with a failed service who complained."""
    return divided(recording.firm("complaints"), recording.firm("failures"))


@metric("1")
def recovered_share(recording: Recording) -> np.ndarray:
    """Share of complaints after which the service was put right."""
    return divided(recording.firm("recoveries"), recording.firm("complaints"))


@metric("1")
def profit_margin(recording: Recording) -> np.ndarray:
    """Profit before tax relative to revenue."""
    return divided(recording.firm("profit"), recording.firm("revenue"))


@metric("coins/month")
def defaults(recording: Recording) -> np.ndarray:
    """Loans that the creditor lost when the firm closed."""
    return loans_lost(recording)


@metric("coins", scope="market")
def written_off(recording: Recording) -> np.ndarray:
    """Loans that the creditor has lost since the start."""
    return recording.market("written_off")


@metric("audit/month", scope="market")
def audits(recording: Recording) -> np.ndarray:
    """Members that the industry body audited."""
    return recording.market("audits")


@metric("breach/month", scope="market")
def breaches(recording: Recording) -> np.ndarray:
    """Breaches of its standard that the industry body found."""
    return recording.market("breaches")


@metric("coins/month", scope="market")
def supplier_income(recording: Recording) -> np.ndarray:
    """Margin that suppliers earned from all firms."""
    return recording.firm("supplier_bill").sum(axis=1)


@metric("coins/month", scope="market")
def taxes(recording: Recording) -> np.ndarray:
    """Taxes that the government received from all firms."""
    return recording.firm("tax_paid").sum(axis=1)


@metric("coins/month", scope="market")
def fines(recording: Recording) -> np.ndarray:
    """Fines that the government received from all firms."""
    return recording.firm("fine_paid").sum(axis=1)


@metric("coins/month", scope="market")
def gifts(recording: Recording) -> np.ndarray:
    """Gifts that the community received from all firms."""
    return recording.firm("giving_paid").sum(axis=1)


@metric("coins/month", scope="market")
def dues(recording: Recording) -> np.ndarray:
    """Dues and fines that the industry body received from all members."""
    return recording.firm("dues_paid").sum(axis=1)


@metric("firm", scope="market")
def firms_in_business(recording: Recording) -> np.ndarray:
    """Firms in business at the end of the month."""
    return recording.firm("alive").sum(axis=1).astype(float)
