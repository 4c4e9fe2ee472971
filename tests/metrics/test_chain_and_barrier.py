"""From effort to profit, and what holds customers."""

from math import nan
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
from sim.metrics.chain import closest_lag
from tests.metrics.hand import SMALL, pencil
from tests.worlds import small


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


def noise(lag: int, months: int) -> tuple[np.ndarray, np.ndarray]:
    """A cause without any order in time, and what follows it some months later."""
    values = np.random.default_rng(8).normal(size=months + lag)
    return values[lag:].copy(), values[:months].copy()


def test_chain_of_each_firm_is_its_own() -> None:
    effort, quality = noise(2, 60)
    columns: dict[str, Any] = {
        "mean_service_effort": np.stack([quality, effort], axis=1),
        "mean_quality": quality[:, None],
    }
    recording = pencil(60, 2, **columns)
    assert [chain(recording, firm)[0].lag for firm in (0, 1)] == [0.0, 2.0]


def test_a_lag_of_two_years_is_found_and_none_beyond() -> None:
    assert closest_lag(*noise(24, 100)) == pytest.approx((24.0, 1.0), abs=0.01)
    lag, found = closest_lag(*noise(30, 100))
    assert lag <= 24.0 and found < 0.5


def test_a_lag_needs_two_years_that_overlap() -> None:
    assert np.isnan(closest_lag(*noise(1, 24))).all()
    assert closest_lag(*noise(1, 25))[0] == 1.0
    assert closest_lag(*noise(10, 30))[0] <= 6.0


def test_what_goes_against_its_cause_does_not_go_with_it() -> None:
    cause, effect = noise(3, 100)
    lag, found = closest_lag(cause, -effect)
    assert lag != 3.0 and 0.0 < found < 0.5


def test_months_that_are_not_known_are_left_out_and_move_no_other() -> None:
    cause, effect = noise(4, 80)
    cause[40:43], effect[[10, 11, 30, 50]], effect[75:] = nan, nan, nan
    assert closest_lag(cause, effect) == pytest.approx((4.0, 1.0), abs=0.01)


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


def neutral_market(**choice: float) -> Reciprocity:
    """Forty customers a firm, of whom one in three who reconsider leaves; a cut of 1 per cent adds 0.01."""
    model = small(rng=1, **{"choice.anniversary": 1.0, "choice.value_weight": 1.0, **choice})
    model.table(Customer)["churn_propensity"][:] = 0.1
    return model


def test_what_customers_mind_lowers_the_barrier() -> None:
    model = neutral_market(**{"choice.known_fee_weight": 2.0})
    model.table(Customer)["known_fee"][:] = 0.1
    assert barrier(model) == pytest.approx(np.full(5, 100.0 * (1.0 - 1.2214 / 2.0)), abs=0.01)


def test_the_barrier_is_set_by_the_mean_of_those_asked() -> None:
    """One in four has even odds: e / (1 + e) + 3e / (2 + e) = 2 where a cut multiplies all by e = 1.68614."""
    model = neutral_market()
    model.table(Customer)["churn_propensity"][:50] = 1.0 - 0.5**12
    model.table(Customer)["firm"][:] = 0
    assert barrier(model)[0] == pytest.approx(100.0 * (1.0 - 1.0 / 1.68614), abs=0.01)


def test_those_asked_stand_all_over_the_firms_rows() -> None:
    """Of the first and the last customer, with chances of 1/3 and 0.7, more than half would go."""
    model = neutral_market()
    model.table(Customer)["churn_propensity"][-1] = 1.0 - 0.3**12
    model.table(Customer)["firm"][:] = 0
    assert barrier(model, sample=2)[0] == 0.0
    assert barrier(model, sample=1)[0] == pytest.approx(50.0, abs=0.01)


def test_there_is_no_cut_deep_enough_where_price_counts_for_little() -> None:
    assert np.isnan(barrier(neutral_market(**{"choice.value_weight": 0.1}))).all()
    assert barrier(neutral_market(**{"choice.value_weight": 0.16})) == pytest.approx(98.69, abs=0.01)


def test_rank_correlation_with_ties() -> None:
    assert rank_correlation(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 5.0, 5.0, 9.0])) == pytest.approx(
        1.0
    )
