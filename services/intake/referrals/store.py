"""Referrals with their particulars, which are sealed with the data key of the subject."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from psycopg import Connection
from uuid_utils.compat import uuid7

from services.intake.house import Form
from services.intake.referrals.circumstances import Circumstances, told_circumstances, without_texts
from services.intake.referrals.messages import Particulars, ReferralView
from services.intake.referrals.rules import Referral, Stay, Submission
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.vault import SealedStore, Vault
from shared.business_dates import noon
from shared.messaging.envelope import IdsAsSent
from shared.postgres import Statements, as_row, load_queries

PARTICULARS = "particulars"
"""What of a referral is sealed under this name."""
IDS = "ids_as_sent"
"""The particular that holds the ids of the message: sealed, because a partner's own numbers may say anything."""


class StoredReferral(NamedTuple):
    """A referral with its case, and its message and particulars as they were told last, still sealed.

    case_id: as others know it, if the referral was sealed later. is_withdrawn: by its sender.
    """

    referral: Referral
    case_id: UUID
    data_key: bytes
    particulars: bytes
    is_withdrawn: bool


class SentReferral(NamedTuple):
    """The partner's own reference of its referral, and the ids of its message."""

    reference: str
    ids: IdsAsSent


class ReferralOfMessage(NamedTuple):
    """The referral that a partner's message became."""

    referral_id: UUID
    case_id: UUID


class RecordedByHand(NamedTuple):
    """Who recorded a referral that came by phone or mail, and when."""

    recorded_by: str
    recorded_at: datetime


class ToldBefore(NamedTuple):
    """A referral that is told again. last: as it was told last.

    open_case_id: of which case it was, if it was sealed later. settled: whether the briefing is done with it, after it
    was weighed.
    """

    referral_id: UUID
    detention_id: UUID | None
    last_stated_at: datetime
    last: Mapping[str, str]
    open_case_id: UUID | None
    settled: bool

    @property
    def stay(self) -> Stay:
        release = self.last.get("expected_release_on")
        return Stay(
            self.last["institution"],
            date.fromisoformat(self.last["detained_on"]),
            date.fromisoformat(release) if release else None,
        )


class ReferralStore(SealedStore):
    """Remembers the referrals that its transaction has read: with `load_referrals` a batch reads them at once."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_referral", "add_held_back")
    written_after = (SubjectStore,)

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements, vault)
        self._referrals: dict[UUID, StoredReferral] = {}
        self._told_indexes: dict[tuple[str, Form, str], tuple[bytes, ...]] = {}
        self._told: dict[tuple[str, bytes], list[dict[str, Any]]] = {}
        self._since: dict[tuple[UUID, date], list[UUID]] = {}

    def told_indexes(self, house: str, form: Form, referrer: str, same: Sequence[str]) -> tuple[bytes, ...]:
        """Find what a partner tells again; what is new stands under the first. same: what stays the same then."""
        told = house, form, "\0".join((referrer, *same))
        if told not in self._told_indexes:
            self._told_indexes[told] = self._vault.blind_indexes(*told)
        return self._told_indexes[told]

    def load_told(self, wanted: Collection[tuple[str, bytes]]) -> None:
        """Read at once what was told before, by house and index."""
        if missing := [told for told in wanted if told not in self._told]:
            self._told |= {told: [] for told in missing}
            houses, indexes = zip(*missing, strict=True)
            for row in self.fetch_all("told_before", {"house": list(houses), "told": list(indexes)}):
                self._told[row["house"], row["told"]].append(row)

    def told_before(self, house: str, told: Sequence[bytes], known: KnownSubject) -> ToldBefore | None:
        """The newest referral on this subject that was told before."""
        self.load_told([(house, index) for index in told])
        rows = [row for index in told for row in self._told[house, index] if row["subject_id"] == known.subject_id]
        return self._told_before(sorted(rows, key=itemgetter("stated_at"))[-1], known) if rows else None

    def sealed_since(self, house: str, told: Sequence[bytes]) -> list[tuple[UUID, str]]:
        """Whom referrals that were told before are about, if they were sealed later, and the theme of each."""
        self.load_told([(house, index) for index in told])
        rows = [row for index in told for row in self._told[house, index]]
        return [(row["subject_id"], row["theme"]) for row in rows if row["theme"]]

    def _told_before(self, row: Mapping[str, Any], known: KnownSubject) -> ToldBefore:
        first, last = (
            self._vault.open(row[sealed], known.subject_id, known.data_key, PARTICULARS) if row[sealed] else b"{}"
            for sealed in ("particulars", "last_particulars")
        )
        return ToldBefore(
            row["referral_id"],
            row["detention_id"],
            row["last_stated_at"] or row["stated_at"],
            orjson.loads(last) or orjson.loads(first),
            row["open_case_id"],
            bool(row["settled"]),
        )

    def told_by_hand(self, stored: StoredReferral) -> ToldBefore:
        """A referral that came by phone or mail."""
        referral, told = stored.referral, self._particulars(stored)
        stated_at = referral.stated_at or noon(referral.received_on)
        settled = stored.is_withdrawn or self._is_settled(referral.referral_id)
        return ToldBefore(referral.referral_id, None, stated_at, told, None, settled)

    def _is_settled(self, referral_id: UUID) -> bool:
        row = self.fetch_one("is_settled", {"referral_id": referral_id})
        return bool(row and row["settled"])

    def add_referral(
        self, referral: Referral, particulars: Particulars, known: KnownSubject, ids: tuple[str, str] | None
    ) -> None:
        row = referral._asdict() | {"particulars": self._sealed(particulars, known, ids)}
        self.later("add_referral", row)
        if referral.told:
            unchanged = dict.fromkeys(("last_stated_at", "last_particulars", "theme", "open_case_id", "settled"))
            self._told.setdefault((referral.house, referral.told), []).append(row | unchanged)

    def add_held_back(self, referral: Referral, since: datetime) -> None:
        """A person must say first whether the referral is worrying."""
        self.later("add_held_back", {"referral_id": referral.referral_id, "house": referral.house, "since": since})

    def say_worrying(self, referral_id: UUID, by: str, because_text: UUID | None = None) -> bool:
        """Whether the referral was held back until now."""
        said = {"referral_id": referral_id, "by": by, "because_text": because_text}
        return self._sorted_anew("say_worrying", said)

    def ask_again(self, referral_id: UUID, since: datetime) -> bool:
        """Whether the referral was held back, nobody weighs it, and it is open."""
        return self._sorted_anew("ask_again", {"referral_id": referral_id, "since": since})

    def _sorted_anew(self, query: str, told: dict[str, Any]) -> bool:
        """Whether it was; then nobody has to hear any more that it is not weighed."""
        is_changed = self.fetch_one(query, told) is not None
        if is_changed:  # a statement of its own, as it sees what the first had to wait for
            self.execute("lapse_not_weighed", told)
        return is_changed

    def add_told_again(
        self,
        submission: Submission,
        particulars: Particulars,
        known: KnownSubject,
        before: ToldBefore,
        told: Sequence[bytes],
    ) -> None:
        row = {
            "house": submission.house,
            "referrer": submission.referrer,
            "message_id": submission.message_id or uuid7(),
            "referral_id": before.referral_id,
            "stated_at": submission.stated_at,
            "particulars": self._sealed(particulars, known, submission.ids_as_sent),
        }
        self.execute("add_told_again", row)
        for index in told:
            del self._told[submission.house, index]

    def load_referrals(self, referral_ids: Collection[UUID]) -> list[StoredReferral]:
        """Read these, each with its case."""
        found = self.fetch_all("referrals", {"referral_ids": list(referral_ids)}, _stored)
        self._referrals |= {stored.referral.referral_id: stored for stored in found}
        return found

    def referral(self, house: str, referral_id: UUID) -> StoredReferral | None:
        if referral_id not in self._referrals:
            self.load_referrals([referral_id])
        stored = self._referrals.get(referral_id)
        return stored if stored and stored.referral.house == house else None

    def load_received_since(self, wanted: Sequence[tuple[UUID, date]]) -> None:
        """Read at once which open referrals on the people of these cases were received after the day of each."""
        self._since |= {each: [] for each in wanted}
        case_ids, days = zip(*wanted, strict=True)
        for row in self.fetch_all("received_since", {"case_ids": list(case_ids), "days": list(days)}):
            self._since[row["case_id"], row["day"]].append(row["referral_id"])

    def received_since(self, case_id: UUID, day: date) -> list[StoredReferral]:
        """Those of one case."""
        if (case_id, day) not in self._since:
            self.load_received_since([(case_id, day)])
        found = self._since[case_id, day]
        return self.load_referrals(found) if found else []

    def referrals_of_case(self, house: str, case_id: UUID, most: int) -> list[ReferralView]:
        """Those that are not sealed, the newest first."""
        wanted = {"house": house, "case_id": case_id, "limit": most}
        return self.fetch_all("referrals_of_case", wanted, ReferralView)

    def add_recorded_by_hand(self, house: str, referral_id: UUID, by: str) -> None:
        self.execute("add_recorded_by_hand", {"house": house, "referral_id": referral_id, "by": by})

    def recorded_by_hand(self, house: str, referral_id: UUID) -> RecordedByHand | None:
        """None for what a partner's message told."""
        return self.fetch_one("recorded_by_hand", {"house": house, "referral_id": referral_id}, RecordedByHand)

    def withdrawn_on(self, house: str, referral_id: UUID) -> date | None:
        """None if its sender did not withdraw it."""
        row = self.fetch_one("withdrawn_on", {"house": house, "referral_id": referral_id})
        return row["withdrawn_on"] if row else None

    def as_sent(self, stored: StoredReferral) -> SentReferral:
        """By what the partner knows the message with which it told a referral last."""
        told = self._particulars(stored)
        before = str(stored.referral.message_id)
        return SentReferral(str(told["reference"]), IdsAsSent(*told.get(IDS, (before, before))))

    def circumstances(self, stored: StoredReferral) -> Circumstances:
        """As they were told last."""
        return told_circumstances(self._particulars(stored))

    def _particulars(self, stored: StoredReferral) -> dict[str, Any]:
        content = self._vault.open(stored.particulars, stored.referral.subject_id, stored.data_key, PARTICULARS)
        told: dict[str, Any] = orjson.loads(content)
        return told

    def referral_of_message(self, house: str, referrer: str, message_id: UUID) -> ReferralOfMessage | None:
        wanted = {"house": house, "referrer": referrer, "message_id": message_id}
        return self.fetch_one("referral_of_message", wanted, ReferralOfMessage)

    def _sealed(self, particulars: Particulars, known: KnownSubject, ids: tuple[str, str] | None) -> bytes:
        content = orjson.dumps(told_of(particulars) | ({IDS: list(ids)} if ids else {}))
        return self._vault.seal(content, known.subject_id, known.data_key, PARTICULARS)


def told_of(particulars: Particulars) -> dict[str, object]:
    """All that was told besides whom it is about and its texts, which stay only if the matter is sealed.

    What nobody told is left out.
    """
    row = as_row(particulars).items()
    told = {name: value for name, value in row if name not in ("subject", "members") and value is not None}
    return told if getattr(particulars, "theme", None) else without_texts(told)


def _stored(
    *, case_id: UUID, data_key: bytes, particulars: bytes, is_withdrawn: bool, **columns: Any
) -> StoredReferral:
    return StoredReferral(Referral(**columns), case_id, data_key, particulars, is_withdrawn)
