"""Contact moments, each sealed with a data key of its own: without the key nobody reads who called and about whom."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.intake.contact_moments.messages import MOST_LISTED, CallerAnswer, EarlierTelling, Telling
from services.intake.contact_moments.rules import Change, Described, SortedAs, State
from services.intake.vault import SealedStore
from shared.postgres import as_row, load_queries
from shared.schemas import StrictSchema, schema_of

TOLD, BECAUSE, ANSWER = "contact moment", "reason of a change", "answer"
"""What of a contact moment is sealed under these names."""
ADDED = frozenset({"members", "withoutConsent", "organisations", "measures", "risks", "urgentBecause"})
"""What the version before does not know of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMoment:
    """A contact moment as it is now. data_key: wrapped."""

    contact_moment_id: UUID
    house: str
    data_key: bytes
    version: int
    state: State
    sorted_as: SortedAs | None = None
    destination: str | None = None
    referral_id: UUID | None = None
    duplicate_of: UUID | None = None
    told_on: date
    answer_due_on: date | None = None
    telling: Telling
    recorded_by: str
    recorded_at: datetime

    @property
    def counts(self) -> bool:
        """Whether it was neither withdrawn nor recorded twice."""
        return self.state in ("received", "sorted", "answered")

    @property
    def described(self) -> Described:
        about = self.telling.about
        return Described(
            self.contact_moment_id, self.told_on, self.telling.organisation, about.subject() if about else None
        )


class ContactMomentStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def new_data_key(self, contact_moment_id: UUID) -> bytes:
        return self._vault.new_data_key(contact_moment_id)

    def add_contact_moment(self, moment: ContactMoment) -> None:
        self.execute("add_contact_moment", self._row(moment))

    def change(self, moment: ContactMoment, change: Change) -> ContactMoment:
        """The next version of it; how it was is kept."""
        because = self._seal(change.because.encode(), moment, BECAUSE) if change.because else None
        by = {"contact_moment_id": moment.contact_moment_id, "by": change.by, "at": change.at, "because": because}
        self.execute("keep_earlier", by)
        moment = replace(moment, version=moment.version + 1)
        self.execute("change_contact_moment", self._row(moment))
        return moment

    def add_answer(self, moment: ContactMoment, given: CallerAnswer) -> ContactMoment:
        """The next version of it: the caller was answered."""
        moment = replace(moment, version=moment.version + 1, state="answered", answer_due_on=None)
        because = self._seal(given.because.encode(), moment, BECAUSE) if given.because else None
        sealed = {"answer": self._seal(given.answer.encode(), moment, ANSWER), "because": because}
        self.execute("add_answer", self._row(moment) | as_row(given) | sealed)
        self.execute("change_contact_moment", self._row(moment))
        return moment

    def answers(self, moment: ContactMoment) -> list[CallerAnswer]:
        """The last first."""

        def opened(*, answer: bytes, because: bytes | None, **columns: Any) -> CallerAnswer:
            said, reason = self._open(answer, moment, ANSWER), because and self._open(because, moment, BECAUSE)
            return CallerAnswer(answer=said.decode(), because=reason.decode() if reason else None, **columns)

        return self.fetch_all("answers", {"contact_moment_id": moment.contact_moment_id}, opened)

    def forget_earlier(self, contact_moment_id: UUID) -> None:
        self.execute("forget_earlier", {"contact_moment_id": contact_moment_id})

    def delete(self, contact_moment_id: UUID) -> None:
        self.execute("delete_contact_moment", {"contact_moment_id": contact_moment_id})

    def contact_moment(self, house: str, contact_moment_id: UUID) -> ContactMoment | None:
        wanted = {"house": house, "contact_moment_id": contact_moment_id}
        return self.fetch_one("contact_moment", wanted, self._opened)

    def contact_moment_to_change(self, house: str, contact_moment_id: UUID) -> ContactMoment | None:
        """The same, locked."""
        wanted = {"house": house, "contact_moment_id": contact_moment_id}
        return self.fetch_one("contact_moment_to_change", wanted, self._opened)

    def waiting(self, house: str) -> list[ContactMoment]:
        return self.fetch_all("waiting", {"house": house, "limit": MOST_LISTED}, self._opened)

    def to_answer(self, house: str) -> list[ContactMoment]:
        return self.fetch_all("to_answer", {"house": house, "limit": MOST_LISTED}, self._opened)

    def settled(self, house: str) -> list[ContactMoment]:
        return self.fetch_all("settled", {"house": house, "limit": MOST_LISTED}, self._opened)

    def told_on_day(self, house: str, day: date) -> list[ContactMoment]:
        return self.fetch_all("told_on_day", {"house": house, "day": day, "limit": MOST_LISTED}, self._opened)

    def earlier(self, moment: ContactMoment) -> list[EarlierTelling]:
        def opened(*, told: bytes, because: bytes | None, **columns: Any) -> EarlierTelling:
            reason = self._open(because, moment, BECAUSE).decode() if because else None
            return EarlierTelling(telling=_read(self._open(told, moment, TOLD)), because=reason, **columns)

        return self.fetch_all("earlier", {"contact_moment_id": moment.contact_moment_id}, opened)

    def _row(self, moment: ContactMoment) -> dict[str, Any]:
        return as_row(moment) | {"told": self._seal(_written(moment.telling), moment, TOLD)}

    def _opened(self, *, told: bytes, **columns: Any) -> ContactMoment:
        content = self._vault.open(told, columns["contact_moment_id"], columns["data_key"], TOLD)
        return ContactMoment(telling=_read(content), **columns)

    def _seal(self, content: bytes, moment: ContactMoment, purpose: str) -> bytes:
        return self._vault.seal(content, moment.contact_moment_id, moment.data_key, purpose)

    def _open(self, sealed: bytes, moment: ContactMoment, purpose: str) -> bytes:
        return self._vault.open(sealed, moment.contact_moment_id, moment.data_key, purpose)


def _written(telling: Telling) -> bytes:
    """Without what was added and nobody told, so that the version before reads it."""
    told = schema_of(Telling, StrictSchema).dump(telling)
    return orjson.dumps({name: value for name, value in told.items() if name not in ADDED or value})


def _read(content: bytes) -> Telling:
    telling: Telling = schema_of(Telling, StrictSchema).load(orjson.loads(content))
    return telling
