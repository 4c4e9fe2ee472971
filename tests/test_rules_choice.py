"""Rules of leaving with pencil numbers, and what holds for all numbers."""

from itertools import product

import numpy as np
import pytest

from agents.customer import ChoiceParameters, choice
from agents.customer.choice import CAUSES, TERMS
from tests.pencil import Example, given, name_of, rules_of

WEIGHTS = given(
    ChoiceParameters,
    attention_ratio=3.0,
    anniversary=3.0,
    employee_weight=0.5,
    claim_believed=0.3,
    teaser_noticed=0.7,
    awareness_power=0.5,
    term_limit=3.0,
    leaving_limit=5.0,
)

EXAMPLES = [
    Example(choice.baseline_probability, (0.36, 11, 6.0), 0.2),  # 1 - .64^(6/12)
    Example(choice.baseline_probability, (0.36, 0, 1.0), 0.036508),  # 1 - .64^(1/12)
    Example(choice.baseline_probability, (0.36, 23, 6.0), 0.2),  # the second year ends
    Example(choice.baseline_probability, (0.36, 24, 1.0), 0.036508),
    Example(choice.neutral_attention, (0.02, 3.0), 0.06),
    Example(choice.neutral_attention, (0.5, 3.0), 1.0),
    Example(choice.neutral_evaluation, (0.02, 0.06), 1 / 3),
    Example(choice.neutral_evaluation, (0.0, 0.0), 1e-9),  # nobody reconsiders, nobody leaves
    Example(choice.neutral_evaluation, (0.02, 0.02), 1.0 - 1e-9),
    Example(choice.highest_push, (0.5, WEIGHTS), 1.648721),
    Example(choice.highest_push, (0.01, WEIGHTS), 1.010050),
    Example(choice.highest_push, (-1.0, WEIGHTS), 1.0),  # terms that calm do not lower it
    Example(choice.highest_push, (9.0, WEIGHTS), 20.085537),  # e^3, held at 3
    # weight 9/11 of a month: 3*(9/11)/12*.2/.8 = .051136
    Example(choice.is_beyond_attention, (0.0511, 0.2, 3, 1.0, 0.0, WEIGHTS), False),
    Example(choice.is_beyond_attention, (0.0512, 0.2, 3, 1.0, 0.0, WEIGHTS), True),
    Example(choice.is_beyond_attention, (0.339, 0.2, 3, 2.718282, 0.4, WEIGHTS), False),  # .139003 + .5*.4
    Example(choice.is_beyond_attention, (0.3391, 0.2, 3, 2.718282, 0.4, WEIGHTS), True),
    # weight 3 of the month before an anniversary: 3*3/12*.2/.8 = .1875
    Example(choice.is_beyond_attention, (0.1874, 0.2, 23, 1.0, 0.0, WEIGHTS), False),
    Example(choice.is_beyond_attention, (0.0512, 0.2, 24, 1.0, 0.0, WEIGHTS), True),
    Example(choice.attention_probability, (0.1, 0.0, 0.0, WEIGHTS), 0.1),
    Example(choice.attention_probability, (0.1, 0.693147, 0.0, WEIGHTS), 0.19),  # 1 - .9^2
    Example(choice.attention_probability, (0.1, 0.0, 1.0, WEIGHTS), 0.55),  # 1 - .9*.5
    Example(choice.attention_probability, (0.1, 9.0, 0.0, WEIGHTS), 0.879514),  # 1 - .9^(e^3), held at 3
    Example(choice.attention_probability, (0.1, -9.0, 0.0, WEIGHTS), 0.005232),  # 1 - .9^(e^-3)
    Example(choice.evaluation_probability, (0.25, 0.0, WEIGHTS), 0.25),
    Example(choice.evaluation_probability, (0.25, 1.098612, WEIGHTS), 0.5),  # odds 1/3 times 3
    Example(choice.evaluation_probability, (0.5, -9.0, WEIGHTS), 0.006693),  # 1/(1 + e^5), held at 5
    Example(choice.evaluation_probability, (0.5, 9.0, WEIGHTS), 0.993307),
    Example(choice.unfair_gap, (66.0, 60.0), 0.08),  # 1.1 - 1.02
    Example(choice.unfair_gap, (61.0, 60.0), 0.0),
    Example(choice.unfair_gap, (180.0, 60.0), 1.0),
    Example(choice.offered_log_quality, (1.0, 1.1, 0.5, WEIGHTS), 0.014297),  # .15*log 1.1
    Example(choice.offered_log_quality, (1.2, 1.26, 0.5, WEIGHTS), 0.189640),  # log 1.2 + .15*log 1.05
    Example(choice.offered_price, (60.0, 0.2, 5.0, 2.0, WEIGHTS), 54.1),  # 60*.86 + 2.5
    Example(choice.offered_price, (60.0, 0.0, 5.0, 9.0, WEIGHTS), 65.0),
    Example(choice.awareness, (230.0, 1000.0, 4.0, 1.0, WEIGHTS), 1.0),  # (230 + 20)/250
    Example(choice.awareness, (80.0, 1000.0, 4.0, 1.6, WEIGHTS), 0.8),  # root of .4*1.6
    Example(choice.awareness, (230.0, 1000.0, 4.0, 0.25, WEIGHTS), 0.5),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_by_pencil(example: Example) -> None:
    assert example.rule(*example.given) == pytest.approx(example.expected, abs=1e-6)


def test_every_rule_has_an_example() -> None:
    assert rules_of(["agents.customer.choice"]) == {name_of(x) for x in EXAMPLES}


@pytest.mark.parametrize("churn", [1e-6, 0.05, 0.4, 0.9, 0.999])
@pytest.mark.parametrize("anniversary", [0.0, 1.0, 3.0, 12.0])
def test_twelve_months_multiply_to_the_year(churn: float, anniversary: float) -> None:
    months = [choice.baseline_probability(churn, tenure, anniversary) for tenure in range(24, 36)]
    assert np.prod(1.0 - np.array(months)) == pytest.approx(1.0 - churn, rel=1e-12)


@pytest.mark.parametrize("churn", [1e-6, 0.05, 0.4, 0.9, 0.999])
@pytest.mark.parametrize("ratio", [1.0, 3.0, 10.0])
def test_the_two_events_multiply_to_the_baseline(churn: float, ratio: float) -> None:
    p = WEIGHTS._replace(attention_ratio=ratio)
    for tenure in (3, 11):
        month = choice.baseline_probability(churn, tenure, p.anniversary)
        attention = choice.neutral_attention(month, ratio)
        evaluation = choice.neutral_evaluation(month, attention)
        both = choice.attention_probability(attention, 0.0, 0.0, p)
        both *= choice.evaluation_probability(evaluation, 0.0, p)
        assert both == pytest.approx(month, rel=1e-6)


def test_the_neutral_chance_of_leaving_has_log_odds() -> None:
    for month, attention in ((0.0, 0.0), (0.0, 0.1), (0.02, 0.02), (0.5, 0.5)):
        assert 0.0 < choice.neutral_evaluation(month, attention) < 1.0


def test_who_would_reconsider_is_never_beyond_attention() -> None:
    cases = product((1e-4, 0.1, 0.5, 0.9, 0.99), (3, 11), (-4.0, -0.5, 0.0, 0.7, 5.0), (0.0, 0.3, 1.0))
    for churn, tenure, terms, lost in cases:
        month = choice.baseline_probability(churn, tenure, WEIGHTS.anniversary)
        attention = choice.neutral_attention(month, WEIGHTS.attention_ratio)
        exact = choice.attention_probability(attention, terms, lost, WEIGHTS)
        push = choice.highest_push(terms, WEIGHTS)
        assert not choice.is_beyond_attention(exact - 1e-12, churn, tenure, push, lost, WEIGHTS)


def test_terms_and_causes_are_one_list() -> None:
    assert len({term.name for term in TERMS}) == len(TERMS)
    assert all(term.cause in CAUSES and term.meaning for term in TERMS)
    assert [getattr(choice, name.upper()) for name in ("refusal", "known_fee", "satisfaction")] == [
        choice.TERM_NAMES.index(name) for name in ("refusal", "known_fee", "satisfaction")
    ]
    assert choice.TERM_NAMES.index("loyalty_scheme") == choice.SCHEME
    assert choice.TERM_EVENT.size == choice.TERM_CAUSE.size == len(TERMS)
