"""Members of families and groups, relatives and partners: what can be recorded, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.intake.subjects.rules import Subject
from shared.rules import BrokenRule, Contradiction, UnknownObject

RelationKind = Literal["member", "parent", "sibling", "partner", "ex_partner"]
Role = Literal["member", "family", "parent", "child", "sibling", "partner", "ex_partner"]
"""What somebody is to somebody else; family: the family or group of a member."""
KINDS: Mapping[Role, RelationKind] = {
    "member": "member",
    "family": "member",
    "parent": "parent",
    "child": "parent",
    "sibling": "sibling",
    "partner": "partner",
    "ex_partner": "ex_partner",
}
"""Who has a family is its member, who has a child is a parent."""
OF_THE_OTHER: Mapping[RelationKind, Role] = {"member": "family", "parent": "child"}
"""What the second of a relation is to the first; for the other kinds both are the same to each other."""


class UnknownRelation(UnknownObject):
    field = "relationId"
    reason = "is not a relation of this house"


class WithItself(BrokenRule):
    field = "otherId"
    reason = "must be of somebody else"


class OneOther(BrokenRule):
    field = "otherId"
    reason = "must be told, or whom it is about, and not both"


class MembersOfPerson(BrokenRule):
    field = "members"
    reason = "can be told of a family or group only"


class NumberOfAnother(Contradiction):
    field = "about.bsn"
    reason = "belongs to somebody of another name or birth date; search this person"


class CannotBeRelated(BrokenRule):
    field = "role"
    reason = "cannot be recorded here: a family or group has members, who are persons; all else is between persons"


class BeforeSince(BrokenRule):
    field = "until"
    reason = "is before the day since when"


class EndedOrWithdrawn(Contradiction):
    field = "relationId"
    reason = "is ended or withdrawn already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The subject is the member, parent, sibling, partner or former partner of the other.

    source: the partner that said so; None for the people themselves. recorded_by: None for a message of the source.
    because: why it was a mistake, if it was withdrawn.
    """

    relation_id: UUID
    house: str
    kind: RelationKind
    subject_id: UUID
    other_id: UUID
    since: date | None = None
    until: date | None = None
    source: str | None = None
    recorded_by: str | None = None
    recorded_at: datetime
    ended_by: str | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    because_text: UUID | None = None

    @property
    def runs(self) -> bool:
        return self.until is None and self.withdrawn_at is None

    def is_told_by(self, partner: str) -> bool:
        """Whether a message of this partner told of a member."""
        return self.kind == "member" and self.source == partner and self.recorded_by is None

    def role_for(self, subject_ids: tuple[UUID, ...]) -> Role:
        """What the other one is to whoever has these records."""
        if self.subject_id in subject_ids:
            return OF_THE_OTHER.get(self.kind, self.kind)
        return self.kind

    def other_of(self, subject_ids: tuple[UUID, ...]) -> UUID:
        return self.other_id if self.subject_id in subject_ids else self.subject_id


def check_kinds(first: Subject, kind: RelationKind, second: Subject) -> None:
    """Raises CannotBeRelated."""
    if first.is_several or second.is_several != (kind == "member"):
        raise CannotBeRelated


def check_days(since: date | None, until: date | None) -> None:
    """Raises BeforeSince."""
    if since and until and until < since:
        raise BeforeSince
