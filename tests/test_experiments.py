"""Every experiment says at a tiny size what it finds; its preset is its own; bad input is refused."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main, parsed
from experiments.comparing import Measure, Verdict, Window
from experiments.question import Answer, Question, answer
from experiments.questions import page, presets
from experiments.questions.ablation import MECHANISMS, ablated
from experiments.questions.catalogue import QUESTIONS
from experiments.questions.command import command_of

SMALL: dict[str, Any] = {"population.customers": 150, "burn_in": 2}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


def squeezed(question: Question, times: int = 6) -> Question:
    """The same question with all its months a sixth as many, and without what needs them all."""
    small: dict[str, Measure] = {}
    claimed = (each.measure for each in (*question.claims, *question.suspects))
    for measure in (*question.measures, *question.curves, *claimed):
        first, stop, how = measure.window
        window = Window(first // times, max(stop // times, first // times + 1), how)
        small[measure.name] = replace(measure, window=window)
    shorter = replace(
        question,
        measures=tuple(small[measure.name] for measure in question.measures),
        claims=tuple(replace(claim, measure=small[claim.measure.name]) for claim in question.claims),
        suspects=tuple(replace(claim, measure=small[claim.measure.name]) for claim in question.suspects),
        curves=tuple(small[measure.name] for measure in question.curves),
        parting=question.parting // times,
        tells=None,
    )
    return replace(shorter, months=shorter.judged_months)


def found(question: Question, store: Path) -> Answer:
    return answer(question, seeds=2, store=store, workers=1, say=lambda _: None, **SMALL)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name != "ablation"])
def test_a_verdict_is_regenerated_whatever_it_is(name: str, store: Path) -> None:
    told = found(squeezed(QUESTIONS[name]), store)
    verdicts = [page.judged(told, claim)[1] for claim in told.question.claims]
    assert all(isinstance(verdict, Verdict) for verdict in verdicts)
    lines = "\n".join(page.section(told, "figure.svg"))
    for claim, verdict in zip(told.question.claims, verdicts, strict=True):
        assert f"*{claim.says}* {verdict}" in lines
    for null in told.question.null_models:
        assert f"*{null.name}*" in lines
    open_parts = "parts of the claim hold" if told.question.parts else "Nothing of the claim is open"
    assert open_parts in page.headline(told)


@pytest.mark.parametrize("name", [name for name, q in QUESTIONS.items() if q.tells and name != "ablation"])
def test_what_an_experiment_tells_besides_is_made_from_its_worlds(name: str, store: Path) -> None:
    question = replace(QUESTIONS[name], nulls=())
    told = found(replace(question, months=question.judged_months), store)
    assert question.tells is not None
    lines = question.tells(told)
    assert len("\n".join(lines)) > 100
    assert all(isinstance(line, str) for line in lines)


def test_an_ablation_says_what_each_mechanism_carries_and_who_gets(store: Path) -> None:
    sides = [f"reciprocity_{side}" for side in ("customers", "employees", "suppliers", "owners")]
    assert {*sides, "identity"} < set(MECHANISMS)
    told = found(ablated(QUESTIONS["supplier_squeeze"], (*sides, "identity")), store)
    lines = "\n".join(page.section(told, "figure.svg"))
    assert "| side | contributes | gets |" in lines
    assert all(name in lines for name in (*sides, "identity"))


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
        assert len(measure.meaning) > 3
    names = [measure.name for measure in question.measures]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nonsense"], "no such experiment"),
        (
            ["golden_rule", "--seeds", "1"],
            "--seeds = 1: a whole number of at least 2, or there is no interval",
        ),
        (["golden_rule", "--workers", "0"], "--workers = 0"),
        (["ablation", "--of", "ablation"], "other than the ablation itself"),
        (["ablation", "--of", "nonsense"], "no such experiment"),
        (["--list", "nonsense"], "no such experiment"),
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


@pytest.mark.parametrize(
    "words",
    [
        ["experiments", "golden_rule"],
        ["validate", "annual_churn"],
        ["sensitivity", "churn"],
        ["sign-table"],
    ],
)
def test_where_nothing_can_be_written_nothing_is_run(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine")
    assert main([*words, "--output", "file/page.md"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("error: --output = file")
    assert not said.out
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_command_that_made_a_page_is_told_as_it_was_given() -> None:
    words = ["ablation", "--of", "golden_rule", "--seeds", "3", "--workers", "1"]
    assert (
        command_of(parsed(["experiments", *words])[1])
        == "reciprocity experiments ablation --of golden_rule --seeds 3"
    )
    assert command_of(parsed(["experiments", "--all"])[1]) == "reciprocity experiments --all"
