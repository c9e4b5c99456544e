import re

from prometheus_client import CollectorRegistry, generate_latest

from shared.observability import MetricDefinition, MetricSet
from shared.observability.messaging import METRICS


def test_a_metric_is_declared_once_and_exposed_with_its_description() -> None:
    registry = CollectorRegistry()
    metrics = MetricSet(registry)
    metrics.counter("weighing_decisions_total", "decisions taken", labels=("decision",)).labels("focus").inc()
    assert metrics.definitions == [
        MetricDefinition("weighing_decisions_total", "decisions taken", "counter", ("decision",))
    ]
    exposed = generate_latest(registry).decode()
    assert "# HELP weighing_decisions_total decisions taken" in exposed
    assert 'weighing_decisions_total{decision="focus"} 1.0' in exposed


def test_messaging_metrics_are_named_as_prometheus_wants() -> None:
    for metric in METRICS.definitions:
        assert re.fullmatch(r"messaging_[a-z_]+", metric.name)
        assert metric.name.endswith("_total") == (metric.kind == "counter")
        assert metric.description
        assert set(metric.labels) <= {"queue", "exchange", "outcome", "reason"}
