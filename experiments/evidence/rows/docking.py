"""Docking: what two published agent-based models found, asked of this one in a market set up alike."""

from collections.abc import Callable

from experiments.evidence.dockings import BAN, CSR
from experiments.evidence.row import Row, Sight, mean_of


def effect(name: str, unit: float = 1.0) -> Callable[[Sight], float]:
    """What one price for all does to a number of the market."""
    return lambda sight: unit * float(sight[f"banned_{name}"] - sight[f"free_{name}"])


def reward(sight: Sight) -> float:
    """What better service brings its firm under one price for all, less what it brings without (coins)."""
    banned = sight["banned_better_profit"] - sight["banned_profit"]
    return float(banned - (sight["free_better_profit"] - sight["free_profit"]))


def in_bust(sight: Sight) -> float:
    """What treating stakeholders well brings in a bust, where they reward it less where not (coins)."""
    rewarded = sight["rewarded_responsible"][1] - sight["rewarded_plain"][1]
    return float(rewarded - (sight["unrewarded_responsible"][1] - sight["unrewarded_plain"][1]))


_BAN = "new and loyal customers pay the same, against walked prices:"

ROWS = (
    Row(
        "ban_retention",
        f"{_BAN} rise of yearly retention",
        "points",
        BAN,
        mean_of(effect("retention", 100.0)),
    ),
    Row(
        "ban_new_price",
        f"{_BAN} rise of newcomers' price",
        "coins",
        BAN,
        mean_of(effect("new_price")),
        used="the arm with one price sets the newcomers' rebate of a fifth to nothing",
    ),
    Row(
        "ban_concentration",
        f"{_BAN} rise of concentration (Herfindahl, 0 to 100)",
        "points",
        BAN,
        mean_of(effect("concentration", 100.0)),
        outside="opinions fade within months here, while the other model's network keeps an early reputation "
        "for good; firms alike stay about alike",
    ),
    Row(
        "ban_rewards_service",
        f"{_BAN} rise of what a tenth more quality brings its firm in profit",
        "coins/month",
        BAN,
        mean_of(reward),
        outside="what better quality brings depends on fixed costs and prices more than on who may be "
        "walked up",
    ),
    Row(
        "responsibility_in_a_bust",
        "profit in a bust of treating stakeholders well: where all of them answer, less where none does",
        "coins/month",
        CSR,
        mean_of(in_bust),
    ),
)
