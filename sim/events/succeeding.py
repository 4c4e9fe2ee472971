"""Managers leave with their bonus before the loss shows; successors begin afresh."""

from typing import Any

import numpy as np

from agents import Firm
from agents.firm import EXPLOITATION
from agents.firm.temptation import departure_probability
from sim.events.keeping_standards import firm_draws
from sim.streams import SUCCESSION


def managers_succeed(model: Any) -> None:
    """At the end of a quarter some of the tempted leave with their bonus; what is held back stays."""
    if model.in_burn_in or model.month % 3 != 2 or not model.parameters.switches.manager_horizon:
        return
    table, p = model.table(Firm), model.parameters.temptation
    pulls = sum(table[lever.column] for lever in EXPLOITATION) / len(EXPLOITATION)
    luck = firm_draws(model, SUCCESSION)[:, 0]
    for k in np.flatnonzero(table["alive"] & (pulls > 0.0)):
        power, horizon = model.policies[k].management.power, table["manager_horizon"][k]
        chance = departure_probability(pulls[k], power, horizon, p.departure_rate, p.departure_horizon)
        if luck[k] < chance:
            succeed(table.view[k], p.successor_temptation)


def succeed(firm: Any, kept: float) -> None:
    """A manager leaves; the successor takes over a part of its ways, and looks further ahead for a while."""
    firm.manager_departures, firm.manager_tenure = 1.0, 0.0
    firm.departed_escrow += firm.bonus_escrow
    firm.bonus_escrow, firm.departed_since = 0.0, 0.0
    for lever in EXPLOITATION:
        firm[lever.column] *= kept
