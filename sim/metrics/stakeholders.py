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


@metric("firm", scope="market")
def firms_in_business(recording: Recording) -> np.ndarray:
    """Firms in business at the end of the month."""
    return recording.firm("alive").sum(axis=1).astype(float)
