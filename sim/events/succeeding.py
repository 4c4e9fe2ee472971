"""Managers leave with their bonus before the loss shows; successors begin afresh."""

from typing import Any

import numpy as np

from agents import Firm
from agents.base.compile import loop
from agents.base.streams import uniforms
from agents.firm import EXPLOITATION
from agents.firm.temptation import departure_probability
from sim.streams import SUCCESSION

LEVERS = len(EXPLOITATION)


def managers_succeed(model: Any) -> None:
    """At the end of a quarter some of the tempted leave with their bonus; what is held back stays."""
    if model.in_burn_in or model.month % 3 != 2 or not model.parameters.switches.manager_horizon:
        return
    powers = np.array([float(policies.management.power) for policies in model.policies])
    _leave(model.table(Firm).records, powers, model.settings, model.now)


@loop
def _leave(f: Any, powers: Any, settings: Any, time: Any) -> None:
    p, now = settings[0].temptation, time[0]
    for k in range(f.price.size):
        pull = mean_temptation(k, f)
        if f.alive[k] and pull > 0.0:
            chance = departure_probability(
                pull, powers[k], f.manager_horizon[k], p.departure_rate, p.departure_horizon
            )
            if uniforms(now.seed, SUCCESSION, now.clock, f.number[k], 0)[0] < chance:
                succeed(k, f, p.successor_temptation)


@loop
def mean_temptation(k: Any, f: Any) -> Any:
    """Mean pull of a firm's levers of exploitation, 0..1."""
    total = f.fee_temptation[k] + f.walk_temptation[k] + f.quality_temptation[k]
    return (total + f.supplier_temptation[k] + f.wage_temptation[k] + f.quota_temptation[k]) / LEVERS


@loop
def succeed(k: Any, f: Any, kept: Any) -> None:
    """A manager leaves; the successor takes over a part of its ways, and looks further ahead for a while."""
    f.manager_departures[k], f.manager_tenure[k] = 1.0, 0.0
    f.departed_escrow[k] += f.bonus_escrow[k]
    f.bonus_escrow[k], f.departed_since[k] = 0.0, 0.0
    f.fee_temptation[k] *= kept
    f.walk_temptation[k] *= kept
    f.quality_temptation[k] *= kept
    f.supplier_temptation[k] *= kept
    f.wage_temptation[k] *= kept
    f.quota_temptation[k] *= kept
