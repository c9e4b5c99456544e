"""Forgets who subjects are, once nothing was heard or told of them for SUBJECT_DAYS, or because somebody asked for it.

All records of one person go together, as soon as nothing was heard of any of them: each tells what the others know.
The data key of a subject is destroyed: descriptions of the subject and texts of its referrals can be read no more. Ids,
days and kinds stay, so that figures stand and a partner that repeats its message gets the same receipt.
"""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.intake import metrics
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.business_dates import dutch_date
from shared.postgres import Store, load_queries

STEP = 500
"""Subjects that are looked at in one transaction. Partners wait only if some of them are forgotten."""
BEFORE_ALL = UUID(int=0)
SEALED_BY_THEN = timedelta(days=2)
"""Until then another service may seal texts of before with keys that it makes meanwhile (shared/sealed_texts)."""


class Record(NamedTuple):
    """A subject that is to be forgotten, or was."""

    subject_id: UUID
    case_id: UUID
    house: str
    sealed_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectForgotten:
    """`subjects.forgotten.v1`: nobody can tell any more whose case this is; its texts go in every service."""

    subject_id: UUID
    forgotten_on: date


class ForgettingStore(Store):
    queries = load_queries(Path(__file__).with_suffix(".sql"))

    def registered(self, since: datetime, after: UUID) -> list[UUID]:
        """The next STEP of the subjects that were registered before then."""
        rows = self.fetch_all("registered", {"since": since, "after": after, "step": STEP})
        return [row["subject_id"] for row in rows]

    def quiet(self, since: datetime, subject_ids: Sequence[UUID]) -> list[Record]:
        """All records of those people, among whom some have these records, who have been quiet since then."""
        return self.fetch_all("quiet", {"since": since, "subject_ids": list(subject_ids)}, Record)

    def forget_contact_moments(self, since: datetime) -> None:
        """Those that are of no subject; the others go with the subject of theirs."""
        self.execute("forget_contact_moments", {"since": since})

    def old_questions(self, since: datetime) -> list[UUID]:
        """The BIJ questions that were asked before then."""
        return [row["question_id"] for row in self.fetch_all("old_questions", {"since": since})]

    def take_forgotten_earlier(self, noted_before: datetime) -> list[Record]:
        """The next STEP of those who were forgotten before intake told it. They are taken off the list."""
        return self.fetch_all("take_forgotten_earlier", {"noted_before": noted_before, "step": STEP}, Record)

    def known_before(self, subject_ids: Sequence[UUID]) -> list[Record]:
        """Of sealed subjects, those that others knew while their referrals were open, and that nothing is known of."""
        return self.fetch_all("known_before", {"subject_ids": list(subject_ids)}, Record)

    def forget(self, subject_ids: Sequence[UUID]) -> list[Record]:
        """Those that were not forgotten yet."""
        return self.fetch_all("forget", {"subject_ids": list(subject_ids)}, Record)


def forget_subjects(begin: Callable[[], AbstractContextManager[Unit]]) -> None:
    """Forget whoever has been quiet for the unit's `subject_days`, in small transactions."""
    after: UUID | None = BEFORE_ALL
    with begin() as unit:
        since = unit.now() - timedelta(days=unit.subject_days)
        unit.store(ForgettingStore).forget_contact_moments(since)
        forget_texts_of_questions(since, unit)
    while after:
        began = time.monotonic()
        with begin() as unit:
            after = _forget_some(after, unit)
        time.sleep(time.monotonic() - began)  # half of the time is the partners'
    while _tell_of_some_forgotten_earlier(begin):
        pass


def _tell_of_some_forgotten_earlier(begin: Callable[[], AbstractContextManager[Unit]]) -> bool:
    """Whether there may be more."""
    with begin() as unit:
        earlier = unit.store(ForgettingStore).take_forgotten_earlier(unit.now() - SEALED_BY_THEN)
        _announce(earlier, unit)
    return len(earlier) == STEP


def forget_texts_of_questions(since: datetime, unit: Unit) -> None:
    """Destroy the keys of BIJ questions and their answers."""
    unit.texts.erase(unit.store(ForgettingStore).old_questions(since))


def _forget_some(after: UUID, unit: Unit) -> UUID | None:
    """The last subject of this step; None at the end."""
    since, store = unit.now() - timedelta(days=unit.subject_days), unit.store(ForgettingStore)
    subject_ids = store.registered(since, after)
    if found := store.quiet(since, subject_ids):
        _forget(found, since, unit)
    return subject_ids[-1] if subject_ids else None


def _forget(found: Sequence[Record], since: datetime, unit: Unit) -> None:
    """Forget those that are still quiet: a partner may just have told of one of them."""
    for house in sorted({quiet.house for quiet in found}):
        unit.store(SubjectStore).lock_house(house)
    quiet_still = unit.store(ForgettingStore).quiet(since, [quiet.subject_id for quiet in found])
    forget_records([quiet.subject_id for quiet in quiet_still], unit)


def forget_records(subject_ids: Sequence[UUID], unit: Unit) -> None:
    """Forget these and announce it, under the lock of their house. Nothing of who is forgotten already."""
    forgotten = unit.store(ForgettingStore).forget(subject_ids)
    unit.texts.erase([record.case_id for record in forgotten])
    known_to_others = _known_to_others(forgotten, unit)
    _announce(known_to_others, unit)
    for record in known_to_others:
        metrics.FORGOTTEN.labels(record.house).inc()


def _announce(forgotten: Sequence[Record], unit: Unit) -> None:
    today = dutch_date(unit.now())
    for record in forgotten:
        unit.announce_on(today, SubjectForgotten(subject_id=record.subject_id, forgotten_on=today), record)


def _known_to_others(forgotten: Sequence[Record], unit: Unit) -> list[Record]:
    """Of whom other services may hold texts: of somebody in a sealed matter, under the case of before it was sealed."""
    sealed = [record.subject_id for record in forgotten if record.sealed_only]
    before = unit.store(ForgettingStore).known_before(sealed) if sealed else []
    return [*(record for record in forgotten if not record.sealed_only), *before]
