"""What is observed: every metric is one function of a recording, and stands on one list."""

from sim.metrics import erosion, retention
from sim.metrics.metric import METRICS, Metric, metric, observe

__all__ = ["METRICS", "Metric", "erosion", "metric", "observe", "retention"]
