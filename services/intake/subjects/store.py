"""Subjects with what was said of them, by what they are recognised, and who was told who they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson
from psycopg import Connection

from services.intake.subjects.recognition import Candidate, Trait, likenesses
from services.intake.subjects.rules import Claim, Disclosure, Identifier, KnownSubject, Subject, known_from
from services.intake.vault import SealedStore, Vault
from shared.aliases.store import AliasStore
from shared.postgres import Statements, load_queries

SAID = "details"
"""What was said of a subject is sealed under this name."""
LIKENESS = "likeness"
"""The kind of the blind indexes of likenesses."""


class SealedSubject(NamedTuple):
    """A subject as it is stored. partners, stated_at, said: of each claim, in the order in which they came.

    merged: whether another record is of the same person. at_table: whether a table case of this record runs.
    """

    subject_id: UUID
    case_id: UUID
    data_key: bytes
    sealed: bool
    merged: bool
    at_table: bool
    partners: Sequence[str | None]
    stated_at: Sequence[datetime]
    said: Sequence[bytes]


class SubjectStore(SealedStore):
    """Remembers what its transaction has read or changed of subjects.

    With `load_candidates` and `load_subjects` a batch reads at once all that it is going to ask for.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_subject", "add_claim", "add_trait", "add_likeness", "add_disclosure")

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements, vault)
        self._aliases = AliasStore(self._statements)
        self._locked: set[str] = set()
        self._indexes: dict[tuple[str, Trait], tuple[bytes, ...]] = {}
        self._candidates: dict[tuple[str, bytes], dict[UUID, str]] = {}
        self._sealed: dict[tuple[str, UUID], SealedSubject] = {}
        self._subjects: dict[tuple[str, UUID], KnownSubject] = {}

    def lock_house(self, house: str) -> None:
        if house not in self._locked:
            self.execute("lock_house", {"house": house})
            self._locked.add(house)

    def load_candidates(self, given: Mapping[str, Iterable[Trait]]) -> None:
        """Read who shares one of these traits, by house. Lock the houses first, so that it stays so."""
        self._load_candidates(
            {
                (house, index)
                for house, traits in given.items()
                for trait in traits
                for index in self._blind_indexes(house, trait)
            }
        )

    def candidates(self, house: str, given: Sequence[Trait]) -> list[Candidate]:
        wanted = [(house, index) for trait in given for index in self._blind_indexes(house, trait)]
        self._load_candidates(wanted)
        # each once, also where two keys of INDEX_KEY find it
        sharing = dict.fromkeys((kind, id) for shared in wanted for id, kind in self._candidates[shared].items())
        found = [(kind, self.subject(house, id)) for kind, id in sharing]
        return [Candidate(kind, known) for kind, known in found if known]

    def _blind_indexes(self, house: str, trait: Trait) -> tuple[bytes, ...]:
        if (house, trait) not in self._indexes:
            self._indexes[house, trait] = self._vault.blind_indexes(house, trait.index_kind, trait.value)
        return self._indexes[house, trait]

    def _load_candidates(self, wanted: Iterable[tuple[str, bytes]]) -> None:
        missing = [shared for shared in wanted if shared not in self._candidates]
        if not missing:
            return
        self._candidates |= {shared: {} for shared in missing}
        houses, blind_indexes = zip(*missing, strict=True)
        merged: dict[str, list[UUID]] = {}
        for row in self.fetch_all("candidates", {"house": list(houses), "blind_index": list(blind_indexes)}):
            house, trait, blind_index = row.pop("house"), row.pop("trait"), row.pop("blind_index")
            self._candidates[house, blind_index][row["subject_id"]] = trait
            sealed = self._sealed[house, row["subject_id"]] = SealedSubject(**row)
            if sealed.merged:
                merged.setdefault(house, []).append(sealed.subject_id)
        for house, subject_ids in merged.items():
            self._load_joined(house, subject_ids)

    def load_subjects(self, house: str, subject_ids: Iterable[UUID]) -> None:
        """Read these subjects, as far as they are not read yet."""
        missing = [id for id in subject_ids if (house, id) not in self._subjects and (house, id) not in self._sealed]
        if missing:
            found = self._load_sealed(house, missing)
            self._load_joined(house, [sealed.subject_id for sealed in found if sealed.merged])

    def _load_joined(self, house: str, merged: Sequence[UUID]) -> None:
        """Read the other records of these people: of few people there are several."""
        if merged:
            self._aliases.load(merged)
            self._load_sealed(house, [id for id in self._aliases.all_of(merged) if (house, id) not in self._sealed])

    def _load_sealed(self, house: str, subject_ids: Sequence[UUID]) -> list[SealedSubject]:
        found = self.fetch_all("subjects", {"house": house, "subject_ids": list(subject_ids)}, SealedSubject)
        self._sealed |= {(house, sealed.subject_id): sealed for sealed in found}
        return found

    def subject(self, house: str, subject_id: UUID) -> KnownSubject | None:
        at = house, subject_id
        if at not in self._subjects:
            self.load_subjects(house, [subject_id])
            if at not in self._sealed:
                return None
            self._subjects[at] = self._joined(house, self._sealed[at])
        return self._subjects[at]

    def _joined(self, house: str, sealed: SealedSubject) -> KnownSubject:
        """The subject with what is known by the other records of the same person."""
        known = self._opened(sealed)
        if not sealed.merged:
            return known
        ids = sorted(self._aliases.group(known.subject_id))  # the same order for each record: so the same is known
        records = {id: self._opened(self._sealed[house, id]) for id in ids if (house, id) in self._sealed}
        others = tuple(each.claims for id, each in records.items() if id != known.subject_id)
        details = known_from([*chain.from_iterable(each.claims for each in records.values())])
        at_table = any(each.at_table for each in records.values())
        return known._replace(person=ids[0], joined=others, details=details, at_table=at_table)

    def subjects(self, house: str, subject_ids: Collection[UUID]) -> list[KnownSubject]:
        """Those of these subjects that the house knows, in this order."""
        self.load_subjects(house, subject_ids)
        read = [id for id in subject_ids if (house, id) in self._subjects or (house, id) in self._sealed]
        return [known for id in read if (known := self.subject(house, id))]

    def subject_of_case(self, house: str, case_id: UUID) -> UUID | None:
        row = self.fetch_one("subject_of_case", {"house": house, "case_id": case_id})
        return row["subject_id"] if row else None

    def referrers_of_questions(
        self, house: str, partner: str, subject_ids: Collection[UUID], since: date
    ) -> dict[UUID, set[str]]:
        """Those of these subjects about whom a partner is asked, each with the referrers of the questions' referrals.

        since: a question that was answered before that day does not count.
        """
        wanted = {"house": house, "partner": partner, "subject_ids": list(subject_ids), "since": since}
        return {row["subject_id"]: set(row["referrers"]) for row in self.fetch_all("referrers_of_questions", wanted)}

    def alike(self, house: str, subject_id: UUID) -> list[KnownSubject]:
        """The subjects that share a likeness with this subject; the first fifty."""
        rows = self.fetch_all("alike", {"house": house, "subject_id": subject_id})
        return self.subjects(house, [row["subject_id"] for row in rows])

    def like(self, house: str, likenesses: Collection[str]) -> list[UUID]:
        """The subjects with one of these likenesses; the first twenty."""
        indexes = [index for each in likenesses for index in self._vault.blind_indexes(house, LIKENESS, each)]
        return [row["subject_id"] for row in self.fetch_all("like", {"house": house, "blind_indexes": indexes})]

    def add_subject(self, house: str, claim: Claim, *, sealed: bool, registered_at: datetime) -> KnownSubject:
        """Mints the subject, its case and its data key. The ids do not tell since when somebody is known."""
        subject_id, case_id = uuid4(), uuid4()
        data_key = self._vault.new_data_key(subject_id)
        self.later(
            "add_subject",
            {
                "subject_id": subject_id,
                "case_id": case_id,
                "house": house,
                "kind": claim.said.kind,
                "data_key": data_key,
                "sealed": sealed,
                "registered_at": registered_at,
            },
        )
        return self.add_claim(house, KnownSubject(subject_id, case_id, data_key, sealed, (), claim.said), claim)

    def add_claim(self, house: str, known: KnownSubject, claim: Claim) -> KnownSubject:
        """The subject as it is known from now on."""
        said = self._vault.seal(orjson.dumps(_said(claim.said)), known.subject_id, known.data_key, SAID)
        row = {"subject_id": known.subject_id, "partner": claim.partner, "stated_at": claim.stated_at, "said": said}
        self.later("add_claim", row)
        if not known.sealed and all(earlier.said != claim.said for earlier in known.claims):
            self._add_likenesses(house, known, claim.said)
        known = self._subjects[house, known.subject_id] = known.with_claim(claim)
        return known

    def add_trait(self, house: str, known: KnownSubject, trait: Trait) -> None:
        """Of a trait that the house's candidates were asked for."""
        indexes = self._blind_indexes(house, trait)
        if all(known.subject_id not in self._candidates[house, index] for index in indexes):
            row = {"house": house, "kind": trait.kind, "blind_index": indexes[0], "subject_id": known.subject_id}
            self.later("add_trait", row)
        self._candidates[house, indexes[0]][known.subject_id] = trait.kind

    def add_disclosure(self, disclosure: Disclosure) -> None:
        self.later("add_disclosure", disclosure._asdict())

    def _add_likenesses(self, house: str, known: KnownSubject, said: Subject) -> None:
        for likeness in likenesses(said):
            blind_index, *_ = self._vault.blind_indexes(house, LIKENESS, likeness)
            row = {"house": house, "blind_index": blind_index, "subject_id": known.subject_id}
            self.later("add_likeness", row)

    def _opened(self, sealed: SealedSubject) -> KnownSubject:
        subject_id, case_id, data_key, is_sealed, _, at_table, *claimed = sealed
        claims = tuple(
            Claim(partner, stated_at, _subject(self._vault.open(said, subject_id, data_key, SAID)))
            for partner, stated_at, said in zip(*claimed, strict=True)
        )
        return KnownSubject(subject_id, case_id, data_key, is_sealed, claims, known_from(claims), at_table=at_table)


def _said(said: Subject) -> dict[str, object]:
    """What nobody told is left out."""
    told: dict[str, object] = {name: value for name, value in zip(said._fields, said, strict=True) if value is not None}
    return told | {"identifiers": list(map(list, said.identifiers))} if said.identifiers else told


def _subject(said: bytes) -> Subject:
    values = orjson.loads(said)
    if identifiers := values.get("identifiers"):
        values["identifiers"] = tuple(Identifier(*identifier) for identifier in identifiers)
    return Subject(**values)
