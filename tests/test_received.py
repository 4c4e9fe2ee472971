"""What creditor, government, community, suppliers and industry body received, as metrics of the market."""

from typing import Any

import numpy as np

from agents import Community, Creditor, Firm, Government, IndustryBody, Supplier, SupplyLink
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
