"""What intake announces of somebody whom it forgot."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectForgotten:
    """`subjects.forgotten.v1` of intake: nobody can tell any more whose case this is."""

    subject_id: UUID
    forgotten_on: date
