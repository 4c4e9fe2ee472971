"""Perversity: how many coins of value each coin of bonus destroys, against the same world without it."""

from collections.abc import Callable, Sequence
from math import nan

import numpy as np

from sim.metrics.fairness import paid_for_pushed
from sim.recording import Recording

MONTHLY_DISCOUNT = 0.01
SMALLEST_BONUS = 0.01  # of the wages: of a smaller difference of bonus nothing can be said (assumption)
SIDES = ("surplus", "wages", "supplier_bill", "interest", "dues_paid")
NEEDS = (
    *SIDES,
    "staff_bonus",
    "management_bonus",
    "profit_share",
    "staff",
    "profit",
    "revenue",
    "refunds",
    "rebates",
    "sales",
    "fees",
    "addons_wanted",
    "addons_pushed",
    "sustainable_equity",
    "customer_equity",
)
"""The columns of firms that the index reads."""

Series = Callable[[str], np.ndarray]
"""A column of firms by name: (months, firms)."""


def bonus_paid(of: Series) -> np.ndarray:
    """Bonus of staff and management (coins/month), without shares of the surplus, which nobody works for."""
    return np.asarray(of("staff_bonus") - of("profit_share") * of("staff") + of("management_bonus"))


def outcomes(of: Series) -> np.ndarray:
    """What all sides together get before the bonus (coins/month): the joint surplus.

    Customers their surplus from services less what pushed products cost them, staff their wages,
    suppliers their margin, lenders their interest, the industry body its dues; profit before bonus is what
    owners, government, community and the firm's reserves share.
    """
    given = np.sum([of(name) for name in SIDES], axis=0)
    return np.asarray(given - paid_for_pushed(of) + of("profit") + of("staff_bonus") + of("management_bonus"))


def profits(of: Series) -> np.ndarray:
    """Profit after bonus alone: what the narrow index sees of a month (coins/month)."""
    return of("profit")


def lost_per_coin(
    scheme: Series, plain: Series, firms: Sequence[int] | slice, when: slice, *, narrow: bool = False
) -> float:
    """Coins of value lost per coin of bonus that a scheme pays beyond the plain world, within some months.

    Value is what all sides get and customer equity at the sustainable margin at the end; flows, equity
    and the bonus itself are discounted alike. The narrow index sees profit after bonus and plain customer
    equity, undiscounted. NaN if the bonus differs by less than one per cent of the wages.
    """

    def total(of: Series, flow: Callable[[Series], np.ndarray]) -> np.ndarray:
        return np.asarray(flow(of)[when, firms].sum(axis=1))

    more = total(scheme, bonus_paid) - total(plain, bonus_paid)
    wages = float(total(plain, lambda of: of("wages")).sum())
    if abs(more.sum()) < SMALLEST_BONUS * wages or not more.any():
        return nan
    flow, equity = (profits, "customer_equity") if narrow else (outcomes, "sustainable_equity")
    flows = total(scheme, flow) - total(plain, flow)
    discount = (1.0 + (0.0 if narrow else MONTHLY_DISCOUNT)) ** -np.arange(flows.size + 1.0)
    stock = (total(scheme, lambda of: of(equity)) - total(plain, lambda of: of(equity)))[-1]
    return -(float(flows @ discount[:-1]) + float(stock * discount[-1])) / float(more @ discount[:-1])


def perversity(
    treated: Recording, control: Recording, months: int = 12, firm: int | None = None, since: int = 0
) -> float:
    """Coins of value lost to all sides, for each coin of bonus, after some months of an incentive.

    Two worlds with the same luck differ only in the incentive: ``control`` pays salaries and flat wages.
    The bonus itself is a transfer and no part of the value (``lost_per_coin``). Positive: every coin of
    bonus destroyed so many coins of value.

    Parameters
    ----------
    treated, control : Recording
        The world with the incentive, and the same without.
    months : int
        Months looked at; report 12, 24 and 48 side by side.
    firm : int, optional
        Row of the firm; the whole market if left out: what one firm wins another may lose.
    since : int
        Month from which the worlds differ: 0, or the month of the fork.

    Returns
    -------
    float
        NaN if a recording does not hold these months, or bonuses differ by less than one per cent of wages.
    """
    if any(since not in r.months or since + months - 1 not in r.months for r in (treated, control)):
        return nan
    first = control.months.index(since)
    if treated.months.index(since) != first:
        raise ValueError("the two recordings must start in the same month")
    firms = slice(None) if firm is None else [firm]
    return lost_per_coin(treated.firm, control.firm, firms, slice(first, first + months))
