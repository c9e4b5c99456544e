"""Sealed referrals, and how an open one becomes sealed and the other way round."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from services.intake.house import BESIDES, text_of
from services.intake.referrals.circumstances import text_id, text_ids
from services.intake.referrals.rules import Referral
from services.intake.referrals.store import PARTICULARS
from services.intake.relations.rules import Relation
from services.intake.sealed_referrals.messages import SealedReferralLook
from services.intake.subjects.recognition import likenesses, traits
from services.intake.subjects.rules import Claim, KnownSubject
from services.intake.subjects.store import LIKENESS
from services.intake.vault import SealedStore
from shared.business_dates import noon
from shared.postgres import load_queries
from shared.sealed_texts import SealedText

AUDITED = "sealed-referrals"
"""What the audit log calls them; only the theme's role sees its entries on them."""
Told = dict[str, Any]
"""The particulars of a referral."""


class SealedReferral(NamedTuple):
    """A sealed referral, opened. sealed_at: None if it came in sealed. unsealed_at, became: None while it is sealed.
    seen: somebody of the theme's role looked at it, or sealed it, since it was told last.
    """

    referral_id: UUID
    subject_id: UUID
    case_id: UUID
    data_key: bytes
    kind: str
    referrer: str
    received_on: date
    stated_at: datetime | None
    municipality: str
    theme: str
    told: Told
    sealed_by: str | None
    sealed_at: datetime | None
    unsealed_by: str | None
    unsealed_at: datetime | None
    became: UUID | None
    seen: bool

    def texts_as_told(self, house: str) -> list[SealedText]:
        """Those of a referral which came in sealed; others have sealed texts."""
        return [self._text(house, kind) for kind in (text_of(self.kind), *BESIDES) if kind in self.told]

    def _text(self, house: str, kind: str) -> SealedText:
        return SealedText(
            text_id=text_id(self.referral_id, kind),
            house=house,
            case_id=self.case_id,
            kind=kind,
            organisation=self.referrer,
            written_at=self.stated_at or noon(self.received_on),
            text=self.told[kind],
        )


class WaitingMessage(NamedTuple):
    """A message about a sealed matter that could not be taken. user_id: None if nothing proves the sender."""

    id: int
    queue: str
    sender: str
    message_id: UUID
    body: bytes
    user_id: str | None
    kind: str
    parked_at: datetime


class Decision(NamedTuple):
    """Somebody of the theme's role seals or unseals. because_text: the id of the sealed text that says why."""

    referral_id: UUID
    house: str
    by: str
    at: datetime
    because_text: UUID


class SealedReferralStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def sealed_referrals(self, house: str) -> list[SealedReferral]:
        return self.fetch_all("sealed_referrals", {"house": house, "object_kind": AUDITED}, self._opened)

    def sealed_referral(self, house: str, referral_id: UUID) -> SealedReferral | None:
        """Locked."""
        wanted = {"house": house, "object_kind": AUDITED, "referral_id": referral_id}
        return self.fetch_one("sealed_referral", wanted, self._opened)

    def waiting(self, house: str) -> list[WaitingMessage]:
        """Locked; the oldest first."""
        return self.fetch_all("waiting", {"house": house}, WaitingMessage)

    def take_again(self, ids: Sequence[int]) -> None:
        self.execute("take_again", {"ids": list(ids)})

    def looks(self, case_id: UUID, referral_id: UUID, most: int) -> list[SealedReferralLook]:
        wanted = {"case_id": case_id, "object_kind": AUDITED, "referral_id": str(referral_id), "limit": most}
        return self.fetch_all("looks", wanted, SealedReferralLook)

    def is_decided(self, referral_id: UUID) -> bool:
        return self._says("decided", referral_id=referral_id)

    def has_others(self, subject_id: UUID, referral_id: UUID) -> bool:
        """Whether the subject has another referral."""
        return self._says("others", subject_id=subject_id, referral_id=referral_id)

    def moments(self, referral_id: UUID) -> set[datetime]:
        """When the referrer told it."""
        rows = self.fetch_all("told", {"referral_id": referral_id})
        return {row["stated_at"] for row in rows if row["stated_at"]}

    def texts_of(self, referral_id: UUID) -> list[UUID]:
        """What came with the referral, and the answers to the questions on it."""
        return [
            *text_ids(referral_id),
            *(row["text_id"] for row in self.fetch_all("texts_of", {"referral_id": referral_id})),
        ]

    def seal(self, referral: Referral, open_key: bytes, known: KnownSubject) -> None:
        """Make it a referral on this sealed subject. open_key: the data key of the subject that it was on."""
        for row in self.fetch_all("told", {"referral_id": referral.referral_id}):
            told = self._vault.open(row["particulars"], referral.subject_id, open_key, PARTICULARS)
            particulars = self._vault.seal(told, known.subject_id, known.data_key, PARTICULARS)
            sealed = {"referral_id": referral.referral_id, "particulars": particulars, "message_id": row["message_id"]}
            self.execute(
                "seal_told_again" if row["message_id"] else "seal_referral", sealed | {"subject_id": known.subject_id}
            )

    def take(self, house: str, known: KnownSubject, own: Sequence[Claim], stay: Sequence[Claim]) -> None:
        """What the own claims of a referral said is known of its subject no more, unless the others said it too."""
        gone = self._indexes(house, own) - self._indexes(house, stay)
        moments = [claim.stated_at for claim in own]
        self.execute("take_claims", {"subject_id": known.subject_id, "partner": own[0].partner, "moments": moments})
        self.execute("take_indexes", {"subject_id": known.subject_id, "indexes": list(gone)})

    def take_member(self, relation: Relation, known: KnownSubject, own: Sequence[Claim], stay: Sequence[Claim]) -> None:
        """The same of a member, who without other claims is known no more, and of the membership."""
        if stay:
            self.take(relation.house, known, own, stay)
        else:
            self.retire(known.subject_id)
        if own[0].partner not in {claim.partner for claim in stay}:
            self.execute("take_relation", {"relation_id": relation.relation_id})

    def retire(self, subject_id: UUID) -> None:
        self.execute("retire", {"subject_id": subject_id})

    def cover(self, referral_id: UUID, yesterday: date) -> None:
        self.execute("cover", {"referral_id": referral_id, "yesterday": yesterday})

    def add_sealing(self, decision: Decision, theme: str, open_case_id: UUID) -> None:
        self.execute("add_sealing", decision._asdict() | {"theme": theme, "open_case_id": open_case_id})

    def add_opened(self, decision: Decision, opened: Referral, told: Told, known: KnownSubject) -> None:
        """Register the open referral that a sealed one becomes; it has the message from now on."""
        self.execute("give_up_message", {"referral_id": decision.referral_id})
        particulars = self._vault.seal(orjson.dumps(told), known.subject_id, known.data_key, PARTICULARS)
        self.execute("add_opened", opened._asdict() | {"particulars": particulars})
        became = decision._asdict() | {"became": opened.referral_id}
        self.execute("add_unsealing", became)
        self.execute("keep_recorder", became)

    def _says(self, query: str, **parameters: UUID) -> bool:
        row = self.fetch_one(query, parameters)
        return bool(row and next(iter(row.values())))

    def _indexes(self, house: str, claims: Collection[Claim]) -> set[bytes]:
        """By what a subject is found, as far as these claims told it."""
        found = {(each.index_kind, each.value) for claim in claims for each in traits(claim.said, claim.partner)}
        found |= {(LIKENESS, each) for claim in claims for each in likenesses(claim.said)}
        return {index for kind, value in found for index in self._vault.blind_indexes(house, kind, value)}

    def _opened(self, *, particulars: bytes, theme: str | None, **columns: Any) -> SealedReferral:
        told = orjson.loads(self._vault.open(particulars, columns["subject_id"], columns["data_key"], PARTICULARS))
        return SealedReferral(told=told, theme=theme or told["theme"], **columns)
