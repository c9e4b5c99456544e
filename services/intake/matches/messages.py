"""What is announced of subjects that are one person. Both events are of the case of `subject_id`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsMerged:
    """`subjects.merged.v1`: two subjects are one person. Each keeps its ids; nothing is moved."""

    merge_id: UUID
    subject_id: UUID
    merged_subject_id: UUID
    merged_case_id: UUID
    merged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectsSeparated:
    """`subjects.separated.v1`: a merge was wrong. Only this link ends; other merges of the two stand."""

    merge_id: UUID
    subject_id: UUID
    separated_subject_id: UUID
    separated_case_id: UUID
    separated_on: date
