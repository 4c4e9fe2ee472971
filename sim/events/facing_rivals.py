"""Rivals: firms out of cash or customers close down, entrants come."""

from typing import Any

import numpy as np

from agents import Creditor, Customer, Employee, Firm, Stake, SupplyLink
from agents.base.compile import loop
from agents.customer.choice import FIRM_GONE
from agents.policies import FirmEntry
from sim import ledger
from sim.adopting import adopt
from sim.events.keeping_standards import firm_draws
from sim.ledger import post
from sim.streams import ENTRY


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
def _first_to_close(f: Any, viable: Any) -> Any:
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
    adopt(model, k, model.entries[best] if best >= 0 else FirmEntry())


@loop
def release_customers(c: Any, k: Any) -> None:
    """Customers of a firm are without one."""
    for i in range(c.firm.size):
        if c.firm[i] == k:
            c.firm[i], c.employee[i], c.tenure[i], c.lost_attachment[i] = -1, -1, 0, 0.0
            c.cause[i] = FIRM_GONE
