"""Scaling and alerts go by metrics and queues that there are."""

import json
import re
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.kubernetes.installation import BROKER_METRICS_PORT
from shared.observability.messaging import METRICS
from tests.local.kubernetes.applied import PROCESSES, ROOT, SERVICES, Applied, selects

BROKERS = {"rabbitmq_detailed_queue_messages_ready"}  # of the family queue_coarse_metrics
METRIC = re.compile(r"\b(?:messaging|rabbitmq)_\w+")


def scaling(applied: Applied, process: str) -> dict[str, Any]:
    spec: dict[str, Any] = applied.of("ScaledObject")[process]["spec"]
    return spec


def query(applied: Applied, process: str) -> str:
    [trigger] = scaling(applied, process)["triggers"]
    return str(trigger["metadata"]["query"])


def selector(applied: Applied, process: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)=~?"([^"]*)"', query(applied, process)))


def shards(applied: Applied, service: str) -> list[str]:
    read = applied.topology.users[service].reads
    return [queue.name for queue in applied.topology.queues if queue.kind == "service" and queue.name in read]


@pytest.mark.parametrize("service", SERVICES)
def test_a_worker_is_scaled_on_all_that_it_reads_and_on_nothing_else(applied: Applied, service: str) -> None:
    named = re.compile(selector(applied, service)["queue"])
    found = {queue.name for queue in applied.topology.queues if named.fullmatch(queue.name)}
    access = applied.topology.users[service]
    of_partners = {queue.name for queue in applied.topology.queues if queue.kind == "ingress"}
    assert found == {*access.reads, *(of_partners if access.reads_all else ())}


@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_has_no_more_replicas_than_its_service_has_shards(applied: Applied, process: str) -> None:
    spec = scaling(applied, process)
    service = applied.pods()[process]["metadata"]["labels"]["ketenhuis/service"]
    assert spec["scaleTargetRef"] == {"name": process}
    assert "replicas" not in applied.of("Deployment")[process]["spec"]
    assert (
        2
        <= spec["minReplicaCount"]
        <= spec["maxReplicaCount"]
        == max(spec["minReplicaCount"], len(shards(applied, service)))
    )


@pytest.mark.parametrize("process", PROCESSES)
def test_the_metric_that_scales_a_process_exists(applied: Applied, process: str) -> None:
    counted = {metric.name for metric in METRICS.definitions} | BROKERS
    assert set(METRIC.findall(query(applied, process))) <= counted
    assert selector(applied, process)["namespace"] == applied.installation.namespace


@pytest.mark.parametrize("service", SERVICES)
def test_a_relay_is_scaled_on_its_own_outbox(applied: Applied, service: str) -> None:
    assert selector(applied, f"{service}-relay")["service"] == service


def test_prometheus_asks_every_process_and_each_node_of_the_broker_as_the_alerts_expect(applied: Applied) -> None:
    monitors = applied.of("PodMonitor")
    labels = {name: applied.pods()[name]["metadata"]["labels"] for name in PROCESSES}
    asked = {
        kind: {name for name in PROCESSES if selects(monitors[kind]["spec"]["selector"], labels[name])}
        for kind in ("workers", "relays")
    }
    assert asked == {"workers": set(SERVICES), "relays": {f"{service}-relay" for service in SERVICES}}
    for kind in asked:
        [endpoint] = monitors[kind]["spec"]["podMetricsEndpoints"]
        assert (endpoint["port"], endpoint["path"]) == ("http", "/metrics")
        relabelled = {each["targetLabel"]: each for each in endpoint["relabelings"]}
        assert relabelled["job"]["replacement"].replace("${1}", kind.removesuffix("s")) == kind
        assert relabelled["service"]["sourceLabels"] == ["__meta_kubernetes_pod_label_ketenhuis_service"]


def test_the_broker_is_asked_for_what_compose_asks_it(applied: Applied) -> None:
    jobs = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]
    wanted = {
        job["job_name"]: (job.get("metrics_path", "/metrics"), job.get("params"))
        for job in jobs
        if job["job_name"] in ("broker", "queues")
    }
    endpoints = applied.of("PodMonitor")["broker"]["spec"]["podMetricsEndpoints"]
    assert {each["relabelings"][0]["replacement"]: (each["path"], each.get("params")) for each in endpoints} == wanted
    assert {each["portNumber"] for each in endpoints} == {BROKER_METRICS_PORT}


def test_alerts_and_dashboards_are_those_of_compose(applied: Applied) -> None:
    alerts = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())
    assert applied.of("PrometheusRule")["ketenhuis"]["spec"] == alerts
    shown = {
        name: text
        for each in applied.of("ConfigMap").values()
        if each["metadata"].get("labels") == {"grafana_dashboard": "1"}
        for name, text in each["data"].items()
    }
    files = list((ROOT / "deploy/grafana/dashboards").glob("*.json"))
    assert shown == {file.name: file.read_text() for file in files}
    assert all(json.loads(text) for text in shown.values())
