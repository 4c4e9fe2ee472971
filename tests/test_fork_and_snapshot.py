"""A world can be forked, kept in a file and taken up again, and goes on as if nothing had happened."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agents import Firm
from agents.firm import SERVICE_LEVERS
from sim import Reciprocity, Record
from sim.adopting import change_entry
from sim.events.facing_rivals import enter
from sim.metrics import METRICS
from tests.worlds import different, force, row_of, small

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


def test_worlds_record_apart_from_the_fork_on() -> None:
    model = small(rng=3, record=Record(panel=(3, 5)), **EVENTFUL)
    model.run_for(4)
    profit, left = model.recording.firm("profit"), model.recording.leavers["month"].size
    fork = model.fork(firms={"focal": {"value": "drip_fees"}})
    fork.run_for(3)
    kept = model.recording
    assert kept.months == [0, 1, 2, 3] and kept.leavers["month"].size == left
    assert np.array_equal(kept.firm("profit"), profit)
    assert (len(kept.moves), len(kept.flows), set(kept.panel["month"])) == (4, 4, {0, 1, 2, 3})
    assert fork.recording.months == [0, 1, 2, 3, 4, 5, 6]
    assert np.array_equal(fork.recording.firm("profit")[:4], profit)


@pytest.mark.parametrize("changes", [{}, {"employee.reference_wage": 800.0}])
def test_what_is_recorded_is_measured_by_the_parameters_of_its_own_world(changes: dict[str, Any]) -> None:
    model = small()
    fork = model.fork(**changes)
    assert fork.recording.parameters is fork.parameters
    assert model.recording.parameters is model.parameters is not fork.parameters


def test_laws_of_chance_that_a_fork_changes_are_those_of_a_start_with_them() -> None:
    needs = {"population.need_rate_mean": 2.0}
    fork, other = small().fork(**needs), small(**needs)
    assert np.array_equal(fork.need_table, other.need_table)
    assert fork.settings.tobytes() == other.settings.tobytes()


def test_a_changed_option_changes_the_firms_that_have_chosen_it_and_no_other() -> None:
    model = small(**{"market.entrants": 1})
    model.run_for(1)
    force(model, "walker", openness=0.9)  # set by hand
    fork = model.fork(**{"policy.service.empowered.empowerment": 0.9})
    steady, entrant = row_of(fork, "steady"), row_of(fork, "entrant_1")
    found, before = fork.table(Firm), model.table(Firm)
    assert found["empowerment"][steady] == fork.policies[steady].service.empowerment == 0.9
    others = np.arange(len(model.firm_names)) != steady
    assert np.array_equal(found["empowerment"][others], before["empowerment"][others])
    assert found["openness"][row_of(fork, "walker")] == 0.9
    named = model.fork(firms={"steady": {"service": "partnership"}})
    assert named.table(Firm)["openness"][row_of(named, "walker")] == 0.9
    enter(fork)
    chosen = fork.policies[entrant].service.name()
    later = fork.fork(**{f"policy.service.{chosen}.empowerment": 0.45})
    assert found["alive"][entrant] and later.table(Firm)["empowerment"][entrant] == 0.45


def test_a_budget_buys_as_much_contact_as_its_cost_in_the_fork_allows() -> None:
    entry = {"steady": {"marketing": "retention"}}
    dear = {"levers.outreach_cost": 20.0}
    model, other = small(firms=entry), small(firms=entry, **dear)
    for world in (model, other):
        world.run_for(1)
    fork = model.fork(**dear)
    found, before = fork.table(Firm)["outreach"], model.table(Firm)["outreach"]
    assert np.array_equal(found, other.table(Firm)["outreach"])
    assert found[row_of(model, "steady")] < before[row_of(model, "steady")]


def test_a_fork_keeps_what_a_firm_has_learned() -> None:
    model = small()
    model.run_for(1)
    steady = row_of(model, "steady")
    change_entry(model, steady, service="partnership")
    fork = model.fork(firms={"steady": {"governance": "consensus"}})
    assert (fork.entries[steady].service, fork.entries[steady].governance) == ("partnership", "consensus")
    assert fork.table(Firm)["empowerment"][steady] == model.table(Firm)["empowerment"][steady]


def test_an_unchanged_firm_grows_toward_its_next_stage_as_it_did() -> None:
    """A manager that has come to mind customer equity minds it still, whatever else its firm changes."""
    ready = {f"market.{name}_needed": 0.0 for name in ("partners", "value", "cash")}
    model = small(**ready)
    model.run_for(7)
    focal = row_of(model, "focal")
    assert 0.0 < model.table(Firm)["objective_equity"][focal] < 1.0
    fork = model.fork(firms={"focal": {"service": "empowered"}})
    for name in ("objective_equity", "stage", "stage_months"):
        assert fork.table(Firm)[name][focal] == model.table(Firm)[name][focal], name
    fallen = model.fork(firms={"focal": {"mode": "market_centred"}})
    assert fallen.table(Firm)["objective_equity"][focal] == 0.0


def test_before_policies_take_effect_a_fork_lets_its_firms_be() -> None:
    model = small()
    fork = model.fork(firms={"steady": {"service": "partnership"}})
    assert different(model, fork) == set()
    fork.run_for(1)
    assert fork.table(Firm)["empowerment"][row_of(fork, "steady")] == 0.8


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


def test_a_fork_changes_shocks_to_come_and_none_that_has_begun() -> None:
    """Costs that rose by one size would else fall by another, and a slump cut short would never end."""
    model = eventful()
    late = {"kind": "cost", "month": 7, "size": 0.5, "duration": 4}
    for shocks in ({"cost": {"size": 0.2}}, {"recession": {"duration": 1}}, {"late": late}):
        with pytest.raises(ValueError, match=rf"^shocks\.{next(iter(shocks))}: began before month 8"):
            model.fork(shocks=shocks)
    fork = model.fork(shocks={"soon": {**late, "month": 8, "firm": "walker"}})
    fork.run_for(6)
    factor = fork.recording.firm("cost_factor")[:, row_of(fork, "walker")]
    assert factor[7:13] == pytest.approx([1.0, 1.5, 1.5, 1.5, 1.5, 1.0])


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


def test_a_firm_taken_out_before_a_snapshot_is_paid_out_after_it(tmp_path: Path) -> None:
    model = small()
    model.run_for(2)
    model.firms["focal"].remove()
    model.save(tmp_path / "month_2.npz")
    loaded = Reciprocity.load(tmp_path / "month_2.npz")
    for world in (loaded, model):
        world.run_for(2)
    assert different(loaded, model) == set()
    for name in ("flows", "moves"):
        assert np.array_equal(getattr(loaded.recording, name), getattr(model.recording, name)), name


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
