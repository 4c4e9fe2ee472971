"""The list of experiments: the first eight carry the mission."""

from collections.abc import Sequence

from experiments.arguments import check_names
from experiments.question import Question
from experiments.questions import (
    ablation,
    against_our_policy,
    cheap_at_double,
    contribution,
    four_attractions,
    golden_rule,
    identity,
    impatient_owners,
    industry_standards,
    informed_customers,
    losing_ten_percent,
    no_customers,
    perverse_bonus,
    quality_premium,
    retention_or_acquisition,
    retention_without_value,
    satisfied_defectors,
    star_employee,
    supplier_squeeze,
    surrender,
    told_the_staff,
)

QUESTIONS: dict[str, Question] = {
    module.QUESTION.name: module.QUESTION
    for module in (
        cheap_at_double,
        retention_without_value,
        losing_ten_percent,
        perverse_bonus,
        star_employee,
        against_our_policy,
        golden_rule,
        supplier_squeeze,
        retention_or_acquisition,
        impatient_owners,
        industry_standards,
        informed_customers,
        quality_premium,
        no_customers,
        four_attractions,
        satisfied_defectors,
        told_the_staff,
        contribution,
        identity,
        surrender,
        ablation,
    )
}


def named(names: Sequence[str]) -> list[Question]:
    """The experiments of some names, each once.

    Raises
    ------
    BadInputError
        A line for each name that no experiment has.
    """
    check_names(names, QUESTIONS, "experiment", "reciprocity experiments --list")
    return [QUESTIONS[name] for name in dict.fromkeys(names)]
