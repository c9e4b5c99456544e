"""The dashboards and alert rules ask for metrics that there are."""

import json
import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

from shared.observability import MetricDefinition, MetricSet
from tests.contract.declared import SERVICES
from tests.docs.markdown import ROOT

DASHBOARDS = sorted((ROOT / "deploy/grafana/dashboards").glob("*.json"))
ALERTS = ROOT / "deploy/prometheus/alerts.yml"
DEFINED_IN = [
    "shared.observability.messaging",
    "shared.web.metrics",
    "desk.metrics",
    *(f"services.{each}.metrics" for each in SERVICES),
]
ELSEWHERE = ("rabbitmq_", "barman_cloud_")
"""What the broker and the databases tell."""
VARIABLE = re.compile(r"\$(\w+)")
OF_A_HOUSE = re.compile(r"aftercare_|=~\"(?:partner|\[a-z\]\+)\[")
"""Metrics with the label `house`, and queues with a house in their name."""


def names() -> set[str]:
    """What the processes give, a histogram by the names of its series."""
    found: set[str] = set()
    for module in DEFINED_IN:
        for value in vars(import_module(module)).values():
            if isinstance(value, MetricSet):
                found |= {name for each in value.definitions for name in series(each)}
    return found


def series(metric: MetricDefinition) -> list[str]:
    return [metric.name, *(f"{metric.name}_{part}" for part in ("bucket", "sum", "count"))]


def asked(text: str) -> set[str]:
    """The metrics of an expression: words with an underscore that are neither labels nor functions."""
    without_labels = re.sub(r"\{.*?\}|\[.*?\]|(by|without|on|group_left|group_right) ?\(.*?\)", "", text)
    return {word for word in re.findall(r"\b[a-z_]+\b(?! ?\()", without_labels) if "_" in word}


def expressions(file: Path) -> list[str]:
    if file.suffix == ".json":
        panels = json.loads(file.read_text(encoding="utf-8"))["panels"]
        return [target["expr"] for panel in panels for target in panel.get("targets", ())]
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]
    return [rule["expr"] for group in groups for rule in group["rules"]]


@pytest.mark.parametrize("file", DASHBOARDS, ids=lambda file: file.name)
def test_a_dashboard_is_about_the_houses_and_partners_that_are_chosen(file: Path) -> None:
    dashboard = json.loads(file.read_text(encoding="utf-8"))
    variables = {each["name"]: each["definition"] for each in dashboard["templating"]["list"]}
    used = set(VARIABLE.findall(" ".join((*expressions(file), *variables.values()))))
    assert used == set(variables) >= {"house"}
    about_houses = [each for each in expressions(file) if OF_A_HOUSE.search(each)]
    assert [each for each in about_houses if not VARIABLE.search(each)] == []


@pytest.mark.parametrize("file", [*DASHBOARDS, ALERTS], ids=lambda file: file.name)
def test_it_asks_for_metrics_that_there_are(file: Path) -> None:
    wanted = {name for each in expressions(file) for name in asked(each)}
    assert len(wanted) > 3
    assert {name for name in wanted - names() if not name.startswith(ELSEWHERE)} == set()
