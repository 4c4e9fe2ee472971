"""Rivals: firms out of cash or customers close down, entrants come."""

from typing import Any

import numpy as np

from agents import Creditor, Customer, Employee, Firm, Shareholder, Stake, SupplyLink
from agents.base.compile import loop
from agents.customer.choice import FIRM_GONE
from agents.firm.firm import USUAL_PRICE
from agents.policies import FirmEntry
from sim import ledger
from sim.adopting import adopt
from sim.events.keeping_standards import firm_draws
from sim.events.switching import end
from sim.ledger import post
from sim.streams import ENTRY


def rivals_come_and_go(model: Any) -> None:
    """Bankrupt firms leave, entrants come."""
    if not model.parameters.switches.entry_exit:
        return
    f, p = model.table(Firm).view, model.parameters.market
    if model.in_burn_in:
        return
    records = model.table(Firm).records
    while (k := _first_to_close(records, p.viable_customers, p.entry_grace)) >= 0:
        close_down(model, k, month_over=True)
    if not p.entrants or not (~f.alive & (model.generation == 0)).any():
        return
    living = f.alive & (f.smoothed_revenue > 0.0)
    margins = f.smoothed_profit[living] / f.smoothed_revenue[living]
    tempting = margins.size == 0 or margins.mean() > p.entry_margin
    if tempting and firm_draws(model, ENTRY)[0, 0] < p.entry_rate:
        enter(model)


@loop
def _first_to_close(f: Any, viable: Any, grace: Any) -> Any:
    """The first firm that is out of cash, or of customers after its first months; -1 if there is none."""
    for k in range(f.price.size):
        present = f.customers[k] - f.lost[k] - f.moved_away[k] - f.released[k] + f.won[k]
        if f.alive[k] and (f.cash[k] < 0.0 or (present < viable and f.age[k] >= grace)):
            return k
    return -1


def close_down(model: Any, k: int, *, month_over: bool = False) -> None:
    """A firm gives up: its cash repays the creditor, the rest goes to its owners, lost debt is written off.

    An overdraft is the creditor's loss as well.
    """
    f, creditor = model.table(Firm).view, model.table(Creditor).view
    e, stakes, links = (model.table(kind).view for kind in (Employee, Stake, SupplyLink))
    rest, debt = float(f.cash[k]), float(f.debt[k])
    repaid = min(rest, debt)
    post(model.ledger.flows, ledger.LIQUIDATION, ledger.FIRMS, ledger.CREDITOR, repaid)
    post(model.ledger.flows, ledger.LIQUIDATION, ledger.FIRMS, ledger.OWNERS, rest - repaid)
    owners, mine = model.table(Shareholder).view, stakes.firm == k
    owners.cash[stakes.shareholder[mine]] += (rest - repaid) * stakes.shares_held[mine]
    creditor.written_off[0] += debt - repaid
    creditor.lent[0] = max(creditor.lent[0] - debt, 0.0)
    f.alive[k], f.cash[k], f.debt[k], f.equity_price[k] = False, 0.0, 0.0, 0.0
    f.smoothed_revenue[k], f.smoothed_services[k], f.smoothed_profit[k] = 0.0, 0.0, 0.0
    f.customer_equity[k], f.sustainable_equity[k], f.bonus_escrow[k] = 0.0, 0.0, 0.0
    f.departed_escrow[k] = 0.0
    let_customers_go(model, k, month_over=month_over)
    gone = e.firm == k
    e.former_firm[gone], e.firm[gone], e.tenure[gone] = k, -1, 0
    stakes.shares_held[mine] = 0.0
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
    start_afresh(model, k)
    f.price[k] = p.entry_price * (f.price[living].mean() if living.size else USUAL_PRICE)
    f.anchor_price[k] = f.price[k]
    f.advertising_stock[k] = p.entry_advertising
    pay_in(model, k, p.entry_capital)
    model.generation[k] = 1
    best = int(living[np.argmax(f.smoothed_profit[living])]) if living.size else -1
    adopt(model, k, model.entries[best] if best >= 0 else FirmEntry())


def start_afresh(model: Any, k: int) -> None:
    """A firm's place is taken by a new one at reference terms; what inputs cost is the market's."""
    f, p, table = model.table(Firm).view, model.parameters, model.table(Firm)
    for name, column in Firm.columns.items():
        if name != "cost_factor":
            table[name][k] = column.default
    f.alive[k], f.age[k], f.manager_tenure[k] = True, 0.0, 0.0
    f.smoothed_revenue[k], f.smoothed_profit[k], f.quarter_profit[k] = 0.0, 0.0, 0.0
    f.wage_offer[k], f.supplier_margin[k] = p.employee.reference_wage, p.supplier.reference_margin
    f.median_worth[k], f.past_terms[k] = p.population.worth_median, (1.0, 1.0, 0.0, 1.0)


def pay_in(model: Any, k: int, capital: float) -> None:
    """Owners pay in a new firm's capital (coins) in equal parts."""
    f, stakes, owners = (model.table(kind).view for kind in (Firm, Stake, Shareholder))
    f.cash[k], f.equity_price[k], f.past_price[k], f.debt[k] = capital, capital, capital, 0.0
    mine = stakes.firm == k
    stakes.shares_held[mine] = 1.0 / mine.sum()
    owners.cash[stakes.shareholder[mine]] -= capital * stakes.shares_held[mine]
    post(model.ledger.flows, ledger.NEW_EQUITY, ledger.OWNERS, ledger.FIRMS, capital)


def let_customers_go(model: Any, k: int, *, month_over: bool = False) -> None:
    """A firm's relationships end; its customers carry away what they felt for it, and look for another."""
    if not model.in_burn_in:
        model.recording.keep_released(model, k, month_over=month_over)
    _release(model.table(Customer).records, model.table(Firm).records, k, model.settings)


@loop
def _release(c: Any, f: Any, k: Any, settings: Any) -> None:
    n = settings[0]
    for i in range(c.firm.size):
        if c.firm[i] == k:
            f.released[k] += 1.0
            f.group_lost[k, min(c.tenure[i] // 12, 3)] += 1.0
            end(i, n, c, f)
            c.cause[i] = FIRM_GONE
