"""Expected causes of leaving: each chance of leaving, divided among what pushes."""

from typing import Any

import numpy as np
import pytest

from agents.customer.choice import (
    BASELINE,
    BEST_OFFER,
    COMPETITOR,
    EMPLOYEE_LEFT,
    EVALUATION,
    EXPECTED_CAUSES,
    FAILURE,
    RELATIONSHIP,
    SATISFACTION,
)
from sim import Parameters, Reciprocity
from sim.events.attributing import ALL, TERMS, WITHOUT_TIE, expect, find_pushes
from sim.metrics import METRICS
from sim.parameters import all_numbers
from tests.worlds import small

P = all_numbers(Parameters()).choice
FADED, FAILED = EXPECTED_CAUSES.index("erosion_by_time"), EXPECTED_CAUSES.index("core_failure")


def pushes_of(lost: float, **terms: float) -> tuple[float, np.ndarray]:
    """How hard each cause pushes, and all of them."""
    places = {"best": BEST_OFFER, "plain": WITHOUT_TIE, "failure": FAILURE, "satisfaction": SATISFACTION}
    places["relationship"] = RELATIONSHIP
    found, pushes = np.zeros(TERMS + 1), np.empty((ALL + 1, BASELINE + 1))
    for name, value in terms.items():
        found[places[name]] = value
    return float(find_pushes(lost, found, P, pushes)), pushes


def test_pushes_with_a_pencil() -> None:
    pushed, pushes = pushes_of(0.5, best=1.5, plain=0.7, failure=1.2, satisfaction=-0.4, relationship=0.3)
    assert pushes[ALL, COMPETITOR] == pytest.approx(0.7)
    assert pushes[ALL, EMPLOYEE_LEFT] == pytest.approx(0.8 + 4.0 * P.employee_weight * 0.5)
    assert pushes[EVALUATION, EMPLOYEE_LEFT] == pytest.approx(0.8)
    assert (pushes[ALL, FAILED], pushes[ALL, FADED]) == pytest.approx((1.2, 0.3))
    assert pushed == pytest.approx(pushes[ALL].sum())


def test_a_rival_worse_than_the_own_firm_does_not_push() -> None:
    pushed, pushes = pushes_of(0.5, best=0.9, plain=-0.4)
    assert pushes[ALL, COMPETITOR] == 0.0
    assert (
        pushed
        == pytest.approx(1.3 + 4.0 * P.employee_weight * 0.5)
        == pytest.approx(pushes[ALL, EMPLOYEE_LEFT])
    )


def test_what_exceeds_the_baseline_is_divided_as_causes_push() -> None:
    pushed, pushes = pushes_of(0.0, best=0.9, plain=0.9, failure=0.3)
    expected = np.zeros(BASELINE + 1)
    expect(expected, 0.6, 0.2, pushed, pushes)
    assert expected[[COMPETITOR, FAILED, BASELINE]] == pytest.approx([0.3, 0.1, 0.2])
    expect(expected, 0.15, 0.2, pushed, pushes)
    assert expected[BASELINE] == pytest.approx(0.35)
    assert expected.sum() == pytest.approx(0.75)


@pytest.fixture(scope="module")
def run() -> Reciprocity:
    """A market of unlike firms."""
    model = small(rng=3, **{"population.customers": 2000, "burn_in": 6})
    model.run_for(36)
    return model


def test_the_expected_leave(run: Reciprocity) -> None:
    """Given who reconsiders each leaving is a coin: the sum's variance is below the expectation."""
    realised = run.recording.firm("lost").sum(axis=0)
    expected = METRICS["expected_lost"].compute(run.recording).sum(axis=0)
    assert (realised > 50.0).all()
    assert (np.abs(realised - expected) < 3.5 * np.sqrt(expected)).all()
    assert not np.array_equal(realised, expected)


def test_causes_sum_to_the_expected_leavings_and_all_push(run: Reciprocity) -> None:
    parts = [METRICS[f"expected_lost_by_{cause}"].compute(run.recording) for cause in EXPECTED_CAUSES]
    assert all((part >= 0.0).all() and part.sum() > 0.0 for part in parts)
    np.testing.assert_allclose(sum(parts), METRICS["expected_lost"].compute(run.recording), rtol=1e-12)


OFF = ("reciprocity_customers", "word_of_mouth", "nobody_option", "moving", "reputation")


@pytest.mark.parametrize("compared", [False, True])
def test_only_what_is_switched_on_pushes(compared: bool) -> None:
    switches: dict[str, Any] = {f"switches.{name}": False for name in OFF}
    model = small(rng=2, **switches, **{"switches.value_comparison": compared})
    model.run_for(12)
    by_cause = model.recording.expected_leavings.sum(axis=(0, 1))
    pushing = {EXPECTED_CAUSES[place] for place in np.flatnonzero(by_cause)}
    assert pushing == ({"baseline", "competitor"} if compared else {"baseline"})


def test_at_neutral_terms_a_third_of_those_who_reconsider_is_expected() -> None:
    switches: dict[str, Any] = {f"switches.{name}": False for name in (*OFF, "value_comparison")}
    model = small(rng=2, **switches)
    model.run_for(12)
    expected = METRICS["expected_lost"].compute(model.recording)
    thirds = expected * P.attention_ratio
    assert expected.sum() > 10.0
    np.testing.assert_allclose(thirds, np.round(thirds), atol=1e-9)
