"""Policies: families of named options that write a firm's terms."""

from agents.policies.entry import (
    FAMILIES,
    MODES,
    FirmEntry,
    Mode,
    Policies,
    PolicyParameters,
    chosen,
    resolve,
)
from agents.policies.option import Market, Option, Sides

__all__ = [
    "FAMILIES",
    "MODES",
    "FirmEntry",
    "Market",
    "Mode",
    "Option",
    "Policies",
    "PolicyParameters",
    "Sides",
    "chosen",
    "resolve",
]
