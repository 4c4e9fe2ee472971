"""Markets from which experiments start."""

from typing import Any

from agents.policies import MODES, Mode
from agents.policies.entry import MODE_CONTRIBUTION, MODE_OVERRIDES


def settled_policies(firm: str, mode: Mode) -> dict[str, Any]:
    """Set a firm's policies one by one as its mode would, and no mode.

    A mode develops: a firm of weak value falls back, one with many partners passes on, and then loads
    all policies of its next stage. In an experiment on one policy the others must stay as they are. What
    rests on the stage itself, such as how far managers look ahead in surrender, does not come with them.
    """
    chosen = {f"firms.{firm}.{family}": option for family, option in MODES[mode].items()}
    settled: dict[str, Any] = {
        f"firms.{firm}.mode": None,
        **chosen,
        f"firms.{firm}.levers.contribution": MODE_CONTRIBUTION.get(mode, 0.0),
    }
    if mode in MODE_OVERRIDES:
        settled[f"firms.{firm}.policy"] = MODE_OVERRIDES[mode]
    return settled
