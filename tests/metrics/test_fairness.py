"""What each side gains against its reference."""

from math import nan
from typing import Any

import numpy as np
import pytest

from agents import Creditor
from sim import Parameters, Reciprocity
from sim.metrics import (
    METRICS,
)
from sim.metrics.arithmetic import gini
from sim.metrics.fairness import gains_of, references_of
from tests.metrics.hand import SMALL, pencil


def test_gains_of_all_sides_are_what_was_created(run: Any) -> None:
    """Worth less cost: surplus of customers and revenue, less what was bought in, less worthless products."""
    recording = run[0].recording
    of = recording.firm
    bought_in = of("input_bill") + of("lever_costs") + of("overhead")
    pushed = run[0].parameters.purchases.addon_price * of("addons_pushed")
    created = of("surplus") + of("revenue") - bought_in - pushed
    np.testing.assert_allclose(METRICS["joint_surplus"].compute(recording), created, atol=1e-6)
    parts = sum(METRICS[name].compute(recording) for name in METRICS if name.endswith("_part"))
    np.testing.assert_allclose(parts, 1.0)


def test_what_is_usual_is_what_the_run_was_told() -> None:
    changes: dict[str, Any] = {"population.customers": 120, "burn_in": 1, "employee.reference_wage": 3000.0}
    model = Reciprocity(rng=1, **changes)
    model.run_for(1)
    usual = references_of(model.recording).employees
    assert usual == pytest.approx(3000.0 * model.recording.firm("staff"))
    dearer = model.fork(**{"employee.reference_wage": 3100.0})
    assert references_of(dearer.recording).employees == pytest.approx(usual * 31.0 / 30.0)


def test_gains_and_ratios_with_a_pencil() -> None:
    usual = Parameters()
    wage, margin = usual.employee.reference_wage, usual.supplier.reference_margin
    recording = pencil(
        2,
        2,
        services=[10.0, 30.0],
        surplus=[300.0, 100.0],
        staff=1.0,
        wages=[wage, 1.5 * wage],
        input_bill=100.0,
        supplier_bill=[100.0 * margin, 50.0 * margin],
        revenue=2000.0,
        profit=400.0,
        tax_paid=[100.0, 140.0],
        equity_price=1000.0,
        dividend_paid=[0.0, 16.0],
    )
    found = {
        name: METRICS[f"{name}_ratio"].compute(recording)[1] for name in ("customers", "employees", "owners")
    }
    assert found["customers"] == pytest.approx([300 / 100, 100 / 300])
    assert found["employees"] == pytest.approx([1.0, 1.5])
    assert found["owners"] == pytest.approx([0.0, 16.0 / (usual.shareholder.required_return * 1000.0)])
    assert METRICS["suppliers_ratio"].compute(recording)[1] == pytest.approx([1.0, 0.5])
    assert METRICS["public_ratio"].compute(recording)[1] == pytest.approx([100 / 140, 1.0])
    assert np.isnan(METRICS["creditor_ratio"].compute(recording)).all()
    assert METRICS["worst_ratio"].compute(recording)[1] == pytest.approx([0.0, 1 / 3])
    assert METRICS["owners_gain"].compute(recording)[0] == pytest.approx([300.0, 260.0])


def test_worst_month_remembers() -> None:
    recording = pencil(30, staff=1.0, wages=np.where(np.arange(30) < 12, 450.0, 1800.0)[:, None])
    lowest = METRICS["worst_month"].compute(recording)[:, 0]
    assert lowest[-1] == lowest.min() == pytest.approx(METRICS["worst_ratio"].compute(recording)[:12].min())
    assert METRICS["worst_ratio"].compute(recording)[-1, 0] > lowest[-1]


def test_pushed_products_are_worth_nothing() -> None:
    recording = pencil(
        1, revenue=130.0, sales=60.0, fees=10.0, addons_wanted=1.0, addons_pushed=1.0, surplus=50.0
    )
    assert gains_of(recording)["customers"][0, 0] == pytest.approx(50.0 - 30.0)


def test_gini_with_a_pencil() -> None:
    assert gini(np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 3.0], [1.0, 3.0, nan]])) == pytest.approx(
        [0, 2 / 3, 0.25]
    )


def test_loans_lost_are_what_the_creditor_wrote_off() -> None:
    model = Reciprocity(rng=2, firms={"focal": {"locked_price": 5.0}}, **SMALL)
    model.run_for(14)
    recording = model.recording
    assert not recording.firm("alive")[-1, 0], "a firm that sells below cost must close"
    written_off = float(model.table(Creditor)["written_off"][0])
    lost = METRICS["defaults"].compute(recording)
    assert written_off > 0.0
    assert np.nansum(lost) == pytest.approx(written_off)
    assert (np.nansum(lost, axis=0)[1:] == 0.0).all()


def test_win_win_and_premium_with_a_pencil() -> None:
    paid = [[60.0, 50.0, 50.0, 40.0, 60.0, 99.0]]
    quality = [[1.2, 1.0, 0.9, 0.9, 1.0, 2.0]]
    recording = pencil(
        1, 6, services=[[4, 4, 4, 4, 4, 0]], win_win=1.0, mean_price_paid=paid, public_quality=quality
    )
    assert METRICS["win_win_share"].compute(recording)[0, 0] == 0.25
    assert METRICS["quality_premium"].compute(recording)[0] == pytest.approx(60.0 / 50.0 - 1.0)


def test_the_top_fifth_of_six_firms_is_two_of_them_in_any_order() -> None:
    paid, quality = [[70.0, 50.0, 90.0, 50.0, 50.0, 50.0]], [[1.1, 0.9, 1.2, 1.0, 0.8, 0.7]]
    recording = pencil(1, 6, services=4.0, mean_price_paid=paid, public_quality=quality)
    assert METRICS["quality_premium"].compute(recording)[0] == pytest.approx(80.0 / 50.0 - 1.0)
