"""Many claims are judged at once: which of them still hold when their number is counted.

The false discovery rate, the share expected to be wrong of what is said to hold, is kept whatever the
dependence of the claims: Benjamini and Yekutieli 2001, doi 10.1214/aos/1013699998, from SciPy.
"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import false_discovery_control, ttest_1samp

from experiments.comparing import LEVEL, Claim

TAIL = (1.0 - LEVEL) / 2.0
"""Chance beyond one end of an interval: a claim holds where its interval lies beyond what is asked."""


def above(values: np.ndarray, edge: float) -> float:
    """Chance of values like these, if their mean were no higher than an edge (one-sided t test)."""
    found = values[np.isfinite(values)]
    if found.size < 2:
        return 1.0
    if np.ptp(found) == 0.0:  # no test without spread
        return float(found[0] <= edge)
    return float(ttest_1samp(found, edge, alternative="greater").pvalue)


def chance(claim: Claim, values: np.ndarray) -> float:
    """Chance of a verdict as good as this one, if the claim just failed to hold.

    Parameters
    ----------
    claim : Claim
        What is claimed.
    values : array (seeds,)
        The effect in each seed, as the claim counts it.
    """
    if claim.direction == 0:
        low, high = claim.about - claim.smallest, claim.about + claim.smallest
        return max(above(values, low), above(-values, -high))
    return above(claim.direction * values, claim.smallest)


def stand(chances: Sequence[float], level: float = TAIL) -> np.ndarray:
    """Which of some claims stand, when an expected share of at most ``level`` of those that do is wrong."""
    return np.asarray(false_discovery_control(chances, method="by") <= level) if chances else np.array([])


def stand_out(samples: Sequence[np.ndarray]) -> np.ndarray:
    """Which of some effects, one number a seed each, differ from zero when their number is counted."""
    either = [2.0 * min(above(values, 0.0), above(-values, 0.0), 0.5) for values in samples]
    return stand(either, 1.0 - LEVEL)
