"""The sign table: agreement as stated, every row complete, the page whole."""

import re
from pathlib import Path

import numpy as np
import pytest

from experiments.keeping import worlds_of
from experiments.sign_reasons import VARIANTS
from experiments.sign_rows import ARMS, PARTING, ROWS, YEARS, Row, churn, measured_sales, profit, staying
from experiments.sign_table import (
    Agreement,
    Line,
    agreement,
    cell,
    compared,
    lines,
    plan,
    text,
    variant_lines,
)
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
        ((np.nan, 0.1), (1.0, 0.1), Agreement.unknown),
        ((1.0, np.nan), (1.0, 0.1), Agreement.unknown),
        ((np.inf, 0.1), (1.0, 0.1), Agreement.unknown),
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


def profits(*values: float) -> list[World]:
    """One world a seed, with the same profit in every month."""
    return [world(PARTING + 12 * max(YEARS), profit=value) for value in values]


PER_CENT = profit(*((0.0, 1.0),) * len(YEARS))


@pytest.mark.parametrize(
    ("old", "new", "mean", "error"),
    [
        # worlds that differ much and effects that go with them: no error, since worlds are paired
        ((100.0, 300.0), (110.0, 330.0), 10.0, 0.0),
        # effects 20 and 0 of a mean of 200; beside 5 % of each world: +15 and -15, so 15 / 200
        ((100.0, 300.0), (120.0, 300.0), 5.0, 7.5),
        # a mean below zero: what falls further falls, what rises rises
        ((-100.0, -300.0), (-120.0, -300.0), -5.0, 7.5),
        # effects 20 and 0 of a mean of -100; beside -10 % of each world: +30 and -30, so 30 / 100
        ((100.0, -300.0), (120.0, -300.0), 10.0, 30.0),
        # a seed with next to nothing has no say of its own: effects 10 and 10 of 100, beside them +10, -10
        ((1e-9, 200.0), (10.0, 210.0), 10.0, 10.0),
    ],
)
def test_per_cent_are_of_the_mean_unchanged_world(
    old: tuple[float, float], new: tuple[float, float], mean: float, error: float
) -> None:
    assert cell(PER_CENT, 0, 1, profits(*new), profits(*old)) == pytest.approx((mean, error), abs=1e-6)


def test_effects_in_units_are_paired() -> None:
    units = PER_CENT._replace(relative=False)
    assert cell(units, 0, 1, profits(120.0, 300.0), profits(100.0, 300.0)) == pytest.approx((10.0, 10.0))


def test_of_a_mean_of_nothing_there_are_no_per_cent_and_the_page_says_so() -> None:
    line = Line(ROWS[0], PER_CENT, compared(PER_CENT, 0, profits(1.0, 1.0), profits(1.0, -1.0)))
    assert {each.agreement for each in line.cells} == {Agreement.unknown}
    assert not line.flagged
    page = text([line], {}, 2)
    assert "rows with such a year: 1." in page
    assert page.count("**cannot be told**<br>") == len(YEARS)


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
