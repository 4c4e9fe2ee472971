"""Outcomes of experiments with pencil numbers: who is counted, when, and over which months."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agents.customer.choice import CAUSES, COMPETITOR, FIRM_GONE, MOVED_AWAY
from experiments.counting import CONTENT, counted_leavers
from experiments.questions import measures
from experiments.worlds import World
from sim.recording import ELSEWHERE, NOBODY, RELEASED

NAMES = ("one", "other")


def leavers(rows: list[tuple[int, int, int, int, float]]) -> Any:
    """A model of which only who left is known: month, firm, where to, cause, satisfaction."""
    month, firm, to, cause, satisfaction = (np.array(values) for values in zip(*rows, strict=True))
    gone = {"month": month, "from_firm": firm, "to_firm": to, "cause": cause, "satisfaction": satisfaction}
    return SimpleNamespace(recording=SimpleNamespace(leavers=gone, months=[3, 4, 5]), firm_names=list(NAMES))


def test_leavers_are_counted_by_month_and_firm_and_who_moved_away_or_was_released_is_not() -> None:
    model = leavers(
        [
            (3, 0, 1, COMPETITOR, CONTENT + 0.1),
            (5, 1, 0, COMPETITOR, CONTENT + 0.1),
            (5, 1, 0, COMPETITOR, CONTENT - 0.1),
            (5, 1, ELSEWHERE, MOVED_AWAY, CONTENT + 0.1),
            (3, 0, RELEASED, FIRM_GONE, CONTENT + 0.1),
            (4, 0, NOBODY, CAUSES.index("baseline"), CONTENT),
        ]
    )
    assert counted_leavers(model, "left_by_competitor").tolist() == [[1, 0], [0, 0], [0, 2]]
    assert counted_leavers(model, "left_by_baseline").tolist() == [[0, 0], [1, 0], [0, 0]]
    assert counted_leavers(model, "satisfied_left").tolist() == [[1, 0], [0, 0], [0, 1]]


def world(**series: np.ndarray) -> World:
    return World(("one",), {name: np.asarray(values, float)[:, None] for name, values in series.items()})


def test_retention_at_current_rates_compounds_a_year_without_those_who_moved_away() -> None:
    lost = np.repeat([0.0, 9.0], [12, 24])
    found = measures.current_retention(
        world(customers=np.full(36, 100.0), moved_away=np.full(36, 10.0), lost=lost), [0]
    )
    assert found[:12] == pytest.approx(1.0)
    assert found[17] == pytest.approx(0.9**6)
    assert found[23:] == pytest.approx(0.9**12)
    from_the_start = world(customers=np.full(4, 90.0), moved_away=np.zeros(4), lost=np.full(4, 9.0))
    assert measures.current_retention(from_the_start, [0]) == pytest.approx(0.9**12)


def test_a_firm_without_customers_has_no_retention() -> None:
    nobody = world(customers=np.zeros(3), moved_away=np.zeros(3), lost=np.zeros(3))
    assert np.isnan(measures.current_retention(nobody, [0])).all()


def test_a_share_over_a_year_is_of_sums_and_not_a_mean_of_shares() -> None:
    part, whole = np.array([1.0, 0.0, *[0.0] * 11]), np.array([1.0, 9.0, *[1.0] * 11])
    found = measures.over_a_year(part, whole)
    assert found[:2] == pytest.approx([1.0, 0.1])
    assert found[11:] == pytest.approx([1.0 / 20.0, 0.0])


def test_a_mean_over_firms_is_weighted_and_undefined_where_nobody_is() -> None:
    two = World(
        NAMES,
        {
            "customers": np.array([[1.0, 3.0], [0.0, 2.0], [0.0, 0.0]]),
            "mean_trust": np.array([[0.2, 0.6], [np.nan, 0.5], [np.nan, np.nan]]),
        },
    )
    found = two.mean("mean_trust", [0, 1])
    assert found[:2] == pytest.approx([0.5, 0.5])
    assert np.isnan(found[2])
