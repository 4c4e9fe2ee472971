"""The headline results: what each experiment's arms differ by, in a market of given parameters."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path

import numpy as np

from experiments.arguments import check_names
from experiments.comparing import Contrast, Measure, Window
from experiments.question import Answer, Arm, Question
from experiments.questions import (
    cheap_at_double,
    golden_rule,
    losing_ten_percent,
    perverse_bonus,
    retention_or_acquisition,
    supplier_squeeze,
)
from experiments.questions import measures as m
from experiments.worlds import Course, World, code_version, run_courses


def churn(world: World, firms: Sequence[int]) -> np.ndarray:
    """Chance to leave within a year at current rates; who moves away is left out."""
    return 1.0 - m.current_retention(world, firms)


CHURN = Measure(
    "churn_at_current_rates", "1/year", "churn at current rates", m.RETENTION.needs, churn, m.RETENTION.window
)
THIRD_YEAR_QUALITY = replace(m.QUALITY, name="quality_third_year", window=Window(24, 36))
"""In so small a market a firm that squeezes its suppliers can be gone before the fifth year."""
AS_IT_IS = "as it is"
LEVEL = Contrast("level", {AS_IT_IS: 1.0}, AS_IT_IS)
MARKET = Question(
    name="default_market",
    asks="How does the default market stand?",
    firm="focal",
    arms={AS_IT_IS: Arm({}, "the default market")},
    measures=(m.RETENTION, CHURN),
    claims=(),
    contrasts=(),
    curves=(),
)


@dataclass(frozen=True)
class Headline:
    """One result: an experiment, which of its arms are compared, and by what.

    Attributes
    ----------
    name, words : str
        Its short name, and what it is.
    question, contrast, measure
        The experiment, the arms and the outcome; the main market of the experiment.
    who : str
        Whose outcome it is: ``focal`` or ``total``.
    """

    name: str
    words: str
    question: Question
    contrast: Contrast
    measure: Measure
    who: str = "focal"

    @property
    def arms(self) -> tuple[str, ...]:
        """Arms that have to be run for it."""
        return tuple(self.contrast.weights)

    @property
    def level(self) -> bool:
        """Whether it is a level, and no difference of arms."""
        return self.contrast is LEVEL

    def of(self, worlds: Mapping[str, World]) -> float:
        """The result in the worlds of its arms, all with one luck.

        Where no arm has customers left, arms do not differ any more, and a level is not defined.
        """
        main = self.question.main
        answer = Answer(self.question, (1,), {f"{main}/{arm}": [worlds[arm]] for arm in self.arms})
        firms, last = answer.firms(self.who), self.question.parting + self.measure.window.stop - 1
        if not any(worlds[arm].total("customers", firms)[last] > 0.0 for arm in self.arms):
            return float("nan") if self.level else 0.0
        values = answer.values(self.measure, self.who, arms=self.arms)
        return float(sum(weight * values[arm][0] for arm, weight in self.contrast.weights.items()))


CHEAP, BONUS, GOLDEN, LOSING, MARKETING, SQUEEZE = (
    module.QUESTION
    for module in (
        cheap_at_double,
        perverse_bonus,
        golden_rule,
        losing_ten_percent,
        retention_or_acquisition,
        supplier_squeeze,
    )
)
HEADLINES: dict[str, Headline] = {
    line.name: line
    for line in (
        Headline(
            "cheap customers", "customers by value-for-money", CHEAP, cheap_at_double.EFFECT, m.CUSTOMERS
        ),
        Headline("cheap profit", "profit by value-for-money", CHEAP, cheap_at_double.EFFECT, m.PROFIT),
        Headline("cheap equity", "equity by value-for-money", CHEAP, cheap_at_double.EFFECT, m.EQUITY),
        Headline(
            "bonus measured profit",
            "measured profit by bonus, first year",
            BONUS,
            perverse_bonus.EFFECT,
            perverse_bonus.QUARTER,
        ),
        Headline("bonus equity", "equity by bonus, fifth year", BONUS, perverse_bonus.EFFECT, m.EQUITY),
        Headline("golden retention", "retention by the golden rule", GOLDEN, golden_rule.EFFECT, m.RETENTION),
        Headline("golden equity", "equity by the golden rule", GOLDEN, golden_rule.EFFECT, m.EQUITY),
        Headline("golden profit", "profit by the golden rule", GOLDEN, golden_rule.EFFECT, m.PROFIT),
        Headline(
            "share lost",
            "yearly change of share by a better competitor",
            LOSING,
            losing_ten_percent.LOSS,
            losing_ten_percent.TREND,
        ),
        Headline(
            "keeping profit",
            "profit by retention instead of acquisition",
            MARKETING,
            retention_or_acquisition.EFFECT,
            m.PROFIT,
        ),
        Headline(
            "keeping equity",
            "equity by retention instead of acquisition",
            MARKETING,
            retention_or_acquisition.EFFECT,
            m.EQUITY,
        ),
        Headline(
            "squeeze early profit",
            "profit by squeezing suppliers, first half year",
            SQUEEZE,
            supplier_squeeze.EFFECT,
            supplier_squeeze.AT_ONCE,
        ),
        Headline(
            "squeeze quality",
            "quality by squeezing suppliers, third year",
            SQUEEZE,
            supplier_squeeze.EFFECT,
            THIRD_YEAR_QUALITY,
        ),
        Headline("retention", "retention of `focal`, default market", MARKET, LEVEL, m.RETENTION),
        Headline("churn", "churn of the default market", MARKET, LEVEL, CHURN, "total"),
    )
}


def named(names: Sequence[str]) -> list[Headline]:
    """Results by name; all if none is named.

    Raises
    ------
    BadInputError
        If there is no result of a name.
    """
    check_names(names, HEADLINES, "result", "reciprocity sensitivity --list")
    return [HEADLINES[name] for name in dict.fromkeys(names)] if names else list(HEADLINES.values())


def months_of(headlines: Sequence[Headline]) -> int:
    """Months that the worlds of some results take with one luck, burn-ins left out."""
    arms: dict[tuple[str, str], int] = {}
    for line in headlines:
        for arm in line.arms:
            known = arms.get((line.question.name, arm), 0)
            arms[line.question.name, arm] = max(known, line.question.parting + line.measure.window.stop)
    return sum(arms.values())


def courses_of(headlines: Sequence[Headline], changes: Mapping[str, float]) -> dict[tuple[str, str], Course]:
    """The worlds of some results, each as long as its measures look, by experiment and arm."""
    found: dict[tuple[str, str], Course] = {}
    for line in headlines:
        question = line.question
        for arm in line.arms:
            course = question.course(arm, question.main, **changes)
            known = found.get((question.name, arm))
            months = max(question.parting + line.measure.window.stop, known.months if known else 0)
            found[question.name, arm] = Course(
                course.start, course.trunk, course.arm, question.parting, months, course.later
            )
    return found


def valued(headlines: Sequence[Headline], changes: Mapping[str, float], luck: int) -> list[float]:
    """All results in markets of some parameters with one luck; worlds of one burn-in share it."""
    courses = courses_of(headlines, changes)
    watched = sorted({"customers"} | {name for line in headlines for name in line.measure.needs})
    worlds: dict[tuple[str, str], World] = {}
    for same in alike(courses):
        told = {dumps(place): courses[place] for place in same}
        found = dict(run_courses(told, watched, luck))
        worlds |= {place: found[dumps(place)] for place in same}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return [line.of({a: worlds[line.question.name, a] for a in line.arms}) for line in headlines]


def alike(courses: Mapping[tuple[str, str], Course]) -> Iterator[list[tuple[str, str]]]:
    """Places of worlds that start alike."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for place, course in courses.items():
        groups.setdefault(dumps([course.start, course.parting], sort_keys=True), []).append(place)
    yield from groups.values()


@cache
def definitions() -> str:
    """A hash of all that decides a result beside parameters and luck."""
    root = Path(__file__).parents[1]
    digest = sha256(code_version().encode())
    own = (Path(__file__), root / "comparing.py", root / "question.py")
    for path in (*sorted((root / "questions").glob("*.py")), *own):
        digest.update(path.read_bytes())
    return digest.hexdigest()
