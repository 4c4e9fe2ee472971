"""Retention and survival against following every customer."""

from typing import Any

import numpy as np
import pytest

from sim.metrics import (
    METRICS,
    survival,
)
from sim.metrics.retention import cohort
from sim.recording import ELSEWHERE, NOBODY, RELEASED
from tests.metrics.hand import down, pencil, with_leavers


def test_annual_retention_is_that_of_following_every_customer(run: Any) -> None:
    model, states = run
    found = METRICS["annual_retention"].compute(model.recording)
    assert np.isnan(found[:12]).all()
    for month in (13, 20, 39):
        start, months = states[month - 13], states[month - 12 : month]
        for k in range(5):
            members = np.flatnonzero(start["firm"] == k)
            stays, moved = np.ones(members.size, bool), np.zeros(members.size, bool)
            for state in months:
                away = state["number"][members] != start["number"][members]
                other = state["joined"][members] != start["joined"][members]
                moved |= stays & away
                stays &= ~away & ~other & (state["firm"][members] == k)
            assert found[month, k] == pytest.approx(stays.sum() / (members.size - moved.sum()), abs=1e-12)


def test_annual_retention_with_a_pencil() -> None:
    recording = pencil(14, customers=100.0, loyal_customers=80.0)
    recording._firms[3]["moved_by_tenure"][0, :4] = (
        9.0,
        6.0,
        5.0,
        4.0,
    )  # 3 months after month 0, 2 after month 1
    found = METRICS["annual_retention"].compute(recording)[:, 0]
    assert found[12] == pytest.approx(80.0 / (100.0 - 4.0))
    assert found[13] == pytest.approx(80.0 / (100.0 - 5.0))


def test_monthly_retention_leaves_out_who_moved_away() -> None:
    recording = pencil(1, 2, customers=[100.0, 3.0], lost=[9.0, 0.0], moved_away=[10.0, 3.0])
    found = METRICS["retention"].compute(recording)[0]
    assert found[0] == pytest.approx(0.9) and np.isnan(found[1])


def test_who_was_released_did_not_stay() -> None:
    recording = pencil(1, customers=100.0, lost=9.0, released=6.0, moved_away=25.0)
    assert METRICS["retention"].compute(recording)[0, 0] == pytest.approx(1.0 - 15.0 / 75.0)


def test_of_a_firm_that_closes_nobody_stays_however_many_it_has_just_won() -> None:
    """Ten at the start: one moves away, two leave, four come, and the firm sets all eleven free."""
    recording = pencil(1, customers=10.0, moved_away=1.0, lost=2.0, won=4.0, released=11.0)
    assert METRICS["retention"].compute(recording)[0, 0] == 0.0


def test_retention_of_the_market_is_that_of_all_customers_of_a_year_ago() -> None:
    """Of 150 a year ago 10 moved away, 5 months after, and 110 are still where they were."""
    customers = np.full((13, 2), 400.0)
    customers[0] = 100.0, 50.0
    recording = pencil(13, 2, customers=customers, loyal_customers=[80.0, 30.0])
    recording._firms[5]["moved_by_tenure"][0, :6] = 10.0
    found = METRICS["market_retention"].compute(recording)
    assert np.isnan(found[:12]).all() and found[12] == pytest.approx(110.0 / 140.0)


def test_shares_of_the_won_and_of_the_loyal() -> None:
    recording = pencil(1, customers=40.0, won=10.0, won_by_referral=3.0, loyal_customers=30.0)
    assert METRICS["referred_share"].compute(recording)[0, 0] == pytest.approx(0.3)
    assert METRICS["loyal_share"].compute(recording)[0, 0] == pytest.approx(0.75)


def test_the_value_of_those_won_is_their_need_times_the_margin_of_a_service() -> None:
    """Three services each, at 60 coins less a quarter, a fee of 3, and a cost of 400 for 20 services."""
    costs: dict[str, Any] = {"input_bill": 100.0, "supplier_bill": 50.0, "wages": 200.0, "staff_bonus": 50.0}
    won: dict[str, Any] = {"won": 10.0, "need_won": 30.0, "services": 20.0, "customers": 5.0}
    recording = pencil(1, price=60.0, teaser=0.25, hidden_fee=3.0, **costs, **won)
    assert METRICS["value_of_won"].compute(recording)[0, 0] == pytest.approx(3.0 * (45.0 + 3.0 - 20.0))


def test_those_won_in_the_first_year_are_followed_until_their_firm_closes() -> None:
    """Ten are won in month 11, of whom 2 leave in month 13; of those won in month 12 nothing is told."""
    month = np.arange(15)[:, None]
    won = np.where((month == 11) | (month == 12), 10.0, 0.0)
    released = np.where(month == 14, 17.0, 0.0)
    recording = pencil(15, customers=20.0, won=won, released=released, alive=month < 14)
    free = [{"month": 14, "joined": 11, "to_firm": RELEASED}] * 8
    free += [{"month": 14, "joined": 12, "to_firm": RELEASED}] * 9
    with_leavers(recording, [{"month": 13, "joined": 11}] * 2 + [{"month": 13, "joined": 12}] + free)
    assert METRICS["first_year_stayed"].compute(recording)[11:, 0] == pytest.approx([1.0, 1.0, 0.8, 0.0])


def test_survival_in_a_recording_that_starts_late() -> None:
    """Of 4 won in month 5 and 4 in month 6 one each leaves, after 1 month and after 2; 1 moves away."""
    recording = pencil(4, first=5, customers=8.0, won=down(4, 4, 0, 0))
    gone = [{"month": 6, "joined": 5}, {"month": 8, "joined": 6}]
    with_leavers(recording, [*gone, {"month": 7, "joined": 5, "to_firm": ELSEWHERE}])
    assert survival(recording, 0) == pytest.approx([1.0, 7 / 8, 7 / 8 * 5 / 6, 7 / 8 * 5 / 6])
    assert survival(recording, 0, 6, 6) == pytest.approx([1.0, 1.0, 3 / 4])


def test_survival_is_that_of_those_won_in_the_first_year() -> None:
    """Four each are won in months 0, 11 and 12; of the second 2 leave after a month, of the third all."""
    month = np.arange(14)[:, None]
    recording = pencil(14, customers=12.0, won=np.where(np.isin(month, (0, 11, 12)), 4.0, 0.0))
    gone = [{"month": 12, "joined": 11}] * 2 + [{"month": 13, "joined": 12}] * 4
    assert survival(with_leavers(recording, gone), 0)[:3] == pytest.approx([1.0, 6 / 8, 6 / 8])


def test_who_was_set_free_once_is_not_set_free_again() -> None:
    """Of 10 won and 1 gone, 9 are deserted; of 4 won later all are set free when the firm closes."""
    recording = pencil(6, customers=10.0, won=down(10, 0, 0, 4, 0, 0), released=down(0, 0, 9, 0, 0, 4))
    free = [{"month": 2, "to_firm": RELEASED}] * 9 + [{"month": 5, "joined": 3, "to_firm": RELEASED}] * 4
    flows = cohort(with_leavers(recording, [{"month": 1}, *free]), 0, 5)
    assert flows.freed[:, 0].tolist() == [0.0, 0.0, 9.0, 0.0, 0.0, 4.0]


def test_survival_with_a_pencil() -> None:
    """Ten are won in month 0: 2 leave in month 1, 3 move away in month 2, 1 leaves in month 3."""
    recording = pencil(
        6,
        customers=down(10, 20, 18, 15, 14, 14),
        won=down(10, 0, 0, 0, 0, 0),
        lost=down(0, 2, 0, 1, 0, 0),
        moved_away=down(0, 0, 3, 0, 0, 0),
    )
    gone = [{"month": 1}] * 2 + [{"month": 2, "to_firm": ELSEWHERE}] * 3 + [{"month": 3, "to_firm": NOBODY}]
    with_leavers(recording, gone)
    assert survival(recording, 0, 0, 0) == pytest.approx([1.0, 0.8, 0.8, 0.64, 0.64, 0.64])
    stayed = METRICS["first_year_stayed"].compute(recording)[:, 0]
    assert stayed == pytest.approx([1.0, 0.8, 5 / 7, 4 / 7, 4 / 7, 4 / 7])


def test_survival_pools_cohorts_and_ends_where_a_firm_closes() -> None:
    recording = pencil(
        5,
        customers=down(0, 4, 8, 6, 0),
        won=down(4, 4, 0, 0, 0),
        lost=down(0, 0, 2, 0, 0),
        released=down(0, 0, 0, 6, 0),
        alive=down(1, 1, 1, 0, 0),
    )
    free = [{"month": 3, "joined": joined, "to_firm": RELEASED} for joined in (0, 1)] * 3
    with_leavers(recording, [{"month": 2, "joined": 0}, {"month": 2, "joined": 1}, *free])
    # after 1 month 8 could leave and 1 did (of the second cohort); after 2 months 4 + 3, and 1 did
    assert survival(recording, 0, 0, 11) == pytest.approx([1.0, 7 / 8, 7 / 8 * 6 / 7, 7 / 8 * 6 / 7])


def test_survival_of_everybody_is_that_of_the_leavers(run: Any) -> None:
    model, _ = run
    recording = model.recording
    left = recording.leavers
    mine = (left["from_firm"] == 0) & (left["joined"] == 3)
    won = recording.firm("won")[3, 0]
    expected, alive = [1.0], won
    for month in range(4, 40):
        here = left["month"] == month
        moved = (mine & here & (left["to_firm"] == ELSEWHERE)).sum()
        gone = (mine & here & (left["to_firm"] != ELSEWHERE)).sum()
        alive -= moved
        expected.append(expected[-1] * (1.0 - gone / alive))
        alive -= gone
    assert survival(recording, 0, 3, 3) == pytest.approx(expected)
