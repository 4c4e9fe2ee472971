"""What happens: one model, one month."""

from sim.model import Reciprocity
from sim.parameters import Parameters
from sim.recording import Record, Recording

__all__ = ["Parameters", "Reciprocity", "Record", "Recording"]
