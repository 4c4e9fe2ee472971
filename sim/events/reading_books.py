"""What the month's books say of a firm: cost, profit, retention, what its customers are worth."""

from typing import Any

from agents.base.compile import loop
from agents.firm.levers import full_cost
from agents.firm.standing import lifetime_multiple


@loop
def read_books(k: Any, f: Any, n: Any, now: Any, fixed: Any) -> None:
    """What the month's books say of the firm: cost, profit, retention, customer equity."""
    n_customers = max(f.customers[k], 1.0)
    _value_customers(k, n_customers, f, n)  # before revenue is smoothed: advertising went by what it was
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
    kept = 1.0 - min((f.lost[k] + f.released[k]) / n_customers, 1.0) if f.customers[k] > 0.0 else 1.0
    f.monthly_retention[k] += (kept - f.monthly_retention[k]) / 12.0
    f.growth[k] = f.customers[k] / max(f.smoothed_customers[k], 1.0) - 1.0
    f.smoothed_customers[k] += 0.05 * (f.customers[k] - f.smoothed_customers[k])
    _score(k, f, n)
    for m in range(f.past_revenue.shape[1] - 1, 0, -1):
        f.past_revenue[k, m] = f.past_revenue[k, m - 1]
        f.past_equity[k, m] = f.past_equity[k, m - 1]
    f.past_revenue[k, 0], f.past_equity[k, 0] = f.smoothed_revenue[k], f.sustainable_equity[k]
    if now.clock == 0:  # nothing is known of the year before the start: it was like this
        f.past_equity[k, :] = f.sustainable_equity[k]


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
