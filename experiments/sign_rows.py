"""The sign table's rows: one policy changes in the default market, and what follows.

Beside it stand a prototype's sizes. That was a throw-away sketch of the same equations with 6,000
customers in five firms; its numbers (mean and standard error of ten seeds, years 1, 2, 3 and 5 after
the change) are stated here to be compared with, not as truth.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from experiments.worlds import Held, World

YEARS = (1, 2, 3, 5)
PARTING = 24
SIZE = (10_000 / 5) / (6_000 / 5)
"""Customers of a firm at the start here, relative to the prototype's."""
Cell = tuple[float, float]


class Outcome(NamedTuple):
    """One line of the table.

    Attributes
    ----------
    name : str
        What it is called; per cent are of the unchanged run.
    needs : tuple of str
        Columns to watch.
    yearly : callable
        From a world, a firm and a year's months: the number of that year.
    relative : bool
        Whether the effect is given in per cent of the unchanged run.
    prototype : tuple of (mean, standard error)
        What the prototype showed in the years of ``YEARS``, in this market's scale.
    """

    name: str
    needs: tuple[str, ...]
    yearly: Callable[[World, int, slice], float]
    relative: bool
    prototype: tuple[Cell, ...]


class Row(NamedTuple):
    """One policy that changes: in which firm, how, and what is compared with what."""

    change: str
    firm: str
    arm: str
    base: str
    outcomes: tuple[Outcome, ...]


def mean_of(name: str) -> Callable[[World, int, slice], float]:
    """The year's mean of a column."""

    def yearly(world: World, firm: int, months: slice) -> float:
        return float(np.nanmean(world.series[name][months, firm]))

    return yearly


def churn(world: World, firm: int, months: slice) -> float:
    """Share of customers who leave within a year, those who move away included."""
    gone = (world.series["lost"] + world.series["moved_away"])[months, firm]
    return float(1.0 - np.prod(1.0 - gone / np.maximum(world.series["customers"][months, firm], 1.0)))


def staying(world: World, firm: int, months: slice) -> float:
    """Monthly chance to stay of customers of three years or more."""
    stock = world.series["group_customers[3]"][months, firm]
    return float(np.nanmean(1.0 - world.series["group_lost[3]"][months, firm] / np.maximum(stock, 1.0)))


def measured_sales(world: World, firm: int, months: slice) -> float:
    """Additional products pushed, and sham sales, at 30 coins each (coins a month)."""
    sham = world.series["mean_gaming"] * world.series["staff"]
    return float(30.0 * (world.series["addons_pushed"] + sham)[months, firm].mean())


def column(label: str, name: str, relative: bool, *prototype: Cell) -> Outcome:
    """An outcome that is the year's mean of a column."""
    return Outcome(label, (name,), mean_of(name), relative, prototype)


def customers(*cells: Cell) -> Outcome:
    """Customers in per cent."""
    return column("customers %", "customers", True, *cells)


def profit(*cells: Cell) -> Outcome:
    """Profit in per cent."""
    return column("profit %", "profit", True, *cells)


def equity(*cells: Cell) -> Outcome:
    """Customer equity at the plain margin, as the prototype's, in per cent."""
    return column("customer equity %", "customer_equity", True, *cells)


def quality(*cells: Cell) -> Outcome:
    """Quality delivered."""
    return column("quality", "mean_quality", False, *cells)


def effort(*cells: Cell) -> Outcome:
    """Effort in serving."""
    return column("effort", "mean_service_effort", False, *cells)


def leaving(*cells: Cell) -> Outcome:
    """Churn a year."""
    return Outcome("churn a year", ("customers", "lost", "moved_away"), churn, False, cells)


def scaled(factor: float, *cells: Cell) -> tuple[Cell, ...]:
    """The prototype's numbers in this market's scale."""
    return tuple((factor * mean, factor * error) for mean, error in cells)


LOCKED = {"firms.steady.locked_price": Held("steady", "anchor_price")}

ARMS: Mapping[str, Mapping[str, Any]] = {
    "unchanged": {},
    "steady's anchor locked": LOCKED,
    "quality up": {"firms.follower.quality_factor": 1.10},
    "quality down": {"firms.follower.quality_factor": 0.90},
    "wage down": {"firms.steady.wage_factor": 0.85},
    "wage up": {"firms.steady.wage_factor": 1.15},
    "quota": {"firms.steady.staff": "sales_quota"},
    "appraisal": {"firms.steady.staff": "service_appraisal"},
    "squeeze": {"firms.steady.margin_factor": 0.2, "firms.steady.payment_delay": 2.0},
    "walk": {
        **LOCKED,
        "firms.steady.value": "teaser_and_walk",
        "firms.steady.policy": {"value": {"teaser_and_walk": {"teaser": 0.20, "walk": 0.05}}},
    },
    "fee": {
        **LOCKED,
        "firms.steady.value": "drip_fees",
        "firms.steady.policy": {"value": {"drip_fees": {"fee_share": 0.10}}},
    },
    "empowered": {"firms.follower.levers.empowerment": 0.9, "firms.follower.levers.openness": 0.7},
    "golden": {"firms.follower.fairness": "golden_rule"},
    "quarterly": {
        "firms.steady.management": "quarterly_profit",
        "firms.steady.fairness": "shareholder_primacy",
    },
    "salary": {"firms.follower.management": "salary"},
    "primacy": {"firms.focal.fairness": "shareholder_primacy", "firms.focal.governance": "management"},
}

ROWS = (
    Row(
        "quality +10 % (follower, matches competitors)",
        "follower",
        "quality up",
        "unchanged",
        (
            leaving((-0.0219, 0.0016), (-0.0235, 0.0032), (-0.02, 0.0051), (-0.00928, 0.0043)),
            customers((1.34, 0.089), (6.57, 0.22), (12.6, 0.48), (21.3, 1.3)),
            profit((-15, 0.42), (-3.04, 1.6), (3.65, 2.6), (18.5, 3.7)),
        ),
    ),
    Row(
        "quality -10 % (follower)",
        "follower",
        "quality down",
        "unchanged",
        (
            leaving((0.023, 0.0019), (0.0307, 0.0033), (0.0276, 0.0046), (0.00827, 0.0035)),
            customers((-1.33, 0.11), (-6.57, 0.23), (-12.5, 0.4), (-20.2, 0.83)),
            profit((15.2, 0.83), (2.15, 1.2), (-8.22, 1.1), (-23.4, 1.8)),
        ),
    ),
    Row(
        "wage offer -15 % (steady)",
        "steady",
        "wage down",
        "unchanged",
        (
            effort((-0.048, 0.00065), (-0.0866, 0.001), (-0.0876, 0.0012), (-0.0719, 0.0029)),
            quality((-0.0179, 0.0013), (-0.0383, 0.0022), (-0.0464, 0.0032), (-0.0514, 0.0054)),
            profit((7.38, 0.41), (2.26, 0.44), (-4.93, 0.4), (-8.54, 0.97)),
        ),
    ),
    Row(
        "wage offer +15 % (steady)",
        "steady",
        "wage up",
        "unchanged",
        (
            effort((0.0141, 0.00027), (0.0113, 0.00058), (0.00288, 0.00079), (-0.00147, 0.00092)),
            quality((0.00524, 0.00028), (0.00516, 0.0015), (0.00376, 0.0021), (0.00509, 0.0023)),
            profit((-7.55, 0.23), (-6.1, 0.65), (-2.73, 1.1), (-0.694, 1.3)),
        ),
    ),
    Row(
        "sales quota for flat pay (steady)",
        "steady",
        "quota",
        "unchanged",
        (
            Outcome(
                "measured sales, coins/month",
                ("addons_pushed", "mean_gaming", "staff"),
                measured_sales,
                False,
                scaled(SIZE, (1920, 34), (2030, 48), (1990, 63), (1780, 58)),
            ),
            column(
                "regret",
                "mean_regret",
                False,
                (0.0616, 0.0013),
                (0.205, 0.0034),
                (0.302, 0.0048),
                (0.385, 0.0028),
            ),
            profit((1.93, 0.25), (-3, 0.94), (-11.6, 1.3), (-23.8, 1.6)),
            equity((-0.977, 0.28), (-9.18, 0.66), (-19.2, 1.1), (-31.5, 1.4)),
        ),
    ),
    Row(
        "service appraisal for flat pay (steady)",
        "steady",
        "appraisal",
        "unchanged",
        (
            quality((0.0597, 0.00066), (0.0595, 0.0016), (0.0556, 0.0029), (0.0523, 0.0026)),
            equity((1.73, 0.1), (6.45, 0.28), (8.11, 0.68), (10.6, 0.88)),
        ),
    ),
    Row(
        "supplier squeeze: margin x 0.2, paid 2 months late (steady)",
        "steady",
        "squeeze",
        "unchanged",
        (
            profit((3.23, 0.35), (-10.9, 0.68), (-19.2, 1), (-27.4, 1.3)),
            column(
                "reliability",
                "reliability",
                False,
                (-0.0845, 0.001),
                (-0.107, 0.0013),
                (-0.118, 0.0014),
                (-0.125, 0.0015),
            ),
            quality((-0.106, 0.0016), (-0.137, 0.0014), (-0.146, 0.0013), (-0.149, 0.0035)),
        ),
    ),
    Row(
        "teaser 20 %, walk 5 % (steady, anchor locked)",
        "steady",
        "walk",
        "steady's anchor locked",
        (
            column("joiners %", "won", True, (33.7, 2.1), (24.2, 2.3), (22.9, 2.5), (23.5, 2.7)),
            Outcome(
                "staying a month at three years or more",
                ("group_customers[3]", "group_lost[3]"),
                staying,
                False,
                ((-0.00542, 0.00034), (-0.00427, 0.00033), (-0.0046, 0.00018), (-0.00481, 0.00032)),
            ),
            profit((26.3, 1.5), (24.6, 1.2), (26.9, 0.83), (32.2, 1.5)),
            leaving((0.031, 0.0024), (0.0338, 0.0029), (0.0399, 0.0018), (0.0365, 0.0026)),
        ),
    ),
    Row(
        "hidden fee 10 % (steady, anchor locked)",
        "steady",
        "fee",
        "steady's anchor locked",
        (
            column("revenue %", "revenue", True, (8.21, 0.13), (4.44, 0.17), (0.853, 0.31), (-3.82, 0.58)),
            column(
                "truth bond",
                "Customer.truth",
                False,
                (-0.0224, 0.0004),
                (-0.0729, 0.0008),
                (-0.108, 0.0015),
                (-0.136, 0.0016),
            ),
            column(
                "reputation",
                "reputation",
                False,
                (-0.0103, 0.00016),
                (-0.0329, 0.00035),
                (-0.0543, 0.00059),
                (-0.0814, 0.0021),
            ),
            customers((-1.48, 0.083), (-4.47, 0.18), (-7.42, 0.31), (-11.2, 0.46)),
        ),
    ),
    Row(
        "empowerment .15 to .9, openness .2 to .7 (follower)",
        "follower",
        "empowered",
        "unchanged",
        (
            leaving((-0.0123, 0.0021), (-0.0184, 0.0024), (-0.017, 0.0054), (-0.0107, 0.003)),
            column(
                "morale",
                "mean_morale",
                False,
                (0.0598, 0.00056),
                (0.113, 0.001),
                (0.127, 0.003),
                (0.133, 0.0021),
            ),
            profit((-0.439, 0.47), (6.28, 2.2), (11, 1.9), (23.7, 2.4)),
        ),
    ),
    Row(
        "golden rule for shareholder primacy (follower)",
        "follower",
        "golden",
        "unchanged",
        (
            profit((-54, 0.28), (-50.7, 1.4), (-47.5, 1.6), (-32.4, 2.8)),
            equity((-9.94, 0.48), (-7.65, 0.79), (3.46, 1.8), (20.4, 3.6)),
            column(
                "median R",
                "median_value_for_money",
                False,
                (0.241, 0.003),
                (0.324, 0.0041),
                (0.356, 0.0057),
                (0.359, 0.0088),
            ),
        ),
    ),
    Row(
        # The prototype gave +689, +786, +757, +655 % of a salaried manager's 0.3 % of profit, in coins here.
        "quarterly profit and primacy for salary and dual entitlement (steady)",
        "steady",
        "quarterly",
        "unchanged",
        (
            column(
                "manager's bonus, coins/month",
                "management_bonus",
                False,
                *scaled(SIZE, (296, 1), (354, 1), (354, 2), (322, 6)),
            ),
            profit((32.8, 0.67), (33.4, 0.61), (24.8, 0.81), (9.9, 2.6)),
            equity((5.89, 0.33), (3.56, 0.77), (-6.82, 0.8), (-18.6, 2)),
        ),
    ),
    Row(
        "salary for quarterly profit (follower)",
        "follower",
        "salary",
        "unchanged",
        (
            profit((-20.6, 0.36), (-30.7, 1.3), (-29.7, 1.6), (-12.2, 4)),
            equity((-3.45, 0.17), (-3.93, 0.57), (3.74, 1.5), (20.9, 3.9)),
        ),
    ),
    Row(
        "primacy and no consensus for golden rule (focal)",
        "focal",
        "primacy",
        "unchanged",
        (
            profit((53.1, 1), (48.1, 1), (48.5, 1.6), (52.4, 1.8)),
            column(
                "truth bond",
                "Customer.truth",
                False,
                (-0.0234, 0.00042),
                (-0.0454, 0.00066),
                (-0.0559, 0.0013),
                (-0.0625, 0.0013),
            ),
            leaving((0.00567, 0.00089), (0.00541, 0.00049), (0.0073, 0.00056), (0.00512, 0.0013)),
        ),
    ),
)
