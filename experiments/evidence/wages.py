"""Raises and cuts at one firm among firms alike: what its staff do in the year after."""

import numpy as np

from agents import Employee, Firm
from agents.employee import quit_probability
from experiments.evidence.markets import all_plain, opened
from experiments.evidence.row import Sight, Study
from sim import Reciprocity

FACTORS = np.array([0.90, 0.95, 0.975, 1.0, 1.025, 1.05, 1.10])
"""Wage offers relative to the usual one, which was paid before and seems fair."""
BEFORE, AFTER = 12, 12
"""Months before the change, and months for which its effect is followed."""
FOCAL = 0


class Quits:
    """Chances to quit of one firm's staff, by their own rule, and what they are paid against the market."""

    def __init__(self) -> None:
        self.chances: list[float] = []
        self.pay: list[float] = []

    def __call__(self, model: Reciprocity) -> None:
        """Look at the month that has passed."""
        e, f, p = model.table(Employee).view, model.table(Firm).view, model.numbers.employee
        heads = (f.customers + 1.0) * f.alive
        outside = float((f.wage_offer * heads).sum() / heads.sum())
        for row in np.flatnonzero(e.firm == FOCAL):
            pay = float(e.wage[row] + 0.5 * f.profit_share[FOCAL])
            self.chances.append(quit_probability(pay, outside, float(e.morale[row]), p))
            self.pay.append(pay / outside)


def look(seed: int, customers: int) -> Sight:
    """Effort, quits and pay in the year after each change, in worlds of the same luck."""
    trunk = opened(seed, customers, all_plain())
    trunk.run_for(BEFORE)
    found = []
    for factor in FACTORS:
        world, quits = trunk.fork(**{"firms.focal.wage_factor": float(factor)}), Quits()
        world.run_for(AFTER, quits)
        effort = world.recording.firm("mean_service_effort")[-AFTER:, FOCAL].mean()
        found.append([effort, np.mean(quits.chances), np.mean(quits.pay)])
    return dict(zip(("effort", "quits", "pay"), np.array(found).T, strict=True))


STUDY = Study("wages", "one of five firms alike changes its wage offer after a year", look)
