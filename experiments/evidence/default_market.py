"""The default market over five years, as several rows look at it: one run a seed serves them all."""

from typing import Any

import numpy as np

from agents import Customer, Firm
from experiments.evidence.markets import opened, unmoved
from experiments.evidence.row import Sight, beside_null
from experiments.evidence.survey import answers
from sim import Reciprocity
from sim.metrics import METRICS
from sim.recording import ELSEWHERE, NOBODY

MONTHS, SETTLED = 60, 24
"""Months of a run, and those after which numbers are taken: policies have had two years."""
SURVEYED = 36
"""Month after which customers are asked."""
YEARS = 6
"""Years of tenure told apart, the last for all later ones."""


class Ledger:
    """Adds up what customers of each firm and year of tenure brought in, month by month."""

    def __init__(self, model: Reciprocity) -> None:
        self.sums = np.zeros((2, len(model.firm_names), YEARS))
        self.replies: np.ndarray = np.empty((0, 0))
        self.remember(model)

    def remember(self, model: Reciprocity) -> None:
        """Who is where before the month: relationships move at its end."""
        table = model.table(Customer)
        self.firm, self.tenure = np.array(table["firm"]), np.array(table["tenure"])

    def __call__(self, model: Reciprocity) -> None:
        """Look at the month that has passed."""
        if model.month > SETTLED:
            rows = np.flatnonzero(self.firm >= 0)
            place = (self.firm[rows], np.minimum(self.tenure[rows] // 12, YEARS - 1))
            np.add.at(self.sums[0], place, margins(model, self.firm)[rows])
            np.add.at(self.sums[1], place, 1.0)
        if model.month == SURVEYED:
            self.replies = answers(model, self.firm)
        self.remember(model)


def margins(model: Reciprocity, firm: np.ndarray) -> np.ndarray:
    """Each customer's margin this month as firms value it: what it paid, less direct costs (coins/month).

    Inputs and additional products are its own; levers, bonuses and service time are shared alike.
    """
    c, f, p = model.table(Customer).view, model.table(Firm).view, model.parameters
    services, heads = np.maximum(f.services, 1.0), np.maximum(f.customers, 1.0)
    inputs = (f.input_bill + f.supplier_bill) / services
    shared = (f.staff_bonus + f.lever_costs - f.advertising * np.maximum(f.smoothed_revenue, 0.0)) / heads
    shared = shared + p.employee.reference_wage / p.employee.full_load
    products = (c.addon & 1) + (c.addon >> 1)
    gain = p.purchases.addon_price - p.levers.addon_cost
    return np.asarray(c.purchases * (c.price_paid - inputs[firm]) + gain * products - shared[firm])


def look(seed: int, customers: int, off: bool = False) -> Sight:
    """What one seed of the default market shows, where nobody reciprocates if ``off``."""
    model = opened(seed, customers, unmoved({}, off), leavers=True)
    model.run_burn_in()
    ledger = Ledger(model)
    model.run_for(MONTHS, ledger)
    return {
        "margin": ledger.sums[0],
        "months": ledger.sums[1],
        "survey": ledger.replies,
        **leaving(model),
        **talking(model),
        **valued(model),
        **trending(model),
    }


def leaving(model: Reciprocity) -> Sight:
    """Yearly churn of market and firms, and how often each cause would have kept somebody."""
    record, gone = model.recording, model.recording.leavers
    ends = np.arange(SETTLED + 11, MONTHS, 12)
    left, moved = gone["to_firm"] >= NOBODY, gone["to_firm"] == ELSEWHERE
    bits = gone["causes"][left & (gone["month"] >= SETTLED)].astype(int)
    with np.errstate(invalid="ignore"):
        firms = np.nanmean(METRICS["annual_retention"].compute(record)[SETTLED:], axis=0)
    return {
        "churn": 1.0 - METRICS["market_retention"].compute(record)[ends],
        "firm_churn": 1.0 - firms,
        "firm_size": record.firm("customers")[SETTLED:].mean(axis=0),
        "causes": np.array([np.count_nonzero(bits >> place & 1) for place in range(8)], float),
        "moved": np.array([np.count_nonzero(moved & (gone["month"] >= SETTLED))], float),
    }


def talking(model: Reciprocity) -> Sight:
    """Messages about each firm."""
    record = model.recording
    return {name: record.firm(name)[SETTLED:].sum(axis=0) for name in ("praise", "blame")}


def trending(model: Reciprocity) -> Sight:
    """Customers and satisfaction of each firm, year by year."""
    record = model.recording
    years = {
        name: record.firm(name).reshape(-1, 12, len(model.firm_names)).mean(axis=1)
        for name in ("customers", "mean_satisfaction")
    }
    return {"yearly_customers": years["customers"], "yearly_satisfaction": years["mean_satisfaction"]}


def valued(model: Reciprocity) -> Sight:
    """What customer equity is made of at the end, and what winning customers costs."""
    f: Any = model.table(Firm).view
    cost = model.parameters.levers.winning_cost + f.advertising * f.smoothed_revenue / np.maximum(f.won, 1.0)
    alive = f.alive.astype(bool)
    return {
        "group_size": np.array(f.group_customers)[alive],
        "group_retention": np.array(f.group_retention)[alive],
        "group_margin": (f.unit_margin[:, None] + f.group_revenue)[alive],
        "won": model.recording.firm("won")[-12:].mean(axis=0)[alive],
        "winning_cost": np.array(cost)[alive],
    }


STUDY = beside_null(
    "default_market",
    f"the five unlike firms of the default market over {MONTHS} months, the first {SETTLED} left out",
    look,
)
