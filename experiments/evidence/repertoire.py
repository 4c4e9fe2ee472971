"""Markets in which every purchase chooses its firm: repeat buying, shares, duplication, habits.

Firms of these markets are alike in policy and differ in the weight of their brands.
"""

from typing import Any

import numpy as np

from agents import Customer
from agents.policies import Mode
from experiments.evidence.markets import opened, unmoved
from experiments.evidence.repeats import Panel, brands, repeats
from experiments.evidence.row import Sight, Study, beside_null
from experiments.evidence.tables import table
from experiments.questions.bases import settled_policies
from sim import Parameters

BUYING = {"market.buying": "repertoire"}
CATEGORY = {"population.need_rate_mean": 1.456 / 3.0, "population.need_rate_shape": 0.7788}
"""Purchases of toothpaste a month, and their shape (Goodhardt, Ehrenberg and Chatfield 1984)."""
CONCENTRATION = 1.2953
"""Concentration of brand choice in the same market."""
PRICE = 60.0
"""Price of all brands, in coins."""
FIRST, LAST = 24, 42
"""Months that are looked at."""
FAIR = 2
"""The brand that is treated as a fair firm in one of the markets: a tenth of purchases."""


def market(fair: bool) -> dict[str, Any]:
    """Eight firms alike but for the weight of their brands, one of them fair or not; none can fail.

    The small would otherwise be dear, since overhead is fixed, and the market would not stand still.
    """
    weights = table("dirichlet_toothpaste")["share"].to_list()
    firms: dict[str, Any] = {
        f"brand_{k}": {"brand_weight": weight, "locked_price": PRICE} for k, weight in enumerate(weights)
    }
    settled = settled_policies("fair", Mode.reciprocity) if fair else {}
    for key, value in settled.items():
        _, _, part = key.split(".", 2)
        if part.startswith("levers."):
            firms[f"brand_{FAIR}"]["levers"] = {part.removeprefix("levers."): value}
        else:
            firms[f"brand_{FAIR}"][part] = value
    steady = {"population.fit_concentration": CONCENTRATION, "switches.entry_exit": False}
    return {**BUYING, **CATEGORY, **steady, "firms": firms}


def panel(seed: int, customers: int, changes: dict[str, Any], months: int) -> Panel:
    """Who bought how often from which firm, month by month."""
    model = opened(seed, customers, changes)
    model.run_for(months)
    return Panel.of(model.recording.purchases, len(model.firm_names), model.market_size)


def look_alike(seed: int, customers: int) -> Sight:
    """Brands and repeat buying where firms are alike in policy."""
    found = panel(seed, customers, market(fair=False), LAST)
    return {**brands(found, FIRST, 4), **repeats(found, FIRST)}


def look_fair(seed: int, customers: int, off: bool = False) -> Sight:
    """Brands where one firm is fair, and where it is not, with the same luck."""
    fair, plain = (
        brands(panel(seed, customers, unmoved(market(fair=each), off), FIRST + 12), FIRST, 4)
        for each in (True, False)
    )
    return {**fair, **{f"plain_{name}": value for name, value in plain.items()}}


def look_neutral(seed: int, customers: int) -> Sight:
    """Brands where nothing but steady propensities decides."""
    off = ("reciprocity_customers", *UNPULLED, "moving")
    neutral = {"population.budget_median": 1e6, **{f"switches.{name}": False for name in off}}
    changes = {**market(fair=False), **neutral}
    return brands(panel(seed, customers, changes, FIRST + 12), FIRST, 4)


STEPS = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0])
"""Weights of memory relative to the critical one."""
SHOPS, NEEDS = 3, 5.0
UNPULLED = ("value_comparison", "nobody_option", "word_of_mouth", "reputation", "advertising")
"""What draws customers to a firm beside brand fit and memory."""


def look_habits(seed: int, customers: int) -> Sight:
    """Shares of each customer's most visited shop, by the weight of memory."""
    p: Any = Parameters()
    gain = critical_gain(seed, customers)
    critical = SHOPS * p.repertoire.memory_fading / (p.repertoire.memory_rate * NEEDS * gain)
    largest = []
    for step in STEPS:
        found = panel(seed, customers, {**shops(), "repertoire.memory_weight": step * critical}, 36)
        counts = found.counts(24, 36)
        bought = counts.sum(axis=1)
        largest.append(float((counts.max(axis=1)[bought > 0] / bought[bought > 0]).mean()))
    return {"largest": np.array(largest), "critical": np.array([critical])}


def shops() -> dict[str, Any]:
    """Three shops alike, and customers who differ in nothing that draws them to one of them."""
    return {
        **BUYING,
        "firms": {f"shop_{k}": {} for k in range(SHOPS)},
        "population.need_rate_mean": NEEDS,
        "population.need_rate_shape": 100.0,
        "population.budget_median": 1e6,
        "population.fit_concentration": 100.0,
        **{f"switches.{name}": False for name in (*UNPULLED, "moving")},
    }


def critical_gain(seed: int, customers: int) -> float:
    """What a purchase leaves in memory on average: value over the known bill, less one."""
    model = opened(seed, customers, {**shops(), "repertoire.memory_weight": 0.0})
    model.run_for(12)
    c = model.table(Customer).view
    bought = c.purchases > 0
    return float(np.clip(c.value[bought] / c.known_bill[bought] - 1.0, -1.0, 2.0).mean())


ALIKE = Study("like_brands", "eight firms alike in policy, brands as in the toothpaste market", look_alike)
ONE_FAIR = beside_null("fair_brand", "the same market, where one of the firms is fair or not", look_fair)
NEUTRAL = Study("neutral_brands", "the same market, where only steady propensities decide", look_neutral)
HABITS = Study("habits", "three shops alike, by the weight of what customers remember", look_habits)
