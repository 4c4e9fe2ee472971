"""Observables of repeat buying, against purchases written by hand."""

from typing import Any

import numpy as np
import pytest

from sim import Record
from sim.metrics import METRICS
from sim.metrics import repeat_buying as buying
from sim.parameters import Parameters, validated
from sim.recording import ELSEWHERE
from tests.metrics.hand import pencil, with_leavers

BOUGHT = buying.Purchases(np.arange(4), np.array([[2, 0], [1, 1], [0, 3], [1, 0]]), 10.0)


def with_purchases(rows: list[tuple[int, int, int, int]], months: int, firms: int = 2) -> Any:
    """A recording of these purchases: month, customer, firm, count."""
    recording = with_leavers(pencil(months, firms), [])
    recording.parameters = validated({"market": {"buying": "repertoire"}})
    names = ("month", "customer", "firm", "count")
    table = np.array(sorted(rows), np.int64).reshape(-1, 4)
    recording._purchases = [{name: table[:, place] for place, name in enumerate(names)}]
    return recording


def test_of_one_time() -> None:
    assert buying.penetration(BOUGHT) == pytest.approx([0.3, 0.2])
    assert buying.purchase_rate(BOUGHT) == pytest.approx([4 / 3, 2.0])
    assert buying.requirements_share(BOUGHT) == pytest.approx([4 / 5, 4 / 5])
    assert buying.sole_share(BOUGHT) == pytest.approx([2 / 3, 1 / 2])
    assert buying.once_share(BOUGHT) == pytest.approx([2 / 3, 1 / 2])
    assert buying.histogram(BOUGHT, 2).tolist() == [[7, 8], [2, 1], [1, 1]]


def test_duplication() -> None:
    shares = buying.duplication(BOUGHT)
    assert (shares[0, 1], shares[1, 0]) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert np.isnan(np.diag(shares)).all()
    # least squares over (b, b given): (0.2, 1/3), (0.3, 1/2)
    assert buying.duplication_coefficient(BOUGHT) == pytest.approx((0.2 / 3 + 0.15) / 0.13)


def test_repeat_rate() -> None:
    later = BOUGHT._replace(counts=np.array([[1, 1], [0, 1], [0, 0], [0, 0]]))
    assert buying.repeat_rate(BOUGHT, later) == pytest.approx([1 / 3, 1 / 2])


def test_purchases_of_some_months() -> None:
    recording = with_purchases([(0, 7, 0, 1), (1, 7, 1, 2), (2, 9, 0, 3)], 3)
    found = buying.purchases_between(recording, 1, 2)
    assert found.customers.tolist() == [7, 9]
    assert found.counts.tolist() == [[0, 2], [3, 0]]
    assert found.market == 100.0


def test_who_bought_again() -> None:
    rows = [(0, 1, 0, 1), (3, 2, 0, 1), (5, 3, 0, 2), (5, 4, 1, 1), (13, 1, 0, 1), (20, 3, 1, 1)]
    recording = with_purchases(rows, 24)
    found = METRICS["bought_again"].compute(recording)
    assert np.isnan(found[:23]).all()
    assert found[23] == pytest.approx([1 / 3, 0.0])
    yearly = METRICS["yearly_buyers"].compute(recording)
    assert np.isnan(yearly[:11]).all() and yearly[11].tolist() == [3, 1] and yearly[23].tolist() == [1, 1]
    assert METRICS["yearly_penetration"].compute(recording)[11] == pytest.approx([0.03, 0.01])
    assert METRICS["yearly_purchase_rate"].compute(recording)[11] == pytest.approx([4 / 3, 1.0])
    assert METRICS["yearly_requirements_share"].compute(recording)[11] == pytest.approx([1.0, 1.0])


def test_who_moved_away_is_left_out_of_retention() -> None:
    rows = [(0, 1, 0, 1), (0, 2, 0, 1), (13, 1, 0, 1)]
    recording = with_purchases(rows, 24)
    gone = {"month": 12, "customer": 2, "to_firm": ELSEWHERE}
    assert METRICS["bought_again"].compute(recording)[23, 0] == 0.5
    assert METRICS["bought_again"].compute(with_leavers(recording, [gone]))[23, 0] == 1.0


def test_purchases_of_two_years_ago_are_forgotten() -> None:
    """Of who bought in months 0 and 1 one buys again in month 13; each year a month later holds others."""
    recording = with_purchases([(0, 1, 0, 1), (1, 2, 0, 1), (13, 2, 0, 1)], 26)
    assert METRICS["bought_again"].compute(recording)[23:, 0].tolist() == [0.5, 1.0, 0.0]
    assert METRICS["yearly_buyers"].compute(recording)[[11, 12, 13, 24, 25], 0].tolist() == [2, 1, 1, 1, 0]


def test_only_buyers_who_moved_away_are_left_out_and_from_that_month_on() -> None:
    rows = [(5, 2, 0, 1), (5, 5, 0, 1), (14, 2, 0, 1)]
    recording = with_purchases(rows, 25)

    def again(customer: int, to_firm: int) -> list[float]:
        gone = [{"month": 24, "customer": customer, "to_firm": to_firm}]
        found: np.ndarray = METRICS["bought_again"].compute(with_leavers(recording, gone))
        return found[23:, 0].tolist()

    assert again(5, ELSEWHERE) == [0.5, 1.0]
    assert again(5, 1) == [0.5, 0.5]
    assert again(4, ELSEWHERE) == [0.5, 0.5]


def test_not_defined_where_purchases_are_not_kept() -> None:
    recording = with_purchases([(0, 1, 0, 1)], 24)
    recording.record = Record(purchases=False)
    assert np.isnan(METRICS["yearly_buyers"].compute(recording)).all()


def test_not_defined_by_contract() -> None:
    recording = with_purchases([(0, 1, 0, 1)], 24)
    recording.parameters = Parameters()
    assert np.isnan(METRICS["bought_again"].compute(recording)).all()
