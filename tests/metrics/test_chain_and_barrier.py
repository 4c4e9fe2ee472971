"""From effort to profit, and what holds customers."""

from typing import Any

import numpy as np
import pytest

from agents import Customer
from sim import Reciprocity
from sim.metrics import (
    barrier,
    chain,
)
from sim.metrics.arithmetic import rank_correlation
from tests.metrics.hand import SMALL, pencil


def test_chain_finds_lags() -> None:
    rng = np.random.default_rng(5)
    noise = rng.normal(size=110)
    effort = noise[10:] + 0.02 * np.arange(100)
    series: dict[str, Any] = {
        "mean_service_effort": effort,
        "mean_quality": noise[8:-2],
        "mean_satisfaction": noise[5:-5],
        "lost": 5.0 - noise[1:-9],
        "profit": noise[0:-10],
    }
    recording = pencil(100, customers=100.0, **{name: values[:, None] for name, values in series.items()})
    assert [link.lag for link in chain(recording, 0)] == [2.0, 3.0, 4.0, 1.0]
    assert all(link.correlation > 0.99 for link in chain(recording, 0))


def test_chain_of_a_short_or_unmoved_run_is_undefined() -> None:
    assert all(np.isnan(link.lag) for link in chain(pencil(20), 0))
    assert all(np.isnan(link.lag) for link in chain(pencil(40), 0))


def test_barrier_at_neutral_terms_has_a_closed_form() -> None:
    """One in three of those who reconsider leaves at neutral terms; a cut must make it one in two."""
    model = Reciprocity(rng=1, **SMALL)
    model.table(Customer)["churn_propensity"][:] = 0.1
    choice = model.parameters.choice
    odds = choice.attention_ratio - 1.0
    expected = 100.0 * (1.0 - odds ** (-1.0 / choice.value_weight))
    assert barrier(model, sample=50) == pytest.approx(np.full(5, expected), abs=0.01)


def test_barrier_rises_with_the_relationship() -> None:
    model = Reciprocity(rng=1, **SMALL)
    customers = model.table(Customer)
    for bond in ("abundance", "trust", "dreams", "truth", "balance", "grace"):
        customers[bond][customers["firm"] == 0] = 0.9
        customers[bond][customers["firm"] == 1] = 0.1
    customers["firm"][customers["firm"] == 2] = -1
    found = barrier(model, sample=50)
    assert found[0] > found[3] > found[1]
    assert np.isnan(found[2])


def test_rank_correlation_with_ties() -> None:
    assert rank_correlation(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 5.0, 5.0, 9.0])) == pytest.approx(
        1.0
    )
