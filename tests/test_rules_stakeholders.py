"""Rules of staff, suppliers, owners, creditor, community and body with pencil numbers."""

import pytest

from agents import community, creditor, employee, industry_body, shareholder, supplier
from tests.pencil import Example, given, name_of, rules_of

WORK = given(
    employee.EmployeeParameters,
    reference_wage=900.0,
    intrinsic_effort=0.8,
    reciprocity=0.3,
    kindness_slope=2.0,
    loss_aversion=2.25,
    pride=0.1,
    morale_effort=0.2,
    sharing_effort=0.1,
    quota_pull=0.25,
    gaming_rate=0.6,
    service_effort_gain=0.3,
    knowledge_gain=0.2,
    skill_gain=0.1,
    overload_loss=0.4,
    gaming_loss=0.1,
    gift_fading=0.1,
    grievance_fading=0.02,
    morale_neutral=0.6,
    quit_rate=0.01,
    quit_elasticity=2.0,
    quit_morale=2.5,
    training_rate=0.02,
    training_neutral=0.3,
)
SUPPLY = given(
    supplier.SupplierParameters,
    input_cost=20.0,
    quality_cost=2.0,
    reference_margin=0.1,
    base_reliability=0.95,
    reciprocity=0.2,
    lateness_weight=0.3,
    loss_aversion=2.25,
    gift_fading=0.1,
    grievance_fading=0.03,
    trust_rise=0.02,
    trust_fall=0.06,
    exit_rate=0.01,
    exit_trust=0.3,
)
OWNING = given(
    shareholder.ShareholderParameters,
    trend_weight=6.0,
    equity_weight=0.5,
    price_rate=0.1,
    transient_trading=0.5,
    dedicated_trading=0.1,
    pressure=0.6,
    transient_horizon=3.0,
    trust_restraint=0.5,
    trust_patience=1.0,
)
LENDING = given(
    creditor.CreditorParameters,
    base_rate=0.005,
    leverage_rate=0.01,
    churn_rate=0.05,
    steady_retention=0.97,
    debt_limit=3.0,
    cash_floor=0.5,
    repayment_floor=1.5,
    repayment_rate=0.02,
)
TOWN = given(
    community.CommunityParameters,
    goodwill_base=0.45,
    giving_weight=0.2,
    employment_weight=0.1,
    scandal_drop=0.15,
    goodwill_rate=0.1,
)
STATE = given(community.GovernmentParameters, tax=0.25, detection=0.01)
BODY = given(
    industry_body.IndustryBodyParameters,
    quality_floor=0.95,
    quality_margin=0.02,
    fee_ceiling=0.02,
    quota_ceiling=0.3,
)

EXAMPLES = [
    # staff: kindness .5*tanh(2*.1) and .5*tanh(-2.25*2*.1)
    Example(employee.pay_kindness, (990.0, 900.0, WORK), 0.098688),
    Example(employee.pay_kindness, (909.0, 900.0, WORK), 0.009999),  # .5*tanh(.02)
    Example(employee.pay_kindness, (810.0, 900.0, WORK), -0.210949),
    # .8 + .3*.2 + .1 + .1*.5 + .2*.1 + .1*.2
    Example(employee.service_return, (0.2, 1.0, 0.1, 0.5, 0.7, 0.5, WORK), 1.05),
    Example(employee.service_return, (0.2, 0.0, 0.0, 0.0, 0.6, 0.3, WORK), 0.8),  # not a reciprocal type
    Example(employee.service_return, (0.5, 1.0, 2.0, 1.0, 1.0, 1.0, WORK), 2.0),
    Example(
        employee.service_return, (-0.5, 1.0, 0.0, -1.0, 0.0, 0.0, WORK._replace(intrinsic_effort=0.2)), 0.1
    ),
    Example(employee.selling_return, (0.4, 0.6, WORK), 0.55),
    Example(employee.chosen_service_effort, (0.8, 0.2, 0.3), 0.8),  # .2 < .3*.8: no selling
    Example(employee.chosen_service_effort, (0.8, 0.4, 0.3), 0.747253),  # (.8 - .12)/.91
    Example(employee.chosen_service_effort, (0.1, 0.8, 0.3), 0.0),
    Example(employee.chosen_service_effort, (2.4, 0.0, 0.3), 2.0),
    Example(employee.chosen_service_effort, (2.4, 0.8, 0.3), 2.0),  # 2.16/.91
    Example(employee.chosen_service_effort, (0.5, 0.2, 0.3), 0.483516),  # .44/.91: .2 > .3*.5
    Example(employee.chosen_service_effort, (0.2, 0.5, 0.3), 0.054945),  # .05/.91: .2 > .3*.5
    Example(employee.chosen_service_effort, (0.242, 0.8, 0.3), 0.002198),  # .002/.91
    Example(employee.chosen_service_effort, (0.4, 1.5, 0.3), 0.0),  # .4 < .3*1.5
    Example(employee.chosen_selling_effort, (0.8, 0.4, 0.3), 0.175824),  # (.4 - .24)/.91
    Example(employee.chosen_selling_effort, (0.8, 0.2, 0.3), 0.0),
    Example(employee.gaming_of, (1.0, 0.5, 0.4, WORK), 0.18),  # .6*.5*.6
    Example(employee.gaming_of, (1.0, 0.5, 1.2, WORK), 0.0),  # the quota is within reach
    Example(employee.gaming_of, (0.5, 0.5, 0.4, WORK), 0.09),
    Example(employee.gaming_of, (2.0, 0.0, -1.0, WORK), 1.0),  # short by one at most: 1.2, held at 1
    Example(employee.gaming_of, (0.5, 0.0, -1.0, WORK), 0.3),
    Example(employee.service_given, (0.8, 0.5, 1.0, 1.0, 0.0, WORK), 1.0),
    Example(employee.service_given, (1.2, 1.0, 1.5, 1.6, 0.5, WORK), 1.05),  # .15+.1+.05 - .2 - .05
    Example(employee.service_given, (2.0, 1.0, 2.0, 1.0, 0.0, WORK), 1.4),  # 1.65
    Example(employee.service_given, (0.0, 0.0, 0.2, 2.0, 1.0, WORK), 0.5),  # .06
    Example(employee.next_reference_wage, (900.0, 1000.0, WORK), 910.0),  # gifts fade
    Example(employee.next_reference_wage, (900.0, 800.0, WORK), 898.0),  # grievances last
    Example(employee.next_reference_wage, (451.0, 300.0, WORK), 450.0),  # half of what is usual at least
    Example(employee.next_skill, (1.0, 1.0, WORK), 1.007),
    Example(employee.next_skill, (1.0, 0.31, WORK), 1.0001),
    Example(employee.next_skill, (1.0, 0.3, WORK), 1.0),
    Example(employee.next_skill, (1.0, 0.0, WORK), 0.9976),
    Example(employee.next_skill, (0.5, 0.0, WORK), 0.5),
    # .6 + .1 + .125 + .05 + .09 - .15 - .03
    Example(employee.morale_target, (0.2, 0.5, 0.1, 1.25, 1.0, 1.0, WORK), 0.785),
    Example(employee.morale_target, (0.0, 0.0, 2.0, 1.0, 0.4, 0.0, WORK), 0.85),  # growth counts .5 at most
    Example(employee.morale_target, (0.0, 0.0, -2.0, 1.0, 0.4, 0.5, WORK), 0.275),  # .6 - .25 - .075
    Example(employee.quit_probability, (900.0, 900.0, 0.6, WORK), 0.01),
    Example(employee.quit_probability, (450.0, 900.0, 0.6, WORK), 0.04),  # 2^2
    Example(employee.quit_probability, (900.0, 900.0, 0.2, WORK), 0.027183),  # times e
    Example(employee.quit_probability, (300.0, 900.0, 0.0, WORK), 0.3),  # .09*e^1.5 = .403
    # suppliers: tanh(.5) and tanh(-2.25*(.2 + .3))
    Example(supplier.terms_kindness, (0.15, 0.10, 0.0, SUPPLY), 0.462117),
    Example(supplier.terms_kindness, (0.102, 0.10, 0.0, SUPPLY), 0.019997),  # tanh(.02)
    Example(supplier.terms_kindness, (0.08, 0.10, 1.0, SUPPLY), -0.809301),
    Example(supplier.next_reference_margin, (0.10, 0.14, SUPPLY), 0.102),  # .1*(.07 + .05 - .10)
    Example(supplier.next_reference_margin, (0.10, 0.06, SUPPLY), 0.0994),  # .03*(.03 + .05 - .10)
    Example(supplier.next_trust, (0.5, 0.6, SUPPLY), 0.506),  # .02*(.8 - .5)
    Example(supplier.next_trust, (0.5, -0.6, SUPPLY), 0.482),  # .06*(.2 - .5)
    Example(supplier.link_reliability, (1.0, 0.4, 0.6, 1.0, SUPPLY), 0.98),  # .95 + .1*(.2 + .1)
    Example(supplier.link_reliability, (1.0, 0.4, 0.6, 0.0, SUPPLY), 0.95),
    Example(supplier.link_reliability, (0.8, 0.4, 0.6, 1.0, SUPPLY), 0.784),  # .8*.98
    Example(supplier.link_reliability, (1.1, 1.0, 1.0, 1.0, SUPPLY), 1.0),  # 1.155
    Example(supplier.link_reliability, (0.5, -1.0, 0.0, 1.0, SUPPLY._replace(base_reliability=0.5)), 0.4),
    Example(supplier.exit_probability, (-0.25, 0.2, SUPPLY), 0.027183),  # .01*e
    Example(supplier.exit_probability, (-0.25, 0.3, SUPPLY), 0.0),
    Example(supplier.exit_probability, (-1.0, 0.0, SUPPLY._replace(exit_rate=0.1)), 1.0),  # 5.46
    Example(supplier.input_cost, (1.1, SUPPLY), 24.2),  # 20*1.21
    # owners
    Example(shareholder.transient_valuation, (80.0, 0.02, 50.0, 30.0, 0.01, OWNING), 8980.0),  # 8000*1.12
    Example(shareholder.transient_valuation, (80.0, 0.2, 50.0, 30.0, 0.01, OWNING), 10420.0),  # 8000*1.3
    Example(shareholder.transient_valuation, (80.0, -0.2, 50.0, 30.0, 0.01, OWNING), 5620.0),  # 8000*.7
    Example(shareholder.transient_valuation, (-80.0, 0.0, 50.0, 30.0, 0.01, OWNING), 20.0),  # losses are none
    Example(shareholder.dedicated_valuation, (-80.0, 5000.0, 50.0, 30.0, 0.01, OWNING), 2020.0),
    Example(shareholder.dedicated_valuation, (80.0, 5000.0, 50.0, 30.0, 0.01, OWNING), 6020.0),  # 4000+2000
    Example(shareholder.next_equity_price, (1000.0, 1500.0, OWNING), 1050.0),
    Example(shareholder.next_equity_price, (1000.0, 9000.0, OWNING), 1100.0),  # a tenth at most
    Example(shareholder.next_equity_price, (1000.0, -500.0, OWNING), 900.0),  # nor less
    Example(shareholder.next_equity_price, (1000.0, 500.0, OWNING), 950.0),
    Example(shareholder.wanted_stake, (0.2, 9000.0, 1000.0, 1.0, 0.5, OWNING), 0.25),  # half above counts
    Example(shareholder.wanted_stake, (0.2, 100.0, 1000.0, 1.0, 0.5, OWNING), 0.15),  # half below
    Example(
        shareholder.wanted_stake, (0.2, 100.0, 1000.0, 1.0, 0.5, OWNING._replace(transient_trading=5.0)), 0.0
    ),
    Example(shareholder.wanted_stake, (0.2, 1200.0, 1000.0, 1.0, 0.5, OWNING), 0.22),  # .2*(1 + .5*.2)
    Example(shareholder.wanted_stake, (0.2, 1200.0, 1000.0, 0.0, 0.5, OWNING), 0.204),
    Example(shareholder.wanted_stake, (0.2, 1200.0, 1000.0, 1.0, 0.9, OWNING), 0.216),  # trust: .5*.8
    Example(shareholder.pressure_of, (0.2, 1.0, 0.5, OWNING), 0.2),  # neither trust nor mistrust
    Example(shareholder.pressure_of, (0.2, 1.0, 0.9, OWNING), 0.12),  # .2*(1 - .4)
    Example(shareholder.pressure_of, (0.2, 0.0, 0.1, OWNING), 0.0),  # the dedicated do not press
    Example(shareholder.pressure_of, (0.2, 1.0, 0.9, OWNING._replace(trust_patience=2.0)), 0.04),
    Example(shareholder.pressure_of, (0.2, 1.0, 1.0, OWNING._replace(trust_patience=2.0)), 0.0),
    Example(shareholder.pressed_horizon, (24.0, 0.5, OWNING), 17.7),  # .7*24 + .3*3
    # creditor: .005 + .01*.5 + .05*.02
    Example(creditor.interest_rate, (50_000.0, 100_000.0, 0.95, LENDING), 0.011),
    Example(creditor.interest_rate, (500_000.0, 100_000.0, 0.5, LENDING), 0.025),  # leverage 1, .2 unsteady
    Example(creditor.interest_rate, (1_000.0, 100_000.0, 0.99, LENDING), 0.0051),  # steadier than steady
    Example(creditor.interest_rate, (5_000.0, 0.0, 0.97, LENDING), 0.01),  # equity of 10,000 at least
    Example(creditor.new_loan, (50_000.0, 0.0, 60_000.0, LENDING), 0.0),
    Example(creditor.new_loan, (10_000.0, 200_000.0, 60_000.0, LENDING), 0.0),  # more is owed than is lent
    Example(creditor.new_loan, (10_000.0, 0.0, 60_000.0, LENDING), 20_000.0),
    Example(creditor.new_loan, (10_000.0, 175_000.0, 60_000.0, LENDING), 5_000.0),
    Example(creditor.new_loan, (-4_000.0, 0.0, 0.0, LENDING), 4_000.0),
    Example(creditor.new_loan, (-40_000.0, 0.0, 0.0, LENDING), 10_000.0),  # three months of 3,333 coins
    Example(creditor.new_loan, (10_000.0, 0.0, 60_000.0, LENDING._replace(debt_limit=0.0)), 0.0),  # no credit
    Example(creditor.repayment, (100_000.0, 50_000.0, 60_000.0, LENDING), 1_001.0),
    Example(creditor.repayment, (100_000.0, 0.5, 60_000.0, LENDING), 0.5),  # not more than is owed
    Example(creditor.repayment, (90_000.0, 50_000.0, 60_000.0, LENDING), 0.0),
    Example(creditor.repayment, (80_000.0, 50_000.0, 60_000.0, LENDING), 0.0),
    # community: target .45 + .2*tanh 1 + .1 = .702319; with a scandal .3 lower, and .15 at once
    Example(community.next_goodwill, (0.5, 600.0, 60_000.0, 40.0, 20.0, 0.0, TOWN), 0.520232),
    Example(community.next_goodwill, (0.5, 600.0, 60_000.0, 40.0, 20.0, 1.0, TOWN), 0.340232),
    Example(community.next_goodwill, (0.5, 0.0, 60_000.0, 10.0, 20.0, 0.0, TOWN), 0.49),  # toward .45 - .05
    Example(
        community.next_goodwill, (0.5, 0.0, 60_000.0, 400.0, 20.0, 0.0, TOWN), 0.55
    ),  # toward 1, not 2.35
    Example(community.next_goodwill, (0.5, 1.0, 0.0, 0.0, 0.0, 0.0, TOWN), 0.500232),  # one coin, nobody
    Example(community.next_goodwill, (0.5, 0.0, 60_000.0, 1.0, 0.5, 0.0, TOWN), 0.495),  # usual: one at least
    Example(
        community.next_goodwill, (0.5, 0.0, 60_000.0, 0.0, 20.0, 1.0, TOWN._replace(goodwill_base=0.2)), 0.3
    ),  # toward 0, not -.2
    Example(community.next_goodwill, (0.1, 0.0, 60_000.0, 0.0, 20.0, 1.0, TOWN), 0.0),  # .095 - .15
    Example(community.scandal_probability, (0.5, 1.0, 0.2, 0.1, STATE), 0.013),  # .01*(.5 + .3 + .2 + .3)
    Example(community.scandal_probability, (0.0, 0.5, 0.0, 0.0, STATE), 0.0015),
    Example(community.scandal_probability, (1.0, 1.0, 1.0, 1.0, STATE._replace(detection=0.9)), 1.0),
    Example(community.tax_on, (1000.0, STATE), 250.0),
    Example(community.tax_on, (-1000.0, STATE), 0.0),
    Example(industry_body.breaches_standard, (0.95, 1.2, 60.0, 0.3, BODY), False),
    Example(industry_body.breaches_standard, (0.94, 0.0, 60.0, 0.0, BODY), True),
    Example(industry_body.breaches_standard, (1.0, 1.3, 60.0, 0.0, BODY), True),
    Example(industry_body.breaches_standard, (1.0, 0.0, 60.0, 0.4, BODY), True),
    Example(industry_body.breaches_standard, (0.0, 0.0, 60.0, 0.0, BODY), False),  # nobody was served
    Example(industry_body.breaches_standard, (0.02, 0.0, 60.0, 0.0, BODY), True),
    Example(industry_body.breaches_standard, (1.0, 1.21, 60.0, 0.0, BODY), True),
    # designed 1.0, delivered .85: .95*1.02 takes a design of .969/.85
    Example(industry_body.quality_of_a_member, (1.0, 0.85, BODY), 1.14),
    Example(industry_body.quality_of_a_member, (1.2, 0.9, BODY), 1.292),  # .969*1.2/.9
    Example(industry_body.quality_of_a_member, (1.0, 0.02, BODY), 48.45),
    Example(industry_body.quality_of_a_member, (1.2, 0.0, BODY), 0.969),  # nobody was served
]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_by_pencil(example: Example) -> None:
    assert example.rule(*example.given) == pytest.approx(example.expected, rel=1e-5, abs=1e-6)


def test_every_rule_has_an_example() -> None:
    modules = ("community", "creditor", "employee", "industry_body", "shareholder", "supplier")
    assert rules_of(f"agents.{name}" for name in modules) == {name_of(x) for x in EXAMPLES}
