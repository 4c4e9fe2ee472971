"""Whether a manager's contract points where value lies: the misalignment angle. Needs the model."""

from math import nan
from typing import Any

import numpy as np

from agents import Firm
from agents.firm import EXPLOITATION
from agents.firm.temptation import COST_SEEN_BY_SALES, expected_fine, perceived_advantage
from sim.events.tempting import gains_of_levers, manager_horizon

FAR = 120.0  # months over which the value of all is counted


def misalignment_angle(model: Any) -> np.ndarray:
    """How far what a contract pays for points away from what creates value, 0..1, one for each firm.

    Of the two vectors over the levers of exploitation, what pulling each would pay the manager within
    its horizon and what it would bring all sides together over ten years, half of one less the cosine
    (after Baker 2002, doi 10.2307/3069615): 0 the same way, 1/2 at right angles, 1 opposite.

    Simplified: levers of exploitation only (pay for serving and selling is in other units), damage as
    managers are told it is, without their error and undiscounted.
    """
    out = np.full(len(model.firm_names), nan)
    for firm in model.living_firms():
        paid, brought = pay_of_levers(model, firm), value_of_levers(model, firm)
        size = float(np.linalg.norm(paid) * np.linalg.norm(brought))
        if size > 0.0:
            out[firm.row] = (1.0 - float(paid @ brought) / size) / 2.0
    return out


def pay_of_levers(model: Any, firm: Any) -> np.ndarray:
    """What each lever at full pull seems worth to the manager within its horizon (coins a month)."""
    p, policies = model.parameters.temptation, model.policies[firm.row]
    caution = p.belief_error * (p.equity_caution if policies.management.cautious else 1.0)
    contract = float(max(policies.management.horizon, model.entries[firm.row].clawback))
    months = manager_horizon(firm.row, model.table(Firm).records, contract, model.settings[0])
    return _net(model, firm, gains_of(model, firm), caution, months, fined=True)


def gains_of(model: Any, firm: Any) -> tuple[float, ...]:
    """Coins a month that each lever brings the manager at full pull, in the order of EXPLOITATION."""
    sales_only = float(model.policies[firm.row].management.sales_only)
    found: tuple[float, ...] = gains_of_levers(
        firm.row, model.table(Firm).records, sales_only, model.settings[0]
    )
    return found


def value_of_levers(model: Any, firm: Any) -> np.ndarray:
    """What each lever at full pull brings all sides together over ten years (coins a month).

    Fees, walking, squeezes and fines move coins from one side to another and create nothing. Cut quality
    saves inputs and loses worth; pushed products cost what they are made of and are worth nothing.
    """
    p, policies = model.parameters, model.policies[firm.row]
    brought = dict(zip((lever.column for lever in EXPLOITATION), gains_of(model, firm), strict=True))
    costs = COST_SEEN_BY_SALES if policies.management.sales_only else 1.0
    taste = 0.5 * (p.population.taste_low + p.population.taste_high)
    worth = firm.median_worth * (1.0 - (1.0 - p.levers.quality_reach) ** taste)
    services = max(firm.smoothed_revenue, 1.0) / firm.price
    made = p.levers.addon_cost / max(p.purchases.addon_price - p.levers.addon_cost, 1e-9)
    created = dict.fromkeys(brought, 0.0)
    created["quality_temptation"] = brought["quality_temptation"] / costs - worth * services
    created["quota_temptation"] = -made * brought["quota_temptation"]
    return _net(model, firm, tuple(created.values()), 1.0, FAR, fined=False)


def _net(
    model: Any, firm: Any, gained: tuple[float, ...], caution: float, months: float, *, fined: bool
) -> np.ndarray:
    p, government = model.parameters.temptation, model.parameters.government
    detection = government.detection if fined else 0.0
    margin = max(p.margin_at_stake * firm.smoothed_revenue, 1.0)
    seen = [
        perceived_advantage(
            gain,
            caution * getattr(p, lever.damage),
            getattr(p, lever.lag),
            months,
            margin,
            expected_fine(lever.fined, firm.smoothed_revenue, detection, government.fine),
        )
        for lever, gain in zip(EXPLOITATION, gained, strict=True)
    ]
    return margin * np.array(seen)
