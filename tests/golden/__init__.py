"""Golden trajectories: what two small markets do, number by number; it changes only on purpose.

``python -m tests.golden`` writes them anew. Integers must agree exactly, other numbers to 1e-9, so that
another machine's exponential function may differ in its last bits. Uncompiled, Python keeps what two
numbers of single precision make in single precision, and agreement is to 1e-5.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from agents import Customer, Employee
from agents.base.compile import COMPILING
from sim import Reciprocity
from tests.worlds import world

FOLDER = Path(__file__).parent
RELATIVE = 1e-9 if COMPILING else 1e-5
MONTHS = 24
WHOLE: tuple[str, ...] = (
    "customers",
    "won",
    "lost",
    "moved_away",
    "failures",
    "complaints",
    "praise",
    "blame",
)
WHOLE += ("quits", "hires")
REAL: tuple[str, ...] = ("price", "hidden_fee", "quality", "mean_satisfaction", "mean_relationship", "cash")
REAL += ("reliability", "mean_morale", "revenue", "profit", "debt", "equity_price", "customer_equity")
REAL += ("fee_temptation", "reputation")

CONFIGURATIONS: dict[str, dict[str, Any]] = {
    "default_firms": {"population.customers": 300, "burn_in": 6},
    "shocks_and_entry": {
        "population.customers": 240,
        "burn_in": 3,
        "population.moving_rate": 0.02,
        "market.entrants": 1,
        "market.entry_rate": 0.3,
        "market.entry_margin": -1.0,
        "firms": {
            "focal": {"mode": "surrender", "standards": "founder"},
            "steady": {"loyalty_scheme": "points", "clawback": 6.0},
            "follower": {"adaptation": "imitation", "marketing": "acquisition"},
        },
        "shocks": {
            "cost": {"kind": "cost", "month": 4, "size": 0.1, "duration": 6},
            "star": {"kind": "star_leaves", "month": 6, "firm": "focal"},
            "scandal": {"kind": "scandal", "month": 9, "firm": "walker"},
            "gone": {"kind": "desertion", "month": 14, "firm": "dripper", "duration": 4},
        },
    },
}


def run(name: str) -> Reciprocity:
    """One of the markets, run to its end."""
    model = world(rng=2024, **CONFIGURATIONS[name])
    model.run_for(MONTHS)
    return model


def told(model: Reciprocity) -> dict[str, Any]:
    """A run as plain numbers: firms by month, and where everybody ended."""
    recording, leavers = model.recording, model.recording.leavers
    customers, staff = model.table(Customer), model.table(Employee)
    whole = {name: recording.firm(name).astype(int).tolist() for name in WHOLE}
    whole |= {name: leavers[name].astype(int).tolist() for name in ("month", "customer", "to_firm", "cause")}
    whole |= {"firm_of_customer": customers["firm"].tolist(), "firm_of_employee": staff["firm"].tolist()}
    whole |= {"closures": model.closures, "tenure": customers["tenure"].tolist()}
    real = {name: recording.firm(name).tolist() for name in REAL}
    real |= {"satisfaction": customers["satisfaction"].tolist(), "balances": model.ledger.balances.tolist()}
    return {"whole": whole, "real": real}


def file_of(name: str) -> Path:
    """Where a trajectory is kept."""
    return FOLDER / f"{name}.json"


def write(name: str) -> None:
    """Keep a trajectory as it is now."""
    lines = {kind: dict(sorted(numbers.items())) for kind, numbers in told(run(name)).items()}
    file_of(name).write_text(json.dumps(lines, separators=(",", ":")).replace('],"', '],\n"') + "\n")


def differences(name: str) -> list[str]:
    """Names of the numbers in which a run differs from what was kept."""
    kept = json.loads(file_of(name).read_text())
    now = json.loads(json.dumps(told(run(name))))
    found = [key for kind in ("whole", "real") for key in sorted(kept[kind].keys() ^ now[kind].keys())]
    found += [key for key, values in kept["whole"].items() if now["whole"].get(key) != values]
    return found + [key for key, values in kept["real"].items() if not agree(now["real"].get(key), values)]


def agree(now: Any, kept: Any) -> bool:
    """Whether numbers agree to 1e-9 of the largest."""
    left, right = np.asarray(now, float), np.asarray(kept, float)
    scale = float(np.abs(right).max(initial=1.0))
    return left.shape == right.shape and bool(np.abs(left - right).max(initial=0.0) <= RELATIVE * scale)
