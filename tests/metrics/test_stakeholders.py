"""Shares and sums of a month, with pencil numbers that are all different."""

from typing import Any

import numpy as np
import pytest

from sim.metrics import METRICS
from tests.metrics.hand import pencil


def test_shares_of_a_month() -> None:
    recording = pencil(
        1,
        staff=20.0,
        quits=1.0,
        dismissals=3.0,
        services=400.0,
        customers=320.0,
        failures=40.0,
        complaints=10.0,
        recoveries=4.0,
        profit=60.0,
        revenue=300.0,
        sales=240.0,
    )
    expected = {
        "quit_rate": 0.05,
        "failure_share": 0.1,
        "voiced_share": 0.25,
        "recovered_share": 0.4,
        "profit_margin": 0.2,
    }
    for name, value in expected.items():
        assert METRICS[name].compute(recording)[0, 0] == pytest.approx(value), name


def test_sums_over_firms() -> None:
    paid = {"tax_paid": 5.0, "fine_paid": 7.0, "giving_paid": 11.0, "dues_paid": 13.0, "supplier_bill": 17.0}
    columns: dict[str, Any] = {name: [value, 100.0, 0.0] for name, value in paid.items()}
    recording = pencil(1, 3, alive=[1, 0, 1], customers=3.0, **columns)
    expected = {"taxes": 105.0, "fines": 107.0, "gifts": 111.0, "dues": 113.0, "supplier_income": 117.0}
    for name, value in {**expected, "firms_in_business": 2.0}.items():
        assert METRICS[name].compute(recording).tolist() == [value], name


def test_what_is_kept_of_the_market() -> None:
    recording = pencil(1)
    recording._market = [(50.0, 40.0, 10.0, 3.0, 4.0, 5.0)]
    expected = {"unserved_share": 0.2, "written_off": 3.0, "audits": 4.0, "breaches": 5.0}
    for name, value in expected.items():
        assert METRICS[name].compute(recording).tolist() == [value], name


def test_defaults_are_the_loans_that_were_lost() -> None:
    recording = pencil(2, alive=np.array([[1], [0]]), debt=50.0)
    assert METRICS["defaults"].compute(recording)[:, 0].tolist() == [0.0, 50.0]
