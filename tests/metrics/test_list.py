"""The list of metrics: each has a meaning, a unit, and values of its shape."""

from typing import Any

import numpy as np
import pytest

from agents import Firm
from sim import Record
from sim.metrics import (
    METRICS,
    MODULES,
)
from sim.metrics.metric import add, in_business
from tests.metrics.hand import pencil


def test_every_metric_has_a_meaning_a_unit_and_values_of_its_shape(run: Any) -> None:
    model, _ = run
    for name, one in METRICS.items():
        if model.recording.buying not in one.buying:
            continue
        values = one.compute(model.recording)
        shape = (40, 5) if one.scope == "firm" else (40,)
        assert one.name == name and one.unit and one.meaning and one.buying, name
        assert values.shape == shape, name
        assert np.isfinite(values[-1]).any(), f"{name} is nowhere defined in the last month"
        assert not np.isinf(values).any(), name


def test_a_metric_named_like_a_column_is_that_column(run: Any) -> None:
    recording = run[0].recording
    for name in set(METRICS) & set(Firm.columns):
        assert METRICS[name].unit == Firm.columns[name].unit, name
        np.testing.assert_array_equal(METRICS[name].compute(recording), recording.firm(name), err_msg=name)


def test_metrics_of_a_run_without_months_or_leavers_are_empty_or_undefined() -> None:
    empty, unkept = pencil(0, 2), pencil(14, 2)
    unkept.record = Record(leavers=False)
    for one in METRICS.values():
        assert one.compute(empty).size == 0, one.name
        assert len(one.compute(unkept)) == 14, one.name
    assert np.isnan(METRICS["first_year_stayed"].compute(unkept)).all()
    assert np.isnan(METRICS["lost_by_baseline"].compute(unkept)).all()


def test_a_firm_out_of_business_has_no_values() -> None:
    closed = pencil(3, 2, customers=[[5, 5], [5, 5], [0, 5]], alive=[[1, 1], [0, 1], [0, 1]])
    for one in METRICS.values():
        if one.scope == "firm":
            assert np.isnan(one.compute(closed)[2, 0]), one.name
    assert METRICS["customers"].compute(closed)[1, 0] == 5


def test_a_firm_is_in_business_in_the_month_of_its_closing() -> None:
    """Firms that close with nobody left, that close in the first month, that open late; months go down."""
    alive = [[1, 0, 0, 1], [0, 0, 1, 1], [0, 0, 1, 1]]
    customers = [[0, 5, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    found = in_business(pencil(3, 4, alive=alive, customers=customers))
    assert found.tolist() == [
        [True, True, False, True],
        [True, False, True, True],
        [False, False, True, True],
    ]


def test_the_meaning_of_a_metric_is_the_first_line_of_what_it_says() -> None:
    assert METRICS["market_share"].meaning == "share of all services that were bought this month"


def test_a_name_stands_on_the_list_once() -> None:
    with pytest.raises(ValueError, match="retention already"):
        add("retention", "1", "again", lambda recording: recording.firm("lost"))


def test_the_modules_declare_all(run: Any) -> None:
    declared = {name for module in MODULES for name in vars(module)}
    own = [name for name in METRICS if name not in Firm.columns]
    loops = [
        name
        for name in own
        if name.startswith(("lost_by_", "expected_lost_by_")) or name.endswith(("_gain", "_part", "_ratio"))
    ]
    assert set(own) - set(loops) - {"worst_ratio"} <= declared
