"""Retention and survival against following every customer."""

from typing import Any

import numpy as np
import pytest

from sim.metrics import (
    METRICS,
    survival,
)
from sim.recording import ELSEWHERE, NOBODY
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
    with_leavers(recording, [{"month": 2, "joined": 0}, {"month": 2, "joined": 1}])
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
