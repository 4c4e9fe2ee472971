"""Rules of firms with pencil numbers: costs of levers, standing, temptation, terms."""

import pytest

from agents.firm import (
    LeverParameters,
    StandingParameters,
    TemptationParameters,
    levers,
    standing,
    temptation,
    terms,
)
from tests.pencil import Example, given, name_of, rules_of

COSTS = given(
    LeverParameters,
    listening_cost=0.5,
    openness_cost=0.3,
    outreach_cost=0.6,
    association_cost=0.4,
    targeting_cost=0.2,
    training_cost=20.0,
    sharing_cost=10.0,
)
NAME = given(
    StandingParameters,
    reputation_rate=0.1,
    reputation_base=0.6,
    reputation_satisfaction=0.4,
    reputation_word=0.1,
    reputation_fees=1.5,
    insight_rate=0.1,
    insight_voice=0.5,
    identity_rate=0.1,
    identity_change=6.0,
    identity_spread=1.5,
    identity_claim=2.0,
)
PULL = given(TemptationParameters, drive=3.0)

EXAMPLES = [
    # .5*.4 + .3*.5 + .6*.5 + .4*.25 + .2*1
    Example(levers.customer_levers_cost, (0.4, 0.5, 0.5, 0.25, 1.0, COSTS), 0.95),
    Example(levers.customer_levers_cost, (0.4, 0.5, 0.5, 0.25, 0.5, COSTS), 0.85),
    Example(levers.staff_levers_cost, (0.5, 0.3, COSTS), 13.0),
    # of 4500 coins 1000 are fixed: 3500/100 + 1000/125 of a normal volume, or /100 where that is less
    Example(levers.full_cost, (4500.0, 1000.0, 100.0, 125.0), 43.0),
    Example(levers.full_cost, (4500.0, 1000.0, 100.0, 50.0), 45.0),
    Example(levers.full_cost, (600.0, 1000.0, 10.0, 50.0), 12.0),  # less than is fixed: 600/50
    # word: (40 - 3*10)/50 = .2; target .6 + .08 + .02 - .03 = .67
    Example(standing.next_reputation, (0.6, 0.2, 40.0, 10.0, 0.02, 0.0, 0.25, NAME), 0.607),
    Example(standing.next_reputation, (0.6, 0.2, 40.0, 10.0, 0.02, 1.0, 0.25, NAME), 0.357),  # a scandal
    Example(standing.next_reputation, (0.6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.25, NAME), 0.6),  # nobody talks
    Example(standing.next_reputation, (0.6, 0.0, 0.0, 50.0, 0.0, 0.0, 0.25, NAME), 0.59),  # blame alone: -1
    Example(standing.next_reputation, (0.6, 0.0, 50.0, 0.0, 0.0, 0.0, 0.25, NAME), 0.61),  # praise alone: 1
    Example(standing.next_reputation, (0.5, 1.0, 50.0, 0.0, 0.0, 0.0, 0.25, NAME), 0.55),  # toward 1, not 1.1
    Example(standing.next_reputation, (0.5, 0.0, 0.0, 0.0, 0.9, 0.0, 0.25, NAME), 0.45),  # toward 0, not -.75
    Example(standing.next_reputation, (0.2, 0.0, 0.0, 0.0, 0.9, 1.0, 0.25, NAME), 0.0),  # .18 - .25
    Example(standing.next_insight, (0.3, 0.5, 0.5, 0.1, 1.0, NAME), 0.36),  # toward .5 + .3 + .1
    Example(standing.next_insight, (0.3, 0.2, 1.0, 9.0, 0.0, NAME), 0.34),  # voices count .5 at most
    Example(standing.next_insight, (0.8, 0.9, 1.0, 9.0, 1.0, NAME), 0.82),  # toward 1, not 1.5
    Example(standing.next_identity, (0.8, 0.02, 0.1, 0.05, NAME), 0.783),  # toward 1 - .12 - .15 - .1
    Example(standing.next_identity, (0.8, 0.0, 0.0, -0.5, NAME), 0.82),  # modesty costs nothing
    Example(standing.next_identity, (0.8, 0.1, 0.0, -0.5, NAME), 0.76),  # nor makes it up for change
    Example(standing.next_identity, (0.8, 0.3, 0.0, 0.0, NAME), 0.72),  # toward 0, not -.8
    Example(standing.lifetime_multiple, (0.99, 0.01), 50.5),  # 1.01/.02
    Example(standing.lifetime_multiple, (1.0, 0.009), 100.9),  # 1.009/.01, held at .999
    # gain 100 a month over 12 months, damage .01*2000 after a lag of 4: (1200 - 20*64/2)/24000
    Example(temptation.perceived_advantage, (100.0, 0.01, 4.0, 12.0, 2000.0, 0.0), 0.0233333),
    Example(temptation.perceived_advantage, (100.0, 0.01, 4.0, 4.0, 2000.0, 0.0), 0.05),  # sees no loss
    Example(temptation.perceived_advantage, (100.0, 0.01, 4.0, 4.0, 2000.0, 20.0), 0.04),  # a fine
    Example(temptation.perceived_advantage, (100.0, 0.01, 12.0, 4.0, 2000.0, 0.0), 0.05),  # nor beyond a lag
    Example(temptation.departure_probability, (1.0, 2.0, 0.0, 0.9, 24.0), 1.0),
    Example(temptation.departure_probability, (0.5, 0.8, 6.0, 0.15, 24.0), 0.045),  # .15*.5*.8*(1 - 1/4)
    Example(temptation.departure_probability, (0.5, 0.8, 30.0, 0.05, 24.0), 0.0),  # it looks far ahead
    Example(temptation.temptation_target, (0.2, 0.5, 0.1, 3.0), 0.2),  # .3 - .1
    Example(temptation.temptation_target, (0.2, 0.5, 0.4, 3.0), 0.0),  # restraint resists it whole
    Example(temptation.temptation_target, (-0.2, 1.0, 0.0, 3.0), 0.0),
    Example(temptation.temptation_target, (2.0, 1.0, 0.4, 3.0), 1.0),
    Example(temptation.expected_fine, (0.3, 1000.0, 0.01, 2.0), 6.0),  # .3*.01*2*1000
    # terms: half of the way to the target, within a step of 5 per cent
    Example(terms.moved_anchor, (60.0, 62.0, 0.05), 61.0),
    Example(terms.moved_anchor, (60.0, 90.0, 0.05), 63.0),
    Example(terms.moved_anchor, (60.0, 30.0, 0.05), 57.0),
    Example(terms.log_ratio, (66.0, 60.0), 0.0953102),
    Example(terms.log_ratio, (1.0, 0.0), 3.0),  # held within bounds
    Example(terms.log_ratio, (0.001, 60.0), -3.0),
    Example(terms.log_ratio, (0.02, 0.01), 0.6931472),
    Example(terms.contract_horizon, (12.0, 0.5), 36.0),  # half of 12, half of 60
    Example(terms.contract_horizon, (80.0, 0.5), 80.0),  # looks farther already
    Example(terms.part_of_the_way, (60.0, 64.0, 0.25), 61.0),
    # a bill 10 per cent dearer, of which .25*.2 is the year's rise of cost; .02 of walking; quality less .1
    Example(terms.loss_of_customers, (66.0, 60.0, 0.2, 0.02, 0.0, 0.9), 0.17),
    Example(terms.loss_of_customers, (60.0, 60.0, 0.0, 0.02, 0.03, 1.0), -0.01),
    Example(terms.loss_of_employees, (873.0, 900.0, 0.05, 0.02), 0.06),  # .03 of pay, .03 of pressure
    Example(terms.loss_of_employees, (0.45, 0.5, 0.0, 0.0), 0.55),  # compared with one coin at least
    Example(terms.loss_of_suppliers, (0.08, 0.10, 2.0, 0.0), 0.04),  # .02 of margin, 2*.01 of waiting
    Example(terms.loss_of_suppliers, (0.10, 0.10, 1.0, 3.0), -0.02),  # paid two months sooner
]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_by_pencil(example: Example) -> None:
    assert example.rule(*example.given) == pytest.approx(example.expected, abs=1e-6)


def test_every_rule_has_an_example() -> None:
    modules = ("levers", "standing", "temptation", "terms")
    assert rules_of(f"agents.firm.{name}" for name in modules) == {name_of(x) for x in EXAMPLES}
