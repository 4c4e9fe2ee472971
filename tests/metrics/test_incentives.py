"""Bonus against truth: selling, gaming, perversity."""

import numpy as np
import pytest

from sim import Reciprocity
from sim.metrics import (
    METRICS,
    divergence,
    misalignment_angle,
    months_to_visible_loss,
    perversity,
)
from sim.metrics.arithmetic import sums_of_last
from tests.metrics.hand import SMALL, pencil


def test_shares_of_selling_with_a_pencil() -> None:
    recording = pencil(
        1,
        addons_pushed=3.0,
        addons_wanted=1.0,
        mean_gaming=0.1,
        mean_selling_effort=0.3,
        mean_service_effort=0.9,
        fees=5.0,
        walk_revenue=10.0,
        revenue=100.0,
        staff_bonus=7.0,
        management_bonus=3.0,
        fee_temptation=0.6,
    )
    expected = {
        "oversold_share": 0.75,
        "sham_share": 0.25,
        "effort_distortion": 0.25,
        "fee_share": 0.05,
        "walking_share": 0.1,
        "bonus": 10.0,
        "exploitation": 0.1,
    }
    for name, value in expected.items():
        assert METRICS[name].compute(recording)[0, 0] == pytest.approx(value), name


def test_misaligned_share_with_a_pencil() -> None:
    """Firm 0 is paid in month 0, before it falls from 100 to 90, and in month 1, before it rises to 130."""
    value = np.full((14, 2), 100.0)
    value[12, 0], value[13, 0] = 90.0, 130.0
    bonus = np.zeros((14, 2))
    bonus[:2, 0] = 4.0, 1.0
    found = METRICS["misaligned_share"].compute(
        pencil(14, 2, sustainable_equity=value, management_bonus=bonus)
    )
    fall, rise = 10.0 - 0.5 * 10.0, 30.0 - 0.5 * 30.0
    assert found[12, 0] == 1.0
    assert found[13, 0] == pytest.approx(4 * fall / (4 * fall + 1 * rise))
    assert np.isnan(found[:, 1]).all()


def test_proxy_against_truth_with_a_pencil() -> None:
    rising = np.arange(30.0)[:, None]
    recording = pencil(30, management_bonus=rising, sustainable_equity=rising[::-1])
    found = METRICS["proxy_against_truth"].compute(recording)[:, 0]
    assert np.isnan(found[:23]).all() and found[29] == pytest.approx(-1.0)
    assert np.isnan(METRICS["proxy_against_truth"].compute(pencil(30, sustainable_equity=rising))).all()


def test_divergence_with_a_pencil() -> None:
    """Bonus always rises; value rises for 30 months, then falls."""
    month = np.arange(60.0)
    value = 1000.0 - 10.0 * np.abs(month - 30.0)
    means = sums_of_last(value, 12) / 12.0
    first = next(t for t in range(24, 60) if means[t] < means[t - 12])
    both = pencil(60, 2, management_bonus=month[:, None], sustainable_equity=np.stack([value, month], axis=1))
    assert divergence(both)[0] == first
    assert np.isnan(divergence(both)[1])


def test_months_to_visible_loss_with_a_pencil() -> None:
    pull = np.where(np.arange(40) < 4, 0.05, 0.2)[:, None]
    equity = np.where(np.arange(40) < 16, 100.0, 80.0)[:, None]
    recording = pencil(40, fee_temptation=pull, sustainable_equity=equity)
    # pulled in month 4; with three months at 80 the mean over twelve is 95, with four it is below
    assert months_to_visible_loss(recording).tolist() == [19 - 4]
    assert np.isnan(months_to_visible_loss(pencil(40, sustainable_equity=equity))).all()


def test_perversity_with_a_pencil() -> None:
    """A bonus of 5 a month costs customers 8 and the firm 2 a month, and 100 coins of customer equity."""
    control = pencil(12, 2, wages=10.0, profit=10.0, surplus=20.0, sustainable_equity=500.0)
    treated = pencil(
        12,
        2,
        wages=10.0,
        profit=[3.0, 10.0],
        surplus=[12.0, 20.0],
        sustainable_equity=[400.0, 500.0],
        management_bonus=[5.0, 0.0],
    )
    flows = 10.0 * sum(1.01**-month for month in range(12))
    expected = (flows + 100.0 * 1.01**-12) / (0.5 * flows)
    assert perversity(treated, control, 12, firm=0) == pytest.approx(expected)
    assert perversity(treated, control, 12) == pytest.approx(expected)
    assert perversity(treated, control, 6, firm=0, since=6) == pytest.approx(
        (10.0 + 100.0 * 1.01**-6 / sum(1.01**-month for month in range(6))) / 5.0
    )
    assert np.isnan(perversity(treated, control, 12, since=6))
    assert np.isnan(perversity(treated, control, 24))
    assert np.isnan(perversity(treated, control, 12, firm=1))
    assert np.isnan(perversity(control, control, 12))


def test_misalignment_angle_of_a_short_and_of_a_long_contract() -> None:
    contracts = {"focal": {"management": "quarterly_profit"}, "follower": {"management": "customer_equity"}}
    model = Reciprocity(rng=1, firms=contracts, **SMALL)
    model.run_for(1)
    short, long = misalignment_angle(model)[:2]
    assert 0.0 <= long < 0.1 and 0.6 < short <= 1.0
