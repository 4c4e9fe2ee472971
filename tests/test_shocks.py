"""Every shock does what it says, in its month, and ends in time."""

from typing import Any

import numpy as np
import pytest

from agents import Customer, Employee, Firm
from sim import Reciprocity
from sim.events.striking import desert, shocks_strike, star_of
from sim.shocks import USED_BY_SHOCKS, ShockKind
from tests.worlds import different, row_of, small

SIZE = {"population.customers": 600, "government.detection": 0.0}


def struck(
    kind: str, firm: str | None = None, months: int = 12, **more: Any
) -> tuple[Reciprocity, Reciprocity]:
    """A market with a shock in month 4 and the same one without, after some months."""
    markets = {name: more.pop(name) for name in list(more) if "." in name}
    shock = {"kind": kind, "month": 4, "firm": firm, **more}
    with_it, without = small(shocks={"it": shock}, **SIZE, **markets), small(**SIZE, **markets)
    for model in (with_it, without):
        model.run_for(months)
    return with_it, without


def both(worlds: tuple[Reciprocity, Reciprocity], name: str) -> tuple[np.ndarray, np.ndarray]:
    """One number of every firm and month in both worlds."""
    return worlds[0].recording.firm(name), worlds[1].recording.firm(name)


@pytest.mark.parametrize("kind", ["cost", "recession", "scandal", "star_leaves", "desertion"])
def test_nothing_happens_before(kind: str) -> None:
    firm = "focal" if "firm" in USED_BY_SHOCKS[ShockKind(kind)] else None
    assert different(*struck(kind, firm, months=4)) == set()
    assert different(*struck(kind, firm, months=5)) != set()


def test_cost() -> None:
    worlds = struck("cost", "steady", size=0.25, duration=5)
    k = row_of(worlds[0], "steady")
    per_service = [
        bill[:, k] / both(worlds, "services")[i][:, k] for i, bill in enumerate(both(worlds, "input_bill"))
    ]
    assert per_service[0][4] == pytest.approx(1.25 * per_service[1][4])
    factor = worlds[0].recording.firm("cost_factor")
    assert np.array_equal(factor[:, k] > 1.0, [4 <= month < 9 for month in range(12)])
    assert factor[-1, k] == pytest.approx(1.0)
    assert (np.delete(factor, k, axis=1) == 1.0).all()


def test_recession() -> None:
    worlds = struck("recession", size=0.5, duration=5)
    bought = [services.sum(axis=1) for services in both(worlds, "services")]
    assert (bought[0][4:9] < 0.6 * bought[1][4:9]).all()
    assert (bought[0][9:] > 0.8 * bought[1][9:]).all()
    assert worlds[0].demand == 1.0


def test_the_end_of_one_recession_does_not_end_another() -> None:
    recessions = {
        "long": {"kind": "recession", "month": 1, "size": 0.2, "duration": 6},
        "short": {"kind": "recession", "month": 3, "size": 0.5, "duration": 2},
    }
    model = small(rng=4, shocks=recessions)
    demand = []
    for _ in range(8):
        model.run_for(1)
        demand.append(model.demand)
    assert demand == pytest.approx([1.0, 0.8, 0.8, 0.4, 0.4, 0.8, 0.8, 1.0])


def test_scandal() -> None:
    worlds = struck("scandal", "focal", months=5)
    fines, reputation = both(worlds, "fine_paid"), both(worlds, "reputation")
    assert fines[0][4, 0] > 0.0
    assert fines[0].sum() == fines[0][4, 0]
    assert fines[1].sum() == 0.0
    drop = worlds[0].parameters.government.reputation_drop
    assert reputation[1][4, 0] - reputation[0][4, 0] == pytest.approx(drop)
    assert np.array_equal(reputation[0][4, 1:], reputation[1][4, 1:])


def test_star_leaves() -> None:
    model = small(shocks={"it": {"kind": "star_leaves", "month": 4, "firm": "focal"}}, **SIZE)
    model.run_for(4)
    c, e = model.table(Customer), model.table(Employee)
    mine = np.flatnonzero((c["firm"] == 0) & (c["employee"] >= 0))
    ties = np.bincount(c["employee"][mine], weights=c["attachment"][mine], minlength=len(e))
    star = int(np.argmax(ties))
    assert ties[star] > 0.0
    model.run_for(1)
    assert e["former_firm"][star] == 0
    assert e["firm"][star] != 0


def test_walking_ban() -> None:
    shock = {"ban": {"kind": "walking_ban", "month": 4}}
    model = small(shocks=shock, **SIZE)
    model.run_for(18)
    walk = model.recording.firm("walk")
    assert walk[:4].max() > 0.0
    assert (walk[4:] == 0.0).all()
    assert model.recording.firm("walk_revenue")[5:].sum() == 0.0


def test_entrant() -> None:
    model = small(
        shocks={"it": {"kind": "entrant", "month": 4}},
        **SIZE,
        **{"market.entrants": 1, "market.entry_rate": 0.0},
    )
    model.run_for(12)
    alive = model.recording.firm("alive")
    assert not alive[:4, 5].any()
    assert alive[4:, 5].all()
    assert model.recording.firm("won")[:, 5].sum() > 0.0
    assert model.firms["entrant_1"].cash != 0.0


def test_desertion() -> None:
    shock = {"it": {"kind": "desertion", "month": 4, "firm": "focal", "duration": 3}}
    model = small(shocks=shock, **SIZE, **{"market.viable_customers": 0.0})
    model.run_for(12)
    present = model.recording.firm("customers")[:, 0]
    assert present[4] > 100.0
    assert (present[5:8] == 0.0).all()
    assert model.recording.firm("won")[7:, 0].sum() > 0.0
    assert model.recording.firm("released")[:, 0].sum() == present[4]
    assert model.table(Firm)["deserted"][0] == 0.0


def test_where_walking_is_banned_nobody_is_tempted_to_it() -> None:
    model = small(shocks={"ban": {"kind": "walking_ban", "month": 1}}, **SIZE)
    model.run_for(1)
    f = model.table(Firm)
    f["walk_temptation"][:], f["restraint"][:] = 0.4, 0.0
    model.run_for(3)
    assert not f["walk_temptation"].any() and (f["fee_temptation"] > 0.0).any()


def shocks_of(month: int, **shocks: dict[str, Any]) -> Reciprocity:
    """A market at its start in which what was announced for a month has struck."""
    model = small(shocks={name: {"month": month, **said} for name, said in shocks.items()}, burn_in=0)
    model.table(Customer)["attachment"][:] = model.table(Customer)["employee"] % 7 / 7.0
    model.clock = month
    shocks_strike(model)
    return model


def test_stars_of_two_firms_leave_in_one_month() -> None:
    stars = {name: {"kind": "star_leaves", "firm": name} for name in ("focal", "steady")}
    model = shocks_of(4, **stars)
    leaving = model.stars_leaving[model.stars_leaving >= 0]
    assert sorted(model.table(Employee)["firm"][leaving].tolist()) == [0, row_of(model, "steady")]


def test_a_star_is_who_holds_most_attachment() -> None:
    model = small()
    c, e = model.table(Customer), model.table(Employee)
    one, other = np.flatnonzero(e["firm"] == 0)[:1], np.flatnonzero(e["firm"] == 1)[:1]
    e["firm"][other] = 0
    mine = np.flatnonzero(c["firm"] == 0)
    c["employee"][mine], c["attachment"][mine], c["tenure"][mine] = one, 0.01, 100
    c["employee"][mine[:2]], c["attachment"][mine[:2]], c["tenure"][mine[:2]] = other, 0.9, 1
    assert star_of(model, 0) == other


def test_a_short_desertion_does_not_end_a_long_one() -> None:
    model = small(burn_in=0)
    desert(model, 0, 24.0)
    desert(model, 0, 2.0)
    assert model.table(Firm)["deserted"][0] == 24.0


def test_a_deserted_firm_is_seen_again_month_by_month() -> None:
    model = shocks_of(4, gone={"kind": "desertion", "firm": "focal", "duration": 3})
    left = [float(model.table(Firm)["deserted"][0])]
    for month in (5, 6, 7, 8):
        model.clock = month
        shocks_strike(model)
        left.append(float(model.table(Firm)["deserted"][0]))
    assert left == [3.0, 2.0, 1.0, 0.0, 0.0]
