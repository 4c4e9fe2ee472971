"""Every experiment says at a tiny size what it finds; its preset is its own; bad input is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.comparing import Measure, Verdict, Window
from experiments.question import Answer, Question, answer
from experiments.questions import page, presets
from experiments.questions.ablation import MECHANISMS, ablated
from experiments.questions.catalogue import QUESTIONS

SMALL: dict[str, Any] = {"population.customers": 150, "burn_in": 2}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


def quick(question: Question) -> Question:
    """The same question, run no longer than its measures look."""
    return replace(question, months=question.judged_months)


def found(question: Question, store: Path) -> Answer:
    return answer(quick(question), seeds=2, store=store, workers=1, say=lambda _: None, **SMALL)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "ablation"])
def test_a_verdict_is_regenerated_whatever_it_is(name: str, store: Path) -> None:
    told = found(QUESTIONS[name], store)
    verdicts = [page.judged(told, claim)[1] for claim in told.question.claims]
    assert all(isinstance(verdict, Verdict) for verdict in verdicts)
    lines = "\n".join(page.section(told, "figure.svg"))
    for claim, verdict in zip(told.question.claims, verdicts, strict=True):
        assert f"*{claim.says}* {verdict}" in lines
    for null in told.question.null_models:
        assert f"*{null.name}*" in lines
    assert "parts of the claim hold" in page.headline(told)


def test_an_ablation_says_what_each_mechanism_carries_and_who_gets(store: Path) -> None:
    whole = ablated(QUESTIONS["supplier_squeeze"])
    few = ("reciprocity_customers", "reciprocity_employees", "reciprocity_suppliers", "reciprocity_owners")
    assert set(few) < set(MECHANISMS) <= set(whole.settings)
    told = found(whole, store)
    lines = "\n".join(page.section(told, "figure.svg"))
    assert "| side | contributes | gets |" in lines
    assert all(name in lines for name in MECHANISMS)


@pytest.mark.parametrize("question", [q for q in QUESTIONS.values() if q.null_models], ids=lambda q: q.name)
def test_a_preset_is_that_of_its_question(question: Question) -> None:
    written = (presets.FOLDER / f"{question.name}.yaml").read_text(encoding="utf-8")
    assert written == presets.preset(question), "run python -m experiments.questions.presets"


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.name)
def test_outcomes_are_named_with_unit_and_months(question: Question) -> None:
    for measure in question.measures:
        assert isinstance(measure, Measure)
        assert isinstance(measure.window, Window)
        assert measure.unit
        assert len(measure.meaning) > 5
    names = [measure.name for measure in question.measures]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "no such experiment"),
        (["golden_rule", "--seeds", "1"], "too few for an interval"),
        (["golden_rule", "--of", "cheap_at_double"], "only for ablation"),
        (["golden_rule", "--customers", "0"], "--customers"),
        ([], "name an experiment"),
    ],
)
def test_bad_input_is_refused_in_a_line(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["experiments", *arguments]) == 2
    assert says in capsys.readouterr().err
