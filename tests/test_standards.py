"""Members of the industry body are judged by a standard that they could keep."""

from typing import Any

import pytest

from agents import Firm
from sim.adopting import change_entry
from sim.events.keeping_standards import body_keeps_the_standard
from sim.events.setting_terms import firms_set_terms
from tests.worlds import row_of, small

STRICT = {
    "population.customers": 1200,
    "firms.dripper.standards": "member",
    "firms.dripper.quality_factor": 0.8,
    "industry_body.audit_rate": 1.0,
    "industry_body.expulsion": 5.0,
}


def test_who_comes_back_has_set_its_terms_by_the_standard() -> None:
    model = small(rng=3, **STRICT)
    k = row_of(model, "dripper")
    expelled: list[float] = []
    model.run_for(7, lambda m: expelled.append(float(m.table(Firm)["expelled"][k])))
    assert expelled[:6] == [5.0, 4.0, 3.0, 2.0, 1.0, 0.0]
    f, body = model.table(Firm), model.parameters.industry_body
    assert f["quality"][k] >= body.quality_floor * (1.0 + body.quality_margin) and f["dues_paid"][k] > 0.0
    assert f["hidden_fee"][k] <= 1.0001 * body.fee_ceiling * f["price"][k]


def test_a_new_member_is_audited_once_it_has_set_terms_as_one() -> None:
    model = small(rng=3, **STRICT | {"firms.dripper.standards": "none"})
    k = row_of(model, "dripper")
    model.run_for(1)
    change_entry(model, k, standards="member")
    audits: list[float] = []
    model.run_for(3, lambda m: audits.append(float(m.recording.market("audits")[-1])))
    assert model.table(Firm)["member"][k] == 1.0
    assert audits == [0.0, 0.0, 1.0], "terms are set in the fourth month"


def test_a_members_lever_of_fees_goes_as_far_as_its_fee() -> None:
    """A fifth of the lever makes the 1.6 per cent that the standard lets it take; the law sees no more."""
    model = small(firms={"dripper": {"standards": "member", "value": "cost_plus"}})
    model.run_burn_in()
    f, k = model.table(Firm), row_of(model, "dripper")
    f["fee_temptation"][:] = 0.9
    model.take_effect()
    firms_set_terms(model)
    assert f["hidden_fee"][k] == pytest.approx(0.016 * f["price"][k])
    assert f["fee_temptation"][k] == pytest.approx(0.2)
    assert f["fee_temptation"][0] > 0.6


def test_a_policy_beyond_the_ceiling_leaves_a_member_no_lever_of_fees() -> None:
    model = small(firms={"dripper": {"standards": "member", "value": "drip_fees"}})
    model.run_burn_in()
    f, k = model.table(Firm), row_of(model, "dripper")
    f["fee_temptation"][:] = 0.9
    model.take_effect()
    firms_set_terms(model)
    assert f["hidden_fee"][k] == pytest.approx(0.016 * f["price"][k]) and f["fee_temptation"][k] == 0.0


@pytest.mark.parametrize(("left", "keeps"), [(2.0, True), (3.0, False)])
def test_who_is_back_before_terms_are_set_again_sets_them_as_a_member(left: float, keeps: bool) -> None:
    model = small(firms={"dripper": {"standards": "member", "value": "drip_fees"}})
    model.run_burn_in()
    f, k = model.table(Firm), row_of(model, "dripper")
    model.take_effect()
    f["expelled"][k] = left
    firms_set_terms(model)
    assert (f["hidden_fee"][k] <= 0.0161 * f["price"][k]) == keeps


def kept(**columns: float) -> Any:
    """The firms after a month of the standard, all audited, in which the first has these numbers."""
    model = small(burn_in=0, **{"industry_body.audit_rate": 1.0})
    f = model.table(Firm)
    f["smoothed_revenue"][:], f["mean_quality"][:], f["held_to_standard"][:] = 10_000.0, 1.0, 1.0
    for name, value in columns.items():
        f[name][0] = value
    body_keeps_the_standard(model)
    return f


def test_dues_and_fines_with_a_pencil() -> None:
    assert kept(member=0.0)["dues_paid"][0] == 0.0
    assert kept(member=1.0)["dues_paid"][0] == pytest.approx(30.0)
    assert kept(member=2.0)["dues_paid"][0] == pytest.approx(40.0)
    breach = kept(member=2.0, mean_quality=0.9)
    assert breach["dues_paid"][0] == pytest.approx(40.0 + 2.0 * 12.0 * 40.0)
    assert breach["expelled"][0] == 24.0
    for left in (24.0, 1.0):  # no standing among firms, no dues
        assert kept(member=1.0, expelled=left, mean_quality=0.9)["dues_paid"][0] == 0.0
