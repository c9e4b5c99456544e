"""The manual, from the one file with its Dutch texts: the alert rules that Prometheus reads."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from services.reporting.manual.messages import ManualEntry
from services.reporting.manual.rules import AlertTexts, filled, shown_name
from services.reporting.problems.rules import ALERTS, Concern

FILE = Path(__file__).parents[3] / "deploy" / "prometheus" / "alerts.yml"


@cache
def alerts() -> Mapping[str, AlertTexts]:
    """The texts of every alert, by its name."""
    groups = yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    return {rule["alert"]: AlertTexts(severity=rule["labels"]["severity"], **rule["annotations"]) for rule in rules}


def manual() -> list[ManualEntry]:
    """All entries, about nothing in particular."""
    return [_entry(name, texts, {}, None) for name, texts in alerts().items()]


def entry_of(concern: Concern, about: str, amount: float) -> ManualEntry:
    """The entry on a problem. about: a service or queue. amount: as of a problem."""
    name, shown = ALERTS[concern], shown_name(about)
    process = f"{about}-relay" if concern is Concern.RELAY_DOWN else about
    labels = {"instance": process, "service": about.partition(".")[0], "queue": shown}
    return _entry(name, alerts()[name], labels, amount)


def _entry(name: str, texts: AlertTexts, labels: Mapping[str, str], value: float | None) -> ManualEntry:
    return ManualEntry(
        alert=name,
        severity=texts.severity,
        title=filled(texts.summary, labels, value),
        meaning=filled(texts.description, labels, value),
        remedy=filled(texts.runbook, labels, value),
    )
