"""Arithmetic over months: the first axis of every array is the month."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def divided(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A quotient; NaN where the whole is not positive."""
    out = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    return np.divide(part, whole, out=out, where=whole > 0.0)


def delayed(values: np.ndarray, months: int) -> np.ndarray:
    """The values of some months ago; NaN where there are none."""
    out = np.full(values.shape, np.nan)
    out[months:] = values[: max(len(values) - months, 0)]
    return out


def sums_of_last(values: np.ndarray, months: int) -> np.ndarray:
    """Sum over the last months, as many as there are: of equal values equal to the last bit."""
    before = np.zeros((months, *values.shape[1:]))
    return sliding_window_view(np.concatenate([before, values]), months, axis=0)[1:].sum(axis=-1)


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks along the first axis, ties at their mean rank."""
    less = (values[None] < values[:, None]).sum(axis=1)
    equal = (values[None] == values[:, None]).sum(axis=1)
    return less + (equal + 1.0) / 2.0


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Correlation of two series; NaN where one does not vary."""
    if first.size < 2 or np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation of two series; NaN where one does not vary."""
    return correlation(ranks(first), ranks(second))


def gini(values: np.ndarray) -> np.ndarray:
    """Gini coefficient of the known values along the last axis, negative ones counted as zero.

    NaN where no value is positive.
    """
    found = np.sort(np.maximum(values, 0.0), axis=-1)  # unknown ones come last
    size = np.isfinite(found).sum(axis=-1, keepdims=True)
    weights = 2.0 * np.arange(1, found.shape[-1] + 1) - size - 1.0
    return divided(np.nansum(found * weights, axis=-1), size[..., 0] * np.nansum(found, axis=-1))
