"""A detention and its release date, which is watched from the notice on. One stay in prison is one detention."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from uuid import UUID

from services.aftercare.house import Code
from services.aftercare.records.rules import NothingToCorrect, Recorded
from shared.business_dates import dutch_date
from shared.rules import BrokenRule, Contradiction, UnknownObject

NOTICE = "detention_notice"
"""The source of a release date that came with the detention notice."""

FIRST_ID = UUID(int=0)


class UnknownDetention(UnknownObject):
    field = "detentionId"
    reason = "is not a detention of this house"


class BeforeDetention(BrokenRule):
    reason = "is before the detention began"


class UnknownNotice(UnknownObject):
    field = "noticeId"
    reason = "is not a notice of this detention"


class FirstNotice(BrokenRule):
    field = "noticeId"
    reason = "is the notice with which the detention was registered: if that was a mistake, withdraw the detention"


class AlreadyWithdrawn(Contradiction):
    field = "detentionId"
    reason = "is withdrawn already, from another day or for another reason"


class Withdrawal(StrEnum):
    """Why nothing is done for a detention any more. other_house: another house sees to the person."""

    MISTAKE = "mistake"
    DIED = "died"
    LEFT_THE_COUNTRY = "left_the_country"
    OTHER_HOUSE = "other_house"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDate:
    """A (provisional) release date. `source`: a code for who or what gave the date, such as a partner's id.

    `release_on` is null if no release date is known any more.
    """

    release_on: date | None
    source: Code
    changed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReleaseDate(ReleaseDate):
    """A release date with the moment at which its source gave it: noon if only the day is known.

    Of two that were told at one moment, the one with the greater `statement_id` counts: the id of the message, or of
    the command. `recorded_by` is the caller or partner; null if the release date came with a notice.
    """

    told_at: datetime
    statement_id: UUID | None
    recorded_by: str | None = None
    recorded_at: datetime | None = None

    @property
    def stated(self) -> tuple[date | None, str, date]:
        """What the source says."""
        return self.release_on, self.source, self.changed_on

    def is_before(self, other: "ToldReleaseDate") -> bool:
        """Whether it was told earlier, in whatever order the two came."""
        return (self.told_at, self.statement_id or FIRST_ID) < (other.told_at, other.statement_id or FIRST_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A detention notice. notice_id: the id that intake gave the detention of the notice; a correction has it too."""

    notice_id: UUID
    municipality: str
    institution: str
    own_aftercare: bool
    detained_on: date
    expected_release_on: date | None
    told_at: datetime

    def replaces(self, earlier: "Notice") -> bool:
        """Whether this is a correction of the earlier notice; another institution from a later day is a transfer."""
        is_transfer = self.institution != earlier.institution and self.detained_on > earlier.detained_on
        return self.notice_id == earlier.notice_id and not is_transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedNotice(Notice, Recorded):
    """A notice, with who separated it from the detention, if anybody did. `recorded_by` is null: intake told of it."""

    @property
    def told(self) -> Notice:
        return Notice(**{each.name: getattr(self, each.name) for each in fields(Notice)})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedWithdrawal(Recorded):
    """From which day nothing was done for a detention, and why; `withdrawn_at`: when that turned out to be a slip."""

    taken_on: date
    reason: Withdrawal
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detention:
    """One detention of one subject. `own_aftercare`: its municipality does the aftercare itself.

    `referral_id` is null when the detention was not weighed; `institution` is where the person is now. `release_date`
    is the last one told. `withdrawn_on`, `withdrawal`: from when and why nothing is done for the detention.
    """

    detention_id: UUID
    house: str
    case_id: UUID
    subject_id: UUID
    referral_id: UUID | None
    municipality: str
    institution: str
    detained_on: date
    own_aftercare: bool
    registered_on: date
    release_date: ReleaseDate | None = None
    withdrawn_on: date | None = None
    withdrawal: Withdrawal | None = None

    @property
    def release_on(self) -> date | None:
        """The release date that counts; None while none is known."""
        return self.release_date.release_on if self.release_date else None


def institution_on(detention: Detention, day: date) -> str | None:
    """The prison where somebody is on a day; None from the release on: it is nobody's business any more."""
    return None if detention.release_on and day >= detention.release_on else detention.institution


def is_same_stay(detention: Detention, notice: Notice) -> bool:
    """Whether a notice is of the same stay in prison: nobody is detained twice at once.

    A detention without a release date runs on. A notice from the day of the release on is of another detention.
    """
    if detention.detained_on == notice.detained_on:
        return True
    begins_before_release = detention.release_on is None or notice.detained_on < detention.release_on
    ends_after_beginning = notice.expected_release_on is None or detention.detained_on < notice.expected_release_on
    return begins_before_release and ends_after_beginning


def as_told(detention: Detention, notices: Iterable[Notice]) -> Detention:
    """The detention from the first day in its notices, in the institution of the last, in whatever order they came."""
    standing: list[Notice] = []
    for notice in sorted(notices, key=attrgetter("told_at")):
        standing = [earlier for earlier in standing if not notice.replaces(earlier)] + [notice]
    last = max(reversed(standing), key=lambda notice: notice.detained_on)
    return replace(
        detention,
        municipality=last.municipality,
        institution=last.institution,
        own_aftercare=last.own_aftercare,
        detained_on=min(notice.detained_on for notice in standing),
    )


def separate(detention: Detention, notices: Sequence[Notice], own: Sequence[Notice]) -> tuple[Detention, Detention]:
    """The detention without a notice that is of another stay, and the detention of that notice.

    notices: of the detention. own: those of them with the notice's id, as it was told and corrected.
    """
    if not own:
        raise UnknownNotice
    if own[0].notice_id == detention.detention_id:
        raise FirstNotice
    rest = as_told(detention, [notice for notice in notices if notice not in own])
    registered_on = dutch_date(own[0].told_at)
    alone = replace(detention, detention_id=own[0].notice_id, referral_id=None, registered_on=registered_on)
    return rest, as_told(replace(alone, release_date=None, withdrawn_on=None, withdrawal=None), own)


def told_by_notice(notice: Notice, earlier: Sequence[Notice]) -> bool:
    """Whether a notice says something new of the release date, beside the earlier notices of the same stay."""
    before = next((other for other in reversed(earlier) if other.notice_id == notice.notice_id), None)
    if before:
        return before.expected_release_on != notice.expected_release_on
    return notice.expected_release_on is not None


def change_release_date(
    detention: Detention, change: ToldReleaseDate, last: ToldReleaseDate | None = None
) -> Detention:
    """The detention with the release date that counts: of two, the one told later.

    last: the release date that was told last, if any. A change that was told before it is history.
    """
    if change.release_on and change.release_on < detention.detained_on:
        raise BeforeDetention("releaseOn")
    if last and change.is_before(last):
        return detention
    return replace(detention, release_date=change)


def withdraw(detention: Detention, on: date, reason: Withdrawal) -> Detention:
    """The detention for which nothing is done any more; the same withdrawal again changes nothing."""
    if (detention.withdrawn_on, detention.withdrawal) == (on, reason):
        return detention
    if detention.withdrawn_on:
        raise AlreadyWithdrawn
    if on < detention.detained_on:
        raise BeforeDetention("on")
    return replace(detention, withdrawn_on=on, withdrawal=reason)


def restore(detention: Detention) -> Detention:
    """The detention whose withdrawal was a slip."""
    if detention.withdrawn_on is None:
        raise NothingToCorrect("detentionId")
    return replace(detention, withdrawn_on=None, withdrawal=None)
