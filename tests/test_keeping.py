"""Worlds that differ in nothing, and worlds that are kept."""

import os
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from agents import Customer
from agents.firm.levers import SERVICE_LEVERS
from agents.policies import Mode
from experiments import worlds
from experiments.errors import BadInputError
from experiments.folder import DAY
from experiments.keeping import kept, missing, worlds_of
from experiments.nulls import MIND, memory_shuffled
from experiments.questions.bases import settled_policies
from experiments.worlds import Course, Held, exchanged, plan_of, run_courses
from sim import Parameters, Reciprocity, Record
from tests.tiny import SMALL, TINY, silent


def test_arms_that_change_nothing_are_the_unbroken_run_bit_for_bit() -> None:
    plan = plan_of(SMALL, {"same": {}, "again": {}}, 2, 5, ("profit", "customers", "Customer.truth"))
    worlds = dict(run_courses(plan.courses, plan.watched, 3))
    unbroken = Reciprocity(Parameters().changed(**SMALL), rng=3, record=Record(leavers=False, flows=False))
    unbroken.run_for(5)
    for name in ("profit", "customers"):
        assert np.array_equal(worlds["same"].series[name], unbroken.recording.firm(name))
    for name, values in worlds["same"].series.items():
        assert values.shape == (5, 5)
        assert np.array_equal(values, worlds["again"].series[name], equal_nan=True)


def test_before_the_parting_arms_are_one_and_after_it_a_held_price_is_kept() -> None:
    arms = {"free": {}, "held": {"firms.steady.locked_price": Held("steady", "anchor_price")}}
    plan = plan_of(SMALL, arms, 4, 10, ("anchor_price", "profit"))
    worlds = dict(run_courses(plan.courses, plan.watched, 1))
    free, held = (worlds[name].series["anchor_price"] for name in ("free", "held"))
    assert np.array_equal(free[:4], held[:4])
    steady = worlds["held"].names.index("steady")
    assert np.all(held[4:, steady] == held[3, steady])
    assert np.any(free[4:, steady] != free[3, steady])


def test_worlds_are_kept_and_run_again_only_when_asked_or_changed(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    said: list[str] = []
    first = worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    ran = len(said)
    again = worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    assert ran > 0
    assert len(said) == ran
    assert np.array_equal(first["one"][0].series["profit"], again["one"][0].series["profit"])
    worlds_of(plan, [1], store=tmp_path, workers=1, force=True, say=said.append)
    assert len(said) > ran
    other = plan_of({**SMALL, "market.price_step": 0.1}, {"one": {}}, 0, 2, ("profit",))
    assert len({course.key(1) for course in (other.courses["one"], plan.courses["one"])}) == 2
    assert plan.courses["one"].key(1) != plan.courses["one"].key(2)


def test_what_a_killed_process_left_is_swept_up_and_what_another_writes_is_not(tmp_path: Path) -> None:
    left, written = tmp_path / ".a.npz.17.part", tmp_path / ".b.npz.18.part"
    for part in (left, written):
        part.write_bytes(b"half a world")
    long_ago = left.stat().st_mtime - 1.1 * DAY
    os.utime(left, (long_ago, long_ago))
    worlds_of(plan_of(SMALL, {"one": {}}, 0, 1, ("profit",)), [1], store=tmp_path, workers=1, say=silent)
    assert not left.exists()
    assert written.exists()


def test_processes_change_no_result(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    alone = worlds_of(plan, [1, 2], store=tmp_path / "a", workers=1, say=silent)
    shared = worlds_of(plan, [1, 2], store=tmp_path / "b", workers=2, say=silent)
    for mine, theirs in zip(alone["one"], shared["one"], strict=True):
        assert np.array_equal(mine.series["profit"], theirs.series["profit"])


def test_kept_world_is_read_as_it_was(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 1, ("group_customers[3]", "Customer.truth"))
    worlds = worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)
    assert worlds["one"][0].names == kept(tmp_path / f"{plan.courses['one'].key(1)}.npz").names
    assert set(worlds["one"][0].series) == {"group_customers[3]", "Customer.truth"}


def test_a_shared_burn_in_changes_no_result(tmp_path: Path) -> None:
    base = {**SMALL, **settled_policies("focal", Mode.reciprocity), "firms.steady.staff": "sales_quota"}
    plan = plan_of(base, {"one": {}}, 0, 5, ("profit", "mean_trust"))
    told = dict(run_courses(plan.courses, plan.watched, 2, tmp_path))["one"]
    again = dict(run_courses(plan.courses, plan.watched, 2, tmp_path))["one"]
    assert len(list(tmp_path.glob("burn-in-*.npz"))) == 1
    unbroken = Reciprocity(Parameters().changed(**base), rng=2)
    unbroken.run_for(5)
    for name in plan.watched:
        assert np.array_equal(told.series[name], unbroken.recording.firm(name))
        assert np.array_equal(again.series[name], told.series[name])


def test_a_longer_run_with_more_watched_serves_a_shorter_one(tmp_path: Path) -> None:
    said: list[str] = []
    long = plan_of(SMALL, {"one": {}}, 0, 4, ("profit", "customers"))
    short = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    first = worlds_of(long, [1], store=tmp_path, workers=1, say=said.append)["one"][0]
    ran = len(said)
    cut = worlds_of(short, [1], store=tmp_path, workers=1, say=said.append)["one"][0]
    assert len(said) == ran
    assert np.array_equal(cut.series["profit"], first.series["profit"][:2])
    more = plan_of(SMALL, {"one": {}}, 0, 2, ("profit", "staff"))
    assert "staff" in worlds_of(more, [1], store=tmp_path, workers=1, say=said.append)["one"][0].series
    assert len(said) > ran


def test_a_damaged_world_is_run_again_and_that_is_said(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    whole = worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)["one"][0].series["profit"]
    said: list[str] = []
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:200])
    again = worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    assert np.array_equal(again["one"][0].series["profit"], whole)
    path = tmp_path / f"{plan.courses['one'].key(1)}.npz"
    assert [line for line in said if f"{path}: damaged" in line]


def test_damage_to_the_values_alone_is_found_before_anything_is_run(tmp_path: Path) -> None:
    plan = plan_of(SMALL, {"one": {}}, 0, 2, ("profit",))
    whole = worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)["one"][0].series["profit"]
    path = tmp_path / f"{plan.courses['one'].key(1)}.npz"
    with ZipFile(path) as file:
        values = file.getinfo("values.npy")
    content = bytearray(path.read_bytes())
    content[values.header_offset + 60 + values.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    said: list[str] = []
    jobs, there = missing([plan], [1], tmp_path, say=said.append)
    assert (len(jobs), there) == (1, 0)
    assert said == [f"  {path}: damaged, so it is run again"]
    again = worlds_of(plan, [1], store=tmp_path, workers=1, say=silent)["one"][0].series["profit"]
    assert np.array_equal(again, whole)


def test_what_cannot_be_read_of_a_kept_world_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "world.npz"
    path.write_bytes(b"not a world")
    with pytest.raises(BadInputError, match=r"damaged.*--force"):
        kept(path)


def test_what_another_wanted_of_a_world_is_kept_when_it_is_run_again(tmp_path: Path) -> None:
    said: list[str] = []
    one = plan_of(SMALL, {"one": {}}, 0, 4, ("profit",))
    other = plan_of(SMALL, {"one": {}}, 0, 2, ("staff",))
    for plan in (one, other):
        worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    ran = len(said)
    for plan in (one, other):
        worlds_of(plan, [1], store=tmp_path, workers=1, say=said.append)
    assert len(said) == ran


def test_all_that_decides_a_world_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Course({}, {}, {}, 3, 9)
    others = [
        replace(one, start={"market.price_step": 0.1}),
        replace(one, trunk={"firms.steady.value": "drip_fees"}),
        replace(one, arm={"firms.steady.value": "drip_fees"}),
        replace(one, later={2: {"firms.steady.value": "drip_fees"}}),
        replace(one, later={3: {"firms.steady.value": "drip_fees"}}),
        replace(one, parting=4),
        replace(one, disturbed="memory_shuffled"),
    ]
    keys = {each.key(1) for each in (one, *others)} | {one.key(2)}
    assert len(keys) == len(others) + 2
    assert replace(one, months=12).key(1) == one.key(1)
    monkeypatch.setattr(worlds, "code_version", lambda: "another model")
    assert one.key(1) not in keys


def test_what_is_held_from_the_start_names_the_world() -> None:
    at_start = [
        Course({}, {"firms.steady.locked_price": Held("steady", "anchor_price", factor)}, {}, parting, 9)
        for factor in (1.0, 1.1)
        for parting in (0, 3)
    ]
    assert len({course.key(1) for course in at_start}) == 4
    assert at_start[1].origin != at_start[3].origin


@pytest.mark.parametrize("mode", Mode)
def test_settled_policies_are_those_of_the_mode_without_its_stages(mode: Mode) -> None:
    start = Parameters().changed(**SMALL)
    by_mode = Reciprocity(start.changed(**{"firms.focal.mode": mode}), rng=1)
    settled = Reciprocity(start.changed(**settled_policies("focal", mode)), rng=1)
    for model in (by_mode, settled):
        model.run_for(1)
    assert by_mode.policies[0] == settled.policies[0]
    for lever in SERVICE_LEVERS:
        levels = [getattr(model.firms["focal"], lever) for model in (by_mode, settled)]
        assert levels[0] == levels[1], lever
    assert settled.firms["focal"].stage == 0.0


def test_shuffled_minds_are_the_same_minds_in_other_heads() -> None:
    model = Reciprocity(rng=1, **SMALL)  # type: ignore[arg-type]
    model.run_for(2)
    c = model.table(Customer)
    mine = np.flatnonzero(c["firm"] >= 0)
    before = np.column_stack([c[name][mine] for name in MIND]).T
    memory_shuffled(model)
    after = np.column_stack([c[name][mine] for name in MIND]).T
    assert not np.array_equal(before, after)
    assert np.array_equal(np.sort(before, axis=1), np.sort(after, axis=1))
    assert sorted(map(tuple, before.T)) == sorted(map(tuple, after.T))


def test_the_lot_of_minds_is_addressed_by_customer() -> None:
    """With other rows for the same people, the same minds go to the same people's heads."""
    one, other = (Reciprocity(rng=1, **SMALL) for _ in range(2))  # type: ignore[arg-type]
    for model in (one, other):
        model.run_for(2)
    table = other.table(Customer)
    for array in table.arrays.values():
        array[:] = array[::-1].copy()
    for model in (one, other):
        memory_shuffled(model)
    back = np.argsort(table["number"], kind="stable")
    first = np.argsort(one.table(Customer)["number"], kind="stable")
    for name in MIND:
        np.testing.assert_array_equal(one.table(Customer)[name][first], table[name][back], err_msg=name)


def test_swapped_policies_leave_nothing_of_the_firms_own() -> None:
    own = {"firms.focal.policy": {"value": {"cheap_at_double": {"value_target": 1.7}}}}
    course = TINY.course("cheap", "main")
    course = replace(course, start={**course.start, **own})
    firms = course.at_start.firms
    swapped = exchanged(course, "focal", "steady")
    after = swapped.parameters(swapped.trunk).firms
    assert firms["focal"].policy and not firms["steady"].policy
    assert (after["focal"], after["steady"]) == (firms["steady"], firms["focal"])
