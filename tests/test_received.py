"""What creditor, government, community, suppliers and industry body received, as metrics of the market."""

from typing import Any

import numpy as np
import pytest

from agents import Community, Creditor, Firm, Government, IndustryBody, Supplier, SupplyLink
from sim import Reciprocity
from sim.events.supplying import suppliers_deliver
from sim.metrics import METRICS
from tests.worlds import small


def test_what_creditor_government_community_suppliers_and_body_received_is_told() -> None:
    shocks = {"scandal": {"kind": "scandal", "month": 3, "firm": "dripper"}}
    firms = {
        "focal": {"standards": "founder"},
        "dripper": {"standards": "member", "quality_factor": 0.5},
        "steady": {"locked_price": 10},
    }
    changes: dict[str, Any] = {
        "population.customers": 1200,
        "industry_body.audit_rate": 0.5,
        "industry_body.quality_margin": 0.0,
        "shocks": shocks,
        "firms": firms,
    }
    model = small(rng=4, **changes)
    told: dict[str, list[float]] = {name: [] for name in OTHERS}

    def look(m: Any) -> None:
        for name, (kind, column) in OTHERS.items():
            told[name].append(float(m.table(kind)[column].sum()))

    model.run_for(26, look)
    for name in OTHERS:
        assert sum(told[name]) > 0.0, name
        np.testing.assert_allclose(METRICS[name].compute(model.recording), told[name], err_msg=name)


OTHERS: dict[str, tuple[Any, str]] = {
    "written_off": (Creditor, "written_off"),
    "taxes": (Government, "taxes"),
    "fines": (Government, "fines"),
    "gifts": (Community, "received"),
    "dues": (IndustryBody, "dues"),
    "audits": (IndustryBody, "audits"),
    "breaches": (IndustryBody, "breaches"),
    "supplier_income": (Supplier, "income"),
}


def test_who_has_no_supplier_pays_the_spot_market() -> None:
    model = small(firms={"steady": {"margin_factor": 0.2}}, **{"supplier.exit_rate": 1.0})
    model.run_for(12)
    k = model.firm_names.index("steady")
    links = model.table(SupplyLink)
    assert not ((links["firm"] == k) & (links["supplier"] >= 0)).any()
    assert model.table(Firm)["supplier_bill"][k] > 0.0
    bills = model.table(Firm)["supplier_bill"].sum()
    np.testing.assert_allclose(model.table(Supplier)["income"].sum(), bills, rtol=1e-12)


def delivering(**changes: Any) -> Reciprocity:
    """A market at its start, with six suppliers whose capability is alike."""
    few = {"supplier.suppliers": 6, "supplier.capability_spread": 0.0}
    return small(burn_in=0, **few, **changes)


def test_who_seeks_a_supplier_asks_the_one_with_most_to_spare() -> None:
    model = delivering()
    s, f = model.table(SupplyLink), model.table(Firm)
    s["supplier"][:3] = (0, 1, -1)  # of the first firm, which looks first
    s["supplier"][3:] = np.tile((2, 3, 5), 4)
    f["supplier_trust"][0] = 1.0
    suppliers_deliver(model)
    assert s["supplier"][2] == 4
    assert s["trust"][2] == pytest.approx(0.5) and s["arrears"][2] == 0.0
    volumes = model.table(Supplier)["volume"]
    assert volumes[4] == pytest.approx(f["smoothed_services"][0] / 3.0)
    assert volumes[2] == pytest.approx(f["smoothed_services"][1:5].sum() / 3.0)
    served = model.table(SupplyLink)["firm"][model.table(SupplyLink)["supplier"] >= 0]
    assert volumes.sum() == pytest.approx(f["smoothed_services"][np.unique(served)].sum())


def test_leaving_is_no_amnesty() -> None:
    model = delivering()
    s, f = model.table(SupplyLink), model.table(Firm)
    s["supplier"][2], s["arrears"][2], f["supplier_trust"][0] = -1, 3.0, 0.4
    for month in range(60):
        if s["supplier"][2] < 0:
            model.clock, f["supplier_trust"][0] = month, 0.4
            suppliers_deliver(model)
    assert s["supplier"][2] >= 0
    kind = float(s["kindness"][2])
    assert s["arrears"][2] == 0.0 and s["trust"][2] == pytest.approx(0.4 + 0.02 * (0.1 + 0.5 * kind))


def test_nobody_supplies_below_the_least_margin_or_a_firm_without_a_name() -> None:
    for said in ({"supplier_margin": 0.04, "supplier_trust": 1.0}, {"supplier_trust": 0.0}):
        model = delivering()
        s, f = model.table(SupplyLink), model.table(Firm)
        s["supplier"][2] = -1
        for name, value in said.items():
            f[name][0] = value
        suppliers_deliver(model)
        assert s["supplier"][2] == -1


def two_at_one_supplier(capacity: float, *, reciprocal: bool) -> Reciprocity:
    """Two firms order 30 services each of one supplier, which trusts the second more."""
    model = delivering()
    s, f, suppliers = model.table(SupplyLink), model.table(Firm), model.table(Supplier)
    s["supplier"][:] = -1
    s["supplier"][[0, 3]], f["smoothed_services"][:2], f["supplier_trust"][:] = 0, 30.0, 0.0
    s["trust"][0], s["trust"][3], suppliers["capacity"][0] = 0.2, 0.8, capacity
    f["supplier_margin"][:], f["supplier_margin"][:2] = 0.0, 0.1
    s["margin"][:] = s["reference_margin"][:] = 0.1
    changes = {"switches.reciprocity_suppliers": reciprocal, "supplier.acceptance_margin": 0.2}
    model.take_parameters(model.parameters.changed(**changes))
    suppliers_deliver(model)
    assert (s["supplier"][[0, 3]] == 0).all()
    return model


@pytest.mark.parametrize(("reciprocal", "shares"), [(True, (0.5, 1.0)), (False, (0.75, 0.75))])
def test_where_supplies_are_short_who_reciprocates_serves_the_trusted_first(
    reciprocal: bool, shares: tuple[float, float]
) -> None:
    short, plenty = (two_at_one_supplier(capacity, reciprocal=reciprocal) for capacity in (45.0, 1e4))
    whole = plenty.table(SupplyLink)["reliability"][[0, 3]]
    assert short.table(SupplyLink)["reliability"][[0, 3]] == pytest.approx(whole * shares)
    f = short.table(Firm)
    assert f["reliability"][2] == 0.6 and f["supplier_trust"][2] == 0.25
    assert f["reliability"][:2] == pytest.approx(whole * shares)
    if not reciprocal:
        assert whole == pytest.approx(0.95 * 0.95)


def test_suppliers_who_do_not_reciprocate_do_not_leave() -> None:
    changes = {"supplier.exit_rate": 1.0, "supplier.exit_trust": 1.0}
    for switch in (True, False):
        model = delivering(**changes, **{"switches.reciprocity_suppliers": switch})
        s, f = model.table(SupplyLink), model.table(Firm)
        f["supplier_margin"][:5] = 0.0
        suppliers_deliver(model)
        assert (s["supplier"][:15] >= 0).all() != switch
