"""Results change only on purpose: small markets do what they did, to the last integer."""

import json

import pytest

from tests.golden import CONFIGURATIONS, RELATIVE, agree, differences, file_of


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_market_does_what_it_did(name: str) -> None:
    found = differences(name)
    assert not found, f"differs in {', '.join(found)}; if on purpose: python -m tests.golden"


def test_every_trajectory_is_kept_and_says_something() -> None:
    assert {path.stem for path in file_of("x").parent.glob("*.json")} == set(CONFIGURATIONS)
    for name in CONFIGURATIONS:
        kept = json.loads(file_of(name).read_text())
        assert sum(map(sum, kept["whole"]["lost"])) > 50
        assert kept["whole"]["month"]


def test_what_agrees() -> None:
    assert agree([1.0, 1e6], [1.0, 1e6 + 1e-4])
    assert not agree([1.0, 2.0], [1.0, 2.0 + 10.0 * RELATIVE])
    assert not agree([1.0], [1.0, 2.0])
    assert not agree([float("nan")], [1.0])
