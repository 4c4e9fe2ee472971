"""Every declared number at both ends of its declared range: the month runs, and all that must hold holds."""

from itertools import groupby
from typing import Any

import pytest

from sim import Reciprocity, Record
from tests.bounds import End, changes_for, ends
from tests.identities import watched_months

SMALL: dict[str, Any] = {"population.customers": 60, "burn_in": 1}
GROUPS = {
    group: list(found) for group, found in groupby(ends(), lambda end: ".".join(end.key.split(".")[:-1][:3]))
}


@pytest.mark.parametrize("group", list(GROUPS))
def test_at_the_ends_of_its_range(group: str) -> None:
    for end in GROUPS[group]:
        try:
            months_at(end)
        except (AssertionError, ArithmeticError, IndexError, ValueError) as error:
            error.add_note(f"{end.key} = {end.value}")
            raise


def months_at(end: End) -> None:
    """A year of a tiny market, checked after every month."""
    model = Reciprocity(rng=1, record=Record(), **SMALL | changes_for(end))
    watched_months(model, 12)
