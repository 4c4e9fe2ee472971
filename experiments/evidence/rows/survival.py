"""How long customers stay: survival of published cohorts, and whether chances of leaving change with time."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from experiments.evidence import markets
from experiments.evidence.cohorts import EXPLOIT, FAIR, FULL, HIGH_END, REGULAR, YEARS, table_of
from experiments.evidence.laws.staying import Staying, fitted, pooled
from experiments.evidence.row import Curve, Line, Row, Sight, jackknife
from experiments.evidence.tables import table

SEEN = 7
"""Years to which laws are fitted."""


def survival(sights: Sequence[Sight]) -> np.ndarray:
    """Share of all cohorts that is still there after 0, 1, 2, ... years."""
    return pooled([table_of(sight) for sight in sights]).survival


def observed(cohort: str) -> np.ndarray:
    """Per cent of a published cohort that survives years 0 to 7."""
    return np.array(table("sbg_retention")[f"{cohort}_obs"], float)


def error_of(cohort: str) -> Callable[[Sequence[Sight]], float]:
    """Mean absolute error against the published cohort, years 1 to 7 (percentage points)."""

    def estimate(sights: Sequence[Sight]) -> float:
        return float(np.abs(100.0 * survival(sights)[1 : SEEN + 1] - observed(cohort)[1:]).mean())

    return estimate


def projection_error(sights: Sequence[Sight]) -> float:
    """Error of year 12 when the law is fitted to years 1 to 7 (per cent of what is there)."""
    whole = pooled([table_of(sight) for sight in sights])
    law = fitted(whole.until(SEEN))
    return float(100.0 * (law.survival(np.array([YEARS]))[0] / whole.survival[YEARS] - 1.0))


def duration(sights: Sequence[Sight]) -> float:
    """The duration parameter of the beta-discrete-Weibull, fitted to years 1 to 7."""
    return fitted(pooled([table_of(sight) for sight in sights]).until(SEEN), duration=True).c


def with_interval(name: str, sights: Sequence[Sight]) -> Line:
    """Survival of the model in per cent, with its interval over seeds at each year."""
    found = [
        jackknife(partial(_survival_at, year=year), sights) if year else None for year in range(YEARS + 1)
    ]
    low, middle, high = (
        np.array([100.0 if each is None else 100.0 * getattr(each, part) for each in found])
        for part in ("low", "mean", "high")
    )
    return Line(name, "model", middle, low, high)


def _survival_at(sights: Sequence[Sight], year: int) -> float:
    return float(survival(sights)[year])


def curve(name: str, lines: tuple[Line, ...], sights: Sequence[Sight]) -> Curve:
    """Survival year by year beside what it is compared with."""
    years = np.arange(YEARS + 1.0)
    return Curve(years, "year", "per cent still there", (with_interval(name, sights), *lines))


def beside_published(cohort: str) -> Callable[[Sequence[Sight]], Curve]:
    """Model, published cohort and law."""

    def drawn(sights: Sequence[Sight]) -> Curve:
        seen = np.concatenate([observed(cohort), np.full(YEARS - SEEN, np.nan)])
        law = Staying(*markets.COHORTS[cohort]).survival(np.arange(YEARS + 1))
        lines = (Line("published cohort", "published", seen), Line("law", "law", 100.0 * law))
        return curve("model, nothing pulls", lines, sights)

    return drawn


def beside_fit(sights: Sequence[Sight]) -> Curve:
    """Model, and the two laws fitted to its years 1 to 7."""
    table_seen = pooled([table_of(sight) for sight in sights]).until(SEEN)
    years = np.arange(YEARS + 1)
    constant, changing = (fitted(table_seen, duration=free) for free in (False, True))
    return curve(
        "model",
        (
            Line("constant chances, fitted to years 1-7", "law", 100.0 * constant.survival(years)),
            Line("changing chances, likewise", "other", 100.0 * changing.survival(years)),
        ),
        sights,
    )


_BUILT = "the law is nested in the model: where nothing pulls, it holds by construction"
_SHAPES = "population.churn_a and churn_b are this cohort's"
_ERROR = "mean absolute error of survival, years 1-7, against the published cohort; nothing pulls"
_DURATION = "duration parameter c of the beta-discrete-Weibull, years 1-7;"

ROWS = (
    Row(
        "survival_high_end",
        f"{_ERROR} (High End)",
        "points",
        HIGH_END,
        error_of("high_end"),
        used=_SHAPES,
        curve=beside_published("high_end"),
    ),
    Row(
        "survival_regular",
        f"{_ERROR} (Regular)",
        "points",
        REGULAR,
        error_of("regular"),
        used=_SHAPES,
        curve=beside_published("regular"),
    ),
    Row(
        "survival_projected",
        "error of survival in year 12 when the shifted-beta-geometric is fitted to its own years 1-7; "
        "default market, everything on",
        "%",
        FULL,
        projection_error,
        curve=beside_fit,
        outside="terms of some firms get worse with the years of a relationship (prices walked up, "
        "fees found), which a law of constant chances cannot foresee",
    ),
    Row("duration_null", f"{_DURATION} nothing pulls", "1", HIGH_END, duration, used=_BUILT),
    Row("duration_fair", f"{_DURATION} all firms fair", "1", FAIR, duration, curve=beside_fit),
    Row(
        "duration_exploitative",
        f"{_DURATION} all firms walk prices up",
        "1",
        EXPLOIT,
        duration,
        curve=beside_fit,
    ),
)
