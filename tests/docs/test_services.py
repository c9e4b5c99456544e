"""What a service's README says of its events, endpoints, settings and metrics is what the code declares."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from docs.declared import SERVICES, published, routes, service_class
from shared.configuration import Setting
from shared.observability import MetricDefinition
from shared.web import COMMON, PARKING, Offer
from shared.web.openapi import offers_of
from tests.docs.markdown import ROOT, Row, rows_about


def readme(service: str) -> Path:
    return ROOT / "services" / service / "README.md"


def as_row(setting: Setting) -> Row:
    default = "required" if setting.default is None else setting.default
    return {"setting": setting.name, "description": setting.description, "default": default}


def metric_row(metric: MetricDefinition) -> Row:
    return {"metric": metric.name, "labels": ", ".join(metric.labels), "description": metric.description}


def endpoints(offers: Iterable[Offer]) -> set[str]:
    return {f"{offer.method} {offer.route}" for offer in offers}


def standard(offers: Mapping[str, Offer]) -> set[str]:
    return endpoints(offer.at(route) for route, offer in offers.items())


def directions(types: Iterable[str], direction: str) -> set[tuple[str, str]]:
    return {(type, direction) for type in types}


@pytest.mark.parametrize("service", SERVICES)
def test_its_events_are_those_that_it_reads_and_publishes(service: str) -> None:
    told = {(row["event"], row["direction"]) for row in rows_about("event", readme(service))}
    assert told == directions(routes(service), "in") | directions(published(service), "out")


@pytest.mark.parametrize("service", SERVICES)
def test_its_endpoints_are_those_that_it_offers_besides_the_common_ones(service: str) -> None:
    told = {row["endpoint"] for row in rows_about("endpoint", readme(service))}
    assert told == endpoints(offers_of(service_class(service))) - standard(COMMON) - standard(PARKING)


@pytest.mark.parametrize("service", SERVICES)
def test_it_lets_operators_at_its_parked_messages(service: str) -> None:
    assert standard(PARKING) <= endpoints(offers_of(service_class(service)))


def test_the_endpoints_for_parked_messages_are_told_to_operators() -> None:
    told = {row["endpoint"] for row in rows_about("endpoint", ROOT / "docs/operators.md")}
    assert told == standard(PARKING)


@pytest.mark.parametrize("service", SERVICES)
def test_its_settings_are_those_that_it_reads(service: str) -> None:
    assert rows_about("setting", readme(service)) == [
        as_row(setting) for setting in declared_settings(settings_class(service))
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_its_metrics_are_those_that_it_counts(service: str) -> None:
    defined = import_module(f"services.{service}.metrics").METRICS.definitions
    assert rows_about("metric", readme(service)) == [metric_row(metric) for metric in defined]
