"""Which policy writes which column, found by trying: each option against the neutral one.

Two firms alike run through the burn-in. Then one of them adopts an option, and the first month of the
policies is run as far as the terms; what differs from the neutral firm's columns is what the option
wrote. Of what is paid to management, only what that event itself changes is counted.
"""

from typing import Any

import numpy as np

from agents import Firm
from agents.policies import FAMILIES, FirmEntry
from agents.policies.entry import MODES, NEUTRAL
from sim import Parameters, Reciprocity
from sim.events.paying_managers import management_is_paid
from sim.events.setting_terms import firms_set_terms
from sim.schedule import MONTH

SETTINGS: dict[str, Any] = {
    "population.customers": 2400,
    "supplier.suppliers": 6,
    "shareholder.shareholders": 6,
}
FOCAL = 0


def policies_written() -> list[tuple[str, str, str, list[str]]]:
    """Family, option, note and columns written, for every option and mode."""
    base = market_before_policies()
    neutral = written_state(base.fork())
    rows: list[tuple[str, str, str, list[str]]] = []
    for family, options in FAMILIES.items():
        for option in options:
            name = option.name()
            if name == NEUTRAL[family]:
                rows.append((family, name, "neutral", []))
                continue
            found = written_state(base.fork(**{f"firms.focal.{family}": name}))
            rows.append((family, name, "", differing(neutral, found)))
    for mode in MODES:
        found = written_state(base.fork(**{"firms.focal.mode": str(mode)}))
        rows.append(("mode", str(mode), "", differing(neutral, found)))
    return rows


def market_before_policies() -> Reciprocity:
    """Two firms alike at the end of the burn-in."""
    parameters = Parameters(firms={"focal": FirmEntry(), "rival": FirmEntry()})
    model = Reciprocity(parameters, rng=1, **SETTINGS)
    model.run_burn_in()
    return model


def written_state(model: Reciprocity) -> dict[str, np.ndarray]:
    """The focal firm's columns once terms are set, and what the payment of management adds to them."""
    model.take_effect()
    found: dict[str, np.ndarray] = {}
    for event in MONTH:
        before = columns_of(model)
        event.does(model)
        after = columns_of(model)
        if event.does is firms_set_terms:
            found = after
        if event.does is management_is_paid:
            changed = {name for name in after if not np.array_equal(before[name], after[name])}
            return found | {name: after[name] for name in changed}
    raise LookupError("the month has no event that pays management")


def columns_of(model: Reciprocity) -> dict[str, np.ndarray]:
    """A copy of every column of the focal firm."""
    table = model.table(Firm)
    return {name: np.array(table[name][FOCAL]) for name in Firm.columns}


def differing(neutral: dict[str, np.ndarray], found: dict[str, np.ndarray]) -> list[str]:
    """Names of columns that differ, in the order of declaration."""
    return [name for name in Firm.columns if not np.array_equal(neutral[name], found[name])]
