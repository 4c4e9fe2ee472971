"""Markets set up as in two published agent-based models, to see whether what they found follows here too."""

from typing import Any

import numpy as np

from agents.policies import Mode
from experiments.evidence.markets import all_exploit, all_plain, opened, unmoved
from experiments.evidence.row import Sight, Study, beside_null
from experiments.nulls import OFF
from experiments.questions.bases import settled_policies
from experiments.worlds import World, plan_of, run_courses
from sim.metrics import METRICS

PARTING, MONTHS = 36, 84
BETTER = {"firms.focal.quality_factor": 1.1}
"""Better service at one firm: a tenth more quality, at its cost (assumption)."""
ONE_PRICE: dict[str, Any] = {
    "shocks": {"ban": {"kind": "walking_ban", "month": PARTING}},
    "policy.value.teaser_and_walk.teaser": 0.0,
    "policy.value.teaser_and_walk.walk": 0.0,
}
"""New and loyal customers pay the same."""
WALKING = ("price", "teaser", "customers", "loyal_customers", "lost", "moved_away", "profit")


def walking(seed: int, customers: int, off: bool = False) -> Sight:
    """Firms that walk prices up, with and without a ban, with and without better service at one of them."""
    arms = {"free": {}, "banned": ONE_PRICE, "free_better": BETTER, "banned_better": {**ONE_PRICE, **BETTER}}
    base = {"population.customers": customers, **unmoved(all_exploit(), off)}
    plan = plan_of(base, arms, PARTING, MONTHS, WALKING)
    worlds = dict(run_courses(plan.courses, plan.watched, seed))
    return {
        f"{arm}_{name}": np.array(value)
        for arm, world in worlds.items()
        for name, value in summed(world).items()
    }


def summed(world: World) -> dict[str, float]:
    """What a world showed from a year after the parting on: retention, newcomers' price, size, profit."""
    months = slice(PARTING + 12, MONTHS)
    part = {name: values[months] for name, values in world.series.items()}
    left, held = part["lost"].sum(), (part["customers"] - part["moved_away"]).sum()
    shares = part["customers"] / part["customers"].sum(axis=1, keepdims=True)
    new_price = np.where(part["customers"] > 0.0, part["price"] * (1.0 - part["teaser"]), np.nan)
    return {
        "retention": float((1.0 - left / held) ** 12),
        "new_price": float(np.nanmean(new_price)),
        "concentration": float((shares**2).sum(axis=1).mean()),
        "profit": float(part["profit"][:, 0].mean()),
    }


BUST = range(36, 60)
RESPONSIBLE = {**settled_policies("focal", Mode.reciprocity)}


def responsibility(seed: int, customers: int) -> Sight:
    """A firm that treats its stakeholders well, before and in a bust, where they reward it and where not."""
    bust = {"shocks": {"bust": {"kind": "recession", "month": BUST.start, "duration": len(BUST)}}}
    found = {}
    for reward, off in (("rewarded", {}), ("unrewarded", OFF)):
        base = {"population.customers": customers, **all_plain(), **bust, **off}
        plan = plan_of(base, {"plain": {}, "responsible": RESPONSIBLE}, 0, BUST.stop, ("profit",))
        for arm, world in run_courses(plan.courses, plan.watched, seed):
            profit = world.series["profit"][:, 0]
            found[f"{reward}_{arm}"] = np.array([profit[: BUST.start].mean(), profit[BUST.start :].mean()])
    return found


GAP = 0.22
"""What a switcher of energy saved, relative to the dear default tariff."""
DEAR_PRICE = 60.0


def energy(seed: int, customers: int) -> Sight:
    """Three dear firms and two that ask 22 % less, all else alike: who switches in a year."""
    prices = dict.fromkeys(("focal", "follower", "walker"), DEAR_PRICE)
    prices |= dict.fromkeys(("steady", "dripper"), DEAR_PRICE * (1.0 - GAP))
    locked = {f"firms.{firm}.locked_price": price for firm, price in prices.items()}
    model = opened(seed, customers, {**all_plain(), **locked})
    model.run_for(36)
    kept = METRICS["market_retention"].compute(model.recording)
    return {"switched": 1.0 - kept[[23, 35]]}


BAN = beside_null(
    "walking_ban", "five firms alike that raise prices on the loyal; after three years that ends", walking
)
CSR = Study(
    "responsibility", "one of five plain firms treats its stakeholders well; a bust comes", responsibility
)
ENERGY = Study("price_gap", "five firms alike but for a price gap of 22 %, from the first month on", energy)
