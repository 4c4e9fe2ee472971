"""Work: staff choose service effort, selling effort and gaming under contract and sense of fairness."""

from math import sqrt
from typing import Any

from agents import Employee, Firm
from agents.base.compile import loop
from agents.employee import (
    chosen_selling_effort,
    chosen_service_effort,
    gaming_of,
    pay_kindness,
    selling_return,
    service_given,
    service_return,
)


def staff_choose_effort(model: Any) -> None:
    """Everybody at work weighs pay, fairness, pride and measures, and serves accordingly."""
    _work(model.table(Employee).records, model.table(Firm).records, model.settings)


@loop
def _work(e: Any, f: Any, settings: Any) -> None:
    p, on = settings[0].employee, settings[0].switches
    for k in range(f.price.size):
        f.mean_service_effort[k], f.mean_selling_effort[k], f.mean_gaming[k] = 0.0, 0.0, 0.0
        f.mean_morale[k], f.mean_wage[k], f.service_spread[k], f.staff[k] = 0.0, 0.0, 0.0, 0.0
    for i in range(e.firm.size):
        if e.firm[i] >= 0:
            _choose(i, e.firm[i], e, f, p, on)
    _means(e, f)


@loop
def _choose(i: Any, k: Any, e: Any, f: Any, p: Any, on: Any) -> None:
    pay = e.wage[i] + 0.5 * f.profit_share[k]
    e.perceived_fairness[i] = pay_kindness(pay, e.reference_wage[i], p)
    kind = on.reciprocity_employees * e.perceived_fairness[i]
    serving = service_return(
        kind, e.reciprocal[i], f.service_bonus[k], f.mean_satisfaction[k], e.morale[i], f.sharing[k], p
    )
    pull = selling_return(f.selling_bonus[k], f.quota_temptation[k], p)
    selling = on.overselling * pull
    e.service_effort[i] = chosen_service_effort(serving, selling, p.substitution)
    e.selling_effort[i] = chosen_selling_effort(serving, selling, p.substitution)
    quota = f.quota[k] + f.quota_temptation[k]
    reached = chosen_selling_effort(serving, pull, p.substitution)  # also where nobody is let sell
    e.gaming[i] = on.gaming * gaming_of(quota, e.integrity[i], reached, p)
    e.service[i] = service_given(
        e.service_effort[i], e.customer_knowledge[i], e.skill[i], e.load[i], e.gaming[i], p
    )


@loop
def _means(e: Any, f: Any) -> None:
    """Means over each firm's staff, and the spread of service among them."""
    for i in range(e.firm.size):
        k = e.firm[i]
        if k >= 0:
            f.staff[k] += 1.0
            f.mean_service_effort[k] += e.service_effort[i]
            f.mean_selling_effort[k] += e.selling_effort[i]
            f.mean_gaming[k] += e.gaming[i]
            f.mean_morale[k] += e.morale[i]
            f.mean_wage[k] += e.wage[i]
            f.service_spread[k] += e.service[i]
    for k in range(f.price.size):
        staff = max(f.staff[k], 1.0)
        f.mean_service_effort[k] /= staff
        f.mean_selling_effort[k] /= staff
        f.mean_gaming[k] /= staff
        f.mean_morale[k] /= staff
        f.mean_wage[k] /= staff
        f.service_spread[k] = _spread(k, f.service_spread[k] / staff, e, f)


@loop
def _spread(k: Any, mean: Any, e: Any, f: Any) -> Any:
    total = 0.0
    for i in range(e.firm.size):
        if e.firm[i] == k:
            total += (e.service[i] - mean) ** 2
    return sqrt(total / max(f.staff[k], 1.0))
