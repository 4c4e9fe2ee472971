"""The report: one page that stands alone, true of whatever the run was."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.figures import CHARTS, write_all
from experiments.figures.story import Story, read_story
from experiments.report import text, write
from experiments.report_facts import Facts, coins, duration
from experiments.report_lead import first_paragraph
from experiments.run import carry_out
from experiments.schema import checked

QUIET = {"output": {"figures": False, "report": False}}


def silent(_: str) -> None:
    pass


def run_of(folder: Path, **changes: Any) -> Path:
    tree = {"population": {"customers": 200}, "burn_in": 6, "months": 14, **QUIET, **changes}
    return carry_out(checked(tree), folder, about={"overrides": ["months=14"]}, say=silent)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_of(tmp_path_factory.mktemp("runs") / "one", population={"customers": 600}, months=30)


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return write(folder).read_text()


def words_of(page: str) -> str:
    """What a reader reads."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", body))


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    assert "://" not in page and "<script" not in page and "<link" not in page and "@import" not in page
    sources = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert all(source.startswith(("data:image/svg+xml;base64,", "#")) for source in sources)


def test_every_link_inside_leads_somewhere(page: str) -> None:
    anchors = re.findall(r'href="#([^"]*)"', page)
    assert anchors and set(anchors) <= set(re.findall(r'id="([^"]*)"', page))


def test_every_figure_is_in_it_with_words_for_those_who_cannot_see(page: str, folder: Path) -> None:
    story = read_story(folder)
    told = [unescape(words) for words in re.findall(r'<img alt="([^"]*)"', page)]
    assert told == [f"{c.headline(story)}. {c.shows}" for c in in_reading_order(page, story)]
    assert len(told) == len(CHARTS)


def in_reading_order(page: str, story: Story) -> list[Any]:
    return sorted(CHARTS, key=lambda chart: unescape(page).index(chart.shows))


def test_a_figure_already_drawn_is_taken_as_it_is(folder: Path, tmp_path: Path) -> None:
    write_all(folder)
    with_figures = text(read_story(folder), folder)
    assert with_figures == text(read_story(folder), tmp_path)  # there none is drawn


def test_the_first_paragraph_says_what_was_run_who_won_and_how_sure(folder: Path) -> None:
    story = read_story(folder)
    facts = Facts(story)
    said = first_paragraph(facts)
    assert "600 customers" in said and "five competing firms" in said and "30 months" in said
    assert "seed 1" in said and "not a forecast" in said
    assert facts.winner == int(np.argmax(story.total("customers")[-1]))
    assert f"At the end {story.names[facts.winner]} served most" in said


def test_the_page_says_how_it_was_made(page: str, folder: Path) -> None:
    about = read_story(folder).manifest
    for part in (about["config_hash"], "months=14", f"numpy {about['versions']['numpy']}", "config.yaml"):
        assert part in page


CASES: dict[str, dict[str, Any]] = {
    "one firm": {"firms": {"only": {}}},
    "one customer": {"population": {"customers": 1}},
    "no leavers kept": {"record": {"leavers": False}},
    "no month": {"months": 0},
    "one month": {"months": 1},
    "nobody can stay in business": {"levers": {"fixed_overhead": 100.0}},
    "everything strikes": {
        "shocks": {kind: {"kind": kind, "month": 2} for kind in ("scandal", "star_leaves", "walking_ban")}
        | {kind: {"kind": kind, "month": 2, "duration": 3} for kind in ("cost", "recession", "desertion")}
    },
    "a name that looks like HTML": {"experiment_name": "<b>bold</b> & co"},
}


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_true_of_any_run(case: str, tmp_path: Path) -> None:
    folder = run_of(tmp_path / "run", **CASES[case])
    page = write(folder).read_text()
    words = words_of(page)
    assert not re.search(r"\b(nan|inf|None)\b", words)
    assert "<b>" not in page and "How it was made" in words
    assert "This page tells one run" in words or "nothing to tell" in words


def test_without_customers_the_page_says_when_the_last_was_served(tmp_path: Path) -> None:
    folder = run_of(tmp_path / "run", levers={"fixed_overhead": 100.0}, months=30)
    served = read_story(folder).served.any(axis=1)
    assert not served[-1]
    last = int(np.flatnonzero(served)[-1])
    assert f"month {last} was the last in which anybody was served" in write(folder).read_text()


def test_a_stopped_run_says_so(folder: Path) -> None:
    story = read_story(folder)
    run = checked({"population": {"customers": 600}, "months": 60})
    stopped = Story(run, story.months, story.names, story.rows, story.tables, {}, story.manifest, story.gone)
    assert "(it was to run five years but was stopped)" in first_paragraph(Facts(stopped))


def test_amounts_and_times_are_said_as_one_says_them() -> None:
    assert [coins(x) for x in (305_714.2, 22_249.0, 1_234.0, 83.4, -0.2)] == [
        "306,000 coins",
        "22,200 coins",
        "1,230 coins",
        "83 coins",
        "0 coins",
    ]
    assert [duration(m) for m in (1, 12, 30, 120)] == ["one month", "one year", "30 months", "ten years"]


def test_the_same_run_gives_the_same_page(folder: Path) -> None:
    assert write(folder).read_bytes() == write(folder).read_bytes()
