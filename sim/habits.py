"""The start of a market by repertoire: propensities to buy from each firm, and a habit with every one."""

from typing import Any

import numpy as np

from agents import Customer, Habit
from agents.base.quantiles import gamma_table


def brand_tables(model: Any) -> np.ndarray:
    """Log quantiles of each firm's propensity: Gamma numbers whose shares are Dirichlet over customers."""
    p = model.parameters
    weights = np.ones(len(model.firm_names))
    weights[: len(p.firms)] = [entry.brand_weight for entry in p.firms.values()]
    shapes = p.population.fit_concentration * weights / weights.sum()
    return np.stack([gamma_table(float(shape), 1.0) for shape in shapes])


def build_habits(model: Any) -> None:
    """A habit of every customer with every firm, of which one is usual; none where buying is by contract."""
    if not model.parameters.by_repertoire:
        return
    customers, firms = len(model.table(Customer)), len(model.firm_names)
    Habit.create_agents(
        model,
        customers * firms,
        customer=np.repeat(np.arange(customers), firms),
        firm=np.tile(np.arange(firms), customers),
    )
    c, h = model.table(Customer).view, model.table(Habit).view
    usual = np.arange(customers) * firms + c.firm
    h.since[usual], h.tenure[usual] = 0, c.tenure
