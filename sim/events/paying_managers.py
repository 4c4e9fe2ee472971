"""Managers are paid a bonus by their own measure, held back for a while where there is clawback."""

from typing import Any

import numpy as np

from agents import Firm
from agents.base.compile import loop
from agents.base.sheet import Sheet


def management_is_paid(model: Any) -> None:
    """Each manager's bonus by its own measure, held back where there is clawback."""
    if model.in_burn_in:
        return
    table = model.table(Firm)
    earned = np.array(
        [bonus_of(model, k) if alive else 0.0 for k, alive in enumerate(table["alive"].tolist())]
    )
    clawback = np.array([float(entry.clawback) for entry in model.entries])
    _pay(table.records, earned, clawback)


def bonus_of(model: Any, k: int) -> float:
    """The bonus that the manager of the firm of row ``k`` earned this month (coins)."""
    firm, contract = Sheet(model.table(Firm), k), model.policies[k].management
    return float(contract.pay_rate * contract.power * float(contract.measure(firm, firm.scorecard)))


@loop
def _pay(f: Any, earned: Any, clawback: Any) -> None:
    for k in range(f.price.size):
        if f.alive[k]:
            f.management_bonus[k] = released(k, f, earned[k], clawback[k])
            if f.departed_escrow[k] > 0.0:
                f.management_bonus[k] += released_to_departed(k, f, clawback[k])


@loop
def released(k: Any, f: Any, bonus: Any, months: Any) -> Any:
    """Bonus paid now out of what was held back; forfeited if customer equity fell by more (coins)."""
    if months <= 0.0:
        return bonus
    paid, f.bonus_escrow[k] = out_of_escrow(k, f, f.bonus_escrow[k] + bonus, months)
    return paid


@loop
def released_to_departed(k: Any, f: Any, months: Any) -> Any:
    """Bonus paid to managers who left: clawback reaches them as long as it holds back, then all is paid."""
    f.departed_since[k] += 1.0
    reach = months if f.departed_since[k] <= months else 0.0
    paid, f.departed_escrow[k] = out_of_escrow(k, f, f.departed_escrow[k], reach)
    return paid


@loop
def out_of_escrow(k: Any, f: Any, held: Any, months: Any) -> Any:
    """What is paid of a bonus held back for so many months, and what is left of it (coins).

    Nothing is left or paid if customer equity fell by more within a year.
    """
    if months <= 0.0:
        return held, 0.0
    if f.past_equity[k, f.past_equity.shape[1] - 1] - f.sustainable_equity[k] > held > 0.0:
        return 0.0, 0.0
    paid = held / max(months, 1.0)
    return paid, held - paid
