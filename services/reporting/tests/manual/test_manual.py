"""The manual's texts are those of the alert rules, about what they are about."""

import re

import pytest

from services.reporting.manual.lookups import alerts, entry_of, manual
from services.reporting.manual.rules import PLACEHOLDER, filled
from services.reporting.problems.rules import ALERTS, Concern


def test_every_problem_has_an_entry_and_every_placeholder_is_filled() -> None:
    assert {*ALERTS} == {*Concern}
    for concern in Concern:
        entry = entry_of(concern, "partner.some-house.halt.out", 7200.0)
        assert "{{" not in entry.title + entry.meaning + entry.remedy
    for entry in manual():
        assert "{{" not in entry.title + entry.meaning + entry.remedy
        assert entry.severity in ("now", "today")


def test_every_text_is_written_with_placeholders_that_are_understood() -> None:
    for texts in alerts().values():
        text = texts.summary + texts.description + texts.runbook
        assert len(re.findall(r"\{\{", text)) == len(PLACEHOLDER.findall(text))


@pytest.mark.parametrize(
    ("concern", "about", "amount", "title"),
    [
        (Concern.SERVICE_DOWN, "intake", 1, "intake antwoordt niet"),
        (Concern.RELAY_DOWN, "intake", 1, "intake-relay antwoordt niet"),
        (
            Concern.PARTNER_DOES_NOT_FETCH,
            "partner.some-house.halt.out",
            93_784,
            "halt (some-house) haalt berichten niet op: het oudste wacht 1 d 2 u",
        ),
        (Concern.REQUESTS_FAIL, "weighing", 0.123, "12% van de verzoeken aan weighing mislukt"),
        (Concern.DEAD_LETTERS, "dead-letters", 12_345, "12.345 berichten zijn onbestelbaar"),
        (Concern.PAUSES, "meetings", 0, "meetings neemt geen berichten meer aan (zie het logboek)"),
    ],
)
def test_an_entry_is_about_the_problem(concern: Concern, about: str, amount: float, title: str) -> None:
    assert entry_of(concern, about, amount).title == title


def test_an_entry_about_nothing_in_particular_reads_as_a_sentence() -> None:
    [entry] = [entry for entry in manual() if entry.alert == "ProcessDown"]
    assert entry.title == "Een proces antwoordt niet"


def test_what_is_about_something_keeps_its_letters() -> None:
    assert filled("{{ $labels.service }} hapert", {"service": "intake"}) == "intake hapert"
