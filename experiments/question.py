"""A question to the model: arms with the same luck, outcomes named before the run, and what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from experiments.comparing import Claim, Contrast, Effect, Measure, effect, paired
from experiments.keeping import STORE, Worlds, worlds_of
from experiments.nulls import NULLS, Null
from experiments.worlds import Changes, Course, Plan, World, divided, exchanged

PARTNER = "partner"
"""The role of the firm with which the focal one exchanges policies."""


@dataclass(frozen=True)
class Arm:
    """One world of a comparison.

    Attributes
    ----------
    changes : mapping
        What it changes when the arms part, by dotted key.
    meaning : str
        What that means.
    start : mapping
        What it changes from the start, burn-in included.
    later : mapping of mappings
        Further changes, by months after the parting.
    """

    changes: Changes
    meaning: str
    start: Changes = field(default_factory=dict)
    later: Mapping[int, Changes] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """A market in which the arms are compared: what it changes in all of them, as an arm does."""

    changes: Changes
    meaning: str
    start: Changes = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One experiment: a question, its arms with the same luck, and outcomes named before the run.

    Attributes
    ----------
    name, asks : str
        Its name and the question in words.
    firm : str
        The focal firm; the others are its rivals.
    base : mapping
        What all worlds change in the default market: policies of firms from month 0, all else from the
        start; ``firms`` replaces all firms.
    arms, settings : mapping
        Worlds that are compared, in each of the markets; the first setting is the main one.
    measures : tuple of Measure
        Outcomes.
    claims : tuple of Claim
        The claim under study, in parts.
    parting, months, seeds : int
        Month in which the arms part, months in all, number of seeds.
    contrasts : tuple of Contrast
        Which arms are compared in the tables.
    curves : tuple of Measure
        What the figure shows month by month.
    shows : str
        Whom the figure shows: ``focal`` or ``total``.
    swaps : str, optional
        The firm with which the focal one exchanges policies in the null; none where the arms do not
        differ in the focal firm's policies.
    nulls : tuple of Null
        The null models beside its claims.
    suspects : tuple of Claim
        Explanations of what contradicts a claim, as claims that the same worlds can test.
    because : str
        Those explanations in words.
    tells : callable
        What the experiment tells beside its measures: lines of Markdown made from the answer.
    further : tuple of str
        More columns to watch, for what the experiment tells beside its measures.
    """

    name: str
    asks: str
    firm: str
    arms: Mapping[str, Arm]
    measures: tuple[Measure, ...]
    claims: tuple[Claim, ...]
    contrasts: tuple[Contrast, ...]
    curves: tuple[Measure, ...]
    settings: Mapping[str, Setting] = field(
        default_factory=lambda: {"default market": Setting({}, "the other firms of the default market")}
    )
    shows: str = "focal"
    swaps: str | None = None
    nulls: tuple[Null, ...] = NULLS
    suspects: tuple[Claim, ...] = ()
    because: str = ""
    tells: Callable[["Answer"], list[str]] | None = None
    base: Changes = field(default_factory=dict)
    parting: int = 0
    months: int = 120
    seeds: int = 30
    further: tuple[str, ...] = ()

    @property
    def main(self) -> str:
        """The setting of the claim."""
        return next(iter(self.settings))

    @property
    def null_models(self) -> tuple[Null, ...]:
        """The null models that make sense for it."""
        return tuple(null for null in self.nulls if not null.exchanges or self.swaps)

    @property
    def parts(self) -> list[Claim]:
        """What the claim under study says of its own: what the model may bear out or not."""
        return [claim for claim in self.claims if not claim.beside and not claim.built_in]

    @property
    def checks(self) -> list[Claim]:
        """What follows from the rules: it checks the model and finds nothing."""
        return [claim for claim in self.claims if claim.built_in]

    @property
    def besides(self) -> list[Claim]:
        """What stands beside the claim: what it costs or brings."""
        return [claim for claim in self.claims if claim.beside and not claim.built_in]

    @property
    def judged_arms(self) -> list[str]:
        """Arms that the parts of its claim compare: those that are run in the null models too."""
        parts = [claim.contrast for claim in self.claims if claim.setting is None and not claim.beside]
        named = {arm for contrast in parts for arm in (*contrast.weights, contrast.control)}
        return [arm for arm in self.arms if arm in named]

    @property
    def judged_claims(self) -> list[Claim]:
        """Claims that the null models can be asked about, those beside the claim included."""
        judged = set(self.judged_arms)
        return [
            claim
            for claim in self.claims
            if claim.setting is None and {*claim.contrast.weights, claim.contrast.control} <= judged
        ]

    @property
    def judged_months(self) -> int:
        """Months that the measures look at: null models and further settings are run no longer."""
        return self.parting + max(measure.window.stop for measure in self.measures)

    def course(self, arm: str, setting: str, **base: Any) -> Course:
        """The world of an arm in a setting."""
        chosen, market = self.arms[arm], self.settings[setting]
        at_start, trunk = divided({**self.base, **base})
        start = {**at_start, **market.start, **chosen.start}
        changes = {**market.changes, **chosen.changes}
        months = self.months if setting == self.main else self.judged_months
        return Course(start, trunk, changes, self.parting, months, chosen.later)

    def in_null(self, course: Course, null: Null) -> Course:
        """A world of the main setting in a null model."""
        arm = {**course.arm, **null.changes}
        there = replace(course, arm=arm, months=self.judged_months, disturbed=null.disturbed)
        return exchanged(there, self.firm, self.swaps) if null.exchanges and self.swaps else there

    def plan(self, **base: Any) -> Plan:
        """All arms in all settings, and the arms of the claims in the null models."""
        courses = {
            f"{where}/{arm}": self.course(arm, where, **base) for where in self.settings for arm in self.arms
        }
        for null in self.null_models:
            for arm in self.judged_arms:
                courses[f"{null.name}/{arm}"] = self.in_null(courses[f"{self.main}/{arm}"], null)
        watched = {name for measure in self.measures for name in measure.needs} | set(self.further)
        return Plan(courses, tuple(sorted(watched)))


@dataclass(frozen=True)
class Answer:
    """What the worlds of a question showed."""

    question: Question
    seeds: tuple[int, ...]
    worlds: Worlds

    def firms(self, who: str) -> list[int]:
        """Places of the focal firm, its rivals, all firms, or a firm by name; roles go before names."""
        names = next(iter(self.worlds.values()))[0].names
        focal, everybody = names.index(self.question.firm), list(range(len(names)))
        roles = {"focal": [focal], "rivals": [k for k in everybody if k != focal], "total": everybody}
        roles |= {PARTNER: [names.index(self.question.swaps)]} if self.question.swaps else {}
        return roles[who] if who in roles else [names.index(who)]

    def of(self, arm: str, setting: str | None = None) -> list[World]:
        """The worlds of an arm, one a seed."""
        return self.worlds[f"{setting or self.question.main}/{arm}"]

    def values(
        self, measure: Measure, who: str, setting: str | None = None, arms: Sequence[str] = ()
    ) -> dict[str, np.ndarray]:
        """A measure in every arm, or in some: one number a seed."""
        firms, parting = self.firms(who), self.question.parting
        return {
            arm: np.array([measure.of(world, firms, parting) for world in self.of(arm, setting)])
            for arm in arms or self.question.arms
        }

    def effect(
        self, measure: Measure, contrast: Contrast, who: str = "focal", setting: str | None = None
    ) -> Effect:
        """The paired effect of a contrast on a measure."""
        arms = [*contrast.weights, contrast.control]
        return effect(self.values(measure, who, setting, arms), contrast)

    def differences(self, claim: Claim, who: str, setting: str | None = None) -> np.ndarray:
        """What the contrast of a claim does to its measure, one number a seed, as the claim counts it."""
        arms = [*claim.contrast.weights, claim.contrast.control]
        units, percents = paired(self.values(claim.measure, who, setting, arms), claim.contrast)
        return percents if claim.relative else units

    def judged(self, claim: Claim, setting: str | None = None, who: str | None = None) -> Effect:
        """The effect that a claim is about, in its own market or in another or a null model."""
        return self.effect(claim.measure, claim.contrast, who or claim.who, setting or claim.setting)

    def monthly(self, measure: Measure, arm: str, who: str = "focal") -> np.ndarray:
        """A measure month by month: (seeds, months)."""
        firms = self.firms(who)
        return np.array([measure.monthly(world, firms) for world in self.of(arm)])


def answer(
    question: Question,
    *,
    seeds: int | None = None,
    store: Path = STORE,
    workers: int = 2,
    force: bool = False,
    say: Callable[[str], None] = print,
    **base: Any,
) -> Answer:
    """Run, or read, all worlds of a question.

    Parameters
    ----------
    question : Question
        What is asked.
    seeds : int, optional
        Number of seeds; as the question says if left out.
    store, workers, force, say
        As for ``worlds_of``.
    **base
        Further changes of all worlds, such as ``**{"population.customers": 1000}``.
    """
    numbers = tuple(range(1, (seeds or question.seeds) + 1))
    plan = question.plan(**base)
    worlds = worlds_of(plan, numbers, store=store, workers=workers, force=force, say=say)
    return Answer(question, numbers, worlds)
