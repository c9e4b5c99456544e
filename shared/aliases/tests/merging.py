"""Intake merges two records, or separates them again, as a service hears it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

Record = tuple[UUID, UUID]
"""A subject with its case."""


@dataclass(frozen=True)
class Merge:
    """The records that a merge links, and the service that hears of it."""

    service: RunningService
    survivor: Record
    merged: Record
    merge_id: UUID = field(default_factory=uuid4)

    def begin(self, on: str = "2015-03-06") -> None:
        self._tell("merged", on)

    def end(self, on: str = "2015-04-20") -> None:
        self._tell("separated", on)

    def _tell(self, what: str, on: str) -> None:
        """Announced, and taken by the service."""
        [subject_id, case_id], [other_id, other_case_id] = self.survivor, self.merged
        data: dict[str, Any] = {
            "mergeId": str(self.merge_id),
            "subjectId": str(subject_id),
            f"{what}SubjectId": str(other_id),
            f"{what}CaseId": str(other_case_id),
            f"{what}On": on,
        }
        self.service.send("intake", f"subjects.{what}.v1", data, case_id=case_id)
        assert wait_until(lambda: self._is_taken(what), 10, interval=0.02)

    def _is_taken(self, what: str) -> bool:
        query = f"SELECT FROM aliases WHERE merge_id = %s AND {what}_on IS NOT NULL"
        return bool(self.service.as_service.execute(query.encode(), [self.merge_id]).fetchall())
