"""Rivals: shocks strike, bankrupt firms leave, entrants come, learners imitate, modes develop, the body audits."""

from typing import Any

import numpy as np

from agents import Creditor, Customer, Employee, Firm, IndustryBody, Stake, SupplyLink
from agents.base.compile import loop
from agents.base.streams import draw
from agents.customer.choice import FIRM_GONE
from agents.industry_body import breaches_standard
from agents.policies.entry import FAMILIES, MODE_STAGE, FirmEntry, Mode, chosen
from sim import ledger
from sim.ledger import post
from sim.parameters import ShockKind
from sim.streams import AUDIT, ENTRY, IMITATION, PASSAGE


def firm_draws(model: Any, stream: int) -> np.ndarray:
    """This month's four uniforms of every firm in a stream."""
    return draw(model.seed, stream, int(model.now.clock), model.table(Firm)["number"])


def body_keeps_the_standard(model: Any) -> None:
    """Members pay dues; some are audited, and fined and expelled when they fall below the standard."""
    f, p = model.table(Firm).view, model.numbers.industry_body
    if model.in_burn_in or not model.table(Firm)["member"].any():
        return
    luck = firm_draws(model, AUDIT)[:, 0]
    body = model.table(IndustryBody).view
    for k in np.flatnonzero((f.member > 0.0) & f.alive):
        f.expelled[k] = max(f.expelled[k] - 1.0, 0.0)
        if f.expelled[k] > 0.0:
            continue
        dues = (p.dues + (p.founder_dues if f.member[k] > 1.0 else 0.0)) * max(f.smoothed_revenue[k], 0.0)
        if luck[k] < p.audit_rate:
            body.audits[0] += 1.0
            if breaches_standard(f.mean_quality[k], f.hidden_fee[k], f.price[k], f.quota_temptation[k], p):
                body.breaches[0] += 1.0
                f.expelled[k] = p.expulsion
                dues += 12.0 * p.fine * dues
        f.dues_paid[k] = dues
        body.dues[0] += dues


def shocks_strike(model: Any) -> None:
    """What was announced for this month happens; what has run its course ends."""
    f = model.table(Firm).view
    if model.in_burn_in or not model.parameters.shocks:
        return
    f.deserted[:] = np.maximum(f.deserted - 1.0, 0.0)
    for shock in model.parameters.shocks.values():
        if shock.month == model.month:
            strike(model, shock)
        elif shock.month + shock.duration == model.month:
            relieve(model, shock)


def rows_hit(model: Any, shock: Any) -> list[int]:
    """Rows of the firms that a shock hits: the one named, or all."""
    return [model.firm_names.index(shock.firm)] if shock.firm else list(range(len(model.firm_names)))


def strike(model: Any, shock: Any) -> None:
    """One shock begins."""
    f = model.table(Firm).view
    rows = rows_hit(model, shock)
    if shock.kind == ShockKind.cost:
        f.cost_factor[rows] *= 1.0 + shock.size
    elif shock.kind == ShockKind.recession:
        model.demand = max(1.0 - shock.size, 0.0)
    elif shock.kind == ShockKind.scandal:
        f.scandal[rows] = 1.0
    elif shock.kind == ShockKind.walking_ban:
        model.walking_banned = True
        f.walk[:] = 0.0
    elif shock.kind == ShockKind.star_leaves:
        model.stars_leaving = np.array([star_of(model, k) for k in rows], np.int64)
    elif shock.kind == ShockKind.desertion:
        for k in rows:
            desert(model, k, months=float(shock.duration))
    elif shock.kind == ShockKind.entrant:
        enter(model)


def relieve(model: Any, shock: Any) -> None:
    """One shock ends."""
    if shock.kind == ShockKind.cost:
        model.table(Firm).view.cost_factor[rows_hit(model, shock)] /= 1.0 + shock.size
    elif shock.kind == ShockKind.recession:
        model.demand = 1.0


def star_of(model: Any, k: int) -> int:
    """The employee of a firm to whom most customers are attached; -1 if it has none."""
    c, e = model.table(Customer).view, model.table(Employee).view
    mine = np.flatnonzero((c.firm == k) & (c.employee >= 0))
    if not mine.size:
        return -1
    ties = np.bincount(c.employee[mine], weights=c.attachment[mine], minlength=e.firm.size)
    return int(np.argmax(ties))


def desert(model: Any, k: int, months: float) -> None:
    """All customers of a firm leave it at once, and nobody sees it for a while."""
    f = model.table(Firm).view
    f.deserted[k] = months
    release_customers(model.table(Customer).records, k)
    f.customers[k], f.group_customers[k], f.loyal_customers[k] = 0.0, 0.0, 0.0


@loop
def release_customers(c, k):
    """Customers of a firm are without one."""
    for i in range(c.firm.size):
        if c.firm[i] == k:
            c.firm[i], c.employee[i], c.tenure[i], c.lost_attachment[i] = -1, -1, 0, 0.0
            c.cause[i] = FIRM_GONE


def rivals_come_and_go(model: Any) -> None:
    """Bankrupt firms leave, entrants come."""
    if not model.parameters.switches.entry_exit:
        return
    f, p = model.table(Firm).view, model.parameters.market
    if model.in_burn_in:
        return
    while (k := _first_to_close(model.table(Firm).records, p.viable_customers)) >= 0:
        close_down(model, k)
    if not p.entrants or not (~f.alive & (model.generation == 0)).any():
        return
    living = f.alive & (f.smoothed_revenue > 0.0)
    margins = f.smoothed_profit[living] / f.smoothed_revenue[living]
    tempting = margins.size == 0 or margins.mean() > p.entry_margin
    if tempting and firm_draws(model, ENTRY)[0, 0] < p.entry_rate:
        enter(model)


@loop
def _first_to_close(f, viable):
    """The first firm that is out of cash or of customers; -1 if there is none."""
    for k in range(f.price.size):
        present = f.customers[k] - f.lost[k] - f.moved_away[k] + f.won[k]
        if f.alive[k] and (f.cash[k] < 0.0 or present < viable):
            return k
    return -1


def close_down(model: Any, k: int) -> None:
    """A firm gives up: what cash it has goes to the creditor, the rest of its debt is written off."""
    f, creditor = model.table(Firm).view, model.table(Creditor).view
    e, stakes, links = (model.table(kind).view for kind in (Employee, Stake, SupplyLink))
    rest = float(f.cash[k])
    post(model.ledger.flows, ledger.LIQUIDATION, ledger.FIRMS, ledger.CREDITOR, rest)
    creditor.written_off[0] += max(f.debt[k] - max(rest, 0.0), 0.0)
    creditor.lent[0] = max(creditor.lent[0] - f.debt[k], 0.0)
    f.alive[k], f.cash[k], f.debt[k], f.equity_price[k] = False, 0.0, 0.0, 0.0
    f.smoothed_revenue[k], f.smoothed_services[k], f.smoothed_profit[k] = 0.0, 0.0, 0.0
    f.customer_equity[k], f.sustainable_equity[k], f.bonus_escrow[k] = 0.0, 0.0, 0.0
    release_customers(model.table(Customer).records, k)
    gone = e.firm == k
    e.former_firm[gone], e.firm[gone], e.departed[gone] = k, -1, 1
    stakes.shares_held[stakes.firm == k] = 0.0
    links.supplier[links.firm == k] = -1
    model.closures.append((int(model.month), k))


def enter(model: Any) -> None:
    """An entrant opens: owners pay in capital, its policies are those of a firm that does well."""
    f, p = model.table(Firm).view, model.parameters.market
    free = np.flatnonzero(~f.alive & (model.generation == 0))
    if not free.size:
        return
    k = int(free[0])
    living = np.flatnonzero(f.alive)
    table = model.table(Firm)
    for name, column in Firm.columns.items():
        table[name][k] = column.default
    f.alive[k] = True
    f.cash[k], f.equity_price[k], f.debt[k] = p.entry_capital, p.entry_capital, 0.0
    f.smoothed_revenue[k], f.smoothed_profit[k], f.smoothed_services[k] = 0.0, 0.0, 0.0
    f.price[k] = p.entry_price * (f.price[living].mean() if living.size else 60.0)
    f.anchor_price[k] = f.price[k]
    post(model.ledger.flows, ledger.NEW_EQUITY, ledger.OWNERS, ledger.FIRMS, p.entry_capital)
    stakes = model.table(Stake).view
    stakes.shares_held[stakes.firm == k] = 1.0 / (stakes.firm == k).sum()
    model.generation[k] = 1
    best = int(living[np.argmax(f.smoothed_profit[living])]) if living.size else -1
    model.adopt(k, model.entries[best] if best >= 0 else FirmEntry())


def firms_learn(model: Any) -> None:
    """Once a year learners may copy the best rival; modes pass to the next stage, or fall back."""
    if model.in_burn_in:
        return
    if model.month % 12 == 11:
        imitate(model)
    develop(model)


def imitate(model: Any) -> None:
    """A learner compares its profit on equity with the best rival's, and may copy one policy of it."""
    f = model.table(Firm).view
    results = np.where(f.alive, f.smoothed_profit / np.maximum(f.equity_price, 1e4), -np.inf)
    luck = firm_draws(model, IMITATION)
    for firm in model.living_firms():
        k, learns = firm.row, model.policies[firm.row].adaptation
        others = np.where(np.arange(results.size) == k, -np.inf, results)
        best = int(np.argmax(others))
        if learns.imitates <= 0.0 or not np.isfinite(others[best]) or others[best] <= 0.0:
            continue
        ratio = others[best] / max(results[k], 1e-4)
        if luck[k, 0] < 1.0 / (1.0 + np.exp(-learns.sharpness * (ratio - learns.threshold))):
            families = [name for name in FAMILIES if name not in ("adaptation", "standards")]
            family = families[int(luck[k, 1] * len(families))]
            model.change_entry(k, **{family: chosen(model.entries[best], family)})


def develop(model: Any) -> None:
    """Reciprocity may pass to surrender where partners and value carry it; weak value falls back."""
    p, f = model.parameters.market, model.table(Firm).view
    maturing = np.flatnonzero(model.table(Firm)["stage"] >= MODE_STAGE[Mode.reciprocity])
    luck = firm_draws(model, PASSAGE)[:, 0] if maturing.size and model.month % 3 == 2 else None
    for k in maturing[f.alive[maturing]]:
        value = f.median_value_for_money[k]
        ready = f.support_share[k] >= p.partners_needed and value >= p.value_needed
        ready = ready and f.cash[k] >= f.smoothed_revenue[k]
        f.stage_months[k] = f.stage_months[k] + 1.0 if ready else 0.0
        f.fallback_months[k] = f.fallback_months[k] + 1.0 if value < p.value_kept else 0.0
        if f.stage[k] == MODE_STAGE[Mode.reciprocity]:
            f.objective_equity[k] = min(f.stage_months[k] / p.passage_months, 1.0)
            if luck is not None and f.stage_months[k] >= p.passage_months and luck[k] < p.passage_probability:
                pass_to(model, int(k), Mode.surrender)
        if f.fallback_months[k] >= p.fallback_months:
            pass_to(model, int(k), Mode.reciprocity if f.stage[k] >= 5.0 else Mode.market_centred)


def pass_to(model: Any, k: int, mode: Mode) -> None:
    """A firm passes to another stage, and the passage is recorded."""
    f = model.table(Firm).view
    model.passages.append((int(model.month), k, str(mode)))
    f.stage_months[k], f.fallback_months[k] = 0.0, 0.0
    model.change_entry(k, mode=mode, **{family: None for family in FAMILIES if family != "adaptation"})
