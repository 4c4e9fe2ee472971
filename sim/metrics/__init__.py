"""What is observed: every metric is one function of a recording, and stands on one list.

``METRICS`` holds them by name. Beside them stand functions that take more than a recording, or give
more than a number a month: ``survival``, ``chain``, ``perversity``, ``divergence``,
``months_to_visible_loss``, ``lost_to``, ``lost_by_cause``, ``barrier`` and ``misalignment_angle``.
"""

from sim.metrics import erosion, fairness, incentives, repeat_buying, retention, stakeholders
from sim.metrics.alignment import misalignment_angle
from sim.metrics.barrier import barrier
from sim.metrics.chain import ChainLink, chain
from sim.metrics.erosion import lost_by_cause, lost_to
from sim.metrics.incentives import divergence, months_to_visible_loss
from sim.metrics.metric import CONTRACT, METRICS, REPERTOIRE, Metric, metric, observe
from sim.metrics.perversity import perversity
from sim.metrics.retention import survival

MODULES = (retention, repeat_buying, erosion, incentives, fairness, stakeholders)

__all__ = [
    "CONTRACT",
    "METRICS",
    "MODULES",
    "REPERTOIRE",
    "ChainLink",
    "Metric",
    "barrier",
    "chain",
    "divergence",
    "lost_by_cause",
    "lost_to",
    "metric",
    "misalignment_angle",
    "months_to_visible_loss",
    "observe",
    "perversity",
    "survival",
]
