"""What customers are lost to: rivals, causes, time."""

from typing import Any

import numpy as np
import pytest

from agents.customer.choice import CAUSES, EXPECTED_CAUSES
from sim import Reciprocity
from sim.metrics import (
    METRICS,
    lost_by_cause,
    lost_to,
    survival,
)
from sim.recording import Recording
from tests.metrics.hand import SMALL, pencil, with_leavers


def held_together(recording: Recording) -> None:
    of = recording.firm
    gone = of("lost_to_rivals") + of("lost_to_nobody") + of("moved_away")
    after = of("customers") + of("won") - gone - METRICS["released"].compute(recording)
    before = np.nan_to_num(after)[:-1]
    np.testing.assert_array_equal(before, of("customers")[1:])
    assert (np.nan_to_num(METRICS["released"].compute(recording)) >= 0.0).all()


def test_changes_of_customers_add_up_exactly(run: Any) -> None:
    recording = run[0].recording
    held_together(recording)
    assert METRICS["released"].compute(recording)[:-1].sum() == 0.0


def test_changes_of_customers_add_up_when_they_desert_and_the_firm_closes() -> None:
    shock = {"gone": {"kind": "desertion", "month": 5, "firm": "focal", "duration": 60}}
    model = Reciprocity(rng=2, shocks=shock, **SMALL)
    model.run_for(12)
    recording = model.recording
    held_together(recording)
    released = METRICS["released"].compute(recording)
    assert released[5, 0] > 100.0
    assert not recording.firm("alive")[-1, 0]
    assert len(survival(recording, 0, 0, 0)) <= 6


def test_lost_to_each_rival_and_by_cause_add_up(run: Any) -> None:
    recording = run[0].recording
    of = recording.firm
    np.testing.assert_array_equal(lost_to(recording).sum(axis=2), of("lost_to_rivals"))
    np.testing.assert_array_equal(lost_to(recording).sum(axis=1), of("won_from_rivals"))
    causes = lost_by_cause(recording)
    np.testing.assert_array_equal(causes[:, :, : CAUSES.index("moved_away")].sum(axis=2), of("lost"))
    np.testing.assert_array_equal(causes[:, :, CAUSES.index("moved_away")], of("moved_away"))
    named = sum(METRICS[name].compute(recording) for name in METRICS if name.startswith("lost_by_"))
    np.testing.assert_array_equal(named, of("lost"))


def test_what_time_wears_off_is_tallied(run: Any) -> None:
    recording = run[0].recording
    assert (recording.firm("bonds_faded") > 0.0).all()
    assert (recording.firm("delight_worn_off") != 0.0).any()


def test_the_stock_of_relationship_changes_by_what_is_recorded(run: Any) -> None:
    """Built by contact, faded with time, carried away, brought: the stock of relationships, exactly."""
    recording = run[0].recording
    of = recording.firm
    stock = of("mean_relationship") * of("customers")
    built, faded = of("bonds_built")[1:], of("bonds_faded")[1:]
    kept = stock[:-1] + of("bonds_brought")[:-1] - of("bonds_carried_away")[:-1]
    np.testing.assert_allclose(kept + built - faded, stock[1:], rtol=1e-5)


def test_faded_share_is_the_rate_of_fading(run: Any) -> None:
    """Nobody reaches out in this market, so bonds fade at the plain rate."""
    model = run[0]
    plain = model.recording.firm("outreach") + model.recording.firm("association") == 0.0
    found = METRICS["faded_share"].compute(model.recording)
    assert plain.any()
    np.testing.assert_allclose(found[plain], model.parameters.bonds.fading, rtol=1e-6)


def test_market_share_and_its_trend_with_a_pencil() -> None:
    services = np.ones((24, 2))
    services[12:, 0] = 3.0
    recording = pencil(24, 2, services=services)
    assert METRICS["market_share"].compute(recording)[[0, 23]].tolist() == [[0.5, 0.5], [0.75, 0.25]]
    trend = METRICS["market_share_trend"].compute(recording)
    assert np.isnan(trend[:23]).all() and trend[23].tolist() == [0.5, -0.5]
    assert METRICS["concentration"].compute(recording)[23] == pytest.approx(0.625)
    assert METRICS["unserved_share"].compute(recording)[0] == pytest.approx(0.2)


def test_who_is_won_from_rivals_makes_up_for_who_is_lost_to_them() -> None:
    recording = pencil(1, lost_to_rivals=7.0, won_from_rivals=2.0, lost=9.0, won=5.0)
    assert METRICS["net_lost_to_rivals"].compute(recording)[0, 0] == 5.0


def test_leavers_are_counted_in_months_of_a_recording_that_starts_late() -> None:
    recording = with_leavers(pencil(2, 2, first=5), [{"month": 6, "from_firm": 1, "cause": 2}])
    assert np.argwhere(lost_by_cause(recording)).tolist() == [[1, 1, 2]]


def test_expected_leavers_stand_under_their_own_cause() -> None:
    recording = pencil(1)
    recording._firms[0]["expected_leavings"][0] = np.arange(len(EXPECTED_CAUSES)) + 1.0
    for place, cause in enumerate(EXPECTED_CAUSES):
        assert METRICS[f"expected_lost_by_{cause}"].compute(recording)[0, 0] == place + 1.0, cause
