"""People by pencil: pay, morale, hiring, dismissal, and who serves which customer."""

import numpy as np
import pytest

from agents import Customer, Employee, Firm
from sim import Reciprocity
from sim.events.deciding import tie_to
from sim.events.opening import month_opens
from sim.events.staffing import (
    _hand_over,
    _live,
    _outside_wage,
    note_servers,
    staff_are_paid,
    staff_come_and_go,
)
from sim.events.switching import list_staff
from tests.worlds import small


def at_work(**columns: float) -> Reciprocity:
    """A market at its start in which the first firm and its staff have these numbers."""
    model = small()
    e, f = model.table(Employee), model.table(Firm)
    mine = e["firm"] == 0
    for name, value in columns.items():
        if name in Employee.columns:
            e[name][mine] = value
        else:
            f[name][0] = value
    return model


def test_what_staff_are_paid_with_a_pencil() -> None:
    pay = {"selling_pay": 60.0, "appraisal_pay": 9.0, "retention_pay": 10.0, "profit_share": 7.0}
    did = {"selling_effort": 0.5, "served": 4.0, "served_satisfaction": 2.0, "wage": 800.0}
    model = at_work(**pay, **did, monthly_retention=0.9)
    e, f = model.table(Employee), model.table(Firm)
    e["gaming"][:] = 0.25
    staff_are_paid(model)
    staff = int((e["firm"] == 0).sum())
    assert f["wages"][0] == 800.0 * staff
    assert f["staff_bonus"][0] == pytest.approx(staff * (60.0 * 0.75 + 9.0 * 1.5 + 10.0 * 0.9**12 + 7.0))


def lived(**columns: float) -> dict[str, float]:
    """One employee of the first firm after a month in its life."""
    model = at_work(**columns)
    e = model.table(Employee)
    i = int(np.flatnonzero(e["firm"] == 0)[0])
    _live(i, 0, e.records, model.table(Firm).records, model.settings[0])
    return {name: float(e[name][i]) for name in ("morale", "wage", "customer_knowledge", "tenure")}


def test_a_month_in_the_life_of_an_employee_with_a_pencil() -> None:
    usual = {"mean_satisfaction": 0.0, "growth": 0.0, "empowerment": 0.4, "morale": 0.6}
    assert lived(**usual)["morale"] == pytest.approx(0.6)
    heard = lived(**usual, compliments=2.0, refusals=3.0, wage_offer=1000.0, sharing=0.5, tenure=7.0)
    assert heard["morale"] == pytest.approx(0.6 + 0.12 * (0.06 - 0.15))
    assert heard["wage"] == pytest.approx(915.0)  # 0.15 of a raise of 100
    assert heard["customer_knowledge"] == pytest.approx(0.5 + 0.05 * 0.4)  # 0.03 + 0.04 * 0.5 of what lacks
    assert heard["tenure"] == 8.0
    assert lived(**usual, quota_temptation=1.0)["morale"] == pytest.approx(0.6 - 0.12 * 0.15)


def test_the_outside_wage_is_that_of_those_with_custom() -> None:
    model = small()
    f = model.table(Firm)
    f["wage_offer"][:2], f["customers"][:2], f["alive"][2:] = (800.0, 1000.0), (29.0, 9.0), False
    assert _outside_wage(f.records) == pytest.approx((800.0 * 30.0 + 1000.0 * 10.0) / 40.0)


def looking(former: int, months: int, reference: float = 900.0) -> Reciprocity:
    """A market in which the first firm needs more staff and one person looks for work."""
    model = small(**{"employee.quit_rate": 0.0, "employee.slack": 1.0})
    e, f = model.table(Employee), model.table(Firm)
    f["customers"][:], f["customers"][0] = 0.0, 60.0 * int((e["firm"] == 0).sum()) + 1.0
    e["firm"][e["firm"] < 0] = 1  # nobody else is free
    free = int(np.flatnonzero(e["firm"] == 1)[0])
    e["firm"][free], e["former_firm"][free], e["tenure"][free] = -1, former, months
    e["reference_wage"][free], e["customer_knowledge"][free], e["morale"][free] = reference, 0.9, 0.1
    f["wage_offer"][0] = 950.0
    staff_come_and_go(model)
    model.table(Employee)["unique_id"][free] = -7  # found by this mark
    return model


def hired(model: Reciprocity) -> dict[str, float]:
    """The one who looked for work, after the month."""
    e = model.table(Employee)
    i = int(np.flatnonzero(e["unique_id"] == -7)[0])
    return {name: float(e[name][i]) for name in (*Employee.columns,) if e[name].ndim == 1}


def test_nobody_returns_to_its_last_employer_at_once() -> None:
    assert hired(looking(0, 2))["firm"] == -1.0
    assert hired(looking(0, 6))["firm"] == 0.0
    assert hired(looking(1, 2))["firm"] == 0.0


def test_the_newly_hired_begin_with_little_knowledge_and_know_what_they_earned() -> None:
    new = hired(looking(1, 2))
    assert (new["wage"], new["customer_knowledge"], new["tenure"]) == (950.0, 0.25, 0.0)
    assert new["morale"] == pytest.approx(0.6)
    assert new["reference_wage"] == pytest.approx(0.97 * 950.0)
    assert hired(looking(1, 2, reference=1200.0))["reference_wage"] == pytest.approx(0.97 * 1200.0)


def test_the_newest_are_dismissed_first() -> None:
    model = small(**{"population.customers": 1200, "employee.quit_rate": 0.0})
    e, f = model.table(Employee), model.table(Firm)
    mine = np.flatnonzero(e["firm"] == 0)
    e["tenure"][mine] = np.arange(10, 10 + mine.size)
    e["tenure"][mine[2]] = 3
    f["customers"][0] = 60.0  # one of four is enough: one of them goes in a month
    staff_come_and_go(model)
    assert e["firm"][mine[2]] != 0 and (np.delete(e["firm"][mine], 2) == 0).all()
    assert f["dismissals"][0] == 1.0


def hand_over(model: Reciprocity) -> None:
    """Hand customers over, as at the end of a month of which the servers have been noted."""
    c, e = model.table(Customer), model.table(Employee)
    list_staff(e.records, model.staff_starts, model.staff_rows)
    staff = (model.staff_starts, model.staff_rows, model.staff_firms, model.servers)
    _hand_over(c.records, e.records, model.table(Firm).records, model.settings, model.now, *staff)


def left_by(to: int) -> tuple[Reciprocity, int, np.ndarray]:
    """A market after an employee of the first firm has gone to another firm, or to none."""
    model = small(**{"population.customers": 1200})
    c, e = model.table(Customer), model.table(Employee)
    month_opens(model)
    person = int(np.flatnonzero(e["firm"] == 0)[0])
    held = np.flatnonzero(c["employee"] == person)
    c["attachment"][held], c["lost_since"][held] = 0.4, 9
    note_servers(model)
    e["firm"][person], e["former_firm"][person] = to, 0
    hand_over(model)
    return model, person, held


def test_customers_of_who_left_know_whom_they_lost() -> None:
    for to in (-1, 1):
        model, person, held = left_by(to)
        c, e = model.table(Customer), model.table(Employee)
        assert held.size > 20 and (c["firm"][held] == 0).all()
        assert (c["lost_attachment"][held] == np.float32(0.4)).all() and not c["attachment"][held].any()
        assert (c["lost_since"][held] == 0).all() and (c["lost_employee"][held] == person).all()
        assert (e["firm"][c["employee"][held]] == 0).all()


def test_who_left_draws_customers_to_its_firm_also_when_hired_later() -> None:
    model, person, held = left_by(-1)
    c, e, n = model.table(Customer), model.table(Employee), model.settings[0]
    i = int(held[0])
    assert not any(tie_to(i, j, c.records, e.records, n) for j in range(5))
    e["firm"][person] = 2
    ties = [tie_to(i, j, c.records, e.records, n) for j in range(5)]
    assert ties == pytest.approx([0.0, 0.0, 0.4 * n.choice.employee_tie, 0.0, 0.0])


def test_who_changed_firm_serves_customers_of_the_new_one_and_no_others() -> None:
    model, person, _ = left_by(1)
    c, e = model.table(Customer), model.table(Employee)
    served = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
    np.testing.assert_allclose(e["load"], served / 60.0)
    assert not (c["firm"][c["employee"] == person] == 0).any()


def test_a_crowded_employee_passes_on_those_who_do_not_mind() -> None:
    model = small(**{"population.customers": 1200})
    c, e = model.table(Customer), model.table(Employee)
    month_opens(model)
    mine, staff = np.flatnonzero(c["firm"] == 0), np.flatnonzero(e["firm"] == 0)
    c["employee"][mine] = staff[0]
    c["attachment"][mine] = 0.05
    c["attachment"][mine[::2]] = 0.5
    note_servers(model)
    hand_over(model)
    assert (c["employee"][mine[::2]] == staff[0]).all()
    moved = c["employee"][mine[1::2]]
    assert (moved != staff[0]).all() and np.isin(moved, staff).all()
    assert not c["attachment"][mine[1::2]].any()  # somebody new
    mean = mine.size / staff.size
    counts = np.bincount(moved, minlength=len(e))[staff[1:]]
    assert (counts <= np.ceil(0.95 * mean)).all() and counts[0] == np.ceil(0.95 * mean)
    served = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
    np.testing.assert_allclose(e["load"], served / 60.0)


def test_the_firm_with_a_better_name_hires_first() -> None:
    model = small(**{"employee.quit_rate": 0.0, "employee.slack": 1.0})
    e, f = model.table(Employee), model.table(Firm)
    month_opens(model)
    f["customers"][:2] = 60.0 * np.bincount(e["firm"][e["firm"] >= 0])[:2] + 1.0  # each is one short
    free = np.flatnonzero(e["firm"] == 2)[:1]  # who looks for work, nobody else does
    e["firm"][free] = -1
    f["goodwill"][:2] = 0.5, 0.9
    staff_come_and_go(model)
    assert e["firm"][free] == 1


def test_a_load_is_the_customers_that_somebody_serves_now() -> None:
    model = small(rng=2, **{"employee.quit_rate": 0.1})
    hired_at_once = 0
    for _ in range(12):
        before = model.table(Employee)["firm"].copy()
        model.step()
        c, e = model.table(Customer), model.table(Employee)
        customers = np.bincount(c["employee"][c["employee"] >= 0], minlength=len(e))
        assert e["load"] * model.parameters.employee.full_load == pytest.approx(customers)
        hired_at_once += int(((before >= 0) & (e["firm"] >= 0) & (e["firm"] != before)).sum())
    assert hired_at_once > 0  # who served customers of another firm a month ago
