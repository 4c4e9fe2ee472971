"""Experience: satisfaction, expectation, bonds, attachment, regret and known needs move, or fade."""

from typing import Any

from agents import Customer, Employee, Firm
from agents.base.compile import AHEAD, fetch, loop, part
from agents.base.streams import uniforms
from agents.customer.bonds import (
    abundance_signal,
    balance_signal,
    dreams_signal,
    fading_rate,
    grace_signal,
    growth_rate,
    next_attachment,
    next_bond,
    relationship_of,
    signal_from,
    trust_signal,
    truth_signal,
    wish_to_give_back,
)
from agents.customer.choice import unfair_gap
from agents.customer.experience import (
    delight_worn_off,
    fee_found_probability,
    felt_quality,
    is_beyond_finding,
    judgement,
    next_expectation,
    next_need_known,
    next_regret,
    next_satisfaction,
)
from agents.customer.value import need_met
from sim.events.serving import CARE, REFUSED, REMEDY, WELL, known_cost
from sim.streams import SELLING


def customers_take_it_in(model: Any) -> None:
    """Those who bought judge what they got and bond or not; for all, bonds and regret fade."""
    tables = (model.table(Customer).records, model.table(Firm).records, model.table(Employee).records)
    model.over_customers(_experience, *tables, model.settings, model.now)


@loop
def _experience(start: Any, stop: Any, c: Any, f: Any, e: Any, settings: Any, time: Any) -> None:
    n, now = settings[0], time[0]
    for i in range(start, stop):
        fetch(c, i + 2 * AHEAD)
        fetch(e, c.employee[min(i + AHEAD, stop - 1)])
        k = c.firm[i]
        if k < 0:
            continue
        _ripen_regret(i, c, n)
        if c.purchases[i] > 0:
            _judge(i, k, c, f, e, n, now)
        else:
            c.satisfaction[i] *= 1.0 - n.experience.satisfaction_fading
            c.known_fee[i] *= 1.0 - n.experience.fee_forgetting
            _bond(i, k, False, 0.0, 0.0, 0.0, c, f, e, n)


@part
def _ripen_regret(i: Any, c: Any, n: Any) -> None:
    """Pushed products are regretted after a while, whether or not the customer buys."""
    ripened = n.experience.regret_delay * c.pending_regret[i]
    c.pending_regret[i] -= ripened
    c.regret[i] = next_regret(c.regret[i], ripened, n.experience)


@part
def _judge(i: Any, k: Any, c: Any, f: Any, e: Any, n: Any, now: Any) -> None:
    """Satisfaction first, then the bonds, both against what was expected; then expectation follows."""
    p = n.experience
    expected = c.expectation[i]
    put_right = c.outcome[i] == CARE or c.outcome[i] == REMEDY
    felt = felt_quality(
        c.quality[i], c.outcome[i] != WELL, put_right, n.service.failed_worth, n.service.remedied_worth
    )
    cost = known_cost(i, k, c, f)
    value = c.value[i] / cost
    judged = judgement(
        felt, c.quality[i], expected, value, c.known_bill[i], c.reference_price[i], c.regret[i], p
    )
    warmth = _warmth(i, k, c, f, e)
    delight = p.remedy_delight * warmth / 0.5 if c.outcome[i] == CARE else 0.0
    c.satisfaction[i] = next_satisfaction(c.satisfaction[i], judged, delight, p)
    _find_fee(i, k, c, f, p, now)
    _bond(i, k, True, felt, cost, warmth, c, f, e, n)
    if n.switches.expectation_drift:
        c.expectation[i] = next_expectation(expected, c.quality[i], f.claim[k], p)
        c.delight_worn_off[i] = delight_worn_off(expected, c.expectation[i], p)
    c.reference_price[i] += p.reference_price_rate * (c.known_bill[i] - c.reference_price[i])
    met = need_met(f.contribution[k], n.service) * n.switches.unmet_needs
    c.need_known[i] = next_need_known(c.need_known[i], met, p)


@part
def _warmth(i: Any, k: Any, c: Any, f: Any, e: Any) -> Any:
    """Grace of the employee, or what is left of it where nobody serves."""
    person = c.employee[i]
    effort = e.service_effort[person] if person >= 0 else 0.0
    morale = e.morale[person] if person >= 0 else 0.0
    return grace_signal(effort, morale, f.empowerment[k], f.outreach[k])


@part
def _find_fee(i: Any, k: Any, c: Any, f: Any, p: Any, now: Any) -> None:
    """A hidden fee is found, or one found before is slowly forgotten."""
    if f.hidden_fee[k] > 1e-6:
        u = uniforms(now.seed, SELLING, now.clock, c.number[i], 0)[2]
        offers = c.informedness[i] * now.informedness
        if not is_beyond_finding(u, offers, p) and u < fee_found_probability(offers, p):
            c.known_fee[i], c.fee_found[i] = f.hidden_fee[k] / f.price[k], 1
            return
    c.known_fee[i] *= 1.0 - p.fee_forgetting


@part
def _bond(
    i: Any, k: Any, contact: Any, felt: Any, cost: Any, warmth: Any, c: Any, f: Any, e: Any, n: Any
) -> None:
    """The six bonds move toward their signals on contact, then fade; attachment likewise."""
    b = n.bonds
    before = relationship_of(c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], b)
    fading = fading_rate(f.outreach[k], f.association[k], b)
    growth = 0.0
    s = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    if contact:
        identity = n.switches.identity * (f.identity[k] - b.identity_neutral)
        growth = growth_rate(felt, c.expectation[i], c.tenure[i] == 0, b)
        s = _signals(i, k, felt, cost, warmth, before, identity, c, f, n)
    after = relationship_of(s[0], s[1], s[2], s[3], s[4], s[5], b)
    c.bonds_built[i] = growth * (after - before)
    c.abundance[i] = next_bond(c.abundance[i], s[0], growth, fading)
    c.trust[i] = next_bond(c.trust[i], s[1], growth, fading)
    c.dreams[i] = next_bond(c.dreams[i], s[2], growth, fading)
    c.truth[i] = next_bond(c.truth[i], s[3], growth, fading)
    c.balance[i] = next_bond(c.balance[i], s[4], growth, fading)
    c.grace[i] = next_bond(c.grace[i], s[5], growth, fading)
    if n.switches.attachment:
        person = c.employee[i]
        service = e.service[person] if person >= 0 else 0.0
        near = contact and person >= 0
        c.attachment[i] = next_attachment(
            c.attachment[i], near, c.relationship_need[i], service, f.sharing[k], b
        )


@part
def _signals(
    i: Any,
    k: Any,
    felt: Any,
    cost: Any,
    warmth: Any,
    relationship: Any,
    identity: Any,
    c: Any,
    f: Any,
    n: Any,
) -> Any:
    """What this contact says to each of the six bonds, and how much there is to give back."""
    refused = c.outcome[i] == REFUSED
    shown = 0.0 if refused or c.outcome[i] == REMEDY else warmth
    met = need_met(f.contribution[k], n.service) * n.switches.unmet_needs
    advice, regret, fee = f.honest_advice[k], c.regret[i], c.known_fee[i]
    fair = n.switches.fairness_preferences
    unfair = fair * unfair_gap(c.list_paid[i], f.price[k] * (1.0 - f.teaser[k]))
    reward = 2.0 * f.tenure_discount[k] * min(c.tenure[i] // 12, n.purchases.scheme_years)
    leniency = min(relationship + fair * c.indebtedness[i], 1.0)
    trust = trust_signal(
        felt, c.expectation[i], refused, regret, leniency, n.bonds.forgiveness, f.guarantee[k], advice
    )
    c.indebtedness[i] = fair * wish_to_give_back(c.value[i], cost, f.unit_cost[k], c.guilt[i])
    split = balance_signal(
        c.value[i],
        cost,
        f.unit_cost[k],
        unfair,
        c.inequity_aversion[i],
        reward,
        fair,
        n.bonds,
    )
    dreams = dreams_signal(f.openness[k], f.sharing[k], f.consensus[k], f.outreach[k], f.association[k])
    truth = truth_signal(f.claim[k], c.quality[i], fee, regret, advice)
    return (
        signal_from(abundance_signal(met, c.unmet_need[i], c.value[i] / cost), identity, n.bonds),
        signal_from(trust, identity, n.bonds),
        signal_from(dreams, identity, n.bonds),
        signal_from(truth, identity, n.bonds),
        signal_from(split, identity, n.bonds),
        signal_from(shown, identity, n.bonds),
    )
