"""Accounts: double entry for all that was sold, paid, taxed, lent and given."""

from typing import Any

from agents import (
    Community,
    Creditor,
    Firm,
    Government,
    IndustryBody,
    Shareholder,
    Stake,
    Supplier,
    SupplyLink,
)
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.community import scandal_probability, tax_on
from agents.creditor import interest_rate, new_loan, repayment
from agents.firm.levers import customer_levers_cost, staff_levers_cost
from agents.supplier import input_cost
from sim import ledger
from sim.events.reading_books import read_books
from sim.ledger import post
from sim.streams import SCANDAL


def books_are_kept(model: Any) -> None:
    """Post the month of every firm, then carry its results into what is known of it."""
    f, creditor = model.table(Firm).records, model.table(Creditor).records
    _keep(f, creditor, model.settings, model.ledger.flows, model.now, model.average_firm)
    _pay_owners(model.table(Stake).records, model.table(Shareholder).records, f)
    _pay_suppliers(model.table(SupplyLink).records, model.table(Supplier).records, f)
    others_receive(model)
    _spend(model.ledger.flows, model.last_receipts)


@loop
def _keep(f: Any, creditor: Any, settings: Any, flows: Any, time: Any, average_firm: Any) -> None:
    n, now = settings[0], time[0]
    for k in range(f.price.size):
        if f.alive[k]:
            _earn(k, f, n)
            _charge(k, f, n, average_firm)
            _settle(k, f, creditor, n, now)
            _post_all(k, f, creditor, flows)
            read_books(k, f, n, now, n.levers.fixed_overhead * average_firm)


@loop
def _earn(k: Any, f: Any, n: Any) -> None:
    """Revenue, and what the services cost."""
    addons = f.addons_wanted[k] + f.addons_pushed[k]
    sales = f.sales[k] + f.fees[k] + n.purchases.addon_price * addons
    f.revenue[k] = sales - f.refunds[k] - f.rebates[k]
    tempted = n.levers.fee_reach * f.fee_temptation[k] * f.price[k]
    f.fees_tempted[k] = f.services[k] * min(tempted, f.hidden_fee[k])
    f.input_bill[k] = f.services[k] * input_cost(f.quality[k], n.supplier) * f.cost_factor[k]
    f.supplier_bill[k] = f.input_bill[k] * f.supplier_margin[k]


@loop
def _charge(k: Any, f: Any, n: Any, average_firm: Any) -> None:
    """Levers, overhead and interest."""
    p = n.levers
    each = customer_levers_cost(
        f.listening[k], f.openness[k], f.outreach[k], f.association[k], f.targeting[k], p
    )
    levers = each * f.customers[k] + staff_levers_cost(f.training[k], f.sharing[k], p) * f.staff[k]
    levers += (
        p.tailoring_cost * f.tailoring[k] * f.services[k]
        + p.accessibility_cost * f.accessibility[k] * f.sales[k]
    )
    levers *= 1.0 - p.consensus_saving * f.consensus[k]
    levers += p.consensus_cost * f.consensus[k] * f.customers[k]
    given = f.contribution[k] * f.customers[k] + f.advertising[k] * max(f.smoothed_revenue[k], 0.0)
    f.lever_costs[k] = levers + given + f.remedies[k] + f.unjustified[k]
    addons = f.addons_wanted[k] + f.addons_pushed[k]
    trust = 0.5 + n.switches.reciprocity_suppliers * (f.supplier_trust[k] - 0.5)
    distrust = n.supplier.transaction_cost * f.input_bill[k] * (1.0 - trust) / 0.5
    fixed = p.fixed_overhead * average_firm
    base = p.service_overhead * f.services[k] + fixed + p.addon_cost * addons
    credit = n.creditor.base_rate * f.payment_delay[k] * (f.input_bill[k] + f.supplier_bill[k])
    f.overhead[k] = base + p.winning_cost * f.won[k] + distrust - n.switches.finance * credit
    if n.switches.finance > 0.0:
        rate = interest_rate(f.debt[k], f.equity_price[k], f.monthly_retention[k], n.creditor)
        f.interest[k] = f.debt[k] * rate


@loop
def _settle(k: Any, f: Any, creditor: Any, n: Any, now: Any) -> None:
    """Profit, tax, fines, dividend, giving and loans."""
    labour = f.wages[k] + f.staff_bonus[k] + f.management_bonus[k]
    costs = (
        f.input_bill[k]
        + f.supplier_bill[k]
        + f.lever_costs[k]
        + f.overhead[k]
        + f.interest[k]
        + f.dues_paid[k]
    )
    f.profit[k] = f.revenue[k] - costs - labour
    f.tax_paid[k] = tax_on(f.profit[k], n.government)
    u = uniforms(now.seed, SCANDAL, now.clock, k, 0)
    chance = scandal_probability(
        f.fee_temptation[k], f.walk_temptation[k], f.quota_temptation[k], f.mean_gaming[k], n.government
    )
    f.scandal[k] = max(f.scandal[k], 1.0 if u[0] < chance else 0.0)
    f.fine_paid[k] = f.scandal[k] * n.government.fine * max(f.smoothed_revenue[k], 0.0)
    surplus = max(f.smoothed_profit[k] * (1.0 - n.government.tax), 0.0)
    if surplus > 0.0 and f.cash[k] > n.market.cash_reserve * f.smoothed_revenue[k]:
        excess = max(f.cash[k] - n.market.excess_cash * f.smoothed_revenue[k], 0.0)
        f.dividend_paid[k] = f.dividend_share[k] * surplus + 0.1 * excess
        f.giving_paid[k] = f.giving_share[k] * surplus
    out = f.tax_paid[k] + f.fine_paid[k] + f.dividend_paid[k] + f.giving_paid[k]
    f.cash[k] += f.profit[k] - out
    if n.switches.finance > 0.0:
        revenue = max(f.smoothed_revenue[k], 0.0)
        loan = new_loan(f.cash[k], f.debt[k], revenue, n.creditor)
        f.borrowed[k] = loan - repayment(f.cash[k], f.debt[k], revenue, n.creditor)
        f.cash[k] += f.borrowed[k]
        f.debt[k] = max(f.debt[k] + f.borrowed[k], 0.0)
        creditor.lent[0] = max(creditor.lent[0] + f.borrowed[k], 0.0)
        creditor.interest[0] += f.interest[k]


@loop
def _post_all(k: Any, f: Any, creditor: Any, flows: Any) -> None:
    """Every coin that the firm took or gave this month, posted once."""
    post(flows, ledger.SALES, ledger.CUSTOMERS, ledger.FIRMS, f.revenue[k])
    post(flows, ledger.HOUSEHOLD_INCOME, ledger.OUTSIDE, ledger.CUSTOMERS, f.revenue[k])
    post(flows, ledger.INPUTS, ledger.FIRMS, ledger.SUPPLIERS, f.input_bill[k])
    post(flows, ledger.SUPPLIERS_FACTORS, ledger.SUPPLIERS, ledger.OUTSIDE, f.input_bill[k])
    post(flows, ledger.SUPPLIER_MARGIN, ledger.FIRMS, ledger.SUPPLIERS, f.supplier_bill[k])
    post(flows, ledger.WAGES, ledger.FIRMS, ledger.EMPLOYEES, f.wages[k])
    post(flows, ledger.STAFF_BONUS, ledger.FIRMS, ledger.EMPLOYEES, f.staff_bonus[k])
    post(flows, ledger.MANAGEMENT_BONUS, ledger.FIRMS, ledger.EMPLOYEES, f.management_bonus[k])
    post(flows, ledger.OPERATIONS, ledger.FIRMS, ledger.OUTSIDE, f.lever_costs[k] + f.overhead[k])
    post(flows, ledger.INTEREST, ledger.FIRMS, ledger.CREDITOR, f.interest[k])
    post(flows, ledger.LOANS, ledger.CREDITOR, ledger.FIRMS, f.borrowed[k])
    post(flows, ledger.TAX, ledger.FIRMS, ledger.GOVERNMENT, f.tax_paid[k])
    post(flows, ledger.FINES, ledger.FIRMS, ledger.GOVERNMENT, f.fine_paid[k])
    post(flows, ledger.DIVIDENDS, ledger.FIRMS, ledger.OWNERS, f.dividend_paid[k])
    post(flows, ledger.GIVING, ledger.FIRMS, ledger.COMMUNITY, f.giving_paid[k])
    post(flows, ledger.DUES, ledger.FIRMS, ledger.BODY, f.dues_paid[k])


@loop
def _pay_owners(stakes: Any, owners: Any, f: Any) -> None:
    """Dividends go to owners by their shares."""
    for s in range(stakes.firm.size):
        coins = stakes.shares_held[s] * f.dividend_paid[stakes.firm[s]]
        owners.dividends[stakes.shareholder[s]] += coins
        owners.cash[stakes.shareholder[s]] += coins


@loop
def _pay_suppliers(links: Any, suppliers: Any, f: Any) -> None:
    """A firm's margin goes to its suppliers in equal parts; of one without any to all, by the spot market."""
    for k in range(f.price.size):
        count = 0
        for s in range(links.firm.size):
            if links.firm[s] == k and links.supplier[s] >= 0:
                count += 1
        for s in range(links.firm.size):
            if links.firm[s] == k and links.supplier[s] >= 0:
                suppliers.income[links.supplier[s]] += f.supplier_bill[k] / count
        if count == 0:
            for who in range(suppliers.income.size):
                suppliers.income[who] += f.supplier_bill[k] / suppliers.income.size


def others_receive(model: Any) -> None:
    """What community, government and body received this month; they spend it in the next."""
    others = (model.table(kind).records for kind in (Community, Government, IndustryBody))
    _receive(*others, model.ledger.flows)


@loop
def _receive(community: Any, government: Any, body: Any, flows: Any) -> None:
    community.received[0] = flows[ledger.GIVING, ledger.COMMUNITY]
    government.taxes[0] = flows[ledger.TAX, ledger.GOVERNMENT]
    government.fines[0] = flows[ledger.FINES, ledger.GOVERNMENT]


@loop
def _spend(flows: Any, last: Any) -> None:
    """What other sectors received last month flows to the rest of the economy."""
    for sector in range(last.size):
        post(flows, ledger.SPENDING, sector, ledger.OUTSIDE, last[sector])
        last[sector] = 0.0
    for kind in (ledger.WAGES, ledger.STAFF_BONUS, ledger.MANAGEMENT_BONUS):
        last[ledger.EMPLOYEES] += flows[kind, ledger.EMPLOYEES]
    last[ledger.SUPPLIERS] = flows[ledger.SUPPLIER_MARGIN, ledger.SUPPLIERS]
    last[ledger.OWNERS] = flows[ledger.DIVIDENDS, ledger.OWNERS]
    last[ledger.CREDITOR] = flows[ledger.INTEREST, ledger.CREDITOR]
    last[ledger.COMMUNITY] = flows[ledger.GIVING, ledger.COMMUNITY]
    last[ledger.GOVERNMENT] = flows[ledger.TAX, ledger.GOVERNMENT] + flows[ledger.FINES, ledger.GOVERNMENT]
    last[ledger.BODY] = flows[ledger.DUES, ledger.BODY]
