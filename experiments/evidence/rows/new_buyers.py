"""Repeat buying of those who bought from a firm for the first time, beside CDNOW's customers."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import linregress

from experiments.evidence.repeats import MOST
from experiments.evidence.repertoire import ALIKE
from experiments.evidence.row import Curve, Line, Row, Sight
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


_NEW = "new buyers of a firm:"
_RATES = "needs are those of toothpaste, not of records: levels of repeat buying are not set from this source"
_LASTING = (
    "no customer of the model dies unseen: buyers of CDNOW slow down, those of a market that stands still "
    "do not"
)

ROWS = (
    Row(
        "cdnow_zero_share",
        f"{_NEW} share without a repeat in 9 months",
        "1",
        ALIKE,
        zero_share,
        outside=_RATES,
    ),
    Row(
        "cdnow_mean_repeats",
        f"{_NEW} mean repeats in 9 months",
        "1",
        ALIKE,
        mean_repeats,
        outside=_RATES,
    ),
    Row(
        "cdnow_histogram",
        f"{_NEW} distance of the histogram of repeats from CDNOW's (total variation)",
        "1",
        ALIKE,
        histogram_distance,
        outside=_RATES,
        curve=histogram_curve,
    ),
    Row(
        "cdnow_tracking",
        f"{_NEW} repeats after 18 over those after 9 months",
        "1",
        ALIKE,
        tracking,
        outside=_LASTING,
    ),
    Row(
        "cdnow_conditional",
        f"{_NEW} holdout purchases for each repeat in calibration",
        "1",
        ALIKE,
        conditional,
        curve=conditional_curve,
    ),
)
