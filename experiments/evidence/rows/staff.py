"""How staff answer pay: gift and grievance, effort below the reference, quits."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import linregress

from experiments.evidence.games import STUDY as PEOPLE
from experiments.evidence.games import WAGES
from experiments.evidence.row import Curve, Line, Row, Sight, line_of, mean_of
from experiments.evidence.wages import FACTORS
from experiments.evidence.wages import STUDY as RAISES

AWARD = 0.05
"""How far awards lie above or below the wage that seems fair (assumption)."""


def gap(sight: Sight) -> float:
    """Effort after a raise over effort after a cut of the same size (per cent)."""
    above, below = (sight["effort"][np.isclose(FACTORS, 1.0 + way * AWARD)][0] for way in (1.0, -1.0))
    return float(100.0 * (above / below - 1.0))


def effort_curve(sights: Sequence[Sight]) -> Curve:
    """Effort in the year after, relative to no change of the wage."""
    values = np.array([100.0 * (sight["effort"] / sight["effort"][3] - 1.0) for sight in sights])
    return Curve(
        100.0 * (FACTORS - 1.0), "wage offer against the usual one, %", "effort, %", (line_of(values),)
    )


def quit_slope(sight: Sight) -> float:
    """Slope of log quits on log relative pay."""
    return float(linregress(np.log(sight["pay"]), np.log(sight["quits"])).slope)


def scaled_wages() -> np.ndarray:
    """Wages of the laboratory on a scale of 0 to 1."""
    return (WAGES - WAGES[0]) / (WAGES[-1] - WAGES[0])


def gift(sight: Sight) -> float:
    """Slope of mean effort on wage, both scaled 0 to 1."""
    return float(linregress(scaled_wages(), sight["efforts"].mean(axis=0)).slope)


def answering(sight: Sight) -> float:
    """Share of staff whose effort rises with the wage."""
    return float(np.mean(sight["efforts"][:, -1] > sight["efforts"][:, 0]))


def gift_curve(sights: Sequence[Sight]) -> Curve:
    """Effort by wage."""
    values = np.array([sight["efforts"].mean(axis=0) for sight in sights])
    return Curve(
        WAGES, "wage of the laboratory", "effort, 0 to 1", (Line("model", "model", values.mean(axis=0)),)
    )


ROWS = (
    Row(
        "below_reference_gap",
        "effort in the year after a wage offer 5 % above the usual one, over 5 % below it",
        "%",
        RAISES,
        mean_of(gap),
        outside="a wage moves toward its offer by steps, so that a cut is half over before it is "
        "felt; sizes of gift and grievance are assumptions, and awards to police came at once",
        curve=effort_curve,
    ),
    Row(
        "gift_slope",
        "slope of effort on wage in the laboratory's range, both scaled 0 to 1; own staff and rules",
        "1",
        PEOPLE,
        mean_of(gift),
        outside="the size of reciprocity in effort is an assumption, small beside the range that "
        "effort could have",
        curve=gift_curve,
    ),
    Row(
        "reciprocal_share",
        "share of staff whose effort rises with the wage",
        "1",
        PEOPLE,
        mean_of(answering),
        used="employee.reciprocal_share",
    ),
    Row(
        "quit_elasticity",
        "slope of log quits on log pay against the market, morale included",
        "1",
        RAISES,
        mean_of(quit_slope),
        used="employee.quit_elasticity",
    ),
    Row(
        "relational_trade",
        "share of trades with the same partner as contracts become less complete",
        "1",
        absent="the model has no contracts of varying completeness",
    ),
)
