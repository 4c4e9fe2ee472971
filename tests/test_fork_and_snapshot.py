"""A world can be forked, kept in a file and taken up again, and goes on as if nothing had happened."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.firm import SERVICE_LEVERS
from sim import Reciprocity, Record
from sim.metrics import METRICS
from tests.worlds import different, row_of, small

SHOCKS = {
    "cost": {"kind": "cost", "month": 5, "firm": "focal", "size": 0.1, "duration": 9},
    "recession": {"kind": "recession", "month": 6, "size": 0.2, "duration": 8},
    "ban": {"kind": "walking_ban", "month": 7},
    "gone": {"kind": "desertion", "month": 4, "firm": "dripper", "duration": 6},
}
EVENTFUL = {"shocks": SHOCKS, "market.entrants": 1, "market.entry_rate": 0.2, "market.entry_margin": -1.0}


def eventful(rng: int = 1) -> Reciprocity:
    """A market in which much has happened by month 8."""
    model = small(rng=rng, firms={"focal": {"clawback": 6.0}}, **EVENTFUL)
    model.run_for(8)
    return model


def test_a_fork_without_changes_is_the_unbroken_run() -> None:
    model, unbroken = eventful(), eventful()
    fork = model.fork()
    for world in (fork, unbroken):
        world.run_for(16)
    assert different(fork, unbroken) == set()
    assert np.array_equal(fork.recording.firm("profit"), unbroken.recording.firm("profit"))
    assert fork.closures == unbroken.closures
    assert fork.agent_id_counter == unbroken.agent_id_counter
    assert model.month == 8
    model.run_for(16)
    assert different(model, unbroken) == set()


def test_what_is_set_in_a_fork_stays_there() -> None:
    model = small()
    fork = model.fork()
    fork.parameters.government.tax = 0.5
    fork.parameters.firms["focal"].levers.openness = 0.9
    fork.policies[0].value.quality = 1.5
    assert model.parameters == small().parameters
    assert model.policies == small().policies


def test_a_fork_in_the_burn_in() -> None:
    model, unbroken = small(), small()
    model.step()
    fork, changed = model.fork(), model.fork(firms={"focal": {"value": "drip_fees"}})
    for world in (fork, unbroken, changed):
        world.run_for(6)
    assert different(fork, unbroken) == set()
    assert "Firm.hidden_fee" in different(changed, unbroken)


def test_a_changed_policy_touches_its_firm_alone() -> None:
    model = eventful()
    fork = model.fork(firms={"steady": {"service": "partnership", "governance": "consensus"}})
    before, after = model.table(Firm), fork.table(Firm)
    changed = {name for name in Firm.columns if not np.array_equal(before[name], after[name])}
    assert {"empowerment", "openness", "consensus"} <= changed <= {*SERVICE_LEVERS, "consensus"}
    others = np.arange(len(model.firm_names)) != row_of(model, "steady")
    assert all(np.array_equal(before[name][others], after[name][others]) for name in changed)
    assert fork.parameters.firms["steady"].service == "partnership"
    assert model.parameters.firms["steady"].service == "empowered"


OTHER_PEOPLE: dict[str, Any] = {
    "burn_in": 4,
    "population.customers": 201,
    "market.entrants": 2,
    "employee.pool_per_load": 2.0,
    "supplier.suppliers": 21,
    "supplier.links": 4,
    "shareholder.shareholders": 61,
    "firms": {"newcomer": {}},
}


@pytest.mark.parametrize("key", OTHER_PEOPLE)
def test_a_fork_keeps_its_people(key: str) -> None:
    model = eventful()
    with pytest.raises(ValueError, match=f"{key}.*cannot change in a fork"):
        model.fork(**{key: OTHER_PEOPLE[key]})


@pytest.mark.parametrize(
    "change", [{"market.prise_step": 0.1}, {"market.price_step": 9.0}, {"firms": {"focal": {"valeu": "x"}}}]
)
def test_a_fork_refuses_bad_input(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(change)).split(".")[-1]):
        small().fork(**change)


def test_a_snapshot_is_taken_up_where_it_was_left(tmp_path: Path) -> None:
    model, unbroken = eventful(), eventful()
    model.save(tmp_path / "month_8.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["month_8.npz"]
    loaded = Reciprocity.load(tmp_path / "month_8.npz", threads=2)
    assert loaded.threads == 2
    assert different(loaded, unbroken) <= {"flows", "moves"}  # of the month before, no part of the state
    for world in (loaded, unbroken):
        world.run_for(16)
    assert different(loaded, unbroken) == set()
    assert loaded.closures == unbroken.closures
    assert (loaded.month, loaded.firm_names) == (unbroken.month, unbroken.firm_names)


RECORDS = {
    "contract": (Record(panel=(3, 5)), {}),
    "repertoire": (Record(), {"market.buying": "repertoire"}),
    "little": (Record(leavers=False, flows=False, purchases=False), {}),
}


@pytest.mark.parametrize("kept", RECORDS)
def test_a_snapshot_goes_on_recording(kept: str, tmp_path: Path) -> None:
    record, changes = RECORDS[kept]
    model, unbroken = (small(rng=3, record=record, **EVENTFUL, **changes) for _ in range(2))
    model.run_for(8)
    model.save(tmp_path / "month_8.npz")
    loaded = Reciprocity.load(tmp_path / "month_8.npz")
    loaded.run_for(7)
    unbroken.run_for(15)
    assert (loaded.steps, loaded.time, loaded.clock) == (unbroken.steps, unbroken.time, unbroken.clock)
    mine, whole = loaded.recording, unbroken.recording
    assert (mine.record, mine.months, mine.names) == (whole.record, whole.months, whole.names)
    for name in ("moves", "flows", "moved_by_tenure", "expected_leavings"):
        assert np.array_equal(getattr(mine, name), getattr(whole, name)), name
    for name in ("leavers", "purchases", "panel"):
        found, wanted = getattr(mine, name), getattr(whole, name)
        assert found.keys() == wanted.keys()
        assert all(np.array_equal(found[key], wanted[key], equal_nan=True) for key in wanted), name
    for one in METRICS.values():
        if whole.buying in one.buying:
            assert np.array_equal(one.compute(mine), one.compute(whole), equal_nan=True), one.name
    frames = [world.datacollector.get_model_vars_dataframe() for world in (loaded, unbroken)]
    assert frames[0].equals(frames[1])


def test_a_snapshot_of_the_burn_in(tmp_path: Path) -> None:
    model, unbroken = small(), small()
    model.step()
    model.save(tmp_path / "start.npz")
    loaded = Reciprocity.load(tmp_path / "start.npz")
    for world in (loaded, unbroken):
        world.run_for(6)
    assert different(loaded, unbroken) == set()


def test_the_same_state_is_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        eventful().save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_snapshot_holds_no_code(tmp_path: Path) -> None:
    eventful().save(tmp_path / "state.npz")
    with np.load(tmp_path / "state.npz", allow_pickle=False) as file:
        assert all(file[name].dtype.kind in "biuf" for name in file.files)


@pytest.mark.parametrize("kept", [0.0, 0.01, 0.5, 0.999])
def test_a_truncated_snapshot_is_refused(kept: float, tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    eventful().save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(ValueError, match="not a whole snapshot"):
        Reciprocity.load(path)


def test_a_damaged_snapshot_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    eventful().save(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(ValueError, match="not a whole snapshot"):
        Reciprocity.load(path)


def test_foreign_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear model,\n")
    np.savez(tmp_path / "other.npz", numbers=np.arange(3))
    about = np.frombuffer(b'{"format": "somebody else\'s 7"}', np.uint8)
    np.savez(tmp_path / "theirs.npz", about=about)
    for name, match in (
        ("letter.txt", "not a whole snapshot"),
        ("other.npz", "not a whole snapshot"),
        ("theirs.npz", "somebody else's 7"),
    ):
        with pytest.raises(ValueError, match=match) as refusal:
            Reciprocity.load(tmp_path / name)
        assert name in str(refusal.value)
        assert "\n" not in str(refusal.value)
    with pytest.raises(FileNotFoundError):
        Reciprocity.load(tmp_path / "nothing.npz")


def test_a_snapshot_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    eventful().save(path)
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files if name != "Customer.trust"}
    np.savez(path, allow_pickle=False, **arrays)
    with pytest.raises(ValueError, match=r"Customer\.trust is missing"):
        Reciprocity.load(path)


def test_a_failed_save_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = eventful()
    model.save(tmp_path / "state.npz")
    before = (tmp_path / "state.npz").read_bytes()

    def fail(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(np, "savez", fail)
    with pytest.raises(OSError, match="no space"):
        model.save(tmp_path / "state.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["state.npz"]
    assert (tmp_path / "state.npz").read_bytes() == before
