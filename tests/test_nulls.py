"""Null models do what they say, and what becomes of a claim in them follows from the numbers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from experiments.comparing import Claim
from experiments.nulls import MEMORY_SHUFFLED, OFF, POLICIES_SWAPPED, RECIPROCITY_OFF
from experiments.question import Answer
from experiments.questions import page
from experiments.worlds import World, run_courses
from sim.parameters import as_tree
from sim.switches import Switches
from tests.tiny import CUSTOMERS, EFFECT, TINY

RISES = Claim("cheap prices win", CUSTOMERS, EFFECT, 1, 0.0, relative=False)
FOUND = [10.0, 11.0, 12.0]


def test_nobody_reciprocates_where_reciprocity_is_off() -> None:
    sides = {f"switches.{name}": False for name in as_tree(Switches()) if name.startswith("reciprocity_")}
    assert sides == OFF
    course = TINY.in_null(TINY.course("cheap", "main"), RECIPROCITY_OFF)
    plain = TINY.course("cheap", "main")
    there, here = (as_tree(each.parameters(each.trunk, each.arm)) for each in (course, plain))
    assert not any(there["switches"].pop(key.partition(".")[2]) for key in OFF)
    assert all(here["switches"].pop(key.partition(".")[2]) for key in OFF)
    assert there == here


def test_minds_are_shuffled_from_the_parting_on() -> None:
    plain = replace(TINY.course("dear", "main"), parting=2)
    shuffled = replace(TINY.in_null(plain, MEMORY_SHUFFLED), parting=2, months=plain.months)
    worlds = dict(run_courses({"plain": plain, "shuffled": shuffled}, ("lost", "mean_trust"), 1))
    for name in ("lost", "mean_trust"):
        here, there = (worlds[each].series[name] for each in ("plain", "shuffled"))
        assert np.array_equal(here[:2], there[:2])
        assert not np.array_equal(here[2:], there[2:])


def told(effects: dict[str, Sequence[float]], partner: Sequence[float] = ()) -> Answer:
    """An answer in whose markets customers of the focal firm rise so much, one number a seed."""
    names = ("focal", TINY.swaps or "")
    worlds = {}
    for where, rises in effects.items():
        for arm, sign in (("cheap", 1.0), ("dear", 0.0)):
            worlds[f"{where}/{arm}"] = [
                World(names, {"customers": np.tile([100.0 + sign * rise, 50.0 + sign * other], (6, 1))})
                for rise, other in zip(rises, partner or [0.0] * len(rises), strict=True)
            ]
    return Answer(replace(TINY, claims=(RISES,)), tuple(range(1, len(FOUND) + 1)), worlds)


@pytest.mark.parametrize(
    ("there", "fate"),
    [
        ([10.5, 10.5, 12.1], "survives"),
        ([4.0, 5.2, 5.9], "survives, smaller"),
        ([0.1, -0.1, 0.05], "does not survive"),
        ([-10.0, -11.0, -12.0], "turns round"),
        ([-30.0, 40.0, 5.0], "cannot be told"),
    ],
)
def test_the_fate_of_a_claim_follows_from_its_null(there: list[float], fate: str) -> None:
    answer = told({TINY.main: FOUND, RECIPROCITY_OFF.name: there})
    assert page.fate(answer, RISES, RECIPROCITY_OFF) == fate
    failed = replace(RISES, direction=-1)
    assert page.fate(answer, failed, RECIPROCITY_OFF) == ""


@pytest.mark.parametrize(
    ("focal", "partner", "where"),
    [
        ([0.1, -0.1, 0.0], FOUND, "goes with the policies"),
        (FOUND, [0.1, -0.1, 0.0], "stays with the name"),
        (FOUND, FOUND, "seen at both firms"),
        ([0.1, -0.1, 0.0], [0.1, -0.1, 0.0], "seen at neither"),
    ],
)
def test_swapped_policies_tell_where_an_effect_is(
    focal: list[float], partner: list[float], where: str
) -> None:
    answer = told({TINY.main: FOUND})
    swapped = told({POLICIES_SWAPPED.name: focal}, partner)
    both = replace(answer, worlds={**answer.worlds, **swapped.worlds})
    assert page.fate(both, RISES, POLICIES_SWAPPED) == where
