"""Intake's database: what is known of subjects goes in sealed and comes out readable."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
from psycopg import Connection
from psycopg.types.json import Jsonb

from services.intake.domain.matching import Candidate
from services.intake.domain.referrals import Referral
from services.intake.domain.subjects import Subject, Trait
from services.intake.storage.vault import Vault
from shared.messaging.sealing import Sealer
from shared.postgres import Store, as_row, load_queries

HANDED_ON = "handed_on"
"""Where a reference is kept sealed."""


@dataclass(frozen=True, kw_only=True)
class KnownSubject:
    """A subject of a house with what is known of it. `data_key` is wrapped."""

    subject_id: UUID
    case_id: UUID
    details: Subject
    data_key: bytes


class IntakeStore(Store):
    """One method per query of queries.sql, with the query's name.

    What a transaction has read of subjects and referrals it knows from then on, with what it changes itself: with
    `load_candidates` and `load_referrals` a batch reads all that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_subject", "add_trait", "add_referral", "add_information_request", "add_disclosure")

    def __init__(self, connection: Connection[Any], vault: Vault, sealer: Sealer) -> None:
        super().__init__(connection)
        self._vault = vault
        self._sealer = sealer
        self._locked: set[str] = set()
        self._indexes: dict[tuple[str, Trait], bytes] = {}
        self._candidates: dict[tuple[str, bytes], dict[UUID, Candidate]] = {}
        self._sealed_subjects: dict[tuple[str, UUID], Mapping[str, Any]] = {}
        self._subjects: dict[tuple[str, UUID], KnownSubject] = {}
        self._referrals: dict[UUID, Mapping[str, Any]] = {}

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
        asked = [(house, self._blind_index(house, trait)) for trait in given]
        self._load_candidates(asked)
        return [candidate for each in asked for candidate in self._candidates[each].values()]

    def _blind_index(self, house: str, trait: Trait) -> bytes:
        if (house, trait) not in self._indexes:
            self._indexes[house, trait] = self._vault.blind_index(house, trait)
        return self._indexes[house, trait]

    def _load_candidates(self, asked: Iterable[tuple[str, bytes]]) -> None:
        missing = [each for each in asked if each not in self._candidates]
        if not missing:
            return
        self._candidates |= {each: {} for each in missing}
        houses, blind_indexes = zip(*missing, strict=True)
        for row in self.fetch_all("candidates", {"house": list(houses), "blind_index": list(blind_indexes)}):
            candidate = Candidate(trait=row["trait"], subject_id=row["subject_id"], has_bsn=row["has_bsn"])
            self._candidates[row["house"], row["blind_index"]][candidate.subject_id] = candidate
            self._sealed_subjects[row["house"], candidate.subject_id] = row

    def subject(self, house: str, subject_id: UUID) -> KnownSubject | None:
        at = house, subject_id
        if at not in self._subjects:
            row = self._sealed_subjects.get(at) or self.fetch_one("subject", {"house": house, "subject_id": subject_id})
            if row is None:
                return None
            details = self._vault.open(row["details"], subject_id, row["data_key"], "details")
            self._subjects[at] = KnownSubject(
                subject_id=subject_id, case_id=row["case_id"], details=_subject(details), data_key=row["data_key"]
            )
        return self._subjects[at]

    def subject_of_case(self, house: str, case_id: UUID) -> UUID | None:
        row = self.fetch_one("subject_of_case", {"house": house, "case_id": case_id})
        return row["subject_id"] if row else None

    def add_subject(self, house: str, details: Subject, registered_at: datetime) -> KnownSubject:
        """Mints the subject, its case and its data key. The ids do not tell since when somebody is known."""
        subject_id, case_id = uuid4(), uuid4()
        data_key = self._vault.new_data_key(subject_id)
        known = KnownSubject(subject_id=subject_id, case_id=case_id, details=details, data_key=data_key)
        self._subjects[house, subject_id] = known
        self.later(
            "add_subject",
            {
                "subject_id": subject_id,
                "case_id": case_id,
                "house": house,
                "kind": details.kind,
                "data_key": data_key,
                "details": self._sealed(known, "details", as_row(details)),
                "registered_at": registered_at,
            },
        )
        return known

    def change_details(self, house: str, known: KnownSubject) -> None:
        self._subjects[house, known.subject_id] = known
        details = self._sealed(known, "details", as_row(known.details))
        self.execute("change_details", {"subject_id": known.subject_id, "details": details})

    def add_trait(self, house: str, known: KnownSubject, trait: Trait) -> None:
        """Of a trait that the house's candidates were asked for."""
        blind_index = self._blind_index(house, trait)
        sharing = self._candidates[house, blind_index]
        if known.subject_id not in sharing:
            row = {"house": house, "kind": trait.kind, "blind_index": blind_index, "subject_id": known.subject_id}
            self.later("add_trait", row)
        has_bsn = known.details.bsn is not None
        sharing[known.subject_id] = Candidate(trait=trait.kind, subject_id=known.subject_id, has_bsn=has_bsn)

    def add_referral(self, referral: Referral, particulars: Mapping[str, Any], known: KnownSubject) -> None:
        sealed = self._sealed(known, "particulars", particulars)
        self.later("add_referral", as_row(referral) | {"particulars": sealed})

    def load_referrals(self, referral_ids: Collection[UUID]) -> None:
        """Read these, with their subjects."""
        for row in self.fetch_all("referrals", {"referral_ids": list(referral_ids)}):
            self._referrals[row["referral_id"]] = row
            self._sealed_subjects[row["house"], row["subject_id"]] = row

    def referral(self, house: str, referral_id: UUID) -> dict[str, Any] | None:
        """Its columns and `case_id`, with `particulars` opened."""
        if referral_id not in self._referrals:
            self.load_referrals([referral_id])
        row = self._referrals.get(referral_id)
        if row is None or row["house"] != house:
            return None
        particulars = self._vault.open(row["particulars"], row["subject_id"], row["data_key"], "particulars")
        return {**row, "particulars": orjson.loads(particulars)}

    def referral_of_message(self, house: str, referrer: str, message_id: UUID) -> dict[str, Any] | None:
        return self.fetch_one("referral_of_message", {"house": house, "referrer": referrer, "message_id": message_id})

    def add_information_request(
        self, *, request_id: UUID, house: str, referral_id: UUID, partner: str, answer_by: date
    ) -> None:
        self.later(
            "add_information_request",
            {
                "request_id": request_id,
                "house": house,
                "referral_id": referral_id,
                "partner": partner,
                "answer_by": answer_by,
            },
        )

    def information_request(self, house: str, partner: str, request_id: UUID) -> dict[str, Any] | None:
        return self.fetch_one("information_request", {"house": house, "partner": partner, "request_id": request_id})

    def answer_information_request(self, request_id: UUID, answered_on: date) -> None:
        self.execute("answer_information_request", {"request_id": request_id, "answered_on": answered_on})

    def add_handed_on(self, house: str, partner: str, message_id: UUID, case_id: UUID | None, reference: str) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id, "case_id": case_id}
        self.execute("add_handed_on", which | {"reference": self._sealer.seal(reference.encode(), HANDED_ON)})

    def handed_on(self, house: str, partner: str, message_id: UUID) -> dict[str, Any] | None:
        """Its case, the partner's reference, and its problems: None while it is not judged."""
        which = {"house": house, "partner": partner, "message_id": message_id}
        row = self.fetch_one("handed_on", which)
        return row and row | {"reference": self._sealer.open(row["reference"], HANDED_ON).decode()}

    def judge(self, house: str, partner: str, message_id: UUID, problems: Sequence[Mapping[str, str]]) -> None:
        which = {"house": house, "partner": partner, "message_id": message_id}
        self.execute("judge", which | {"problems": Jsonb(list(problems))})

    def add_assignment(self, house: str, partner: str, assignment_id: UUID, case_id: UUID) -> None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        self.execute("add_assignment", which | {"case_id": case_id})

    def case_of_assignment(self, house: str, partner: str, assignment_id: UUID) -> UUID | None:
        which = {"house": house, "partner": partner, "assignment_id": assignment_id}
        row = self.fetch_one("case_of_assignment", which)
        return row["case_id"] if row else None

    def add_refused_replay(self, house: str, partner: str, message_id: UUID, reason: str) -> None:
        self.execute(
            "add_refused_replay", {"house": house, "partner": partner, "message_id": message_id, "reason": reason}
        )

    def refused_replay(self, house: str, partner: str, message_id: UUID) -> str | None:
        """The reason that the request got, if it was refused."""
        row = self.fetch_one("refused_replay", {"house": house, "partner": partner, "message_id": message_id})
        return row["reason"] if row else None

    def add_disclosure(
        self,
        *,
        house: str,
        subject_id: UUID,
        disclosed_to: str,
        purpose: str,
        correlation_id: UUID,
        disclosed_at: datetime,
    ) -> None:
        self.later(
            "add_disclosure",
            {
                "house": house,
                "subject_id": subject_id,
                "disclosed_to": disclosed_to,
                "purpose": purpose,
                "correlation_id": correlation_id,
                "disclosed_at": disclosed_at,
            },
        )

    def _sealed(self, known: KnownSubject, purpose: str, content: Mapping[str, Any]) -> bytes:
        return self._vault.seal(orjson.dumps(content), known.subject_id, known.data_key, purpose)


def _subject(details: bytes) -> Subject:
    values = orjson.loads(details)
    born = values.pop("birth_date")
    return Subject(**values, birth_date=date.fromisoformat(born) if born else None)
