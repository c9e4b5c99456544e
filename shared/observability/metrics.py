"""Metrics, declared in one module per package, so that documentation can be checked against them.

    METRICS = MetricSet()
    WEIGHED = METRICS.counter("weighing_decisions_total", "decisions taken", labels=("decision",))
    WEIGHED.labels("focus").inc()

A label never holds an identifier of a person or a case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram

Kind = Literal["counter", "gauge", "histogram"]
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class MetricDefinition:
    """One metric, as documentation lists it."""

    name: str
    description: str
    kind: Kind
    labels: tuple[str, ...] = ()


class MetricSet:
    """The metrics of one package. definitions: the metrics in the order of declaration."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self.definitions: list[MetricDefinition] = []
        self._registry = registry

    def counter(self, name: str, description: str, labels: Sequence[str] = ()) -> Counter:
        """A counter: a number that only grows. Its name ends in `_total`."""
        self._define(name, description, "counter", labels)
        return Counter(name, description, labels, registry=self._registry)

    def gauge(self, name: str, description: str, labels: Sequence[str] = ()) -> Gauge:
        """A gauge: a number that goes up and down."""
        self._define(name, description, "gauge", labels)
        return Gauge(name, description, labels, registry=self._registry)

    def histogram(
        self, name: str, description: str, labels: Sequence[str] = (), buckets: Sequence[float] = SECONDS
    ) -> Histogram:
        """A histogram. buckets: the upper bounds."""
        self._define(name, description, "histogram", labels)
        return Histogram(name, description, labels, registry=self._registry, buckets=buckets)

    def _define(self, name: str, description: str, kind: Kind, labels: Sequence[str]) -> None:
        self.definitions.append(MetricDefinition(name, description, kind, tuple(labels)))
