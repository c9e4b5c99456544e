"""Logs without personal data and metrics that explain themselves."""

from shared.observability.logs import configure_logging, get_logger
from shared.observability.metrics import MetricDefinition, MetricSet

__all__ = ["MetricDefinition", "MetricSet", "configure_logging", "get_logger"]
