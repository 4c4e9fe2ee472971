"""Members of the industry body are judged by a standard that they could keep."""

from agents import Firm
from sim.adopting import change_entry
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
    model.run_for(6, lambda m: expelled.append(float(m.table(Firm)["expelled"][k])))
    assert expelled == [5.0, 4.0, 3.0, 2.0, 1.0, 0.0], "audited when it comes back, and found to keep it"
    assert model.table(Firm)["mean_quality"][k] >= model.parameters.industry_body.quality_floor


def test_a_new_member_is_audited_once_it_has_set_terms_as_one() -> None:
    model = small(rng=3, **STRICT | {"firms.dripper.standards": "none"})
    k = row_of(model, "dripper")
    model.run_for(1)
    change_entry(model, k, standards="member")
    audits: list[float] = []
    model.run_for(3, lambda m: audits.append(float(m.recording.market("audits")[-1])))
    assert model.table(Firm)["member"][k] == 1.0
    assert audits == [0.0, 0.0, 1.0], "terms are set in the fourth month"
