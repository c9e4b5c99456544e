"""What a house's profile and the calendar say about a submission, on top of its form."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from services.intake.domain.house import House

NOT_IN_FUTURE = {
    "arrested_on": "arrestedOn",
    "detained_on": "detainedOn",
    "answered_on": "answeredOn",
    "received_on": "receivedOn",
    "held_on": "heldOn",
    "invoiced_on": "invoicedOn",
    "on": "on",
}


class BrokenRule(NamedTuple):
    """`field` is the path on the wire, within the submission."""

    field: str
    reason: str


def broken_rules(submission: Mapping[str, Any], house: House, today: date) -> Iterator[BrokenRule]:
    """Every rule that a submission breaks. Fields that are absent, or wrong by their form, are passed over."""
    yield from _wrong_days(submission, today)
    subject = submission.get("subject", {})
    if subject.get("birth_date", today) > today:
        yield BrokenRule("subject.birthDate", "is in the future")
    if "municipality" in subject and subject["municipality"] not in house.municipalities:
        yield BrokenRule("subject.municipality", "is not a municipality or residence of this house")
    if "theme" in submission and submission["theme"] not in house.sealed_themes:
        yield BrokenRule("theme", "is not a theme of this house")
    if "referrer" in submission and submission["referrer"] not in house.partners:
        yield BrokenRule("referrer", "is not a partner of this house")
    for number, row in enumerate(submission.get("list", ())):
        yield from _wrong_cells(row, f"list[{number}]", house, today)
    if not house.services.issuperset(submission.get("involved", [])):
        yield BrokenRule("involved", "holds what is not a service that this house asks about")


def _wrong_days(submission: Mapping[str, Any], today: date) -> Iterator[BrokenRule]:
    for name, field in NOT_IN_FUTURE.items():
        if submission.get(name, today) > today:
            yield BrokenRule(field, "is in the future")
    detained_on = submission.get("detained_on", date.min)
    if submission.get("expected_release_on", date.max) < detained_on:
        yield BrokenRule("expectedReleaseOn", "is before detainedOn")
    if submission.get("release_on", date.max) < detained_on:
        yield BrokenRule("releaseOn", "is before detainedOn")


def _wrong_cells(row: Mapping[str, Any], path: str, house: House, today: date) -> Iterator[BrokenRule]:
    if row.get("municipality", "") not in house.municipalities:
        yield BrokenRule(f"{path}.municipality", "is not a municipality or residence of this house")
    if row.get("released_on", today) > today:
        yield BrokenRule(f"{path}.released_on", "is in the future")
    if row.get("released_on", date.max) < row.get("detained_on", date.min):
        yield BrokenRule(f"{path}.released_on", "is before detained_on")
