"""Subjects, by what they are recognised, and who was told who they are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson
from psycopg import Connection

from services.intake.subjects.rules import Candidate, Disclosure, KnownSubject, Subject, Trait
from services.intake.vault import SealedStore, Vault
from shared.postgres import Statements, load_queries

DETAILS = "details"
"""What of a subject is sealed under this name."""


class SealedSubject(NamedTuple):
    """A subject as it is stored."""

    subject_id: UUID
    case_id: UUID
    data_key: bytes
    details: bytes


class SubjectStore(SealedStore):
    """Remembers what its transaction has read or changed of subjects.

    With `load_candidates` and `keep_sealed` a batch reads at once all that it is going to ask for.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_subject", "add_trait", "add_disclosure")

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements, vault)
        self._locked: set[str] = set()
        self._indexes: dict[tuple[str, Trait], bytes] = {}
        self._candidates: dict[tuple[str, bytes], dict[UUID, Candidate]] = {}
        self._sealed: dict[tuple[str, UUID], SealedSubject] = {}
        self._subjects: dict[tuple[str, UUID], KnownSubject] = {}

    def lock_house(self, house: str) -> None:
        if house not in self._locked:
            self.execute("lock_house", {"house": house})
            self._locked.add(house)

    def load_candidates(self, given: Mapping[str, Iterable[Trait]]) -> None:
        """Read who shares one of these traits, by house. Lock the houses first, so that it stays so."""
        self._load_candidates(
            {(house, self._blind_index(house, trait)) for house, traits in given.items() for trait in traits}
        )

    def candidates(self, house: str, given: Sequence[Trait]) -> list[Candidate]:
        wanted = [(house, self._blind_index(house, trait)) for trait in given]
        self._load_candidates(wanted)
        return [candidate for shared in wanted for candidate in self._candidates[shared].values()]

    def _blind_index(self, house: str, trait: Trait) -> bytes:
        if (house, trait) not in self._indexes:
            self._indexes[house, trait] = self._vault.blind_index(house, trait.kind, trait.value)
        return self._indexes[house, trait]

    def _load_candidates(self, wanted: Iterable[tuple[str, bytes]]) -> None:
        missing = [shared for shared in wanted if shared not in self._candidates]
        if not missing:
            return
        self._candidates |= {shared: {} for shared in missing}
        houses, blind_indexes = zip(*missing, strict=True)
        for row in self.fetch_all("candidates", {"house": list(houses), "blind_index": list(blind_indexes)}):
            candidate = Candidate(row["trait"], row["subject_id"], row["has_bsn"])
            self._candidates[row["house"], row["blind_index"]][candidate.subject_id] = candidate
            sealed = SealedSubject(row["subject_id"], row["case_id"], row["data_key"], row["details"])
            self.keep_sealed(row["house"], sealed)

    def keep_sealed(self, house: str, sealed: SealedSubject) -> None:
        """Remember a subject that was read with something else."""
        self._sealed[house, sealed.subject_id] = sealed

    def subject(self, house: str, subject_id: UUID) -> KnownSubject | None:
        at = house, subject_id
        if at not in self._subjects:
            wanted = {"house": house, "subject_id": subject_id}
            sealed = self._sealed.get(at) or self.fetch_one("subject", wanted, SealedSubject)
            if sealed is None:
                return None
            details = _subject(self._vault.open(sealed.details, subject_id, sealed.data_key, DETAILS))
            self._subjects[at] = KnownSubject(subject_id, sealed.case_id, details, sealed.data_key)
        return self._subjects[at]

    def subject_of_case(self, house: str, case_id: UUID) -> UUID | None:
        row = self.fetch_one("subject_of_case", {"house": house, "case_id": case_id})
        return row["subject_id"] if row else None

    def add_subject(self, house: str, details: Subject, registered_at: datetime) -> KnownSubject:
        """Mints the subject, its case and its data key. The ids do not tell since when somebody is known."""
        subject_id, case_id = uuid4(), uuid4()
        known = KnownSubject(subject_id, case_id, details, self._vault.new_data_key(subject_id))
        self._subjects[house, subject_id] = known
        self.later(
            "add_subject",
            {
                "subject_id": subject_id,
                "case_id": case_id,
                "house": house,
                "kind": details.kind,
                "data_key": known.data_key,
                "details": self._sealed_details(known),
                "registered_at": registered_at,
            },
        )
        return known

    def change_details(self, house: str, known: KnownSubject) -> None:
        self._subjects[house, known.subject_id] = known
        self.execute("change_details", {"subject_id": known.subject_id, "details": self._sealed_details(known)})

    def add_trait(self, house: str, known: KnownSubject, trait: Trait) -> None:
        """Of a trait that the house's candidates were asked for."""
        blind_index = self._blind_index(house, trait)
        sharing = self._candidates[house, blind_index]
        if known.subject_id not in sharing:
            row = {"house": house, "kind": trait.kind, "blind_index": blind_index, "subject_id": known.subject_id}
            self.later("add_trait", row)
        sharing[known.subject_id] = Candidate(trait.kind, known.subject_id, known.details.bsn is not None)

    def add_disclosure(self, disclosure: Disclosure) -> None:
        self.later("add_disclosure", disclosure._asdict())

    def _sealed_details(self, known: KnownSubject) -> bytes:
        content = orjson.dumps(known.details._asdict())
        return self._vault.seal(content, known.subject_id, known.data_key, DETAILS)


def _subject(details: bytes) -> Subject:
    values = orjson.loads(details)
    born = values.pop("birth_date")
    return Subject(**values, birth_date=date.fromisoformat(born) if born else None)
