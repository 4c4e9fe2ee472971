"""Bonus against truth: selling, gaming, perversity."""

from typing import Any

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
from sim.recording import Recording
from tests.metrics.hand import SMALL, down, pencil


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


def test_a_firm_that_falls_less_than_the_market_has_gained() -> None:
    """The market falls from 200 to 140: 30 each. Firm 0 falls by 10, firm 1 by 50."""
    value = np.full((13, 2), 100.0)
    value[12] = 90.0, 50.0
    bonus = np.zeros((13, 2))
    bonus[0] = 1.0
    recording = pencil(13, 2, sustainable_equity=value, management_bonus=bonus)
    assert METRICS["misaligned_share"].compute(recording)[12].tolist() == [0.0, 1.0]


def test_proxy_is_set_against_truth_over_24_months() -> None:
    """One of 24 ranks is 23 places away and 23 one place: 1 - 6 * 552 / (24 * 575); a month on it is gone."""
    truth = np.arange(25.0)
    proxy = np.where(truth == 0.0, 100.0, truth)
    recording = pencil(25, management_bonus=proxy[:, None], sustainable_equity=truth[:, None])
    found = METRICS["proxy_against_truth"].compute(recording)[:, 0]
    assert np.isnan(found[:23]).all() and found[23:] == pytest.approx([0.76, 1.0])


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
    both = pencil(60, 2, management_bonus=month[:, None], sustainable_equity=np.stack([value, month], axis=1))
    assert divergence(both)[0] == 42.0  # months 31 to 42 lie further from month 30 than months 19 to 30
    assert np.isnan(divergence(both)[1])


def apart(months: int, *, first: int = 0) -> Recording:
    """A bonus that rises, and value whose mean over twelve months lies lower for so many months."""
    value = np.full((60, 1), 100.0)
    value[30], value[30 + months] = 88.0, 112.0
    return pencil(60, first=first, management_bonus=np.arange(60.0)[:, None], sustainable_equity=value)


def test_bonus_and_value_must_go_apart_for_six_months_in_a_row() -> None:
    assert np.isnan(divergence(apart(5))).all()
    assert divergence(apart(6)).tolist() == [30.0]
    assert divergence(apart(5), months=5).tolist() == [30.0]
    assert divergence(apart(6, first=10)).tolist() == [40.0]


@pytest.mark.parametrize("level", [0.1, 0.3, 0.7, 1.1])
def test_what_stays_as_it_is_neither_rises_nor_falls(level: float) -> None:
    moving = np.arange(120.0)[:, None]
    assert np.isnan(divergence(pencil(120, management_bonus=level, sustainable_equity=-moving))).all()
    assert np.isnan(divergence(pencil(120, management_bonus=moving, sustainable_equity=-level))).all()


def test_a_change_against_a_year_ago_needs_two_years() -> None:
    value = np.where(np.arange(30) == 0, 1000.0, 0.0)[:, None]
    recording = pencil(30, management_bonus=np.arange(30.0)[:, None], sustainable_equity=value)
    assert divergence(recording, months=1).tolist() == [23.0]


def test_a_loss_is_told_from_what_equity_was_when_the_lever_was_pulled() -> None:
    """Pulled in month 12 at 100, whatever it was before; with four months at 80 the mean is below 95."""
    month = np.arange(40)
    equity = np.select([month < 12, month < 30], [200.0, 100.0], 80.0)[:, None]
    pull = np.where(month < 12, 0.0, 0.2)[:, None]
    assert months_to_visible_loss(pencil(40, sustainable_equity=equity, fee_temptation=pull)) == [33 - 12]
    tenth = np.where(month < 12, 0.0, 0.1)[:, None]
    assert np.isnan(months_to_visible_loss(pencil(40, sustainable_equity=equity, fee_temptation=tenth))).all()


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


def test_perversity_of_paying_less_is_that_of_paying_more() -> None:
    """Without a bonus of 4 profit is 6 higher: 2 coins are lost a month, and 120 of equity at the end."""
    paid = pencil(2, wages=10.0, management_bonus=4.0, sustainable_equity=down(500, 380))
    plain = pencil(2, wages=10.0, profit=6.0, sustainable_equity=500.0)
    first = 1.0 + 1.0 / 1.01
    expected = (2.0 * first + 120.0 / 1.01**2) / (4.0 * first)
    assert perversity(paid, plain, 2) == pytest.approx(expected)
    assert perversity(plain, paid, 2) == pytest.approx(expected)


def test_perversity_needs_a_bonus_of_a_hundredth_of_wages() -> None:
    """A bonus that costs nobody anything is a gain of all its coins."""
    plain = pencil(12, wages=1000.0)
    assert np.isnan(perversity(pencil(12, wages=1000.0, staff_bonus=9.9), plain, 12))
    assert perversity(pencil(12, wages=1000.0, staff_bonus=10.1), plain, 12) == pytest.approx(-1.0)
    assert np.isnan(perversity(pencil(12, staff_bonus=9.9), plain, 12))
    assert np.isnan(perversity(pencil(12), pencil(12), 12))


def test_what_a_bonus_takes_from_every_side_counts() -> None:
    """It takes 1 coin from customers, 2 from staff, 3, 4 and 5 from suppliers, lenders and industry body."""
    plain = pencil(12, surplus=20.0, wages=20.0, supplier_bill=20.0, interest=20.0, dues_paid=20.0)
    less: dict[str, Any] = {
        "surplus": 19.0,
        "wages": 18.0,
        "supplier_bill": 17.0,
        "interest": 16.0,
        "dues_paid": 15.0,
    }
    assert perversity(pencil(12, profit=-5.0, staff_bonus=5.0, **less), plain, 12) == pytest.approx(3.0)


def test_what_one_firm_loses_another_wins() -> None:
    plain = pencil(12, 2, wages=10.0)
    scheme = pencil(12, 2, wages=10.0, staff_bonus=[5.0, 0.0], profit=[-15.0, 10.0])
    assert perversity(scheme, plain, 12, firm=0) == pytest.approx(2.0)
    assert perversity(scheme, plain, 12) == pytest.approx(0.0)


def test_perversity_needs_recordings_of_the_months_asked_for() -> None:
    late, early = pencil(12, first=5, wages=10.0, staff_bonus=5.0), pencil(17, wages=10.0)
    assert np.isnan(perversity(late, early, 12))
    with pytest.raises(ValueError, match="must start in the same month"):
        perversity(late, early, 12, since=5)
    short = pencil(2, first=5, wages=10.0, staff_bonus=5.0, profit=down(-15, 0))
    expected = (10.0 - 5.0 / 1.01) / (5.0 + 5.0 / 1.01)
    assert perversity(short, pencil(2, first=5, wages=10.0), 2, since=5) == pytest.approx(expected)


def test_misalignment_angle_of_a_short_and_of_a_long_contract() -> None:
    contracts = {"focal": {"management": "quarterly_profit"}, "follower": {"management": "customer_equity"}}
    model = Reciprocity(rng=1, firms=contracts, **SMALL)
    model.run_for(1)
    short, long = misalignment_angle(model)[:2]
    assert 0.0 <= long < 0.1 and 0.6 < short <= 1.0
