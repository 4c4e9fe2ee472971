"""A question is asked of all its worlds, and its page says what the numbers say."""

from dataclasses import replace
from pathlib import Path
from pickle import dumps, loads

import numpy as np
import pytest

from experiments.comparing import (
    Claim,
)
from experiments.errors import BadInputError
from experiments.keeping import missing
from experiments.nulls import POLICIES_SWAPPED, RECIPROCITY_OFF, SORTING_ONLY
from experiments.question import PARTNER, Question, answer
from experiments.questions import contents, figure, page
from experiments.questions.catalogue import QUESTIONS, named
from tests.tiny import CUSTOMERS, EFFECT, TINY, silent


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


def test_a_question_is_answered_with_page_and_figure(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    dear, cheap = (found.values(CUSTOMERS, "focal")[arm] for arm in ("dear", "cheap"))
    assert np.all(cheap > dear)
    everybody = found.values(CUSTOMERS, "total")
    rivals = found.values(CUSTOMERS, "rivals")
    assert everybody["cheap"] == pytest.approx(cheap + rivals["cheap"])
    lines = contents.page([found], ["tiny.svg"], "reciprocity experiments tiny --seeds 2")
    assert TINY.asks in lines
    assert "### Null models" in lines
    assert "by `reciprocity experiments tiny --seeds 2`" in lines
    assert "parts of the claim hold" in page.headline(found)
    drawing = figure.save(found, store)
    assert drawing.read_text(encoding="utf-8").lstrip().startswith("<?xml")
    assert (store / "tiny.png").stat().st_size > 10_000


def test_the_headline_says_what_the_numbers_say_either_way(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    claim = Claim("a low price drives customers away", CUSTOMERS, EFFECT, -1, 0.0, relative=False)
    wrong = replace(found, question=replace(TINY, claims=(claim,)))
    sign = found.effect(CUSTOMERS, EFFECT).difference
    assert "0 of 1 parts of the claim hold" in page.headline(wrong)
    word = "contradicts that" if sign.clear else "leaves open whether"
    assert f"it {word} a low price drives customers away (" in page.headline(wrong)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_every_experiment_can_be_composed_and_names_its_outcomes(question: Question) -> None:
    plan = question.plan()
    for course in plan.courses.values():
        everything = course.parameters(course.trunk, course.arm)
        assert set(everything.firms) == set(course.at_start.firms)
        for changes in course.later.values():
            everything.changed(**changes)
    assert question.parting < question.months
    for measure in question.measures:
        assert 0 <= measure.window.first < measure.window.stop <= question.months - question.parting
    for claim in (*question.claims, *question.suspects):
        assert claim.measure in question.measures
        assert sum(claim.contrast.weights.values()) == pytest.approx(0.0)
        assert set(claim.contrast.weights) <= set(question.arms)
        assert claim.contrast.control in question.arms
        assert claim.setting is None or claim.setting in question.settings
    assert question.null_models or question.name == "ablation"


def test_an_unknown_experiment_is_refused() -> None:
    with pytest.raises(BadInputError, match=r"golden: no such experiment; golden_rule.* --list"):
        named(["golden"])


def test_swapped_policies_are_the_other_firms(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    swapped = found.values(CUSTOMERS, "steady", POLICIES_SWAPPED.name)
    assert np.all(swapped["cheap"] > swapped["dear"])
    course = TINY.in_null(TINY.course("cheap", "main"), POLICIES_SWAPPED)
    firms = course.parameters(course.trunk, course.arm).firms
    assert firms["steady"].locked_price == 30.0
    assert firms["focal"].locked_price is None
    assert str(firms["steady"].mode) == "reciprocity"


def test_a_role_goes_before_a_firm_that_is_called_like_it(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    of_steady = replace(found, question=replace(TINY, firm="steady"))
    names = found.of("cheap")[0].names
    assert of_steady.firms("focal") == [names.index("steady")]
    assert of_steady.firms("follower") == [names.index("follower")]
    swapped = replace(found, question=replace(TINY, firm="steady", swaps="focal"))
    assert swapped.firms(PARTNER) == [names.index("focal")]


def test_every_part_says_what_becomes_of_it_in_its_null(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    holds = Claim("cheap prices win", CUSTOMERS, EFFECT, 1, 0.0, relative=False)
    fails = replace(holds, direction=-1)
    told = replace(found, question=replace(TINY, claims=(holds, fails)))
    fates = {"survives", "survives, smaller", "does not survive", "turns round", "cannot be told"}
    if found.effect(CUSTOMERS, EFFECT).difference.low > 0.0:
        assert page.fate(told, holds, RECIPROCITY_OFF) in fates
        assert page.fate(told, holds, POLICIES_SWAPPED) in page.WHERE.values()
    assert page.fate(told, fails, RECIPROCITY_OFF) == ""


def test_what_a_null_freezes_is_not_judged_in_it_and_a_check_is_no_finding(store: Path) -> None:
    found = answer(TINY, store=store, workers=1, say=silent)
    holds = Claim("cheap prices win", CUSTOMERS, EFFECT, 1, 0.0, relative=False)
    felt = replace(holds, says="it is felt", measure=replace(CUSTOMERS, felt=True))
    check = replace(holds, says="the rules say so", built_in=True)
    told = replace(found, question=replace(TINY, claims=(holds, felt, check)))
    assert page.null_cell(told, felt, SORTING_ONLY) == "not comparable: frozen by the null"
    assert page.fate(told, felt, SORTING_ONLY) == ""
    assert "frozen" not in page.null_cell(told, felt, RECIPROCITY_OFF)
    assert page.fate(told, check, RECIPROCITY_OFF) == ""
    assert " of 2 parts of the claim hold" in page.headline(told)
    assert page.CHECK in page.claim_line(told, check)
    assert page.CHECK not in page.claim_line(told, holds)
    assert "Of 2 claims with a sign" in contents.by_chance([told])
    assert " of the 2 claims that hold still do" in contents.by_chance([told])
    explained = replace(told, question=replace(told.question, suspects=(replace(holds, says="why"), check)))
    assert "Of 3 claims with a sign" in contents.by_chance([explained])
    assert " of the 3 claims that hold still do" in contents.by_chance([explained])


def test_the_page_points_to_what_was_changed_after_a_verdict() -> None:
    assert "`docs/limits.md` lists them" in contents.page([], [], "reciprocity experiments --all")
    limits = (Path(__file__).resolve().parents[1] / "docs" / "limits.md").read_text(encoding="utf-8")
    listed = limits.partition("## What was changed after a first verdict was seen\n")[2]
    experiments = [row.split("|")[1].strip() for row in listed.splitlines() if row.startswith("| ")][1:]
    assert experiments
    assert set(experiments) <= set(QUESTIONS)


def test_all_work_can_be_handed_to_other_processes(tmp_path: Path) -> None:
    plans = [question.plan() for question in QUESTIONS.values()]
    jobs, _ = missing(plans, [1], tmp_path, say=silent)
    for job in jobs:
        assert loads(dumps(job)) == job
