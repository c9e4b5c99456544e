"""Intake merges two records, or separates them again. Either event may come twice, or before the other."""

from typing import Any
from uuid import UUID

from shared.aliases.messages import SubjectsMerged, SubjectsSeparated
from shared.aliases.rules import check_two
from shared.aliases.store import AliasStore, Link
from shared.messaging import Event
from shared.unit import Unit


def link_records(event: Event[SubjectsMerged], unit: Unit[Any]) -> None:
    """Keep that two records are of one person, to show what is known of both under either id."""
    merged = event.data
    link = _link(event, merged.merged_subject_id, merged.merged_case_id, "mergedSubjectId")
    unit.store(AliasStore).begin(link, merged.merged_on)


def unlink_records(event: Event[SubjectsSeparated], unit: Unit[Any]) -> None:
    """End one link between two records, which restores what each of them showed before."""
    separated = event.data
    link = _link(event, separated.separated_subject_id, separated.separated_case_id, "separatedSubjectId")
    unit.store(AliasStore).end(link, separated.separated_on)


def _link(event: Event[SubjectsMerged] | Event[SubjectsSeparated], subject_id: UUID, case_id: UUID, field: str) -> Link:
    """subject_id, case_id: of the other record. field: its name in the event."""
    check_two(event.data.subject_id, subject_id, field)
    return Link(
        house=event.house,
        merge_id=event.data.merge_id,
        subjects=(event.data.subject_id, subject_id),
        cases=(event.required_case_id(), case_id),
    )
