"""Whom customers talk to: neighbours on a ring, or somebody at random, but never themselves."""

import pytest

from sim.network import contact

CONTACTS = 8


def contacts_of(row: int, customers: int, rewired_share: float) -> list[int]:
    """Rows of all contacts of a customer."""
    return [contact(1, row, place, customers, rewired_share) for place in range(CONTACTS)]


def test_neighbours_are_met_in_turn_to_the_right_and_to_the_left() -> None:
    assert contacts_of(10, 100, 0.0) == [11, 9, 12, 8, 13, 7, 14, 6]
    assert contacts_of(99, 100, 0.0) == [0, 98, 1, 97, 2, 96, 3, 95]


@pytest.mark.parametrize("rewired_share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("customers", [2, 3, 4, 5, 40])
def test_nobody_talks_to_itself_however_few_there_are(customers: int, rewired_share: float) -> None:
    for row in range(customers):
        met = contacts_of(row, customers, rewired_share)
        assert row not in met
        assert all(0 <= other < customers for other in met)


def test_who_is_alone_talks_to_itself() -> None:
    assert contacts_of(0, 1, 0.0) == contacts_of(0, 1, 1.0) == [0] * CONTACTS


def test_anybody_else_may_be_met_at_random() -> None:
    met = {other for place in range(30) for other in (contact(1, 2, place, 5, 1.0),)}
    assert met == {0, 1, 3, 4}
