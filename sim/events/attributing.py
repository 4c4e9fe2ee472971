"""Causes of leaving: what pushed who left, and what pushed those who might have left."""

from typing import Any

from agents.base.compile import loop, part
from agents.customer import choice
from agents.customer.choice import (
    ATTENTION,
    BASELINE,
    BEHAVIOURAL,
    COMPETITOR,
    EMPLOYEE_LEFT,
    EVALUATION,
    SEVERAL,
    TERM_CAUSE,
    TERM_EVENT,
    attention_probability,
    evaluation_probability,
)

TERMS = len(choice.TERMS)
WITHOUT_TIE = TERMS  # one more place: the best offer without the pull of a lost employee
ALL = 2  # beside its pushes in attention and in evaluation stands the whole push of a cause


@part
def total(terms: Any, event: Any) -> Any:
    """Sum of the terms of one event."""
    s = 0.0
    for t in range(TERMS):
        if TERM_EVENT[t] == event:
            s += terms[t]
    return s


@loop
def find_pushes(lost: Any, terms: Any, p: Any, pushes: Any) -> Any:
    """Fill in how hard each cause pushes (rows: in attention, in evaluation, in all), and return the sum."""
    pushes[:] = 0.0
    for t in range(TERMS):
        if terms[t] > 0.0:
            pushes[TERM_EVENT[t], TERM_CAUSE[t]] += terms[t]
    pushes[EVALUATION, EMPLOYEE_LEFT] = terms[choice.BEST_OFFER] - terms[WITHOUT_TIE]
    own = max(terms[WITHOUT_TIE], 0.0)
    pushes[EVALUATION, COMPETITOR] = min(pushes[EVALUATION, COMPETITOR], own)
    pushed = 0.0
    for cause in range(BEHAVIOURAL):
        more = 4.0 * p.employee_weight * lost if cause == EMPLOYEE_LEFT else 0.0
        pushes[ALL, cause] = pushes[ATTENTION, cause] + pushes[EVALUATION, cause] + more
        pushed += pushes[ALL, cause]
    return pushed


@loop
def expect(expected: Any, chance: Any, neutral: Any, pushed: Any, pushes: Any) -> None:
    """Add what one who reconsiders is expected to leave: above neutral, causes share it as they push.

    ``chance`` and ``neutral`` are of leaving once it reconsiders; who reconsiders stands for all who
    might have, so that over many customers the sum is that of their whole chances of leaving.
    """
    excess = max(chance - neutral, 0.0) if pushed > 0.0 else 0.0
    expected[BASELINE] += chance - excess
    if excess > 0.0:
        for cause in range(BEHAVIOURAL):
            expected[cause] += excess * pushes[ALL, cause] / pushed


@loop
def causes_of(u1: Any, u2: Any, rho0: Any, pi0: Any, lost: Any, terms: Any, p: Any, pushes: Any) -> Any:
    """Main cause and all causes: with the same luck, what would have kept it had it been neutral."""
    z, x = total(terms, ATTENTION), total(terms, EVALUATION)
    main, most, bits = -1, 0.0, 0
    for cause in range(BEHAVIOURAL):
        push = pushes[ALL, cause]
        rho = attention_probability(
            rho0, z - pushes[ATTENTION, cause], 0.0 if cause == EMPLOYEE_LEFT else lost, p
        )
        pi = evaluation_probability(pi0, x - pushes[EVALUATION, cause], p)
        if push > 0.0 and (u1 >= rho or u2 >= pi):
            bits |= 1 << cause
            if push > most:
                main, most = cause, push
    if main < 0:
        main = BASELINE if u1 < rho0 and u2 < pi0 else SEVERAL
    return main, bits
