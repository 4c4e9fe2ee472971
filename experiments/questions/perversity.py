"""How many coins of value each coin of bonus destroys."""

from collections.abc import Sequence

import numpy as np

from experiments.question import Answer
from experiments.worlds import World
from sim.metrics.incentives import MONTHLY_DISCOUNT

NEEDS = (
    "surplus",
    "wages",
    "staff_bonus",
    "management_bonus",
    "profit_share",
    "staff",
    "supplier_bill",
    "interest",
    "dues_paid",
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
LOOK_AHEADS = (12, 24, 48)


def bonus(world: World, firms: Sequence[int]) -> np.ndarray:
    """Bonus of staff and management every month, without shares of the surplus."""
    shared = (world.series["profit_share"] * world.series["staff"])[:, list(firms)].sum(axis=1)
    return world.total("staff_bonus", firms) - shared + world.total("management_bonus", firms)


def outcomes(world: World, firms: Sequence[int]) -> np.ndarray:
    """What all sides together get every month, before the bonus (coins): the joint surplus.

    Customers their surplus from services less what pushed products cost them, staff their wages,
    suppliers their margin, lenders their interest, the industry body its dues; profit before bonus is what
    owners, government, community and the firm's reserves share.
    """
    sides = ("surplus", "wages", "supplier_bill", "interest", "dues_paid")
    given = sum(world.total(name, firms) for name in sides)
    paid = world.total("staff_bonus", firms) + world.total("management_bonus", firms)
    return np.asarray(given - paid_for_pushed(world, firms) + world.total("profit", firms) + paid)


def paid_for_pushed(world: World, firms: Sequence[int]) -> np.ndarray:
    """Coins that customers paid every month for products pushed on them, which are worth nothing to them."""
    of = {name: world.series[name][:, list(firms)] for name in NEEDS}
    products = of["revenue"] + of["refunds"] + of["rebates"] - of["sales"] - of["fees"]
    sold = of["addons_wanted"] + of["addons_pushed"]
    return np.asarray((products * of["addons_pushed"] / np.maximum(sold, 1.0)).sum(axis=1))


def firm_value(world: World, firms: Sequence[int]) -> np.ndarray:
    """Profit after bonus alone: what the narrow index sees of a month (coins)."""
    return world.total("profit", firms)


def perversity(scheme: World, plain: World, firms: Sequence[int], parting: int, months: int) -> float:
    """Coins of value lost to all sides per coin of bonus within ``months`` after the parting.

    Flows of all sides, customer equity at the sustainable margin, and the bonus itself, all discounted as
    ``sim.metrics`` does, against the same world with salaries and flat pay. Undefined where the bonus
    differs by less than 1 % of the wages.
    """
    return lost_per_coin(scheme, plain, firms, slice(parting, parting + months), narrow=False)


def firm_perversity(scheme: World, plain: World, firms: Sequence[int], parting: int, months: int) -> float:
    """The narrow index: the firm's profit after bonus and its plain customer equity, undiscounted."""
    return lost_per_coin(scheme, plain, firms, slice(parting, parting + months), narrow=True)


def lost_per_coin(scheme: World, plain: World, firms: Sequence[int], when: slice, *, narrow: bool) -> float:
    """Value lost per coin of bonus within some months."""
    more = (bonus(scheme, firms) - bonus(plain, firms))[when]
    if abs(more.sum()) < 0.01 * float(plain.total("wages", firms)[when].sum()):
        return float("nan")
    flow, equity = (firm_value, "customer_equity") if narrow else (outcomes, "sustainable_equity")
    flows = (flow(scheme, firms) - flow(plain, firms))[when]
    discount = (1.0 + (0.0 if narrow else MONTHLY_DISCOUNT)) ** -np.arange(flows.size + 1.0)
    stock = (scheme.total(equity, firms) - plain.total(equity, firms))[when.stop - 1]
    return -(float(flows @ discount[:-1]) + float(stock * discount[-1])) / float(more @ discount[:-1])


def of_arms(answer: Answer, scheme: str, plain: str, months: int, *, narrow: bool = False) -> np.ndarray:
    """Perversity of one arm against another: one number a seed."""
    index = firm_perversity if narrow else perversity
    firms, parting = answer.firms("focal"), answer.question.parting
    pairs = zip(answer.of(scheme), answer.of(plain), strict=True)
    return np.array([index(with_, without, firms, parting, months) for with_, without in pairs])
