"""Logs without personal data, metrics, and health."""

from shared.observability.logs import configure_logging, get_logger
from shared.observability.metrics import MetricDefinition, MetricSet

__all__ = ["MetricDefinition", "MetricSet", "configure_logging", "get_logger"]
