"""The month is tallied: what happened to customers, summed by firm and by employee, in the order of rows."""

from typing import Any

import numpy as np

from agents import Customer, Employee, Firm
from agents.base.compile import AHEAD, fetch, loop, loop_with_room, part
from agents.customer.bonds import fading_rate, relationship_of
from agents.customer.purchases import points_rebate
from agents.customer.value import remedy_probability
from agents.customer.word import is_champion
from sim.events.deciding import LEAVES, MOVES
from sim.events.serving import CARE, CLAIM, COMPLAINT, COMPLIMENT, REFUSED, REMEDY, WELL, refund_of


def month_is_tallied(model: Any) -> None:
    """Sums by firm and employee; one pass, in row order, so that no sum depends on threads."""
    c, f, e = (model.table(kind).records for kind in (Customer, Firm, Employee))
    _clear_means(f)
    _give_room(f, model.rooms)
    _tally(c, f, e, model.settings, model.scratch, model.rooms)
    _take_expected(f, model.expected_leavings)
    _to_means(f, model.settings)
    _medians(f, model.scratch, model.rooms)


@loop
def _clear_means(f: Any) -> None:
    for k in range(f.price.size):
        f.mean_satisfaction[k], f.mean_relationship[k], f.mean_known_fee[k], f.mean_regret[k] = (
            0.0,
            0.0,
            0.0,
            0.0,
        )
        f.mean_tenure[k] = 0.0
        f.mean_spend[k], f.mean_quality[k], f.mean_price_paid[k], f.double_share[k] = 0.0, 0.0, 0.0, 0.0
        f.partner_share[k], f.champion_share[k], f.support_share[k] = 0.0, 0.0, 0.0
        f.mean_abundance[k], f.mean_trust[k], f.mean_dreams[k] = 0.0, 0.0, 0.0
        f.mean_truth[k], f.mean_balance[k], f.mean_grace[k] = 0.0, 0.0, 0.0


@loop
def _give_room(f: Any, rooms: Any) -> None:
    """Where each firm's part of the working array begins, is filled up to, and ends.

    It has room for the customers counted when the month opened; events of one's own may have moved others.
    """
    first = 0
    for k in range(f.price.size):
        rooms[k, 0] = rooms[k, 1] = first
        first += int(f.customers[k])
        rooms[k, 2] = first


@loop
def _tally(c: Any, f: Any, e: Any, settings: Any, scratch: Any, rooms: Any) -> None:
    n = settings[0]
    for i in range(c.firm.size):
        fetch(c, i + 2 * AHEAD)
        fetch(e, c.employee[min(i + AHEAD, c.firm.size - 1)])
        k = c.firm[i]
        if k < 0:
            continue
        _feelings(i, k, c, f, n.bonds, n.word)
        _bonds(i, k, c, f)
        _leavings(i, k, c, f)
        f.addons_wanted[k] += c.addon[i] & 1
        f.addons_pushed[k] += c.addon[i] >> 1
        if c.purchases[i] > 0:
            add_purchases(i, k, c, f)
            add_troubles(i, k, c, f, n.service)
            if rooms[k, 1] < rooms[k, 2]:
                scratch[rooms[k, 1]] = c.value[i] / c.price_paid[i]
                rooms[k, 1] += 1
            f.win_win[k] += c.purchases[i] if all_gain(i, k, c, f, e, n.experience, n.supplier) else 0
        person = c.employee[i]
        if person >= 0:
            e.served[person] += 1.0
            e.served_satisfaction[person] += c.satisfaction[i]
            e.compliments[person] += c.voice[i] == COMPLIMENT
            e.refusals[person] += c.outcome[i] == REFUSED


@part
def _feelings(i: Any, k: Any, c: Any, f: Any, bonds: Any, word: Any) -> None:
    r = relationship_of(c.abundance[i], c.trust[i], c.dreams[i], c.truth[i], c.balance[i], c.grace[i], bonds)
    f.mean_satisfaction[k] += c.satisfaction[i]
    f.mean_relationship[k] += r
    f.mean_known_fee[k] += c.known_fee[i]
    f.mean_regret[k] += c.regret[i]
    f.mean_spend[k] += c.lifetime_spend[i]
    f.mean_tenure[k] += c.tenure[i]
    f.bonds_built[k] += c.bonds_built[i]
    f.delight_worn_off[k] += c.delight_worn_off[i]
    partner = r > bonds.partnership_threshold
    f.partner_share[k] += partner
    f.support_share[k] += partner and c.satisfaction[i] > 0.0
    f.champion_share[k] += is_champion(r, c.satisfaction[i], word)
    f.praise[k] += c.message[i] > 0
    f.blame[k] += c.message[i] < 0


@part
def _bonds(i: Any, k: Any, c: Any, f: Any) -> None:
    f.mean_abundance[k] += c.abundance[i]
    f.mean_trust[k] += c.trust[i]
    f.mean_dreams[k] += c.dreams[i]
    f.mean_truth[k] += c.truth[i]
    f.mean_balance[k] += c.balance[i]
    f.mean_grace[k] += c.grace[i]


@part
def _leavings(i: Any, k: Any, c: Any, f: Any) -> None:
    if c.decision[i] == MOVES:
        f.moved_away[k] += 1.0
        for months in range(min(c.tenure[i] + 1, 12)):
            f.moved_by_tenure[k, months] += 1.0
    elif c.decision[i] == LEAVES:
        f.lost[k] += 1.0
        f.group_lost[k, min(c.tenure[i] // 12, 3)] += 1.0
        if c.destination[i] >= 0:
            f.lost_to_rivals[k] += 1.0
        else:
            f.lost_to_nobody[k] += 1.0


@loop
def _take_expected(f: Any, expected: Any) -> None:
    """Expected leavings by cause, ranges of customers in their order; what is taken is cleared."""
    for slab in range(expected.shape[0]):
        for k in range(f.price.size):
            for cause in range(expected.shape[2]):
                f.expected_leavings[k, cause] += expected[slab, k, cause]
    expected[:] = 0.0


@part
def add_purchases(i: Any, k: Any, c: Any, f: Any) -> None:
    """A customer's purchases of the month, added to the firm's sums."""
    count = c.purchases[i]
    f.buyers[k] += 1.0
    f.services[k] += count
    f.sales[k] += count * c.list_paid[i]
    f.fees[k] += count * f.hidden_fee[k]
    f.walk_revenue[k] += count * max(c.list_paid[i] - f.price[k], 0.0)
    f.group_sales[k, min(c.tenure[i] // 12, 3)] += count * (c.list_paid[i] + f.hidden_fee[k])
    f.rebates[k] += count * points_rebate(c.list_paid[i], f.points_rebate[k], c.tenure[i])
    f.mean_quality[k] += c.quality[i] * count
    f.mean_price_paid[k] += c.price_paid[i] * count
    f.surplus[k] += count * (c.value[i] - c.price_paid[i])
    f.double_share[k] += c.value[i] >= 2.0 * c.price_paid[i]


@part
def add_troubles(i: Any, k: Any, c: Any, f: Any, service: Any) -> None:
    """Failures, complaints and claims, added to the firm's sums, with the coins that they cost."""
    outcome = c.outcome[i]
    f.complaints[k] += c.voice[i] == COMPLAINT
    f.compliments[k] += c.voice[i] == COMPLIMENT
    if outcome != WELL:
        f.failures[k] += 1.0
        f.refunds[k] += c.purchases[i] * refund_of(i, k, c, f)
        f.refusals[k] += outcome == REFUSED
        if outcome in (REMEDY, CARE):
            f.recoveries[k] += 1.0
            f.remedies[k] += service.remedy_share * c.list_paid[i]
    elif c.voice[i] == CLAIM:
        chance = remedy_probability(f.empowerment[k], service)
        f.unjustified[k] += chance * service.remedy_share * c.list_paid[i]


@part
def all_gain(i: Any, k: Any, c: Any, f: Any, e: Any, experience: Any, supplier: Any) -> Any:
    """Whether customer, employee, supplier and firm all did at least as well as their reference."""
    person = c.employee[i]
    fair_pay = person >= 0 and e.perceived_fairness[person] >= 0.0
    fair_margin = f.supplier_margin[k] >= supplier.reference_margin and f.payment_delay[k] <= 0.0
    covers_cost = c.price_paid[i] >= f.unit_cost[k]
    return (
        covers_cost
        and fair_pay
        and fair_margin
        and c.value[i] >= experience.reference_value * c.price_paid[i]
    )


@loop
def _to_means(f: Any, settings: Any) -> None:
    for k in range(f.price.size):
        n, buyers, services = max(f.customers[k], 1.0), max(f.buyers[k], 1.0), max(f.services[k], 1.0)
        fading = fading_rate(f.outreach[k], f.association[k], settings[0].bonds)
        f.bonds_faded[k] = f.mean_relationship[k] * fading / (1.0 - fading)
        f.mean_satisfaction[k] /= n
        f.mean_relationship[k] /= n
        f.mean_abundance[k] = min(f.mean_abundance[k] / n, 1.0)
        f.mean_trust[k] = min(f.mean_trust[k] / n, 1.0)
        f.mean_dreams[k] = min(f.mean_dreams[k] / n, 1.0)
        f.mean_truth[k] = min(f.mean_truth[k] / n, 1.0)
        f.mean_balance[k] = min(f.mean_balance[k] / n, 1.0)
        f.mean_grace[k] = min(f.mean_grace[k] / n, 1.0)
        f.mean_known_fee[k] /= n
        f.mean_regret[k] = min(f.mean_regret[k] / n, 1.0)
        f.mean_spend[k] /= n
        f.mean_tenure[k] /= n
        f.partner_share[k] /= n
        f.support_share[k] /= n
        f.champion_share[k] /= n
        f.double_share[k] /= buyers
        f.mean_quality[k] /= services
        f.mean_price_paid[k] /= services


@loop_with_room
def _medians(f: Any, scratch: Any, rooms: Any) -> None:
    """Median value-for-money of each firm's buyers, from what was noted of them."""
    for k in range(f.price.size):
        if rooms[k, 1] > rooms[k, 0]:
            f.median_value_for_money[k] = np.median(scratch[rooms[k, 0] : rooms[k, 1]])
