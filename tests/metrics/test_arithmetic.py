"""Arithmetic over months, with pencil numbers."""

import warnings
from math import nan

import numpy as np
import pytest

from sim.metrics.arithmetic import correlation, delayed, divided, gini, ranks, sums_of_last
from tests.metrics.hand import down


def test_a_quotient_needs_a_positive_whole() -> None:
    assert divided(np.array([6.0, 1.0, 1.0]), np.array([3.0, 0.0, -2.0])) == pytest.approx(
        [2.0, nan, nan], nan_ok=True
    )


def test_what_was_some_months_ago() -> None:
    assert delayed(down(1, 2, 3), 2)[:, 0] == pytest.approx([nan, nan, 1.0], nan_ok=True)
    assert np.isnan(delayed(down(1, 2), 3)).all()


def test_sums_of_the_last_months() -> None:
    assert sums_of_last(down(1, 2, 4, 8), 3)[:, 0].tolist() == [1.0, 3.0, 7.0, 14.0]
    assert sums_of_last(down(1, 2), 3)[:, 0].tolist() == [1.0, 3.0]
    assert sums_of_last(np.empty((0, 2)), 3).shape == (0, 2)


def test_sums_of_equal_values_are_equal() -> None:
    assert len(set(sums_of_last(np.full(100, 0.1), 12)[11:])) == 1


def test_a_month_that_is_not_known_is_forgotten_in_time() -> None:
    assert sums_of_last(down(nan, 1, 2, 4), 2)[:, 0] == pytest.approx([nan, nan, 3.0, 6.0], nan_ok=True)


def test_ties_share_their_mean_rank() -> None:
    assert ranks(np.array([30.0, 10.0, 20.0, 20.0])).tolist() == [4.0, 1.0, 2.5, 2.5]


def test_what_does_not_vary_has_no_correlation() -> None:
    flat, rising = np.full(24, 0.1), np.arange(24.0) ** 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan([correlation(flat, rising), correlation(rising, flat)]).all()
        assert np.isnan(correlation(np.empty(0), np.empty(0)))
    assert correlation(rising, -rising) == pytest.approx(-1.0)


def test_gini_in_any_order_counts_what_is_negative_as_zero() -> None:
    found = gini(np.array([[3.0, 0.0, 0.0], [3.0, -5.0, 0.0], [3.0, nan, 1.0], [-1.0, 0.0, -2.0]]))
    assert found == pytest.approx([2 / 3, 2 / 3, 0.25, nan], nan_ok=True)
