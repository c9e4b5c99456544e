"""Who may talk to whom: everybody to what is theirs, and to nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from deploy.kubernetes.installation import (
    BROKER_METRICS_PORT,
    BROKER_PORT,
    HTTP_PORT,
    IDENTITY_PORT,
    POSTGRES_METRICS_PORT,
    POSTGRES_PORT,
)
from tests.local.kubernetes.applied import DATABASES, PROCESSES, SERVICES, Applied, selects


@dataclass(frozen=True)
class End:
    """One end of a connection: a pod of the namespace, one of another, or an address outside."""

    labels: dict[str, str] = field(default_factory=dict)
    namespace: str = ""
    block: str = ""


BROKER = End({"app.kubernetes.io/name": "broker"})


def process(applied: Applied, name: str) -> End:
    return End(applied.pods()[name]["metadata"]["labels"])


def database(service: str) -> End:
    return End({"cnpg.io/cluster": f"{service}-postgres"})


def may(applied: Applied, one: End, other: End, port: int) -> bool:
    """Whether a connection from one end to the other is let out and let in."""
    return is_let_out(applied, one, other, port) and _allowed(applied, "Ingress", other, one, port)


def is_let_out(applied: Applied, one: End, other: End, port: int) -> bool:
    return _allowed(applied, "Egress", one, other, port)


def _allowed(applied: Applied, direction: str, of: End, to: End, port: int) -> bool:
    if of.namespace or of.block:
        return True  # not ours to say
    return any(_matches(rule, direction, to, port) for rule in _rules(applied, direction, of))


def _rules(applied: Applied, direction: str, of: End) -> Iterator[dict[str, Any]]:
    for policy in applied.of("NetworkPolicy").values():
        spec = policy["spec"]
        if direction in spec["policyTypes"] and selects(spec["podSelector"], of.labels):
            yield from spec.get(direction.lower(), ())


def _matches(rule: dict[str, Any], direction: str, to: End, port: int) -> bool:
    peers = rule.get("from" if direction == "Ingress" else "to")
    if not any(each["port"] <= port <= each.get("endPort", each["port"]) for each in rule["ports"]):
        return False
    return peers is None or any(_is_peer(each, to) for each in peers)


def _is_peer(peer: dict[str, Any], to: End) -> bool:
    if "ipBlock" in peer:
        return bool(peer["ipBlock"]["cidr"] == to.block)
    if "namespaceSelector" in peer:
        return selects(peer["namespaceSelector"], {"kubernetes.io/metadata.name": to.namespace})
    return not to.namespace and not to.block and selects(peer["podSelector"], to.labels)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reaches_its_own_database_the_broker_and_no_other_database(applied: Applied, service: str) -> None:
    for name in (service, f"{service}-relay"):
        here = process(applied, name)
        for allowed in (may, is_let_out):
            reached = {other for other in SERVICES if allowed(applied, here, database(other), POSTGRES_PORT)}
            assert reached == {service}
        assert may(applied, here, BROKER, BROKER_PORT)


@pytest.mark.parametrize("service", SERVICES)
def test_only_reporting_asks_other_processes(applied: Applied, service: str) -> None:
    reached = {
        other
        for other in PROCESSES
        if other != service and may(applied, process(applied, service), process(applied, other), HTTP_PORT)
    }
    assert reached == ({*PROCESSES} - {service} if service == "reporting" else set())
    for other, port in (
        (process(applied, "desk"), HTTP_PORT),
        (BROKER, BROKER_METRICS_PORT),
        *((database(name), POSTGRES_METRICS_PORT) for name in DATABASES),
    ):
        assert may(applied, process(applied, service), other, port) == (service == "reporting")


def test_the_desk_asks_workers_its_own_database_and_the_provider(applied: Applied) -> None:
    desk = process(applied, "desk")
    assert {name for name in PROCESSES if may(applied, desk, process(applied, name), HTTP_PORT)} == set(SERVICES)
    assert {name for name in DATABASES if may(applied, desk, database(name), POSTGRES_PORT)} == {"desk"}
    assert not may(applied, desk, BROKER, BROKER_PORT)
    for block in applied.installation.file["network"]["identity_provider"]:
        assert is_let_out(applied, desk, End(block=block), IDENTITY_PORT)


def test_people_come_to_the_desk_through_the_gateway(applied: Applied) -> None:
    desk = process(applied, "desk")
    for section in ("gateway_namespace", "monitoring_namespace"):
        assert may(applied, End(namespace=applied.installation.file["network"][section]), desk, HTTP_PORT)
    assert not may(applied, process(applied, "intake"), desk, HTTP_PORT)


def test_a_migration_reaches_its_database_and_not_the_broker(applied: Applied) -> None:
    for name in applied.of("Job"):
        service = name.partition("-")[0]
        assert may(applied, process(applied, name), database(service), POSTGRES_PORT)
        assert not may(applied, process(applied, name), BROKER, BROKER_PORT)


def test_partners_reach_the_brokers_tls_port_and_nothing_else(applied: Applied) -> None:
    for block in applied.installation.file["network"]["partners"]:
        partner = End(block=block)
        assert may(applied, partner, BROKER, BROKER_PORT)
        assert not may(applied, partner, BROKER, BROKER_METRICS_PORT)
        assert not any(may(applied, partner, process(applied, name), HTTP_PORT) for name in PROCESSES)
        assert not any(may(applied, partner, database(name), POSTGRES_PORT) for name in SERVICES)
    assert not may(applied, End(block="203.0.113.0/24"), BROKER, BROKER_PORT)


def test_people_come_in_through_the_gateway_to_workers_only(applied: Applied) -> None:
    gateway = End(namespace=applied.installation.file["network"]["gateway_namespace"])
    reached = {name for name in PROCESSES if may(applied, gateway, process(applied, name), HTTP_PORT)}
    assert reached == set(SERVICES)
    assert not may(applied, gateway, BROKER, BROKER_PORT)


def test_workers_alone_reach_the_identity_provider(applied: Applied) -> None:
    [block] = applied.installation.file["network"]["identity_provider"]
    for port, names in ((IDENTITY_PORT, {*SERVICES}), (HTTP_PORT, set())):
        assert {name for name in PROCESSES if may(applied, process(applied, name), End(block=block), port)} == names


def test_prometheus_reaches_what_it_asks(applied: Applied) -> None:
    prometheus = End(namespace=applied.installation.file["network"]["monitoring_namespace"])
    assert all(may(applied, prometheus, process(applied, name), HTTP_PORT) for name in PROCESSES)
    assert may(applied, prometheus, BROKER, BROKER_METRICS_PORT)
    assert all(may(applied, prometheus, database(service), POSTGRES_METRICS_PORT) for service in SERVICES)


def test_nodes_of_a_store_reach_each_other_and_other_stores_do_not(applied: Applied) -> None:
    assert may(applied, BROKER, BROKER, 25672)
    for service in SERVICES:
        assert may(applied, database(service), database(service), POSTGRES_PORT)
        assert may(applied, End(namespace="cnpg-system"), database(service), 8000)
        others = [other for other in SERVICES if other != service]
        assert not any(may(applied, database(service), database(other), POSTGRES_PORT) for other in others)
    assert not may(applied, database("intake"), BROKER, BROKER_PORT)
