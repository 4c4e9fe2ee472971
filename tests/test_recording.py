"""What a run keeps is what was so: of leavers, of sampled customers, of purchases, of the market."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from agents import Customer, Habit
from agents.customer.choice import MOVED_AWAY
from sim import Reciprocity, Record
from sim.events.deciding import LEAVES, MOVES
from sim.metrics import lost_by_cause
from sim.recording import ELSEWHERE, panel_columns
from tests.identities import relationships
from tests.worlds import small

LOOKED_AT = (
    *("number", "firm", "tenure", "satisfaction", "decision", "destination", "cause", "causes"),
    *("purchases", "value", "price_paid"),
)


def state_of_customers(model: Reciprocity) -> dict[str, np.ndarray]:
    """What can be noted of every customer, as a copy."""
    table = model.table(Customer)
    return {name: table[name].copy() for name in LOOKED_AT} | {"relationship": relationships(model)}


@pytest.fixture(scope="module")
def run() -> tuple[Reciprocity, dict[int, dict[str, np.ndarray]]]:
    """A market, and everybody in each month just before customers go where they decided."""
    changes = {"bonds.abundance_weight": 0.3, "bonds.trust_weight": 0.1, "population.moving_rate": 0.02}
    model = small(rng=3, **changes, **{"population.customers": 600})
    seen: dict[int, dict[str, np.ndarray]] = {}
    keep: Callable[[Any], None] = model.recording.keep_leavers

    def look_and_keep(model: Any) -> None:
        seen[model.month] = state_of_customers(model)
        keep(model)

    model.recording.keep_leavers = look_and_keep  # type: ignore[method-assign]
    model.run_for(12)
    return model, seen


def leaving_by_month(model: Reciprocity, seen: dict[int, dict[str, np.ndarray]]) -> Iterator[Any]:
    """Each month: everybody before it, who of them then leaves, and what is noted of those."""
    rows = model.recording.leavers
    for month, before in seen.items():
        gone = (before["firm"] >= 0) & np.isin(before["decision"], (LEAVES, MOVES))
        yield before, gone, {name: values[rows["month"] == month] for name, values in rows.items()}


def test_a_leaver_is_noted_as_it_stood_when_it_left(run: Any) -> None:
    model, seen = run
    bought = 0
    for before, gone, noted in leaving_by_month(model, seen):
        assert gone.sum() > 3
        for name, of in (("customer", "number"), ("from_firm", "firm"), ("tenure", "tenure")):
            np.testing.assert_array_equal(noted[name], before[of][gone], err_msg=name)
        for name in ("satisfaction", "relationship"):
            np.testing.assert_allclose(noted[name], before[name][gone], rtol=1e-12, err_msg=name)
        some = before["purchases"][gone] > 0
        worth = before["value"][gone][some] / before["price_paid"][gone][some]
        np.testing.assert_allclose(noted["value_for_money"][some], worth, rtol=1e-12)
        assert np.isnan(noted["value_for_money"][~some]).all()
        bought += (before["purchases"][gone] == 1).sum()
    assert bought > 10


def test_why_and_where_to_is_noted_as_decided_and_of_who_moves_away_that_alone(run: Any) -> None:
    model, seen = run
    several = 0
    for before, gone, noted in leaving_by_month(model, seen):
        moves = before["decision"][gone] == MOVES
        assert (noted["to_firm"][moves] == ELSEWHERE).all()
        assert (noted["cause"][moves] == MOVED_AWAY).all() and not noted["causes"][moves].any()
        for name, of in (("to_firm", "destination"), ("cause", "cause"), ("causes", "causes")):
            np.testing.assert_array_equal(noted[name][~moves], before[of][gone][~moves], err_msg=name)
        several += (noted["causes"][~moves] != 1 << noted["cause"][~moves]).sum()
    assert several > 0


def test_leavers_of_a_month_that_is_not_over_are_not_told_yet() -> None:
    model = small()
    model.run_burn_in()
    model.firms["focal"].remove()
    assert model.recording.leavers["month"].size == 0
    model.run_for(2)
    gone = (lost_by_cause(model.recording).sum(), model.recording.leavers["month"].size)
    model.firms["steady"].remove()
    assert gone == (lost_by_cause(model.recording).sum(), model.recording.leavers["month"].size)
    model.run_for(1)
    assert model.recording.leavers["month"].size > gone[1] + 20


def test_the_panel_follows_people_not_their_places() -> None:
    """Of those who move away no more is kept; who moves in is followed, if asked for by number."""
    newcomer = (3 + 1) << 32  # the first who moved in in month 0, after a burn-in of three months
    asked = (*range(40), newcomer)
    model = small(rng=2, record=Record(panel=asked), **{"population.moving_rate": 0.05})
    seen: list[dict[str, np.ndarray]] = []

    def look(m: Reciprocity) -> None:
        table = m.table(Customer)
        seen.append({name: table[name].copy() for name in ("number", *panel_columns())})

    model.run_for(5, look)
    panel = model.recording.panel
    for month, state in enumerate(seen):
        rows, mine = np.flatnonzero(np.isin(state["number"], asked)), panel["month"] == month
        np.testing.assert_array_equal(panel["customer"][mine], state["number"][rows])
        for name in panel_columns():
            np.testing.assert_array_equal(panel[name][mine], state[name][rows], err_msg=name)
    assert (panel["customer"] == newcomer).any()
    assert (panel["month"] == 4).sum() < (panel["month"] == 0).sum()


def test_purchases_are_those_of_who_made_them_newcomers_included() -> None:
    model = small(rng=2, **{"market.buying": "repertoire", "population.moving_rate": 0.1})
    model.run_for(4)
    bought, c, h = model.recording.purchases, model.table(Customer), model.table(Habit)
    last = bought["month"] == 3
    made = np.bincount(h["customer"], weights=h["purchases"], minlength=len(c))
    stayed = c["decision"] != MOVES
    assert (c["number"][stayed] > len(c)).sum() > 20
    for number, count in zip(c["number"][stayed], made[stayed], strict=True):
        assert bought["count"][last & (bought["customer"] == number)].sum() == count
    assert made.sum() == bought["count"][last].sum()


def test_the_market_is_kept_as_it_was() -> None:
    recession = {"kind": "recession", "month": 2, "size": 0.3, "duration": 2}
    model = small(shocks={"slump": recession})
    unserved: list[int] = []
    model.run_for(6, lambda m: unserved.append(int((m.table(Customer)["firm"] < 0).sum())))
    kept = model.recording.market
    assert kept("demand").tolist() == [1.0, 1.0, 0.7, 0.7, 1.0, 1.0]
    assert kept("size").tolist() == [200.0] * 6
    assert kept("unserved").tolist() == unserved and max(unserved) > 0


def test_what_is_not_asked_for_is_not_kept() -> None:
    model = small(record=Record(leavers=False, flows=False))
    model.run_for(2)
    recording = model.recording
    assert recording.flows.size == recording.leavers["month"].size == recording.panel["month"].size == 0
    assert len(recording.firm("profit")) == len(recording.moves) == 2


def test_a_number_that_the_market_does_not_have() -> None:
    with pytest.raises(KeyError, match="no number of the market sizes; see MARKET"):
        small().recording.market("sizes")


def test_a_column_of_many_numbers_a_firm_is_not_one_number() -> None:
    with pytest.raises(KeyError, match=r"no column Firm\.group_lost with one number a firm"):
        small().recording.firm("group_lost")
