"""Repeat buying where every purchase chooses its firm: CDNOW, Dirichlet, shoppers and loyal buyers."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq
from scipy.stats import linregress

from experiments.evidence import repertoire
from experiments.evidence.laws.choosing import Dirichlet
from experiments.evidence.repeats import MOST
from experiments.evidence.repertoire import ABSENT, ALIKE, CONCENTRATION, FAIR, HABITS, ONE_FAIR, STEPS
from experiments.evidence.row import Curve, Line, Row, Sight, mean_of
from experiments.evidence.tables import table


def histogram(sights: Sequence[Sight]) -> np.ndarray:
    """Share of new buyers with 0, 1, ..., 7 and more repeats."""
    total = np.sum([sight["histogram"] for sight in sights], axis=0)
    return np.asarray(total / total.sum())


def zero_share(sights: Sequence[Sight]) -> float:
    """Share of new buyers who do not buy again within the calibration."""
    return float(histogram(sights)[0])


def mean_repeats(sights: Sequence[Sight]) -> float:
    """Repeats of a new buyer within the calibration."""
    return float(
        np.sum([sight["calibration"][0] for sight in sights])
        / np.sum([sight["histogram"] for sight in sights])
    )


def published_histogram() -> np.ndarray:
    """The same shares of CDNOW's customers."""
    counts = np.array(table("cdnow_repeat_histogram")["customers"], float)
    return np.asarray(counts / counts.sum())


def histogram_distance(sights: Sequence[Sight]) -> float:
    """Total variation of the two histograms."""
    return float(np.abs(histogram(sights) - published_histogram()).sum() / 2.0)


def tracking(sights: Sequence[Sight]) -> float:
    """Cumulative repeats at the end of the holdout over those at the end of the calibration."""
    total = np.sum([sight["tracked"] for sight in sights], axis=0)
    return float(total[-1] / total[total.size // 2 - 1])


def holdout_means(sights: Sequence[Sight]) -> np.ndarray:
    """Mean holdout purchases by repeats in the calibration."""
    sizes = np.sum([sight["histogram"] for sight in sights], axis=0)
    return np.asarray(
        np.sum([sight["later"] for sight in sights], axis=0) / np.where(sizes > 0.0, sizes, np.nan)
    )


def conditional(sights: Sequence[Sight]) -> float:
    """Slope of holdout purchases on repeats in the calibration, 0 to 6."""
    return float(linregress(np.arange(MOST), holdout_means(sights)[:MOST]).slope)


def conditional_curve(sights: Sequence[Sight]) -> Curve:
    """Holdout purchases by repeats in the calibration, beside CDNOW's."""
    seen = np.array(table("cdnow_repeat_histogram")["holdout_mean"], float)
    lines = (Line("model", "model", holdout_means(sights)), Line("CDNOW", "published", seen))
    return Curve(np.arange(MOST + 1.0), "repeats in calibration", "purchases in holdout", lines)


def histogram_curve(sights: Sequence[Sight]) -> Curve:
    """Both histograms."""
    lines = (Line("model", "model", histogram(sights)), Line("CDNOW", "published", published_histogram()))
    return Curve(np.arange(MOST + 1.0), "repeats in calibration, 7: or more", "share of new buyers", lines)


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
    """Rate of the fair brand above the law (per cent)."""
    return float(rate_errors(sight)[FAIR])


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
        Line("no habit", "law", np.full(STEPS.size, 1.0 / repertoire.SHOPS)),
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


_NEW = "new buyers of a firm:"
_ALIKE = "brands of firms alike in policy:"

ROWS = (
    Row(
        "cdnow_zero_share",
        f"{_NEW} share without a repeat in 9 months",
        "1",
        ALIKE,
        zero_share,
        absent=ABSENT,
    ),
    Row("cdnow_mean_repeats", f"{_NEW} mean repeats in 9 months", "1", ALIKE, mean_repeats, absent=ABSENT),
    Row(
        "cdnow_histogram",
        f"{_NEW} distance of the histogram of repeats from CDNOW's (total variation)",
        "1",
        ALIKE,
        histogram_distance,
        absent=ABSENT,
        curve=histogram_curve,
    ),
    Row(
        "cdnow_tracking",
        f"{_NEW} repeats after 18 over those after 9 months",
        "1",
        ALIKE,
        tracking,
        absent=ABSENT,
    ),
    Row(
        "cdnow_conditional",
        f"{_NEW} holdout purchases for each repeat in calibration",
        "1",
        ALIKE,
        conditional,
        absent=ABSENT,
        curve=conditional_curve,
    ),
    Row(
        "double_jeopardy",
        f"{_ALIKE} slope of rate on penetration",
        "purchases",
        ALIKE,
        mean_of(slope_of_rate),
        absent=ABSENT,
        curve=rate_curve,
    ),
    Row(
        "rate_range",
        f"{_ALIKE} range of rates over their mean",
        "1",
        ALIKE,
        mean_of(range_of_rate),
        absent=ABSENT,
    ),
    Row(
        "rate_by_brand",
        f"{_ALIKE} mean deviation of rates from the Dirichlet at each penetration",
        "%",
        ALIKE,
        mean_of(rate_error),
        absent=ABSENT,
        used="steady propensities are Dirichlet by construction, and this market's K, M and S are set",
    ),
    Row(
        "duplication",
        f"{_ALIKE} duplication coefficient D",
        "1",
        ALIKE,
        mean_of(duplication),
        absent=ABSENT,
        used="steady propensities are Dirichlet by construction, and this market's K, M and S are set",
    ),
    Row(
        "duplication_constant",
        f"{_ALIKE} coefficient of variation of D",
        "1",
        ALIKE,
        mean_of(duplication_spread),
        absent=ABSENT,
    ),
    Row(
        "excess_loyalty",
        "rate of a fair brand above the Dirichlet at its penetration",
        "%",
        ONE_FAIR,
        mean_of(excess),
        absent=ABSENT,
    ),
    Row(
        "shoppers_to_loyal",
        "share of the shop most visited at twice the critical weight of memory, less at half of it",
        "1",
        HABITS,
        mean_of(jump),
        absent=ABSENT,
        curve=jump_curve,
    ),
)
