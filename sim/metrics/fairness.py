"""Fairness and welfare: what is created, who gets it, and how each side fares against its reference."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np

from sim.metrics.arithmetic import delayed, divided, gini, sums_of_last
from sim.metrics.metric import add, in_business, metric, observe
from sim.recording import Recording

YEAR = 12
LATENESS = 0.005  # of a late bill that a supplier loses in a month (assumption)
CIVIC = 0.01  # of revenue that a community may expect beside the usual tax (assumption)

observe("mean_price_paid", "median_value_for_money", "double_share", "surplus", "profit_forgone")


class Sides(NamedTuple):
    """One array, (months, firms), for each side that has a stake in a firm."""

    customers: np.ndarray
    employees: np.ndarray
    suppliers: np.ndarray
    owners: np.ndarray
    creditor: np.ndarray
    public: np.ndarray


GAINS = {
    "customers": "worth of services to customers above what they paid, less what pushed products cost",
    "employees": "wages, bonus and profit share of staff",
    "managers": "bonus of management",
    "suppliers": "margin of suppliers",
    "owners": "profit after tax, fines and giving, paid out or kept; debts that a bankrupt firm never paid",
    "creditor": "interest less loans lost",
    "public": "taxes, fines, gifts, and dues of the industry body",
}


def gains_of(recording: Recording) -> dict[str, np.ndarray]:
    """Coins that each side got from each firm in each month; together they are the joint surplus."""
    of = recording.firm
    public = of("tax_paid") + of("fine_paid") + of("giving_paid")
    lost = loans_lost(recording)
    return {
        "customers": of("surplus") - paid_for_pushed(of),
        "employees": of("wages") + of("staff_bonus"),
        "managers": of("management_bonus"),
        "suppliers": of("supplier_bill"),
        "owners": of("profit") - public + lost,
        "creditor": of("interest") - lost,
        "public": public + of("dues_paid"),
    }


def paid_for_pushed(of: Callable[[str], np.ndarray]) -> np.ndarray:
    """Coins that customers paid for products pushed on them, from columns of firms by name."""
    products = of("revenue") + of("refunds") + of("rebates") - of("sales") - of("fees")
    sold = of("addons_wanted") + of("addons_pushed")
    return products * of("addons_pushed") / np.maximum(sold, 1.0)


def at_start(recording: Recording, stock: str, change: np.ndarray) -> np.ndarray:
    """A stock of money at the start of each month; in the first month what is left without its change."""
    values = recording.firm(stock)
    before = delayed(values, 1)
    before[:1] = values[:1] - change[:1]
    return before


def loans_lost(recording: Recording) -> np.ndarray:
    """Coins of debt that closed firms did not pay back; NaN for a firm that closes in the first month."""
    of = recording.firm
    paid_out = of("tax_paid") + of("fine_paid") + of("dividend_paid") + of("giving_paid")
    change = of("profit") - paid_out + of("borrowed")
    debt = at_start(recording, "debt", of("borrowed")) + of("borrowed")
    rest = at_start(recording, "cash", change) + change
    closed = in_business(recording) & ~of("alive").astype(bool)
    lost = np.where(closed, np.maximum(debt - rest, 0.0), 0.0)
    lost[:1] = np.where(closed[:1], np.nan, 0.0)
    return lost


@metric("coins/month")
def joint_surplus(recording: Recording) -> np.ndarray:
    """What a firm and all who deal with it created: worth of what was bought, less what was bought in.

    Additional products that were asked for are taken to be worth their price, pushed ones nothing.
    """
    return np.sum(list(gains_of(recording).values()), axis=0)


def _gain(recording: Recording, side: str) -> np.ndarray:
    return gains_of(recording)[side]


def _part(recording: Recording, side: str) -> np.ndarray:
    gains = gains_of(recording)
    return divided(gains[side], np.sum(list(gains.values()), axis=0))


for _side, _meaning in GAINS.items():
    add(f"{_side}_gain", "coins/month", _meaning, partial(_gain, side=_side))
for _side in GAINS:
    add(f"{_side}_part", "1", f"part of the joint surplus: {_side}", partial(_part, side=_side))


def outcomes_of(recording: Recording) -> Sides:
    """Coins that each side counts as its outcome of the month."""
    of, gains = recording.firm, gains_of(recording)
    bill = of("input_bill") + of("supplier_bill")
    rise = of("equity_price") - at_start(recording, "equity_price", np.zeros_like(bill))
    return Sides(
        gains["customers"],
        gains["employees"],
        gains["suppliers"] - LATENESS * of("payment_delay") * bill,
        of("dividend_paid") + rise,
        gains["creditor"],
        gains["public"] - of("dues_paid"),
    )


def references_of(recording: Recording) -> Sides:
    """Coins that each side could expect in the month.

    Customers: as many services at the market's mean surplus. Staff: the usual wage. Suppliers: the
    usual margin. Owners: their required return on the firm's price. Creditor: the base rate. Public:
    the market's mean tax on revenue, and one per cent of revenue.
    """
    of, usual = recording.firm, recording.parameters
    services, revenue = of("services"), of("revenue")
    market_surplus = gains_of(recording)["customers"].sum(axis=1, keepdims=True)
    tax_rate = divided(of("tax_paid").sum(axis=1, keepdims=True), revenue.sum(axis=1, keepdims=True))
    price = at_start(recording, "equity_price", np.zeros_like(revenue))
    return Sides(
        services * divided(market_surplus, services.sum(axis=1, keepdims=True)),
        usual.employee.reference_wage * of("staff"),
        usual.supplier.reference_margin * of("input_bill"),
        usual.shareholder.required_return * price,
        usual.creditor.base_rate * at_start(recording, "debt", of("borrowed")),
        (CIVIC + tax_rate) * revenue,
    )


def ratios_of(recording: Recording) -> Sides:
    """Each side's outcome over its reference, both over the last twelve months, as many as there are."""
    pairs = zip(outcomes_of(recording), references_of(recording), strict=True)
    return Sides(*(divided(sums_of_last(got, YEAR), sums_of_last(usual, YEAR)) for got, usual in pairs))


def _ratio(recording: Recording, side: str) -> np.ndarray:
    return np.asarray(getattr(ratios_of(recording), side))


for _side in Sides._fields:
    _compute: Callable[[Recording], np.ndarray] = partial(_ratio, side=_side)
    add(f"{_side}_ratio", "1", f"outcome over reference, over twelve months: {_side}", _compute)


@metric("1")
def worst_ratio(recording: Recording) -> np.ndarray:
    """Outcome over reference of the side that fares worst."""
    return np.fmin.reduce(np.array(ratios_of(recording)))


@metric("1")
def worst_month(recording: Recording) -> np.ndarray:
    """The lowest that outcome over reference of the worst-off side has been so far."""
    return np.fmin.accumulate(worst_ratio(recording), axis=0)


@metric("1")
def inequality(recording: Recording) -> np.ndarray:
    """Spread of the sides' outcomes over references, as a Gini coefficient; 0: all fare alike."""
    return gini(np.stack(ratios_of(recording), axis=-1))


@metric("1")
def win_win_share(recording: Recording) -> np.ndarray:
    """Share of services by which customer, employee, supplier and firm all did at least as well as usual."""
    return divided(recording.firm("win_win"), recording.firm("services"))


@metric("coins/month", scope="market")
def market_joint_surplus(recording: Recording) -> np.ndarray:
    """Joint surplus of all firms."""
    return np.nansum(joint_surplus(recording), axis=1)


@metric("1", scope="market")
def quality_premium(recording: Recording) -> np.ndarray:
    """Price realised by the top fifth of firms by public quality, over that of the others, less one."""
    quality, paid = recording.firm("public_quality"), recording.firm("mean_price_paid")
    served = recording.firm("services") > 0.0
    top = np.ceil(served.sum(axis=1, keepdims=True) / 5.0)
    order = np.argsort(np.argsort(np.where(served, -quality, np.inf), axis=1), axis=1)
    best, rest = served & (order < top), served & (order >= top)
    means = [divided((paid * chosen).sum(axis=1), chosen.sum(axis=1)) for chosen in (best, rest)]
    return divided(*means) - 1.0
