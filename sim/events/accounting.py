"""Accounts: double entry for all that was sold, paid, taxed, lent and given; and what it says of firms."""

from typing import Any

import numpy as np

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
from agents.firm.levers import customer_levers_cost, full_cost, staff_levers_cost
from agents.firm.standing import lifetime_multiple
from agents.supplier import input_cost
from sim import ledger
from sim.ledger import post
from sim.streams import SCANDAL


def management_is_paid(model: Any) -> None:
    """Each manager's bonus by its own measure, held back where there is clawback."""
    if model.in_burn_in:
        return
    firms = model.table(Firm)
    paid, held_for_departed = firms["management_bonus"], firms["departed_escrow"]
    for k in np.flatnonzero(firms["alive"]):
        firm, contract = firms.view[k], model.policies[k].management
        bonus = contract.pay_rate * contract.power * float(contract.measure(firm, firm.scorecard))
        months = model.entries[k].clawback
        paid[k] = released(firm, bonus, months) if months > 0.0 else bonus
        if held_for_departed[k] > 0.0:
            paid[k] += released_to_departed(firm, months)


def released(firm: Any, bonus: float, months: float) -> float:
    """Bonus paid now out of what was held back; forfeited if customer equity fell by more (coins)."""
    paid, firm.bonus_escrow = out_of_escrow(firm, firm.bonus_escrow + bonus, months)
    return paid


def released_to_departed(firm: Any, months: float) -> float:
    """Bonus paid to managers who left: clawback reaches them as long as it holds back, then all is paid."""
    firm.departed_since += 1.0
    reach = months if firm.departed_since <= months else 0.0
    paid, firm.departed_escrow = out_of_escrow(firm, firm.departed_escrow, reach)
    return paid


def out_of_escrow(firm: Any, held: float, months: float) -> tuple[float, float]:
    """What is paid of a bonus held back for so many months, and what is left of it (coins).

    Nothing is left or paid if customer equity fell by more within a year.
    """
    if months <= 0.0:
        return held, 0.0
    if float(firm.past_equity[-1]) - firm.sustainable_equity > held > 0.0:
        return 0.0, 0.0
    paid = held / max(months, 1.0)
    return paid, held - paid


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
            _learn(k, f, n, now, n.levers.fixed_overhead * average_firm)


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
        f.listening[k], f.openness[k], f.outreach[k], f.association[k], f.targeting[k], 0.0, p
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
    """A firm's margin goes to its suppliers in equal parts."""
    for k in range(f.price.size):
        count = 0
        for s in range(links.firm.size):
            if links.firm[s] == k and links.supplier[s] >= 0:
                count += 1
        for s in range(links.firm.size):
            if links.firm[s] == k and links.supplier[s] >= 0:
                suppliers.income[links.supplier[s]] += f.supplier_bill[k] / count


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


@loop
def _learn(k: Any, f: Any, n: Any, now: Any, fixed: Any) -> None:
    """What the month's books say of the firm: cost, profit, retention, customer equity."""
    f.smoothed_profit[k] += (f.profit[k] - f.smoothed_profit[k]) / 6.0
    f.quarter_profit[k] += (f.profit[k] - f.quarter_profit[k]) / 3.0
    f.smoothed_revenue[k] += (f.revenue[k] - f.smoothed_revenue[k]) / 3.0
    f.smoothed_services[k] += (f.services[k] - f.smoothed_services[k]) / 3.0
    if f.services[k] > 5.0:
        costs = max(f.revenue[k] - f.profit[k] - f.management_bonus[k], 0.0)
        cost = full_cost(costs, fixed, f.services[k], f.normal_services[k])
        f.unit_cost[k] += 0.2 * (cost - f.unit_cost[k])
    f.normal_services[k] += (f.services[k] - f.normal_services[k]) / 36.0
    f.manager_tenure[k] += 1.0
    if now.month % 12 == 0:
        f.unit_cost_year_ago[k] = f.unit_cost[k]
    n_customers = max(f.customers[k], 1.0)
    kept = 1.0 - min((f.lost[k] + f.released[k]) / n_customers, 1.0) if f.customers[k] > 0.0 else 1.0
    f.monthly_retention[k] += (kept - f.monthly_retention[k]) / 12.0
    f.growth[k] = f.customers[k] / max(f.smoothed_customers[k], 1.0) - 1.0
    f.smoothed_customers[k] += 0.05 * (f.customers[k] - f.smoothed_customers[k])
    _value_customers(k, n_customers, f, n)
    _score(k, f, n)
    for m in range(11, 0, -1):
        f.past_revenue[k, m] = f.past_revenue[k, m - 1]
        f.past_equity[k, m] = f.past_equity[k, m - 1]
    f.past_revenue[k, 0], f.past_equity[k, 0] = f.smoothed_revenue[k], f.sustainable_equity[k]


@loop
def _score(k: Any, f: Any, n: Any) -> None:
    """Mean over all sides of outcome over reference less one, each held within -1..1."""
    customers = f.median_value_for_money[k] / n.experience.reference_value - 1.0
    employees = (f.mean_wage[k] + f.profit_share[k]) / n.employee.reference_wage - 1.0
    suppliers = f.supplier_margin[k] / n.supplier.reference_margin - 1.0
    wanted = n.shareholder.required_return * f.equity_price[k]
    owners = f.dividend_paid[k] / max(wanted, 1.0) - 1.0
    community = f.goodwill[k] / n.community.goodwill_neutral - 1.0
    total = 0.0
    for excess in (customers, employees, suppliers, owners, community):
        total += min(max(excess, -1.0), 1.0)
    f.scorecard[k] = total / 5.0


@loop
def _value_customers(k: Any, n_customers: Any, f: Any, n: Any) -> None:
    """Customer equity by tenure group; rates held for ever approximate Fader and Hardie (2010)."""
    direct = f.input_bill[k] + f.supplier_bill[k] + f.staff_bonus[k] + f.lever_costs[k]
    direct += n.levers.addon_cost * (f.addons_wanted[k] + f.addons_pushed[k])
    direct -= f.advertising[k] * max(f.smoothed_revenue[k], 0.0)
    service = n.employee.reference_wage / n.employee.full_load
    margin = (f.revenue[k] - direct) / n_customers - service
    levers = f.fees[k] + f.walk_revenue[k]
    squeezed = n.supplier.reference_margin * f.input_bill[k] - f.supplier_bill[k]
    lasting = margin - (levers + max(squeezed, 0.0)) / n_customers
    if f.customers[k] > 0.0:
        f.unit_margin[k] += 0.15 * (margin - f.unit_margin[k])
        f.sustainable_margin[k] += 0.15 * (lasting - f.sustainable_margin[k])
    mean = (f.sales[k] + f.fees[k]) / n_customers
    discount = (1.0 + n.standing.discount) ** (1.0 / 12.0) - 1.0
    plain, sustainable = 0.0, 0.0
    for g in range(4):
        size = f.group_customers[k, g]
        if size > 0.0:
            kept = 1.0 - f.group_lost[k, g] / size
            f.group_retention[k, g] += (kept - f.group_retention[k, g]) / 12.0
            f.group_revenue[k, g] += 0.15 * (f.group_sales[k, g] / size - mean - f.group_revenue[k, g])
        months = lifetime_multiple(f.group_retention[k, g], discount)
        plain += size * (f.unit_margin[k] + f.group_revenue[k, g]) * months
        sustainable += size * f.sustainable_margin[k] * months
    f.customer_equity[k], f.sustainable_equity[k] = plain, sustainable
