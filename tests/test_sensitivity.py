"""The study of sensitivity: effects come out right, nothing is lost, the page follows its numbers."""

import re
from pathlib import Path

import numpy as np
import pytest

from experiments.cli import main
from experiments.sensitivity import command, page
from experiments.sensitivity import study as studies
from experiments.sensitivity.design import directions, moved, spread, starting_points
from experiments.sensitivity.numbers import Number, changes_at, numbers_that_move
from experiments.sensitivity.points import Found, Point, Stage, found_at
from experiments.sensitivity.results import HEADLINES, LEVEL, months_of, named
from experiments.sensitivity.signs import elsewhere, turned_by, turns
from experiments.sensitivity.study import Settings, Study, studied
from experiments.sensitivity.table import as_table
from sim import Parameters

TINY = Settings(trajectories=1, customers=60, numbers=8, lucks=2, end_lucks=2)
LINES = named(["share lost", "churn"])


def silent(_: str) -> None:
    """Say nothing."""


# -- the design ---------------------------------------------------------------------------------------


def known(places: np.ndarray) -> np.ndarray:
    """A function whose effects one can work out: two slopes, a product, and one that does nothing."""
    x = np.atleast_2d(places)
    return np.asarray(3.0 * x[:, 0] - 2.0 * x[:, 1] + 4.0 * x[:, 2] * x[:, 3])


@pytest.mark.parametrize("middle", [1.0, 1.0 / 3.0])
def test_effects_of_a_known_function(middle: float) -> None:
    starts = starting_points(400, 5, middle)
    effects = []
    for number in range(5):
        after = known(np.array([moved(start, [number]) for start in starts]))
        effects.append(spread(known(starts), after, directions(starts, number)))
    assert effects[0].size == pytest.approx(1.5)
    assert effects[0].mean == pytest.approx(1.5)
    assert effects[1].mean == pytest.approx(-1.0)
    for each in effects[:2]:
        assert each.deviation == pytest.approx(0.0, abs=1e-12)
    # Half of the range of one factor times four times the other, whose mean is a half.
    assert effects[2].mean == pytest.approx(1.0, abs=0.05)
    assert effects[2].deviation == pytest.approx(2.0 * middle / np.sqrt(12.0), rel=0.05)
    assert effects[4].size == 0.0


def test_effects_leave_out_what_is_not_defined() -> None:
    found = spread(np.array([1.0, np.nan, 2.0]), np.array([2.0, 1.0, np.nan]))
    assert (found.size, found.points) == (1.0, 1)
    assert np.isnan(found.error)
    assert spread(np.array([np.nan]), np.array([1.0])).points == 0


def test_starting_points_are_spread_evenly_and_moves_stay_in_range() -> None:
    starts = starting_points(10, 3, 0.5)
    for column in starts.T:
        assert sorted(((column - 0.25) * 20.0).astype(int)) == list(range(10))
    for start in starts:
        there = moved(start, [0, 2])
        assert np.all((there >= 0.0) & (there <= 1.0))
        assert there[1] == start[1]
        assert np.abs(there - start)[[0, 2]] == pytest.approx(0.5)


# -- the numbers --------------------------------------------------------------------------------------


def test_a_number_goes_from_its_low_end_over_its_default_to_its_high_end() -> None:
    for number in (
        Number("a.b", 0.2, 0.1, 0.3),
        Number("a.c", -1.0, -2.0, 0.0),
        Number("a.d", 0.0, 0.0, 1.0),
    ):
        ends = [number.at(place) for place in (0.0, 0.5, 1.0)]
        assert ends == pytest.approx([number.low, number.default, number.high])
        steps = [number.at(place) for place in np.linspace(0.0, 1.0, 9)]
        assert steps == sorted(steps)


@pytest.mark.parametrize("span", [2.0, None])
def test_every_point_of_the_design_is_a_valid_configuration(span: float | None) -> None:
    numbers = numbers_that_move(span)
    for start in starting_points(6, len(numbers)):
        Parameters().changed(**changes_at(numbers, start))
    for number in numbers:
        if number.group in ("population", "bonds"):
            for end in (0.0, 1.0):
                Parameters().changed(**changes_at([number], np.array([end])))


def test_numbers_stay_within_their_span_and_their_declared_bounds() -> None:
    by_key = {number.key: number for number in numbers_that_move(2.0)}
    assert by_key["bonds.growth"][1:] == (0.08, 0.04, 0.16)
    assert by_key["word.rewired_share"].high == 1.0
    assert "population.persistence" not in by_key
    assert "population.persistence" in {number.key for number in numbers_that_move(None)}


# -- the study ----------------------------------------------------------------------------------------


@pytest.fixture
def two_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small groups instead of all."""

    def few(span: float | None) -> list[Number]:
        return [number for number in numbers_that_move(span) if number.group in ("government", "levers")]

    monkeypatch.setattr(studies, "numbers_that_move", few)


def untimed(text: str) -> str:
    """A page without how long it took: a point that is run again takes another time."""
    return re.sub(r"in [\d.]+ minutes", "", text)


@pytest.mark.usefixtures("two_groups")
def test_a_study_is_regenerated_and_goes_on_where_it_was(tmp_path: Path) -> None:
    store, said = tmp_path / "points", list[str]()
    first = studied(TINY, LINES, store=store, workers=1, say=said.append)
    assert first.opened == ["government"]
    assert {str(point.stage) for point in first.points} == {stage.value for stage in Stage}
    parts = sorted(store.iterdir())
    assert len(parts) == len({tuple(sorted(point.changes.items())) for point in first.points})
    text = command.written(first, tmp_path).read_text(encoding="utf-8")
    again = studied(TINY, LINES, store=store, workers=1, say=silent)
    assert page.page(again, "sensitivity/groups.png") == text
    assert as_table(first).equals(as_table(again))
    parts[0].unlink()
    said.clear()
    studied(TINY, LINES, store=store, workers=1, say=said.append)
    assert next(line for line in said if "to run" in line).startswith("  1 points to run")
    parts[0].write_text("{", encoding="utf-8")
    said.clear()
    mended = studied(TINY, LINES, store=store, workers=1, say=said.append)
    assert untimed(page.page(mended, "sensitivity/groups.png")) == untimed(text)
    assert f"  {parts[0]}: damaged, so it is run again" in said
    for key in ("government", "share lost", "churn", "Refused or failed: 0 points"):
        assert key in text
    assert (tmp_path / "sensitivity" / "groups.png").stat().st_size > 10_000


def test_a_point_that_is_refused_is_kept_and_counted(tmp_path: Path) -> None:
    points = [
        Point(Stage.start, "", 0, {"word.weight": 5.0}, 2),
        Point(Stage.start, "", 1, {}, 2),
    ]
    found = found_at(points, LINES, 60, store=tmp_path, workers=1, say=silent)
    assert "word.weight" in found[0].refused
    assert np.isnan(found[0].values).all()
    assert not found[1].refused
    assert np.isfinite(found[1].values[:, 1]).all()
    study = Study(TINY, LINES, [], np.zeros((2, 0)), points, found)
    lines = list(page.accounts(study))
    assert "Refused or failed: 1 points" in lines[0]
    assert "word.weight" in lines[1]
    refused = as_table(study)["refused"]
    assert (refused != "").sum() == 2


def made(default: list[float], starts: list[float], after: list[float]) -> Study:
    """A study of one number and one result, whose values are given."""
    number = Number("word.weight", 0.35, 0.175, 0.7)
    study = Study(TINY, [LINES[0]], [number], np.full((len(starts), 1), 0.4))
    values = {(Stage.default, ""): [default], (Stage.start, ""): [[v] for v in starts]}
    values[Stage.number, number.key] = [[v] for v in after]
    for (stage, key), rows in values.items():
        for start, row in enumerate(rows):
            study.index.setdefault((stage, key), []).append(len(study.points))
            study.points.append(Point(stage, key, start, {}, len(row)))
            study.found.append(Found(np.array(row)[:, np.newaxis], "", 0.0))
    return study


def test_signs_are_held_against_the_default_and_against_the_start() -> None:
    study = made([1.0, 1.1], [1.0, -1.0, 0.0, np.nan], [-1.0, -2.0, 1.0, 1.0])
    assert elsewhere(study, 0) == (1, 2, 4)
    assert turned_by(study, 0, 0) == (1, 3)
    found = study.of_number(0, 0)
    assert found.size == pytest.approx((2.0 + 1.0 + 1.0) / 3.0)


@pytest.mark.parametrize(
    ("default", "low", "turned"),
    [
        ([1.0, 1.1], [-1.0, -1.2], True),
        ([1.0, 1.1], [1.0, 1.2], False),
        ([1.0, -1.1], [-1.0, -1.2], False),  # no sign at the default that could turn
    ],
)
def test_only_a_clear_sign_can_turn(default: list[float], low: list[float], turned: bool) -> None:
    study = made(default, [0.0], [0.0])
    study.index[Stage.low, "word.weight"] = [len(study.found)]
    study.found.append(Found(np.array(low)[:, np.newaxis], "", 0.0))
    assert [turn.stage for turn in turns(study, 0)] == [Stage.low] * turned


def test_luck_alone_is_told_as_the_mean_of_as_many_lucks() -> None:
    study = made([1.0, 1.0], [0.0], [0.0])
    assert np.isnan(study.of_luck(0))
    study.found[study.index[Stage.start, ""][0]] = Found(np.array([[1.0], [3.0]]), "", 0.0)
    assert study.of_luck(0) == pytest.approx(2.0 / np.sqrt(2.0))


def test_the_page_names_its_own_command() -> None:
    assert page.told(Settings(), list(HEADLINES.values())) == "reciprocity sensitivity --output docs"
    given = Settings(trajectories=2, span=None)
    named_command = page.told(given, LINES)
    assert named_command == (
        'reciprocity sensitivity "share lost" "churn" --trajectories 2 --span all --output docs'
    )


# -- results and bad input ----------------------------------------------------------------------------


def test_results_are_arms_and_measures_of_the_experiments() -> None:
    for line in HEADLINES.values():
        assert set(line.arms) <= set(line.question.arms)
        assert line.level == (line.contrast is LEVEL)
        if not line.level:
            assert sum(line.contrast.weights.values()) == 0.0
    assert months_of(LINES) == 24 + 24 + 60


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["nonsense"], "nonsense: no such result; "),
        (["--trajectories", "0"], "--trajectories = 0: a whole number of at least 1"),
        (["--customers", "3"], "--customers = 3"),
        (["--span", "0.5"], "--span = 0.5: a factor above 1"),
        (["--span", "wide"], "--span = wide: a factor above 1"),
        (["--middle", "0"], "--middle = 0: a share above 0"),
    ],
)
def test_bad_input_is_one_clear_line(given: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sensitivity", *given]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.splitlines()) == 1


def test_the_results_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sensitivity", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(HEADLINES)
