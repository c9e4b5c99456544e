"""Alert rules and the dashboard ask for metrics that exist; the rules do what they say."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from deploy.topology import Topology
from desk.metrics import METRICS as DESK
from services.aftercare.metrics import METRICS as AFTERCARE
from services.intake.metrics import METRICS as INTAKE
from services.reporting.metrics import METRICS as REPORTING
from services.reporting.problems import rules as problems
from shared.observability.messaging import METRICS as MESSAGING
from shared.web.metrics import METRICS as WEB

DEPLOY = Path(__file__).parents[2]
PROMETHEUS = DEPLOY / "prometheus"
DASHBOARD = DEPLOY / "grafana" / "dashboards" / "ketenhuis.json"
NAME = re.compile(r"\b(?:messaging|http|reporting|aftercare|intake|desk|rabbitmq|barman)_[a-z_]+\b|\bup\b")
ELSEWHERE = {
    "up",
    "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
    "rabbitmq_detailed_queue_messages",
    "rabbitmq_alarms_memory_used_watermark",
    "rabbitmq_alarms_free_disk_space_watermark",
    "rabbitmq_auth_attempts_failed_total",
}


def declared() -> Iterator[str]:
    for metric in [
        *MESSAGING.definitions,
        *WEB.definitions,
        *REPORTING.definitions,
        *AFTERCARE.definitions,
        *INTAKE.definitions,
        *DESK.definitions,
    ]:
        yield metric.name
        if metric.kind == "histogram":
            yield f"{metric.name}_bucket"


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((PROMETHEUS / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def dashboard_queries() -> list[str]:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


def test_every_metric_that_is_asked_for_exists() -> None:
    queries = [rule["expr"] for rule in rules()] + dashboard_queries()
    asked = {name for query in queries for name in NAME.findall(query)}
    assert asked - set(declared()) - ELSEWHERE == set()


def test_every_alert_says_what_it_means_and_what_to_do() -> None:
    for rule in rules():
        assert set(rule["annotations"]) == {"summary", "description", "runbook"}, rule["alert"]
        assert rule["labels"]["severity"] in ("now", "today"), rule["alert"]


@pytest.mark.parametrize(
    ("alert", "limit"),
    [
        ("QueueWaitsLong", f"> {problems.LONG_IN_QUEUE:.0f} "),
        ("OutboxWaitsLong", f"> {problems.LONG_IN_OUTBOX:.0f}"),
        ("PostponedWaitsLong", f"> {problems.LONG_POSTPONED:.0f}"),
        ("PartnerDoesNotFetch", f"> {problems.LONG_AT_PARTNER:.0f}"),
        ("CertificateEnds", f"< {problems.SOON:.0f}"),
        ("BackupOld", f"> {problems.LONG_WITHOUT_BACKUP:.0f}"),
        ("MessagesParked", "> 0"),
        ("BrakePulled", "> 0"),
        ("DatabaseCannotWrite", "> 0"),
    ],
)
def test_beheer_warns_from_the_same_limit_on(alert: str, limit: str) -> None:
    [expression] = (rule["expr"] for rule in rules() if rule["alert"] == alert)
    assert limit in expression


def test_every_replica_of_each_worker_and_relay_and_of_the_desk_is_asked() -> None:
    jobs = yaml.safe_load((PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    asked = {job["job_name"]: job["dns_sd_configs"][0]["names"] for job in jobs if "dns_sd_configs" in job}
    services = Topology.load(DEPLOY.parent / "houses").services
    relays = [f"{service}-relay" for service in services]
    assert asked == {"workers": [*services], "relays": relays, "desk": ["desk"]}


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Prometheus, which is not needed here")
@pytest.mark.parametrize(
    "check",
    [["check", "config", "prometheus.yml"], ["test", "rules", "tests/alerts.test.yml"]],
    ids=["configuration and rules are valid", "rules alert when they should"],
)
def test_promtool_agrees(check: list[str]) -> None:
    checked = subprocess.run(["promtool", *check], cwd=PROMETHEUS, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
