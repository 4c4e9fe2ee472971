"""Firms: terms, levers, temptation, standing and books."""

from agents.firm.firm import Firm
from agents.firm.levers import LEVERS, SERVICE_LEVERS, LeverParameters, Levers
from agents.firm.standing import StandingParameters
from agents.firm.temptation import EXPLOITATION, TemptationParameters

__all__ = [
    "EXPLOITATION",
    "LEVERS",
    "SERVICE_LEVERS",
    "Firm",
    "LeverParameters",
    "Levers",
    "StandingParameters",
    "TemptationParameters",
]
