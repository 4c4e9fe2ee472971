"""The list of experiments."""

from experiments.errors import BadInputError
from experiments.question import Question
from experiments.questions import cheap_at_double, perverse_bonus

QUESTIONS: dict[str, Question] = {
    module.QUESTION.name: module.QUESTION for module in (cheap_at_double, perverse_bonus)
}


def named(name: str) -> Question:
    """The experiment of a name.

    Raises
    ------
    BadInputError
        If there is none.
    """
    if name not in QUESTIONS:
        raise BadInputError(f"{name}: no such experiment; there are {', '.join(QUESTIONS)}")
    return QUESTIONS[name]
