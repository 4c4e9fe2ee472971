"""The scorecard: verdicts follow the numbers whichever way they fall, and bad input is refused."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isnan, nan
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy.stats import ttest_1samp

from experiments.cli import main
from experiments.comparing import Interval
from experiments.errors import BadInputError
from experiments.evidence import figure, page, studies
from experiments.evidence.catalogue import ROWS, named
from experiments.evidence.row import (
    Curve,
    Line,
    Result,
    Row,
    Sight,
    Study,
    Verdict,
    beside_null,
    compared,
    jackknife,
    judged,
    line_of,
    mean_of,
)
from experiments.evidence.scorecard import CUSTOMERS, SCHEMA, SEEDS, Scorecard, as_table, needed, scored
from experiments.evidence.tables import COLUMNS, STATUSES, Published, published, table


def silent(_: str) -> None:
    pass


def band(low: float, high: float, status: str = "C") -> Published:
    return Published(nan, low, high, STATUSES[status], "somebody", "some band")


# -- intervals and verdicts --------------------------------------------------------------------------


def sights(values: Sequence[float]) -> list[Sight]:
    return [{"value": np.array([value])} for value in values]


def single(sight: Sight) -> float:
    return float(sight["value"][0])


def test_jackknife_of_a_mean_is_the_t_interval() -> None:
    values = [1.0, 2.0, 4.0, 4.5, 0.5]
    found = jackknife(mean_of(single), sights(values))
    known = ttest_1samp(values, 0.0).confidence_interval(0.95)
    assert tuple(found) == pytest.approx((np.mean(values), known.low, known.high, 5))


def test_mean_leaves_out_seeds_in_which_it_is_undefined() -> None:
    assert mean_of(single)(sights([1.0, nan, 3.0])) == 2.0
    assert isnan(mean_of(single)(sights([nan])))


@pytest.mark.parametrize(
    ("low", "high", "verdict", "by"),
    [
        (1.2, 1.8, Verdict.inside, 0.0),
        (0.9, 1.3, Verdict.edge, 0.0),
        (0.1, 0.5, Verdict.outside, 0.7),
        (0.6, 1.2, Verdict.outside, 0.1),
        (2.5, 3.5, Verdict.outside, 1.0),
        (0.9, 2.5, Verdict.wide, 0.0),
        (3.0, 5.0, Verdict.outside, 2.0),
        (-inf, inf, Verdict.undefined, 0.0),
    ],
)
def test_verdict_follows_the_interval(low: float, high: float, verdict: Verdict, by: float) -> None:
    mean = 1.5 if low == -inf else (low + high) / 2.0
    found = compared(Interval(mean, low, high, 9), band(1.0, 2.0))
    assert found[0] is verdict
    assert found[1] == pytest.approx(by)


def test_an_open_band_is_never_too_narrow() -> None:
    assert compared(Interval(5.0, 1.0, 9.0, 9), band(0.0, inf))[0] is Verdict.inside
    assert compared(Interval(5.0, -1.0, 11.0, 9), band(0.0, inf))[0] is Verdict.edge
    assert compared(Interval(-5.0, -11.0, 1.0, 9), band(0.0, inf)) == (Verdict.outside, 5.0)


def shown(seed: int, customers: int, off: bool = False) -> Sight:
    return {"value": np.array([seed * (0.0 if off else 1.0) + customers])}


STUDY = beside_null("pencil", "numbers made by hand", shown)
ROW = Row("annual_churn", "a number", "1", STUDY, mean_of(single))


def test_what_counts_as_evidence() -> None:
    seen = sights([1.4, 1.5, 1.6])
    assert judged(ROW, band(1.0, 2.0), seen).counted
    assert judged(ROW, band(5.0, 6.0), seen).counted
    assert not judged(replace(ROW, used="set from it"), band(1.0, 2.0), seen).counted
    assert not judged(ROW, band(1.0, 2.0, "M"), seen).counted
    absent = judged(replace(ROW, absent="no such thing"), band(1.0, 2.0), [])
    assert (absent.verdict, absent.counted) == (Verdict.incomparable, False)


def test_the_null_is_judged_beside_the_row() -> None:
    found = judged(ROW, band(1.0, 2.0), sights([1.4, 1.6]), sights([7.0, 7.1]))
    assert found.null is not None and found.null.mean == pytest.approx(7.05)
    assert found.null_verdict is Verdict.outside


# -- studies -----------------------------------------------------------------------------------------


def test_studies_are_kept_and_run_again_when_forced(tmp_path: Path) -> None:
    said: list[str] = []
    options = {"customers": 300, "store": tmp_path, "workers": 1, "say": said.append}
    first = studies.sights_of([STUDY], [1, 2], **options)  # type: ignore[arg-type]
    assert [single(sight) for sight in first["pencil"]] == [301.0, 302.0]
    assert sum("done" in line for line in said) == 2
    studies.sights_of([STUDY], [1, 2, 3], **options)  # type: ignore[arg-type]
    assert sum("done" in line for line in said) == 3
    studies.sights_of([STUDY], [1], force=True, **options)  # type: ignore[arg-type]
    assert sum("done" in line for line in said) == 4


def test_a_damaged_study_is_run_again_and_that_is_said(tmp_path: Path) -> None:
    whole = scored([ROW], seeds=2, store=tmp_path, workers=1, say=silent)
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:50])
    said: list[str] = []
    again = scored([ROW], seeds=2, store=tmp_path, workers=1, say=said.append)
    assert again.results == whole.results
    assert f"  {path}: damaged, so it is run again" in said


def test_a_scorecard_is_made_again_from_what_is_kept(tmp_path: Path) -> None:
    card = scored([ROW], seeds=3, customers=300, store=tmp_path, workers=1, say=silent)
    again = scored([ROW], seeds=3, customers=300, store=tmp_path, workers=1, say=silent)
    assert card == again
    (result,) = card.results
    assert result.found.mean == 302.0
    assert result.null is not None and result.null.mean == 300.0
    assert (result.verdict, result.by) == (Verdict.outside, 302.0 - result.published.high)


def test_market_rows_are_measured_and_drawn(tmp_path: Path) -> None:
    rows = named(["duration_null", "survival_high_end"])
    card = scored(rows, seeds=2, customers=200, store=tmp_path, workers=1, say=silent)
    found = as_table(card)
    assert found["row"].to_list() == ["duration_null", "survival_high_end"]
    assert found["seeds"].to_list() == [2, 2]
    assert np.isfinite(found["model"].to_numpy()).all()
    path = figure.save(card.results[1], card.curves["survival_high_end"], tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert f"![{rows[1].statistic}](here.png)" in page.page(card, {"survival_high_end": "here.png"})


# -- table and page ----------------------------------------------------------------------------------


def results() -> list[Result]:
    seen = sights([1.4, 1.5, 1.6])
    used = replace(ROWS["word_ratio"], used="set from it")
    return [
        judged(ROWS["annual_churn"], band(0.0, 1.0), [{"churn": np.array([0.5])}] * 3),
        judged(replace(used, estimate=mean_of(single)), band(1.0, 2.0), seen),
        judged(replace(ROWS["gift_slope"], estimate=mean_of(single)), band(1.0, 2.0, "M"), seen),
        judged(ROWS["relational_trade"], band(-inf, inf, "P"), []),
    ]


def card_of(found: list[Result]) -> Scorecard:
    return Scorecard(found, {}, 3, 300)


def test_table_has_the_fixed_columns(tmp_path: Path) -> None:
    found = as_table(card_of(results()))
    found.write_parquet(tmp_path / "t.parquet")
    read = pl.read_parquet(tmp_path / "t.parquet")
    assert dict(read.schema) == {name: kind() for name, kind in SCHEMA.items()}
    assert read["counted"].to_list() == [True, False, False, False]
    assert read["command"][0] == "reciprocity validate annual_churn --seeds 3 --customers 300"


def test_page_separates_what_was_used_from_what_was_predicted() -> None:
    text = page.page(card_of(results()), {})
    places = [text.index(f"## {title}\n") for title in ("Predicted", "Used", "From memory", "Not comparable")]
    names = [text.index(f"| `{name}` |") for name in ("annual_churn", "word_ratio")]
    assert places[0] < names[0] < places[1] < names[1] < places[2] < places[3]
    grey = text[places[2] : places[3]]
    assert '<span style="color:gray">`gift_slope`</span>' in grey
    assert "Of 1 predicted rows: outside: 1 (3 seeds, 300 customers). Those outside: `annual_churn`." in text
    assert "**outside by 49 %**" in text
    assert "not comparable: the model has no contracts of varying completeness" in text


def test_page_counts_what_holds_where_nobody_reciprocates() -> None:
    row = replace(ROWS["annual_churn"], estimate=mean_of(single))
    names = ("annual_churn", "energy_switching", "duration_fair")
    nulls = ([1.4, 1.5, 1.6], [3.0, 3.0, 3.1], [1.9, 2.1, 2.3])
    found = [
        judged(replace(row, name=name), band(1.0, 2.0), sights([1.4, 1.5, 1.6]), sights(null))
        for name, null in zip(names, nulls, strict=True)
    ]
    text = page.page(card_of(found), {})
    assert "Of those inside, 3 were measured where nobody reciprocates, too: 1 are inside there" in text
    assert "Not inside there: `energy_switching` and `duration_fair`." in text
    lines = {name: next(line for line in text.splitlines() if f"`{name}` |" in line) for name in names}
    assert "inside: not a result of reciprocity" in lines["annual_churn"]
    assert "outside, not surely" not in lines["energy_switching"]
    assert "outside, not surely: its interval reaches into the band" in lines["duration_fair"]


def test_a_row_that_fails_stays_and_is_explained() -> None:
    failed = judged(ROWS["energy_switching"], band(50.0, 60.0), [{"switched": np.array([0.1])}] * 3)
    text = page.page(card_of([failed]), {})
    assert f"- `energy_switching`, outside by 40 %: {ROWS['energy_switching'].outside}." in text


def test_commands_on_the_page_are_those_of_its_size() -> None:
    card = card_of(results())
    names = {result.row.name for result in card.results}
    for each in (card, card._replace(seeds=SEEDS, customers=CUSTOMERS)):
        text = page.page(each, {})
        usual = (each.seeds, each.customers) == (SEEDS, CUSTOMERS)
        size = "" if usual else f" --seeds {each.seeds} --customers {each.customers}"
        assert all(f"`reciprocity validate {name}{size}`" in text for name in names)
        assert set(as_table(each)["command"]) == {f"reciprocity validate {name}{size}" for name in names}


def test_a_line_of_a_figure_has_students_intervals() -> None:
    values = np.array([[1.0, 2.0, np.nan], [3.0, 2.5, np.nan], [4.0, 0.5, 7.0]])
    line = line_of(values)
    assert line.low is not None
    known = ttest_1samp(values[:, 0], 0.0).confidence_interval(0.95)
    assert (line.y[0], line.low[0]) == pytest.approx((values[:, 0].mean(), known.low))
    assert line.y[2] == 7.0
    assert np.isnan(line.low[2])  # one seed gives no interval


def test_figures_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    curve = Curve(
        np.arange(3.0), "x", "y", (Line("model", "model", np.ones(3), np.zeros(3), 2 * np.ones(3)),)
    )
    (result, *_) = results()
    first = figure.save(result, curve, tmp_path).read_bytes()
    assert figure.save(result, curve, tmp_path).read_bytes() == first


# -- rows --------------------------------------------------------------------------------------------


def test_every_row_has_a_published_line_and_every_line_a_row() -> None:
    assert set(published()) == set(ROWS)


def test_every_row_is_measured_or_says_why_not() -> None:
    for row in ROWS.values():
        assert row.absent or (row.study is not None and row.estimate is not None), row.name
    assert len({study.name for study in needed(list(ROWS.values()))}) >= 10


# -- bad input ---------------------------------------------------------------------------------------


def test_unknown_rows_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "annual_churn", "yearly_churn", "luck"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.split(":")[1].strip() for line in told] == ["yearly_churn", "luck"]
    assert "no such row of evidence; annual_churn" in told[0]


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--seeds", "1", "--seeds = 1: a whole number of at least 2, or there is no interval"),
        ("--customers", "10", "--customers = 10: a whole number of at least 200"),
        ("--workers", "0", "--workers = 0: a whole number of at least 1"),
    ],
)
def test_numbers_that_make_no_sense(
    option: str, value: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "annual_churn", option, value]) == 2
    assert told in capsys.readouterr().err


def test_too_few_seeds_for_an_interval(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="--seeds = 1: an interval needs at least 2 seeds"):
        scored([ROW], seeds=1, store=tmp_path, workers=1, say=silent)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "the table of evidence sbg_retention is missing"),
        ("", "damaged"),
        ("year,high_end_obs,regular_obs\n", "damaged"),
        ("year,high_end_obs\n0,100\n", "damaged: no column regular_obs"),
        ("year,high_end_obs,regular_obs\n0,all,100\n", "high_end_obs holds something that is not a number"),
        ("year,high_end_obs,regular_obs\n0,1,2,3,4\n", "damaged"),
    ],
)
def test_missing_and_damaged_tables(text: str | None, told: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "sbg_retention.csv").write_text(text)
    with pytest.raises(BadInputError, match=told):
        table("sbg_retention", tmp_path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("luck,1,0,2,X,somebody,", "luck: status = X: one of C, C\\*, P, M"),
        ("luck,1,3,2,C,somebody,", "luck: low = 3.0 must not exceed high = 2.0"),
    ],
)
def test_published_figures_that_make_no_sense(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "published.csv").write_text(f"{','.join(COLUMNS['published'])}\n{line}\n")
    with pytest.raises(BadInputError, match=told):
        published(tmp_path)


def test_every_shipped_table_can_be_read() -> None:
    for name in COLUMNS:
        assert table(name).height > 0


def test_rows_without_a_published_line_are_refused(tmp_path: Path) -> None:
    row = Row("luck", "a number", "1", Study("luck", "made by hand", shown), mean_of(single))
    with pytest.raises(BadInputError, match="no line for the row luck"):
        scored([row], seeds=2, store=tmp_path, workers=1, say=silent)
