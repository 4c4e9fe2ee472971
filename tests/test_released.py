"""Customers whose firm is gone stand among the leavers, and count in no measure of leaving by decision."""

from typing import Any

import numpy as np
import pytest

from agents import Customer
from agents.customer.choice import CAUSES, FIRM_GONE
from experiments import tables
from experiments.counting import counted_leavers
from sim import Reciprocity, Record
from sim.metrics import lost_by_cause, survival
from sim.metrics.retention import cohort
from sim.recording import RELEASED
from tests.worlds import row_of, small

STRUCK = 5
SHOCKS: dict[str, Any] = {"gone": {"kind": "desertion", "month": STRUCK, "firm": "dripper", "duration": 60}}


@pytest.fixture(scope="module")
def run() -> tuple[Reciprocity, dict[tuple[int, int], np.ndarray]]:
    """A market in which one firm is deserted and one gives up; who was with whom after every month."""
    firms = {"steady": {"locked_price": 10.0}}
    model = small(rng=3, firms=firms, shocks=SHOCKS, **{"population.customers": 800})
    held: dict[tuple[int, int], np.ndarray] = {}

    def look(m: Reciprocity) -> None:
        table = m.table(Customer)
        for k in range(len(m.firm_names)):
            held[m.month - 1, k] = np.sort(table["number"][table["firm"] == k])

    model.run_for(30, look)
    return model, held


def released(model: Reciprocity) -> dict[str, np.ndarray]:
    """The rows of those released."""
    gone = model.recording.leavers
    return {name: values[gone["cause"] == FIRM_GONE] for name, values in gone.items()}


def test_everybody_released_is_a_leaver_with_a_cause_of_its_own(run: Any) -> None:
    model, held = run
    rows, months = released(model), len(model.recording.months)
    found = np.zeros((months, len(model.firm_names)))
    np.add.at(found, (rows["month"], rows["from_firm"]), 1.0)
    np.testing.assert_array_equal(found, model.recording.firm("released"))
    closings = {firm: month for month, firm in model.closures}
    steady, dripper = row_of(model, "steady"), row_of(model, "dripper")
    assert steady in closings and found[closings[steady], steady] > 20
    assert (rows["to_firm"] == RELEASED).all() and not rows["causes"].any()
    deserters = np.sort(rows["customer"][(rows["month"] == STRUCK) & (rows["from_firm"] == dripper)])
    np.testing.assert_array_equal(deserters, held[STRUCK - 1, dripper])
    assert np.isnan(rows["value_for_money"][rows["month"] == STRUCK]).all()


def test_when_the_released_had_come_is_known(run: Any) -> None:
    model, held = run
    rows = released(model)
    recent = rows["joined"] >= 0
    assert recent.sum() > 5
    for month, firm, joined, customer in zip(
        *(rows[name][recent] for name in ("month", "from_firm", "joined", "customer")), strict=True
    ):
        assert customer in held[joined, firm] or joined == month
        assert joined == 0 or customer not in held[joined - 1, firm]


def test_what_the_just_come_got_elsewhere_is_no_value_of_the_firm_that_closes(run: Any) -> None:
    """Who comes in the month in which a firm closes has bought from its last firm, if at all."""
    model, _ = run
    rows = released(model)
    worth, just_come = rows["value_for_money"], rows["joined"] == rows["month"]
    assert just_come.sum() > 5 and np.isnan(worth[just_come]).all()
    stayed = (rows["month"] != STRUCK) & ~just_come
    assert np.isfinite(worth[stayed]).mean() > 0.3
    assert np.isfinite(worth[stayed & (rows["joined"] >= 0)]).any()


def test_no_measure_of_leaving_counts_them(run: Any) -> None:
    model, _ = run
    recording, rows = model.recording, released(model)
    lost = recording.firm("lost")
    causes = lost_by_cause(recording)
    np.testing.assert_array_equal(causes[:, :, : CAUSES.index("moved_away")].sum(axis=2), lost)
    np.testing.assert_array_equal(causes[:, :, FIRM_GONE], recording.firm("released"))
    satisfied = counted_leavers(model, "satisfied_left")
    assert (satisfied <= lost).all()
    flows = cohort(recording, 0, 40)
    assert flows.left.sum() == sum((recording.leavers["joined"] >= 0) & (recording.leavers["to_firm"] >= -1))
    newcomers = np.zeros(lost.shape)
    mine = rows["joined"] >= 0
    np.add.at(newcomers, (rows["month"][mine], rows["from_firm"][mine]), 1.0)
    np.testing.assert_array_equal(flows.freed, newcomers)
    assert survival(recording, row_of(model, "steady"))[1] > 0.5


def test_the_table_names_them(run: Any) -> None:
    table = tables.leavers_table(run[0].recording)
    chosen = table.filter(cause="firm_gone")
    assert chosen.height == run[0].recording.firm("released").sum() > 0
    assert set(chosen["to"]) == {tables.RELEASED}
    assert set(table.filter(to=tables.RELEASED)["cause"]) == {"firm_gone"}


def test_none_is_kept_where_leavers_are_not() -> None:
    model = small(shocks=SHOCKS, record=Record(leavers=False))
    model.run_for(STRUCK + 1)
    assert model.recording.firm("released").sum() > 0.0
    assert model.recording.leavers["month"].size == 0


def test_customers_of_a_firm_taken_out_between_two_months_are_set_free_too() -> None:
    """They are no longer at risk there, and what the just come bought elsewhere is no value of the firm."""
    model = small(rng=3, **{"population.customers": 600})
    model.run_for(4)
    just_come = int((model.table(Customer)["joined"] == model.clock - 1).sum())
    model.firms["focal"].remove()
    model.run_for(10)
    flows, rows = cohort(model.recording, 0, 3), released(model)
    k = row_of(model, "focal")
    assert rows["month"].size > 50 and just_come > 0
    assert flows.freed[:, k].sum() == ((rows["from_firm"] == k) & (rows["joined"] >= 0)).sum() > 0
    assert (flows.won - flows.left - flows.moved - flows.freed)[:, k].sum() == 0
    assert np.isnan(rows["value_for_money"][rows["joined"] == 3]).all()
