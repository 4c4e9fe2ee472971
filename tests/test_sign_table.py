"""The sign table: agreement as stated, every row complete, the page whole."""

import re
from pathlib import Path

import numpy as np
import pytest

from experiments.keeping import worlds_of
from experiments.sign_reasons import VARIANTS
from experiments.sign_rows import ARMS, PARTING, ROWS, YEARS, Outcome, Row, churn, measured_sales, staying
from experiments.sign_table import Agreement, agreement, cell, lines, plan, text, variant_lines
from experiments.worlds import World
from sim import Parameters, Reciprocity


@pytest.mark.parametrize(
    ("ours", "prototype", "expected"),
    [
        ((1.0, 0.1), (1.3, 0.1), Agreement.same),
        ((1.0, 0.1), (2.5, 0.1), Agreement.size),
        ((2.5, 0.1), (1.0, 0.1), Agreement.size),
        ((1.0, 0.1), (-1.0, 0.1), Agreement.sign),
        ((0.1, 0.1), (-0.1, 0.1), Agreement.same),
        ((0.1, 0.2), (3.0, 0.1), Agreement.size),
        ((-2.0, 0.1), (-1.1, 0.1), Agreement.same),
    ],
)
def test_agreement_in_sign_and_size(
    ours: tuple[float, float], prototype: tuple[float, float], expected: Agreement
) -> None:
    assert agreement(ours, prototype) is expected
    assert agreement(prototype, ours) is expected


@pytest.mark.parametrize("row", ROWS, ids=[row.change for row in ROWS])
def test_every_row_is_complete(row: Row) -> None:
    start = Parameters()
    assert row.arm in ARMS
    assert row.base in ARMS
    assert row.firm in start.firms
    changed = {key: value for key, value in ARMS[row.arm].items() if not key.endswith("locked_price")}
    assert start.changed(**changed) != start
    for outcome in row.outcomes:
        assert len(outcome.prototype) == len(YEARS)
        assert all(error > 0.0 for _, error in outcome.prototype)


def test_all_changes_of_the_prototype_are_there() -> None:
    assert len(ROWS) == 14
    assert sum(len(row.outcomes) for row in ROWS) == 43
    assert set(ARMS) == {row.arm for row in ROWS} | {row.base for row in ROWS}


def test_a_mode_does_not_develop_under_the_table() -> None:
    small = plan(**{"population.customers": 100, "burn_in": 1})
    unchanged = small.courses["unchanged"]
    model = Reciprocity(unchanged.parameters(unchanged.trunk), rng=1)
    model.run_for(1)
    assert model.firms["focal"].stage == 0.0


def world(months: int, **series: float) -> World:
    return World(("one",), {name: np.full((months, 1), value) for name, value in series.items()})


def test_measures_with_pencil_numbers() -> None:
    year = slice(0, 12)
    leaving = world(12, customers=100.0, lost=1.0, moved_away=1.0)
    assert churn(leaving, 0, year) == pytest.approx(1.0 - 0.98**12)
    old = world(12, **{"group_customers[3]": 50.0, "group_lost[3]": 1.0})
    assert staying(old, 0, year) == pytest.approx(0.98)
    sales = world(12, addons_pushed=10.0, mean_gaming=0.5, staff=4.0)
    assert measured_sales(sales, 0, year) == pytest.approx(30.0 * 12.0)


def test_effects_are_paired_and_relative_where_said() -> None:
    months = PARTING + 12
    old = [world(months, customers=value) for value in (100.0, 300.0)]
    new = [world(months, customers=value * 1.1) for value in (100.0, 300.0)]
    outcome: Outcome = ROWS[0].outcomes[1]
    mean, error = cell(outcome, 0, 1, new, old)
    assert mean == pytest.approx(10.0)
    assert error == pytest.approx(0.0, abs=1e-9)


def test_the_page_has_a_line_for_every_row(tmp_path: Path) -> None:
    small = plan(**{"population.customers": 200, "burn_in": 2})
    worlds = worlds_of(small, [1, 2], store=tmp_path, workers=1, say=lambda _: None)
    table = lines(worlds)
    page = text(table, variant_lines(worlds), 2)
    assert len(table) == sum(len(row.outcomes) for row in ROWS)
    body = [line for line in page.splitlines() if re.match(r"^\| .*<br>\*", line)]
    looked_into = [row for variant in VARIANTS for row in variant.rows]
    assert len(body) == len(table) + sum(len(row.outcomes) for row in looked_into)
    for row in ROWS:
        assert page.count(f"| {row.change} |") == 1 + looked_into.count(row)
    assert sum(line.flagged for line in table) == int(re.findall(r"(\d+) of \d+ rows", page)[0])
