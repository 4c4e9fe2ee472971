"""Customers say why they stay or would go, once there is something to say."""

import numpy as np
import pytest

from agents import Customer
from sim import Reciprocity
from tests.worlds import small


def test_who_has_not_been_served_yet_has_nothing_to_explain() -> None:
    model = small(rng=1, burn_in=0)
    assert "has not served it yet" in model.customers[42].explain()
    model.run_for(1)
    served = np.flatnonzero((model.table(Customer)["tenure"] > 0) & (model.table(Customer)["firm"] >= 0))
    number = int(model.table(Customer)["number"][served[0]])
    assert "At neutral terms it would leave" in model.customers[number].explain()


def test_who_has_just_come_is_not_explained_by_the_bill_of_its_last_firm() -> None:
    model = small(rng=1, **{"population.customers": 1200})
    model.run_for(6)
    table = model.table(Customer)
    come = np.flatnonzero((table["tenure"] == 0) & (table["firm"] >= 0))
    assert come.size
    for number in table["number"][come][:5].tolist():
        assert "has not served it yet: let a month go by" in model.customers[number].explain()


@pytest.mark.parametrize("threads", [0, -1, 1.5, "two"])
def test_a_number_of_threads_that_is_none_is_refused(threads: object) -> None:
    with pytest.raises(ValueError, match=r"threads = .*: allowed: a whole number from 1 to 1024, threads"):
        Reciprocity(rng=1, threads=threads)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("market.prise_step", r"market\.prise_step = 1: unknown key; did you mean price_step\?"),
        ("seed", "seed = 1: unknown key; the seed is given as rng"),
        ("xyzzy", "xyzzy = 1: unknown key$"),
    ],
)
def test_an_unknown_key_is_told_the_nearest(key: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        small(**{key: 1})
