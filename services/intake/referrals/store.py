"""Referrals with their particulars, which are sealed with the data key of the subject."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection

from services.intake.referrals.messages import Particulars
from services.intake.referrals.rules import Referral
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SealedSubject, SubjectStore
from services.intake.vault import SealedStore, Vault
from shared.postgres import Statements, as_row, load_queries

PARTICULARS = "particulars"
"""What of a referral is sealed under this name."""


class StoredReferral(NamedTuple):
    """A referral with its subject and its particulars, both still sealed."""

    referral: Referral
    subject: SealedSubject
    particulars: bytes


class ReferralOfMessage(NamedTuple):
    """The referral that a partner's message became."""

    referral_id: UUID
    case_id: UUID


class ReferralStore(SealedStore):
    """Remembers the referrals that its transaction has read: with `load_referrals` a batch reads them at once."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_referral",)
    written_after = (SubjectStore,)

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements, vault)
        self._referrals: dict[UUID, StoredReferral] = {}

    def add_referral(self, referral: Referral, particulars: Particulars, known: KnownSubject) -> None:
        content = orjson.dumps(_without_subject(particulars))
        sealed = self._vault.seal(content, known.subject_id, known.data_key, PARTICULARS)
        self.later("add_referral", referral._asdict() | {"particulars": sealed})

    def load_referrals(self, referral_ids: Collection[UUID]) -> list[StoredReferral]:
        """Read these, with their subjects."""
        found = self.fetch_all("referrals", {"referral_ids": list(referral_ids)}, _stored)
        self._referrals |= {stored.referral.referral_id: stored for stored in found}
        return found

    def referral(self, house: str, referral_id: UUID) -> StoredReferral | None:
        if referral_id not in self._referrals:
            self.load_referrals([referral_id])
        stored = self._referrals.get(referral_id)
        return stored if stored and stored.referral.house == house else None

    def reference(self, stored: StoredReferral) -> str:
        """The reference under which the partner brought a referral by message."""
        subject = stored.subject
        content = self._vault.open(stored.particulars, subject.subject_id, subject.data_key, PARTICULARS)
        return str(orjson.loads(content)["reference"])

    def referral_of_message(self, house: str, referrer: str, message_id: UUID) -> ReferralOfMessage | None:
        wanted = {"house": house, "referrer": referrer, "message_id": message_id}
        return self.fetch_one("referral_of_message", wanted, ReferralOfMessage)


def _without_subject(particulars: Particulars) -> dict[str, object]:
    """What nobody told is left out."""
    told = as_row(particulars)
    return {name: value for name, value in told.items() if name != "subject" and value is not None}


def _stored(*, case_id: UUID, data_key: bytes, details: bytes, particulars: bytes, **columns: Any) -> StoredReferral:
    referral = Referral(**columns)
    return StoredReferral(referral, SealedSubject(referral.subject_id, case_id, data_key, details), particulars)
