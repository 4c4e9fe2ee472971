"""The firm: its terms, its levers, its standing, its books, in columns."""

from agents.base.agent import ColumnAgent
from agents.base.columns import flow, state


class Firm(ColumnAgent):
    """A business that serves customers, and decides how to treat all who have a stake in it."""

    # Terms.
    price = state("coins", "list price of one service", default=60.0, low=0.01)
    anchor_price = state("coins", "price before fairness gives a rebate on it", default=60.0, low=0.01)
    teaser = state("1", "rebate in a customer's first year", low=0, high=0.9)
    walk = state("1/year", "yearly rise of the price to loyal customers", low=0, high=1)
    hidden_fee = state("coins", "fees on one service that are not in the price", low=0)
    quality = state("1", "quality as designed, 1: reference", default=1.0, low=0.1, high=3)
    claim = state("1", "quality as claimed", default=1.05, low=0.1, high=5)
    contribution = state("coins/month", "spent on each customer's unmet needs", low=0, high=20)
    points_rebate = state("1", "rebate of a points scheme", low=0, high=0.5)
    tenure_discount = state("1/year", "rebate for each year of loyalty", low=0, high=0.1)
    wage_offer = state("coins/month", "wage offered", default=900.0, low=0)
    supplier_margin = state("1", "margin paid to suppliers", default=0.10, low=0, high=0.4)
    payment_delay = state("month", "delay of payment to suppliers", low=0, high=12)
    # Levers of service, 0..1, each with a cost.
    empowerment = state("1", "what staff may decide", default=0.4, low=0, high=1)
    openness = state("1", "complaints and compliments invited", default=0.35, low=0, high=1)
    sharing = state("1", "knowledge of customers shared among staff", default=0.3, low=0, high=1)
    listening = state("1", "surveys read", default=0.3, low=0, high=1)
    tailoring = state("1", "service fitted to preferences", low=0, high=1)
    outreach = state("1", "contact beyond transactions", low=0, high=1)
    training = state("1", "training of staff", default=0.3, low=0, high=1)
    honest_advice = state("1", "advice against purchases not needed", low=0, high=1)
    guarantee = state("1", "share of the price refunded when a service fails", low=0, high=1)
    accessibility = state("1", "terms of payment that fit budgets", low=0, high=1)
    targeting = state("1", "service by lifetime value", low=0, high=1)
    association = state("1", "customers brought together", low=0, high=1)
    advertising = state("1", "advertising relative to revenue", default=0.04, low=0, high=0.5)
    consensus = state("1", "1: stakeholders share in decisions", low=0, high=1)
    # Incentives and fairness as they bear on the many.
    service_bonus = state("1", "marginal pay for serving", low=0, high=2)
    selling_bonus = state("1", "marginal pay for selling", low=0, high=2)
    quota = state("1", "1: sales quotas", low=0, high=1)
    selling_pay = state("coins/month", "staff bonus for one unit of measured selling", low=0)
    appraisal_pay = state("coins/month", "staff bonus at neutral satisfaction of one's own customers", low=0)
    retention_pay = state("coins/month", "staff bonus if all of one's customers stay", low=0)
    profit_share = state("coins/month", "share of surplus paid to each employee", low=0)
    dividend_share = state("1", "share of surplus to shareholders", default=0.85, low=0, high=1)
    giving_share = state("1", "share of surplus to the community", low=0, high=1)
    restraint = state("1", "resistance to temptation", low=0, high=1)
    # Temptation, one a lever of exploitation.
    fee_temptation = state("1", "pull of hidden fees", low=0, high=1)
    walk_temptation = state("1", "pull of raising prices on the loyal", low=0, high=1)
    quality_temptation = state("1", "pull of cutting quality", low=0, high=1)
    supplier_temptation = state("1", "pull of squeezing suppliers", low=0, high=1)
    wage_temptation = state("1", "pull of squeezing wages", low=0, high=1)
    quota_temptation = state("1", "pull of pressing staff to sell", low=0, high=1)
    scorecard = state("1", "mean excess of all sides over their references", low=-1, high=1)
    manager_horizon = state("month", "months that the manager looks ahead", default=12.0, low=0)
    manager_tenure = state("month", "months that the manager has been in office", default=60.0, low=0)
    manager_departures = flow("manager/month", "managers who left with their bonus", low=0)
    # Standing.
    reputation = state("1", "reputation", default=0.65, low=0, high=1)
    goodwill = state("1", "goodwill of the community", default=0.5, low=0, high=1)
    advertising_stock = state("1", "advertising relative to the market's", default=1.0, low=0)
    insight = state("1", "what the firm knows about its customers", default=0.32, low=0, high=1)
    identity = state("1", "steadiness of conduct", default=0.87, low=0, high=1)
    public_quality = state("1", "quality as the market knows it", default=1.0, low=0.05, high=3)
    past_terms = state("1", "price, quality, fee and wage of last month, relative to usual ones", shape=(4,))
    supplier_trust = state("1", "mean trust of its suppliers", default=0.5, low=0, high=1)
    reliability = state("1", "reliability of inputs", default=0.9, low=0, high=1)
    member = state("1", "0: outside the industry body; 1: member; 2: founder", low=0, high=2)
    expelled = state("month", "months of expulsion left", low=0)
    held_to_standard = state("1", "1: it has set terms as a member, so that it can be audited", low=0, high=1)
    age = state("month", "months in business", default=120.0, low=0)
    stage = state(
        "1",
        "stage of its mode: 0 none; 2 product centred; 3 market centred; 4 reciprocity; 5 surrender",
        low=0,
        high=5,
    )
    stage_months = state("month", "months that the conditions of the next stage have held", low=0)
    fallback_months = state("month", "months that value or cash has been too weak for the stage", low=0)
    objective_equity = state("1", "weight of customer equity in the manager's objective", low=0, high=1)
    # Books.
    cash = state("coins", "money at hand", default=120_000.0)
    debt = state("coins", "loans", default=60_000.0, low=0)
    equity_price = state("coins", "price of the whole firm", default=600_000.0, low=0)
    unit_cost = state("coins", "full cost of one service", default=45.0, low=0)
    unit_cost_year_ago = state(
        "coins", "that cost in the first month of the running year", default=45.0, low=0
    )
    smoothed_profit = state("coins/month", "profit before tax, smoothed over six months", default=12_000.0)
    quarter_profit = state("coins/month", "profit before tax, smoothed over a quarter", default=12_000.0)
    past_revenue = state(
        "coins/month", "revenue now and in the twelve months before, latest first", shape=(13,)
    )
    past_equity = state(
        "coins", "sustainable customer equity now and in the twelve months before, latest first", shape=(13,)
    )
    past_price = state(
        "coins", "price of the firm now and in the sixty months before, latest first", shape=(61,)
    )
    past_relative_price = state("1", "log price against the market in the last eight quarters", shape=(8,))
    past_relative_custom = state("1", "log customers against the market in those quarters", shape=(8,))
    smoothed_revenue = state("coins/month", "revenue, smoothed over three months", default=72_000.0)
    smoothed_customers = state("customer", "customers, smoothed over twenty months", low=0)
    normal_services = state("service/month", "services, smoothed over three years", low=0)
    smoothed_services = state("service/month", "services, smoothed over three months", low=0)
    monthly_retention = state("1/month", "retention, smoothed over a year", default=0.985, low=0, high=1)
    unit_margin = state("coins/month", "margin of a customer", default=12.0)
    group_retention = state(
        "1/month", "retention by tenure group, smoothed over a year", default=0.985, shape=(4,)
    )
    group_revenue = state("coins/month", "revenue of a customer by tenure group above the mean", shape=(4,))
    sustainable_margin = state("coins/month", "that margin without fees, walking and squeezing", default=12.0)
    customer_equity = state("coins", "value of its customers at the plain margin")
    sustainable_equity = state("coins", "value of its customers at the sustainable margin")
    growth = state("1", "customers against their smoothed number", low=-1)
    bonus_escrow = state("coins", "bonus held back for clawback", low=0)
    departed_escrow = state("coins", "bonus of managers who left, still held back for clawback", low=0)
    departed_since = state("month", "months since a manager left", low=0)
    median_worth = state("coins", "median worth of a service to its customers", default=82.0, low=0)

    offered_log_quality = flow("1", "log quality that others expect of it")
    seen_reputation = flow(
        "1", "reputation as customers see it: members of the body stand higher", low=0, high=1
    )
    awareness = flow("1", "weight among the offers seen", low=0)
    price_by_year = flow(
        "coins", "list price paid in each year of tenure, the last for all later ones", shape=(22,)
    )
    deserted = state("month", "months for which nobody sees it", low=0)
    cost_factor = state("1", "cost of inputs relative to usual", default=1.0, low=0.01)
    obsolescence = state("1", "quality lost against the market's frontier", low=0, high=0.9)

    # The month: customers.
    customers = flow("customer", "customers at the start of the month", low=0)
    services = flow("service/month", "services sold", low=0)
    buyers = flow("customer/month", "customers who bought", low=0)
    sales = flow("coins/month", "sales at the price paid", low=0)
    fees = flow("coins/month", "hidden fees taken", low=0)
    fees_tempted = flow("coins/month", "the part of fees that temptation pulled", low=0)
    walk_revenue = flow("coins/month", "revenue from prices walked up", low=0)
    addons_wanted = flow("product/month", "additional products wanted", low=0)
    addons_pushed = flow("product/month", "additional products pushed", low=0)
    remedies = flow("coins/month", "coins given to put services right", low=0)
    unjustified = flow("coins/month", "coins given to unjustified claims", low=0)
    refunds = flow("coins/month", "coins refunded under the guarantee", low=0)
    rebates = flow("coins/month", "coins of the points scheme", low=0)
    failures = flow("customer/month", "customers with a failed service", low=0)
    complaints = flow("customer/month", "customers who complained", low=0)
    recoveries = flow("customer/month", "customers whose service was put right", low=0)
    refusals = flow("customer/month", "customers whose complaint was refused", low=0)
    compliments = flow("customer/month", "customers who complimented", low=0)
    praise = flow("message/month", "positive messages", low=0)
    blame = flow("message/month", "negative messages", low=0)
    mean_satisfaction = state("1", "mean satisfaction of its customers", low=-1, high=1)
    mean_tenure = state("month", "mean months that its customers have been with it", low=0)
    mean_relationship = state("1", "mean relationship of its customers", default=0.48, low=0, high=1)
    mean_abundance = state("1", "mean abundance (help beyond the want) of its customers", low=0, high=1)
    mean_trust = state("1", "mean trust (promises kept) of its customers", low=0, high=1)
    mean_dreams = state("1", "mean dreams (shared direction) of its customers", low=0, high=1)
    mean_truth = state("1", "mean truth (claim against delivery) of its customers", low=0, high=1)
    mean_balance = state("1", "mean balance (a fair split) of its customers", low=0, high=1)
    mean_grace = state("1", "mean grace (warmth) of its customers", low=0, high=1)
    mean_known_fee = state("1", "mean hidden fee known to its customers", low=0)
    mean_regret = state("1", "mean regret of its customers", low=0, high=1)
    mean_spend = state("coins", "mean lifetime spending of its customers", low=0)
    mean_quality = state("1", "mean quality delivered", default=1.0, low=0)
    mean_price_paid = state("coins", "mean price paid, fees included", default=60.0, low=0)
    median_value_for_money = state(
        "1", "median R: value of a service over all that was paid for it", default=1.37, low=0
    )
    double_share = state("1", "share of buyers at R of 2 or more: cheap at double the price", low=0, high=1)
    partner_share = state("1", "share of customers in partnership", low=0, high=1)
    champion_share = state("1", "share of customers who champion", low=0, high=1)
    support_share = state("1", "share of customers in partnership and satisfied", low=0, high=1)
    group_customers = flow(
        "customer", "customers by tenure group: first, second, third year, later", shape=(4,)
    )
    group_lost = flow("customer/month", "customers lost by tenure group", shape=(4,))
    group_sales = flow("coins/month", "sales and fees by tenure group", shape=(4,))
    loyal_customers = flow("customer", "customers of a year or more", low=0)
    moved_by_tenure = flow(
        "customer/month", "customers who moved away, with at least so many months", shape=(12,)
    )
    surplus = flow("coins/month", "consumer surplus of its customers")
    win_win = flow(
        "exchange/month", "purchases in which customer, employee, supplier and firm all did well", low=0
    )
    lost = flow("customer/month", "customers lost", low=0)
    lost_to_rivals = flow("customer/month", "customers lost to rivals", low=0)
    lost_to_nobody = flow("customer/month", "customers lost to nobody", low=0)
    expected_leavings = flow(
        "customer/month",
        "chances of leaving, summed over customers, by cause up to the baseline",
        shape=(9,),
        low=0,
    )
    moved_away = flow("customer/month", "customers who moved away", low=0)
    released = flow("customer/month", "customers set free by a firm that closed, or taken by a shock", low=0)
    won = flow("customer/month", "customers won", low=0)
    won_from_rivals = flow("customer/month", "customers won from rivals", low=0)
    won_by_referral = flow("customer/month", "customers won who had heard well of the firm", low=0)
    need_won = flow("purchase/month", "mean need of the customers won, summed", low=0)
    bonds_built = flow("1", "relationship built by contact, summed over customers")
    bonds_faded = flow("1", "relationship faded with time, summed over customers", low=0)
    bonds_carried_away = flow("1", "relationship that leavers carried away", low=0)
    bonds_brought = flow("1", "relationship that newcomers brought", low=0)
    delight_worn_off = flow(
        "1", "satisfaction lost as expectation followed experience, summed over customers"
    )
    # The month: staff.
    staff = state("employee", "employees", low=0)
    staff_needed = state("employee", "employees wanted", low=0)
    hires = flow("employee/month", "people hired", low=0)
    quits = flow("employee/month", "people who quit", low=0)
    dismissals = flow("employee/month", "people dismissed", low=0)
    mean_service_effort = state("1", "mean effort in serving", default=0.8, low=0)
    mean_selling_effort = state("1", "mean effort in selling", low=0)
    mean_gaming = state("1", "mean gaming", low=0, high=1)
    mean_morale = state("1", "mean morale", default=0.6, low=0, high=1)
    mean_wage = state("coins/month", "mean wage", default=900.0, low=0)
    service_spread = state("1", "spread of service across staff", low=0)
    # The month: money.
    revenue = flow("coins/month", "revenue after refunds and rebates")
    input_bill = flow("coins/month", "suppliers' own cost of inputs", low=0)
    supplier_bill = flow("coins/month", "margin paid to suppliers", low=0)
    wages = flow("coins/month", "wages", low=0)
    staff_bonus = flow("coins/month", "bonus and profit share of staff", low=0)
    lever_costs = flow("coins/month", "costs of the levers of service, contribution and advertising", low=0)
    overhead = flow(
        "coins/month",
        "overhead, add-ons and cost of winning customers, less interest saved by paying late",
    )
    interest = flow("coins/month", "interest paid", low=0)
    management_bonus = flow("coins/month", "bonus of management")
    tax_paid = flow("coins/month", "tax", low=0)
    fine_paid = flow("coins/month", "fines", low=0)
    dues_paid = flow("coins/month", "dues and fines of the industry body", low=0)
    dividend_paid = flow("coins/month", "dividends", low=0)
    giving_paid = flow("coins/month", "giving", low=0)
    profit = flow("coins/month", "profit before tax, after bonus")
    borrowed = flow("coins/month", "loans less repayments")
    scandal = flow("1", "whether exploitation was found out", low=0, high=1)
    profit_forgone = state("coins/month", "gain that restraint refused", low=0)
    owners_turnover = flow("1/month", "shares that changed hands", low=0, high=1)
    transient_share = state("1", "shares held by transient owners", default=0.5, low=0, high=1)
    owners_pressure = state(
        "1", "shares held by transient owners, less where they trust the managers", default=0.5, low=0, high=1
    )


USUAL_PRICE, USUAL_RETENTION = (float(Firm.columns[name].default) for name in ("price", "monthly_retention"))
"""What a firm charges at the start (coins), and the share of customers whom a firm keeps in a month."""
