"""Who a referral is about: recognised by traits that nobody can read, and kept sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson

from bench.contenders.faststream.unit import Refused, Unit
from services.intake.house import House
from services.intake.subjects.recognition import Candidate, Conflict, Trait, recognise, traits
from services.intake.subjects.rules import Claim, KnownSubject, Subject
from services.intake.vault import Vault


class Door(NamedTuple):
    """The houses by id, and what seals what is known of their subjects."""

    houses: Mapping[str, House]
    vault: Vault


@dataclass(frozen=True)
class Known:
    """A subject of a house with what is known of it. `data_key` is wrapped."""

    subject_id: UUID
    case_id: UUID
    data_key: bytes
    details: Subject

    def sealed(self, purpose: str, content: Mapping[str, Any], unit: Unit[Door]) -> bytes:
        return unit.own.vault.seal(orjson.dumps(content), self.subject_id, self.data_key, purpose)


def opened(row: Mapping[str, Any], column: str, unit: Unit[Door]) -> dict[str, Any]:
    """A sealed column of a row that has the subject's id and data key. Raises Unreadable."""
    content: dict[str, Any] = orjson.loads(unit.own.vault.open(row[column], row["subject_id"], row["data_key"], column))
    return content


async def recognised(subject: Subject, house: str, unit: Unit[Door]) -> Known:
    """The subject as the house knows it from now on: found by its traits, or new."""
    await unit.execute("lock_house", {"house": house})
    given = traits(subject, None)
    indexes = [unit.own.vault.blind_indexes(house, trait.kind, trait.value)[0] for trait in given]
    rows = await unit.fetch_all("candidates", {"house": house, "blind_indexes": indexes})
    found = recognise(subject, [_candidate(row, unit) for row in rows])
    if isinstance(found, Conflict):
        raise Refused("subject.bsn is that of somebody else")
    known = await _completed(subject, found, unit) if found else await _added(subject, house, unit)
    await _add_traits(given, indexes, house, known, unit)
    return known


async def _added(details: Subject, house: str, unit: Unit[Door]) -> Known:
    subject_id = uuid4()
    known = Known(subject_id, uuid4(), unit.own.vault.new_data_key(subject_id), details)
    ids = {"subject_id": subject_id, "case_id": known.case_id, "house": house, "kind": details.kind}
    sealed = {"data_key": known.data_key, "details": known.sealed("details", _told(details), unit)}
    await unit.execute("add_subject", ids | sealed | {"registered_at": datetime.now(UTC)})
    return known


async def _completed(told: Subject, found: KnownSubject, unit: Unit[Door]) -> Known:
    known = Known(found.subject_id, found.case_id, found.data_key, found.details.completed_by(told))
    if known.details != found.details:
        details = known.sealed("details", _told(known.details), unit)
        await unit.execute("change_details", {"subject_id": known.subject_id, "details": details})
    return known


async def _add_traits(
    given: Sequence[Trait], indexes: Sequence[bytes], house: str, known: Known, unit: Unit[Door]
) -> None:
    kinds = [trait.kind for trait in given]
    which = {"house": house, "subject_id": known.subject_id}
    await unit.execute("add_traits", which | {"kinds": kinds, "blind_indexes": indexes})


def _candidate(row: Mapping[str, Any], unit: Unit[Door]) -> Candidate:
    details = Subject(**opened(row, "details", unit))
    claims = (Claim(None, row["registered_at"], details),)
    known = KnownSubject(
        row["subject_id"], row["case_id"], row["data_key"], sealed=False, claims=claims, details=details
    )
    return Candidate(row["trait"], known)


def _told(details: Subject) -> dict[str, Any]:
    """What nobody told is left out."""
    return {name: value for name, value in details._asdict().items() if value is not None}
