"""A run and what it leaves behind: whole files, the same bytes, a folder of its own."""

import gc
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from experiments import run, tables
from experiments.cli import main
from experiments.errors import InterruptedRunError
from experiments.folder import claim, digest, make_whole, write_whole
from experiments.lean import lean_start, settled
from experiments.manifest import config_hash, read_manifest
from experiments.progress import StopRequest
from experiments.run import Job, carry_out, read_run
from experiments.schema import Run, checked
from sim import Reciprocity
from sim.ledger import FLOWS, SECTORS
from sim.parameters import Parameters

PLAIN = ["output.figures=false", "output.report=false"]
SMALL = ["population.customers=150", "burn_in=3", "months=5", *PLAIN]

QUIET = {"output": {"figures": False, "report": False}}


def small(**changes: object) -> Run:
    tree = {"population": {"customers": 150}, "burn_in": 3, "months": 5, **QUIET}
    return checked({**tree, **changes})


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    run = small(record={"panel": 2, "snapshots": [0, 2]}, months=8)
    return carry_out(run, tmp_path_factory.mktemp("runs") / "one", say=silent)


def test_a_run_leaves_all_its_files(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    expected = {"config.yaml", "months.parquet", "leavers.parquet", "flows.parquet", "panel.parquet"}
    assert names == expected | {"dictionary.md", "manifest.json", "snapshots"}
    assert sorted(path.name for path in (folder / "snapshots").iterdir()) == [
        "month-0000.npz",
        "month-0002.npz",
    ]


def test_the_manifest_tells_what_made_it(folder: Path) -> None:
    about = read_manifest(folder)
    assert (about["complete"], about["months_done"], about["months_asked"], about["seed"]) == (True, 8, 8, 1)
    assert about["config_hash"] == config_hash(read_run(folder))
    assert about["files"] == {name: digest(folder / name) for name in about["files"]}
    assert set(about["files"]) >= {"config.yaml", "months.parquet", "snapshots/month-0002.npz"}
    assert {"numpy", "numba", "mesa", "python", "reciprocity"} <= set(about["versions"])


def test_months_are_tidy_and_complete(folder: Path) -> None:
    months = pl.read_parquet(folder / "months.parquet")
    assert dict(months.schema) == {name: kind() for name, kind in tables.MONTHS.items()}
    assert months.select("month", "who", "metric").is_duplicated().sum() == 0
    customers = months.filter(metric="customers")
    assert customers["month"].unique().sort().to_list() == list(range(8))
    assert customers["who"].unique(maintain_order=True).to_list() == list(Parameters().firms)
    assert set(months["metric"]) == {quantity.name for quantity in tables.quantities()}
    assert not months["value"].is_nan().any()


def test_the_table_holds_the_models_own_numbers(folder: Path) -> None:
    run = read_run(folder)
    told = {"burn_in": run.burn_in, "population.customers": run.population.customers}
    model = Reciprocity(Parameters().changed(**told), rng=run.seed)
    model.run_for(run.months)
    months = pl.read_parquet(folder / "months.parquet").filter(metric="price")
    assert months["value"].to_list() == model.recording.firm("price").reshape(-1).tolist()


def test_leavers_and_moves_tell_the_same(folder: Path) -> None:
    leavers = pl.read_parquet(folder / "leavers.parquet")
    months = pl.read_parquet(folder / "months.parquet")
    assert dict(leavers.schema) == dict(pl.DataFrame(schema=tables.LEAVERS).schema)
    gone = leavers.filter(pl.col("to") == tables.AWAY)
    assert gone.height == months.filter(metric="moved_away")["value"].sum()
    assert leavers.height - gone.height == months.filter(metric="lost")["value"].sum()
    assert set(leavers["from"]) <= set(Parameters().firms)


def test_every_flow_sums_to_zero(folder: Path) -> None:
    flows = pl.read_parquet(folder / "flows.parquet")
    size = flows["coins"].abs().sum()
    sums = flows.group_by("month", "flow").agg(pl.col("coins").sum())
    assert flows.height == 8 * len(FLOWS) * len(SECTORS)
    assert sums["coins"].abs().max() <= 1e-9 * size  # type: ignore[operator]


def test_the_panel_follows_customers(folder: Path) -> None:
    panel = pl.read_parquet(folder / "panel.parquet")
    assert set(panel["customer"]) <= {0, 1}
    assert panel.height <= 16
    assert set(panel["firm"]) <= {*Parameters().firms, tables.NOBODY}


def test_the_dictionary_explains_every_column_and_metric(folder: Path) -> None:
    text = (folder / "dictionary.md").read_text()
    for part in ("months", "leavers", "flows", "panel"):
        assert f"## {part}.parquet" in text
        for column in pl.read_parquet_schema(folder / f"{part}.parquet"):
            assert f"| {column} |" in text
    assert all(f"| {quantity.name} |" in text for quantity in tables.quantities())


def test_a_run_by_repertoire_holds_its_own_metrics_and_purchases(tmp_path: Path) -> None:
    done = carry_out(small(months=30, market={"buying": "repertoire"}), tmp_path / "shops", say=silent)
    months = pl.read_parquet(done / "months.parquet")
    assert set(months["metric"]) == {quantity.name for quantity in tables.quantities("repertoire")}
    assert "annual_retention" not in set(months["metric"])
    assert months.filter(metric="bought_again", month=29)["value"].is_not_null().any()
    bought = pl.read_parquet(done / "purchases.parquet")
    services = months.filter(metric="services")["value"].sum()
    assert bought["count"].sum() == services and bought.height > 0
    text = (done / "dictionary.md").read_text()
    assert "## purchases.parquet" in text and "| bought_again |" in text


def test_same_seed_same_bytes_for_any_threads_and_records(folder: Path, tmp_path: Path) -> None:
    again = carry_out(small(months=8, threads=2), tmp_path / "again", say=silent)
    less = carry_out(
        small(months=8, record={"leavers": False, "flows": False}), tmp_path / "less", say=silent
    )
    assert not (less / "leavers.parquet").exists()
    assert (less / "months.parquet").read_bytes() == (folder / "months.parquet").read_bytes()
    for name in ("months.parquet", "leavers.parquet", "flows.parquet"):
        assert (again / name).read_bytes() == (folder / name).read_bytes()
    assert read_manifest(again)["config_hash"] == read_manifest(folder)["config_hash"]
    other = carry_out(small(months=8, seed=2), tmp_path / "other", say=silent)
    assert (other / "months.parquet").read_bytes() != (folder / "months.parquet").read_bytes()


def test_a_snapshot_goes_on_as_the_run_did(folder: Path) -> None:
    model = Reciprocity.load(folder / "snapshots" / "month-0002.npz")
    assert model.month == 2
    model.run_for(1)
    months = pl.read_parquet(folder / "months.parquet").filter(metric="profit", month=2)
    assert months["value"].to_list() == model.recording.firm("profit")[-1].tolist()


def test_folders_are_never_shared(tmp_path: Path) -> None:
    wanted = tmp_path / "day" / "time"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(claim, [wanted] * 24))
    assert len(set(made)) == 24
    assert {path.name for path in made} == {"time", *(f"time-{n}" for n in range(2, 25))}


def test_a_second_run_leaves_the_first_alone(folder: Path) -> None:
    before = digest(folder / "months.parquet")
    second = carry_out(small(seed=9), folder, say=silent)
    assert second.name == f"{folder.name}-2"
    assert digest(folder / "months.parquet") == before


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def half(part: Path) -> None:
        part.write_text("half")
        raise OSError(28, "No space left on device")

    (tmp_path / "kept").write_text("old")
    with pytest.raises(OSError, match="No space left"):
        make_whole(tmp_path / "kept", half)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"kept": "old"}
    assert write_whole(tmp_path / "kept", "new").read_text() == "new"


@pytest.mark.parametrize("months_before", [0, 2])
def test_ctrl_c_leaves_a_valid_partial_result(tmp_path: Path, months_before: int) -> None:
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        if text.startswith(f"  month {3 + months_before} of"):
            signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(InterruptedRunError, match="partial"):
        carry_out(small(months=7, output={}), tmp_path / "stopped", say=say)
    assert signal.getsignal(signal.SIGINT) is before
    about = read_manifest(tmp_path / "stopped")
    assert (about["complete"], about["months_done"], about["months_asked"]) == (False, months_before, 7)
    months = pl.read_parquet(tmp_path / "stopped" / "months.parquet")
    assert months["month"].n_unique() == months_before
    assert (tmp_path / "stopped" / "report.html").exists() == bool(months_before)  # burn-in: nothing to tell
    assert any("stopping" in line for line in said)


def test_a_killed_run_is_marked_incomplete(tmp_path: Path) -> None:
    class KilledError(Exception):
        pass

    def say(text: str) -> None:
        if text.startswith("  month"):
            raise KilledError

    with pytest.raises(KilledError):
        carry_out(small(), tmp_path / "killed", say=say)
    assert read_manifest(tmp_path / "killed")["complete"] is False


FULL_DISK = """
import resource, sys
from experiments.cli import main

words = sys.argv[1:]
assert main(["run", *words, "hydra.run.dir=warm"]) == 0  # compiled code is on disk before the disk is full
for limit in (500, 40_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    assert main(["run", *words, f"hydra.run.dir=full{limit}"]) == 1
"""


def test_a_disk_that_fills(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *SMALL, "months=60"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "error: full500/config.yaml: File too large",
        "error: full40000/months.parquet: File too large",
    ]
    assert not (tmp_path / "full500").exists()
    assert sorted(path.name for path in (tmp_path / "full40000").iterdir()) == [
        "config.yaml",
        "manifest.json",
    ]
    assert read_manifest(tmp_path / "full40000")["complete"] is False


@pytest.mark.parametrize(
    "words",
    [
        ["months=0"],
        ["industry=monopoly"],
        ["industry=monopoly", "population.customers=1"],
        ["population.customers=1"],
        ["employee.pool_per_load=0"],
    ],
)
def test_the_smallest_markets_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", *SMALL, "months=3", *words, "hydra.run.dir=here"]) == 0
    assert read_manifest(tmp_path / "here")["complete"] is True


def test_a_run_says_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", *SMALL, "output.folder=here"]) == 0
    said = capsys.readouterr().out
    assert "month 8 of 8" in said
    assert "After 5 months" in said
    assert "Who lost how many customers to whom" in said
    assert all(firm in said for firm in Parameters().firms)
    assert "months.parquet" in said


def test_forgotten_objects_are_searched_for_while_the_months_go_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watched(model: Reciprocity, job: Job, stop: StopRequest) -> bool:
        searched.append(gc.isenabled())
        return months(model, job, stop)

    months, searched = run.run_months, list[bool]()
    monkeypatch.setattr(run, "run_months", watched)
    monkeypatch.chdir(tmp_path)
    assert gc.isenabled()
    assert main(["run", *SMALL, "hydra.run.dir=here"]) == 0
    gc.unfreeze()
    assert searched == [True]
    assert gc.isenabled()


def test_who_never_searches_for_forgotten_objects_goes_on_so() -> None:
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        settled()  # without a lean start
        with lean_start():
            settled()
        assert not gc.isenabled()
        assert gc.get_freeze_count() == frozen
    finally:
        gc.enable()


def test_explain_tells_a_life(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leavers = pl.read_parquet(folder / "leavers.parquet").filter(pl.col("month") > 0)
    customer = leavers["customer"][0]
    assert main(["explain", str(folder), "--customer", str(customer)]) == 0
    said = capsys.readouterr().out
    assert f"Customer {customer}" in said
    assert f"it left {leavers['from'][0]}" in said
    assert "At neutral terms it would leave" in said


def test_explain_refuses_nobody_and_another_run(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", str(folder), "--customer", "99999999"]) == 2
    assert "nobody has this number" in capsys.readouterr().err
    run = read_run(folder)
    run.seed = 77
    other = carry_out(run, tmp_path / "other", say=silent)
    (other / "config.yaml").write_text((folder / "config.yaml").read_text())
    assert main(["explain", str(other), "--customer", "1"]) == 2
    assert "not the same run" in capsys.readouterr().err


def test_python_can_start_a_run_too(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "experiments.run", "months=1.5"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr[:30]) == (2, "error: months = 1.5: a whole n")
