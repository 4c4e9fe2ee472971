"""Supply: suppliers deliver with a reliability that answers their terms; links are left and sought."""

from typing import Any

from agents import Firm, Supplier, SupplyLink
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.supplier import (
    exit_probability,
    link_reliability,
    next_reference_margin,
    next_trust,
    terms_kindness,
)
from sim.streams import SUPPLY_EXIT

SHORT = 0.6  # reliability of a firm without any supplier: what the spot market gives (assumption)


def suppliers_deliver(model: Any) -> None:
    """Each link answers its terms; a supplier short of capacity serves first those whom it trusts."""
    tables = (model.table(kind).records for kind in (SupplyLink, Supplier, Firm))
    _deliver(*tables, model.settings, model.now)


@loop
def _deliver(s: Any, suppliers: Any, f: Any, settings: Any, time: Any) -> None:
    n, now = settings[0], time[0]
    p, on = n.supplier, n.switches.reciprocity_suppliers
    _sum_orders(s, suppliers, f)
    for link in range(s.firm.size):
        if s.supplier[link] < 0:
            _seek(link, s, suppliers, f, p, on, now)
        if s.supplier[link] >= 0:
            _answer(link, s, suppliers, f, p, on, now)
    _sum_orders(s, suppliers, f)  # a firm with another supplier orders less of each
    for link in range(s.firm.size):
        if s.supplier[link] >= 0:
            s.reliability[link] *= _served_share(link, s, suppliers, f, on)
    _sum_by_firm(s, f)


@loop
def _sum_orders(s: Any, suppliers: Any, f: Any) -> None:
    """Services ordered of each supplier."""
    suppliers.volume[:] = 0.0
    for link in range(s.firm.size):
        if s.supplier[link] >= 0:
            suppliers.volume[s.supplier[link]] += _orders(s.firm[link], s, f)


@loop
def _answer(link: Any, s: Any, suppliers: Any, f: Any, p: Any, on: Any, now: Any) -> None:
    """One supplier looks at its terms, delivers, and perhaps gives up the link."""
    k, who = s.firm[link], s.supplier[link]
    if not f.alive[k]:
        return
    s.margin[link] = f.supplier_margin[k]
    s.arrears[link] += p.arrears_rate * (f.payment_delay[k] - s.arrears[link])
    s.kindness[link] = terms_kindness(s.margin[link], s.reference_margin[link], s.arrears[link], p)
    s.reference_margin[link] = next_reference_margin(s.reference_margin[link], s.margin[link], p)
    s.trust[link] = next_trust(s.trust[link], s.kindness[link], p)
    s.reliability[link] = link_reliability(suppliers.capability[who], s.kindness[link], s.trust[link], on, p)
    u = uniforms(now.seed, SUPPLY_EXIT, now.clock, s.number[link], 0)
    if on > 0.0 and u[0] < exit_probability(s.kindness[link], s.trust[link], p):
        s.supplier[link] = -1


@loop
def _orders(k: Any, s: Any, f: Any) -> Any:
    """Services' worth of inputs that a firm orders from each of its suppliers."""
    links = 0
    for link in range(s.firm.size):
        if s.firm[link] == k and s.supplier[link] >= 0:
            links += 1
    return f.smoothed_services[k] / max(links, 1)


@loop
def _served_share(link: Any, s: Any, suppliers: Any, f: Any, on: Any) -> Any:
    """Share of an order that is served where the supplier is short: the trusted come first.

    Where reciprocity of suppliers is switched off all get the same part.
    """
    who = s.supplier[link]
    if suppliers.volume[who] <= suppliers.capacity[who]:
        return 1.0
    if on == 0.0:
        return max(suppliers.capacity[who] / suppliers.volume[who], 0.4)
    before = 0.0
    for other in range(s.firm.size):
        ahead = s.trust[other] > s.trust[link] or (s.trust[other] == s.trust[link] and other < link)
        if s.supplier[other] == who and ahead:
            before += _orders(s.firm[other], s, f)
    own = max(_orders(s.firm[link], s, f), 1e-9)
    return min(max((suppliers.capacity[who] - before) / own, 0.4), 1.0)


@loop
def _seek(link: Any, s: Any, suppliers: Any, f: Any, p: Any, on: Any, now: Any) -> None:
    """A firm short of a supplier asks the one with most capacity to spare; it looks at the firm's name."""
    k = s.firm[link]
    if not f.alive[k] or f.supplier_margin[k] < p.acceptance_margin:
        return
    best, most = -1, 0.0
    for who in range(suppliers.capacity.size):
        spare = suppliers.capacity[who] - suppliers.volume[who]
        if spare > most and not _supplies(who, k, s):
            best, most = who, spare
    u = uniforms(now.seed, SUPPLY_EXIT, now.clock, s.number[link], 1)
    if best >= 0 and u[0] < 0.5 + on * (f.supplier_trust[k] - 0.5):
        s.supplier[link], s.arrears[link] = best, 0.0
        suppliers.volume[best] += _orders(k, s, f)
        s.trust[link] = min(f.supplier_trust[k], 0.5)  # suppliers talk: leaving is no amnesty
        s.reference_margin[link] = p.reference_margin


@loop
def _supplies(who: Any, k: Any, s: Any) -> Any:
    links = 0
    for link in range(s.firm.size):
        links += s.firm[link] == k and s.supplier[link] == who
    return links > 0


@loop
def _sum_by_firm(s: Any, f: Any) -> None:
    """A firm's reliability and its suppliers' trust: means over its links."""
    for k in range(f.reliability.size):
        reliability, trust, links = 0.0, 0.0, 0
        for link in range(s.firm.size):
            if s.firm[link] == k and s.supplier[link] >= 0:
                reliability += s.reliability[link]
                trust += s.trust[link]
                links += 1
        f.reliability[k] = reliability / links if links else SHORT
        f.supplier_trust[k] = trust / links if links else 0.25
