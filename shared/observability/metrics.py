"""Metrics declared in one place per package, so that a README's table can be checked against them.

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
    """One metric as a README lists it."""

    name: str
    description: str
    kind: Kind
    labels: tuple[str, ...] = ()


class MetricSet:
    """The metrics of one package; `definitions` lists them in the order in which they were declared."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        self.definitions: list[MetricDefinition] = []
        self._registry = registry

    def counter(self, name: str, description: str, labels: Sequence[str] = ()) -> Counter:
        """Something that only grows; its name ends in `_total`."""
        self._define(name, description, "counter", labels)
        return Counter(name, description, labels, registry=self._registry)

    def gauge(self, name: str, description: str, labels: Sequence[str] = ()) -> Gauge:
        """Something that goes up and down."""
        self._define(name, description, "gauge", labels)
        return Gauge(name, description, labels, registry=self._registry)

    def histogram(
        self, name: str, description: str, labels: Sequence[str] = (), buckets: Sequence[float] = SECONDS
    ) -> Histogram:
        """How something is spread over `buckets` (upper bounds)."""
        self._define(name, description, "histogram", labels)
        return Histogram(name, description, labels, registry=self._registry, buckets=buckets)

    def _define(self, name: str, description: str, kind: Kind, labels: Sequence[str]) -> None:
        self.definitions.append(MetricDefinition(name, description, kind, tuple(labels)))
