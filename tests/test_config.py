"""Composing runs: presets, overrides, files from outside, and what is described is what is declared."""

from pathlib import Path

import pytest

from agents.policies import FAMILIES, MODES, chosen
from experiments import catalogue, describe
from experiments.cli import main
from experiments.compose import Composed, Request, composed, parse, points, prepared, quoted
from experiments.run import config_text, read_run
from experiments.schema import Run, checked
from sim.parameters import Parameters, as_tree, default_firms


def compose(*overrides: str, folder: Path | None = None, name: str = "config") -> Composed:
    return composed(prepared(Request(overrides, str(folder) if folder else None, name)))


def test_without_overrides_it_is_the_default_run() -> None:
    assert compose().run == Run()


def test_overrides_change_what_they_name() -> None:
    run = compose("firms.focal.value=drip_fees", "months=240", "seed=7").run
    assert (run.months, run.seed, str(run.firms["focal"].value)) == (240, 7, "drip_fees")
    assert run.firms["steady"] == default_firms()["steady"]


@pytest.mark.parametrize("mode", list(MODES))
def test_mode_is_a_preset_of_the_focal_firm(mode: str) -> None:
    run = compose(f"mode={mode}").run
    assert {family: chosen(run.firms["focal"], family) for family in MODES[mode]} == MODES[mode]  # type: ignore[index]
    assert run.firms["walker"] == default_firms()["walker"]


def test_a_policy_can_be_set_over_a_mode_and_groups_take_a_plus() -> None:
    run = compose("+mode=market_centred", "firms.focal.value=drip_fees").run
    assert chosen(run.firms["focal"], "value") == "drip_fees"
    assert chosen(run.firms["focal"], "staff") == "sales_commission"


def test_industry_replaces_all_firms() -> None:
    assert {str(firm.mode) for firm in compose("industry=reciprocity").run.firms.values()} == {"reciprocity"}
    assert list(compose("industry=duopoly").run.firms) == ["focal", "follower"]


def test_firms_and_shocks_can_be_added_and_removed() -> None:
    run = compose(
        "+firms.new.mode=market_centred", "~firms.walker", "+shocks.dear={kind: cost, month: 5}"
    ).run
    assert list(run.firms) == ["focal", "follower", "steady", "dripper", "new"]
    assert (run.shocks["dear"].month, str(run.shocks["dear"].kind)) == (5, "cost")


def test_a_firm_can_have_its_own_parameters_of_an_option() -> None:
    run = compose("firms.focal.policy.value.cheap_at_double.value_target=1.8").run
    assert run.firms["focal"].policy == {"value": {"cheap_at_double": {"value_target": 1.8}}}


@pytest.mark.parametrize("preset", [row[0] for row in describe.experiments().rows])
def test_every_preset_composes(preset: str) -> None:
    assert compose(preset).run != Run() or preset in ("industry=unlike", "mode=reciprocity")


def test_every_preset_says_what_it_is_for() -> None:
    assert all(len(row[1]) > 15 for row in describe.experiments().rows)


def test_presets_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "experiment").mkdir()
    preset = (
        "# @package _global_\ndefaults:\n  - override /mode: market_centred\nmonths: 12\nburn_in: ${months}\n"
    )
    (tmp_path / "experiment" / "mine.yaml").write_text(preset)
    run = compose("experiment=mine", folder=tmp_path).run
    assert (run.months, run.burn_in, str(run.firms["focal"].mode)) == (12, 12, "market_centred")


def test_a_resolved_configuration_runs_again_as_it_is(tmp_path: Path) -> None:
    run = compose(
        "mode=surrender", "shock=[cost,scandal]", "record.snapshots=[3]", "output.folder=elsewhere"
    ).run
    (tmp_path / "config.yaml").write_text(config_text(run))
    assert read_run(tmp_path) == run
    assert compose(folder=tmp_path).run == run
    assert checked(as_tree(run)) == run


def test_a_sweep_is_every_combination() -> None:
    ready = prepared(Request(("seed=1,2", "mode=reciprocity,market_centred", "months=3")))
    assert points(ready) == [
        ("seed=1", "mode=reciprocity", "months=3"),
        ("seed=1", "mode=market_centred", "months=3"),
        ("seed=2", "mode=reciprocity", "months=3"),
        ("seed=2", "mode=market_centred", "months=3"),
    ]


@pytest.mark.parametrize("text", ["plain", "with space", "it's", "a,b", "back\\slash", "x=[1"])
def test_quoted_text_is_read_back_unchanged(text: str) -> None:
    assert parse([f"output.folder={quoted(text)}"])[0].value() == text


def test_cfg_shows_the_configuration_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "months=7", "--cfg", "job"]) == 0
    assert "months: 7\n" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("topic", list(describe.TOPICS))
def test_every_topic_is_described(topic: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", topic, "--markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 2
    assert len({line.count("|") for line in lines}) == 1


def test_the_screen_shows_what_is_searched_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "parameters", "months"]) == 0
    assert "length of the run after burn-in" in capsys.readouterr().out
    assert main(["describe", "parameters", "nonsense"]) == 2


def test_the_catalogue_knows_every_option_and_every_key_of_the_default_run() -> None:
    keys = set(catalogue.parameters())
    for family, options in FAMILIES.items():
        assert set(catalogue.parameters()[f"firms.<firm>.{family}"].choices) == {o.name() for o in options}
    tree = as_tree(Run())
    assert {key for key in tree if not any(known.split(".")[0] == key for known in keys)} == set()


def test_an_empty_mapping_empties_and_a_group_takes_the_whole_place() -> None:
    shock = {"ban": {"kind": "walking_ban", "month": 3}}
    start = Parameters().changed(
        shocks=shock, **{"firms.focal.policy": {"value": {"drip_fees": {"fee_share": 0.1}}}}
    )
    assert start.shocks and start.firms["focal"].policy
    assert not start.changed(shocks={}).shocks
    emptied = start.changed(**{"firms.focal.policy": {}})
    assert not emptied.firms["focal"].policy and str(emptied.firms["focal"].mode) == "reciprocity"
    replaced = start.changed(**{"firms.focal": start.firms["steady"]})
    assert replaced.firms["focal"] == start.firms["steady"] != start.firms["focal"]


@pytest.mark.parametrize("name", ["", " ", "a\nb", "nobody", "moved away", "released", "market", "entrant_1"])
def test_a_firm_has_a_name_that_tables_can_tell_from_others(name: str) -> None:
    with pytest.raises(ValueError, match="firms"):
        Parameters().changed(firms={name: {"value": "drip_fees"}}, **{"market.entrants": 1})
