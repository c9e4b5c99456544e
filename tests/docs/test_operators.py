"""The operators' guide: an entry for each alert, and no other."""

import re
from collections.abc import Iterator

import yaml  # type: ignore[import-untyped]

from desk.messages import catalog
from services.reporting.problems.rules import ALERTS
from tests.docs.markdown import ROOT

GUIDE = ROOT / "docs/operators.md"
RULES = ROOT / "deploy/prometheus/alerts.yml"
ENTRY = re.compile(r"^### (\w+)\n\n(.+?)(?=^##)", re.MULTILINE | re.DOTALL)
ITALICS = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?!\*)")


def severities() -> Iterator[tuple[str, str]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return ((rule["alert"], rule["labels"]["severity"]) for group in groups for rule in group["rules"])


def entries() -> dict[str, str]:
    return dict(ENTRY.findall(GUIDE.read_text(encoding="utf-8")))


def test_every_alert_has_an_entry_and_the_other_way_round() -> None:
    assert list(entries()) == [alert for alert, _ in severities()]


def test_an_entry_says_what_an_alert_means_what_to_look_at_and_what_to_do() -> None:
    for alert, severity in severities():
        points = re.findall(r"^- (.+?):", entries()[alert], re.MULTILINE)
        assert points == [f"Means (`{severity}`)", "Look", "Do"], alert


def test_what_beheer_warns_of_names_an_entry() -> None:
    assert set(ALERTS.values()) <= set(entries())


def test_what_stands_in_italics_can_be_read_on_the_desk() -> None:
    texts = {message.string for message in catalog()}
    named = ITALICS.findall(GUIDE.read_text(encoding="utf-8"))
    assert [name for name in named if name not in texts] == []
    assert {"Beheer", "Apart gezet", "Processen"} <= set(named)
