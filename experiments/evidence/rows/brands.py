"""Brands where every purchase chooses its firm: Dirichlet laws, and habits."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq
from scipy.stats import linregress

from experiments.evidence.laws.choosing import Dirichlet
from experiments.evidence.repertoire import (
    ALIKE,
    CONCENTRATION,
    FAIR,
    HABITS,
    NEUTRAL,
    ONE_FAIR,
    SHOPS,
    STEPS,
)
from experiments.evidence.row import Curve, Line, Row, Sight, mean_of
from experiments.evidence.tables import table


def slope_of_rate(sight: Sight) -> float:
    """Slope of the rate of buying on penetration, across brands."""
    return float(linregress(sight["penetration"], sight["rate"]).slope)


def range_of_rate(sight: Sight) -> float:
    """Highest less lowest rate, over the mean."""
    return float(np.ptp(sight["rate"]) / sight["rate"].mean())


def law_of(sight: Sight) -> Dirichlet:
    """The Dirichlet of the category as it was bought, with the concentration of the published market."""
    return Dirichlet(float(sight["category"][0]), float(sight["category"][1]), CONCENTRATION)


def rate_at(law: Dirichlet, penetration: float) -> float:
    """The rate that the law gives a brand of this penetration."""
    share = brentq(lambda each: law.penetration(each) - penetration, 1e-6, 1.0 - 1e-6)
    return law.rate(float(share))


def rate_errors(sight: Sight) -> np.ndarray:
    """Each brand's rate over that of the law at its penetration, less one (per cent)."""
    law = law_of(sight)
    pairs = zip(sight["penetration"], sight["rate"], strict=True)
    return np.array([100.0 * (rate / rate_at(law, float(reached)) - 1.0) for reached, rate in pairs])


def rate_error(sight: Sight) -> float:
    """Mean absolute deviation of rates from the law (per cent)."""
    return float(np.abs(rate_errors(sight)).mean())


def excess(sight: Sight) -> float:
    """Rate of the fair brand above the law, less that of the same brand where it is not fair (per cent)."""
    plain = {name.removeprefix("plain_"): value for name, value in sight.items() if name.startswith("plain_")}
    return float(rate_errors(sight)[FAIR] - rate_errors(plain)[FAIR])


def coefficients(sight: Sight) -> np.ndarray:
    """Duplication over penetration, for each brand the mean over the others' buyers."""
    shares = sight["duplication"] / sight["penetration"][None, :]
    np.fill_diagonal(shares, np.nan)
    return np.asarray(np.nanmean(shares, axis=0))


def duplication(sight: Sight) -> float:
    """The duplication coefficient D, mean over brands."""
    return float(coefficients(sight).mean())


def duplication_spread(sight: Sight) -> float:
    """Coefficient of variation of D across brands."""
    found = coefficients(sight)
    return float(found.std() / found.mean())


def jump(sight: Sight) -> float:
    """Largest share of a customer's purchases at twice the critical weight of memory, less at half of it."""
    half, twice = (sight["largest"][np.isclose(STEPS, step)][0] for step in (0.5, 2.0))
    return float(twice - half)


def jump_curve(sights: Sequence[Sight]) -> Curve:
    """Largest share by the weight of memory."""
    values = np.mean([sight["largest"] for sight in sights], axis=0)
    lines = (
        Line("model", "model", values),
        Line("no habit", "law", np.full(STEPS.size, 1.0 / SHOPS)),
    )
    return Curve(STEPS, "weight of memory, 1: critical", "share of the shop most visited", lines)


def rate_curve(sights: Sequence[Sight]) -> Curve:
    """Rate by penetration, beside the published brands."""
    reached, rate = (np.mean([sight[name] for sight in sights], axis=0) for name in ("penetration", "rate"))
    brands = table("dirichlet_toothpaste")
    lines = (
        Line("model", "model", rate),
        Line("Dirichlet", "published", np.array(brands["dir_rate"], float)),
    )
    return Curve(reached, "penetration of the brand (model)", "purchases of a buyer in a quarter", lines)


_ALIKE = "brands of firms alike in policy:"
_HABIT = (
    "memory and relationship bind buyers to the firms they know, beyond steady propensities, and to large "
    "ones more"
)
_SMALL = "few customers buy the smallest brands in a quarter, so that their coefficients are noisy"

ROWS = (
    Row(
        "double_jeopardy",
        f"{_ALIKE} slope of rate on penetration",
        "purchases",
        ALIKE,
        mean_of(slope_of_rate),
        curve=rate_curve,
    ),
    Row(
        "rate_range",
        f"{_ALIKE} range of rates over their mean",
        "1",
        ALIKE,
        mean_of(range_of_rate),
        outside=_HABIT,
    ),
    Row(
        "rate_by_brand_neutral",
        "brands where only steady propensities decide: mean deviation of rates from the Dirichlet",
        "%",
        NEUTRAL,
        mean_of(rate_error),
        used="steady propensities are Dirichlet by construction: numerical docking",
    ),
    Row(
        "rate_by_brand",
        f"{_ALIKE} mean deviation of rates from the Dirichlet at each penetration",
        "%",
        ALIKE,
        mean_of(rate_error),
        outside=_HABIT,
        used="steady propensities are Dirichlet by construction, and this market's K, M and S are set",
    ),
    Row(
        "duplication",
        f"{_ALIKE} duplication coefficient D",
        "1",
        ALIKE,
        mean_of(duplication),
        used="steady propensities are Dirichlet by construction, and this market's K, M and S are set",
    ),
    Row(
        "duplication_constant",
        f"{_ALIKE} coefficient of variation of D",
        "1",
        ALIKE,
        mean_of(duplication_spread),
        outside=_SMALL,
    ),
    Row(
        "excess_loyalty",
        "rate of a brand above the Dirichlet at its penetration: its firm fair, less the same firm plain",
        "%",
        ONE_FAIR,
        mean_of(excess),
    ),
    Row(
        "shoppers_to_loyal",
        "share of the shop most visited at twice the critical weight of memory, less at half of it",
        "1",
        HABITS,
        mean_of(jump),
        used="memory has the form of this source's model, parameters included: numerical docking",
        curve=jump_curve,
    ),
)
