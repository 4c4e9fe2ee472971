"""Terms: how an anchor price moves, how far a manager looks, and what a change of terms takes from a side."""

from math import exp, log

from agents.base.compile import rule

FAR_SIGHT = 60.0
"""Months that a manager looks ahead whose objective is customer equity alone (assumption)."""

COST_PASSED_ON = 0.25
"""Part of a year's rise of unit cost that a quarter's rise of prices may follow and hurt nobody
unreasonably: a year has four quarters."""

COST_OF_DELAY = 0.01
"""What a month's wait for payment takes from a supplier, relative to the bill (assumption)."""


@rule
def moved_anchor(anchor: float, target: float, step: float) -> float:
    """The anchor price after a quarter: half of the way to its target, within a step (coins)."""
    half = anchor + 0.5 * (target - anchor)
    return min(max(half, anchor * (1.0 - step)), anchor * (1.0 + step))


@rule
def log_ratio(own: float, others: float) -> float:
    """Log of a ratio, held within e^-3..e^3."""
    return log(min(max(own / max(others, 1e-9), exp(-3.0)), exp(3.0)))


@rule
def contract_horizon(contract: float, objective_equity: float) -> float:
    """Months that contract and objective make a manager look ahead: who minds customer equity looks far."""
    return (1.0 - objective_equity) * contract + objective_equity * max(contract, FAR_SIGHT)


@rule
def part_of_the_way(old: float, new: float, share: float) -> float:
    """A term that goes a share of its way from the old to the new."""
    return old + share * (new - old)


@rule
def loss_of_customers(
    bill: float, old_bill: float, cost_rise: float, walk: float, old_walk: float, quality_ratio: float
) -> float:
    """What new terms take from customers, relative to the old bill; a rise with unit cost is no loss."""
    rise = bill / old_bill - 1.0
    return rise - COST_PASSED_ON * cost_rise + walk - old_walk - (quality_ratio - 1.0)


@rule
def loss_of_employees(wage: float, old_wage: float, quota: float, old_quota: float) -> float:
    """What new terms take from employees, relative to the old wage offer; pressure to sell counts as pay."""
    return 1.0 - wage / max(old_wage, 1.0) + quota - old_quota


@rule
def loss_of_suppliers(margin: float, old_margin: float, delay: float, old_delay: float) -> float:
    """What new terms take from suppliers, relative to their bills."""
    return old_margin - margin + COST_OF_DELAY * (delay - old_delay)
