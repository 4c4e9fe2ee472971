"""Many runs at once: all in one table, whatever becomes of one of them."""

import signal
from pathlib import Path

import polars as pl
import pytest

from experiments import run, tables
from experiments.cli import main
from experiments.manifest import read_manifest
from experiments.progress import StopRequest
from experiments.run import read_run
from sim import Reciprocity

PLAIN = ["output.figures=false", "output.report=false"]


SMALL = ["population.customers=150", "burn_in=3", "months=5", *PLAIN]


def test_a_multirun_ends_in_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["seed=1,2", "mode=market_centred,reciprocity", 'hydra.sweep.dir="all it\'s"']
    assert main(["run", "--multirun", *SMALL, *words]) == 0
    assert "4 runs in one table" in capsys.readouterr().out
    table = pl.read_parquet(tmp_path / "all it's" / "months.parquet")
    assert table.columns == ["run", "folder", "seed", "mode", *tables.MONTHS]
    assert table.select("run", "seed", "mode").unique().height == 4
    one = table.filter(run=1).select(tables.MONTHS.keys())
    assert one.equals(pl.read_parquet(tmp_path / "all it's" / "run-1" / "months.parquet"), null_equal=True)
    assert read_run(tmp_path / "all it's" / "run-1").firms["focal"].mode == "reciprocity"


def test_jobs_of_a_multirun_never_share_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["seed=1,2", "hydra.sweep.dir=all", "hydra.sweep.subdir=same", "months=1"]
    assert main(["run", "--multirun", *SMALL, *words]) == 0
    assert {path.parent.name for path in (tmp_path / "all").glob("*/manifest.json")} == {"same", "same-2"}


def test_a_failing_run_of_a_multirun_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def some_months(model: Reciprocity, job: run.Job, stop: StopRequest) -> bool:
        if job.run.seed == 2:
            raise ArithmeticError("money is lost\nsomewhere")
        return months(model, job, stop)

    months = run.run_months
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "run_months", some_months)
    with pytest.raises(ArithmeticError, match="money is lost"):
        main(["run", "--multirun", *SMALL, "seed=1,2,3", "hydra.sweep.dir=all"])
    said = capsys.readouterr().out
    assert "run 1 failed: ArithmeticError: money is lost" in said
    assert "2 runs in one table" in said
    about = [read_manifest(tmp_path / "all" / f"run-{number}") for number in range(3)]
    assert [each["complete"] for each in about] == [True, False, True]
    assert about[1]["failed"] == "ArithmeticError: money is lost"
    assert pl.read_parquet(tmp_path / "all" / "months.parquet")["seed"].unique().sort().to_list() == [1, 3]


def test_ctrl_c_stops_a_multirun_and_not_only_one_of_its_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(model: Reciprocity, job: run.Job, stop: StopRequest) -> bool:
        if job.run.seed == 2:
            signal.raise_signal(signal.SIGINT)
        return months(model, job, stop)

    months = run.run_months
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(run, "run_months", stopped)
    assert main(["run", "--multirun", *SMALL, "seed=1,2,3", "hydra.sweep.dir=all"]) == 130
    said = capsys.readouterr()
    assert said.err.splitlines()[-1] == "error: stopped; the partial result is in all"
    assert {path.name for path in (tmp_path / "all").glob("run-*")} == {"run-0", "run-1"}
    assert read_manifest(tmp_path / "all" / "run-1")["complete"] is False
