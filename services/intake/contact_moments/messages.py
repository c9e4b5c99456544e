"""What people record of a call, a mail or a visit, and see of it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.intake.contact_moments.rules import (
    Channel,
    Matter,
    NobodyDescribed,
    NoGround,
    NoMunicipality,
    NoReferrer,
    SortedAs,
    State,
    unknown_destination,
)
from services.intake.house import House
from services.intake.partners.rules import UnknownPartner
from services.intake.referrals.circumstances import Circumstances, Consent, broken_by_circumstances
from services.intake.referrals.messages import ReferralByHand, kind_of
from services.intake.referrals.rules import unknown_kind, unknown_theme
from services.intake.relations.messages import Members, broken_by_members, described
from services.intake.subjects.messages import AboutWhom
from services.intake.subjects.rules import born_in_future, unknown_municipality
from shared.bounds import WRITTEN, Code, Length, Name, Story, Text
from shared.days import HouseDay
from shared.rules import BrokenRule

Phone = Annotated[str, Length(1, 40), *WRITTEN]
MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideProfessional:
    """Somebody of an organisation that is no partner."""

    organisation: Name
    function: Name | None = None
    name: Name | None = None
    phone: Phone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling(Circumstances):
    """What was told. One sentence as `text` is enough.

    `told_on`: today if it is left out. `partner`: which partner told it, or brings in the outside professional.
    `outside`: who told it, if nobody of a partner. Without both somebody told it who is no professional. `consent`:
    whether the person whom it is about agrees that it is told. `without_consent`: why the person is sent somewhere
    without agreeing. `members`: of the family or group that it is about.
    """

    channel: Channel = "phone"
    told_on: HouseDay | None = None
    text: Story
    partner: Code | None = None
    outside: OutsideProfessional | None = None
    about: AboutWhom | None = None
    members: Members | None = None
    consent: Consent = "not_asked"
    without_consent: Text | None = None
    urgent: bool = False

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        """Every rule of the house that it breaks."""
        if self.partner is not None and self.partner not in house.partners:
            yield UnknownPartner("partner", known=house.partners)
        if self.about:
            yield from unknown_municipality("about.municipality", self.about.municipality, house)
            yield from born_in_future("about.birthDate", self.about.birth_date, today)
        yield from broken_by_members(self.members, self.about.subject() if self.about else None, house, today)
        yield from broken_by_circumstances(self, house)

    @property
    def organisation(self) -> str | None:
        """Of whoever told it."""
        return self.outside.organisation if self.outside else self.partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What a contact moment is. `destination`: with `rerouted`. `duplicate_of`: with `duplicate`. `theme`: of a
    referral that is sealed. `kind`, `worrying`: of a referral. `confirmed`: a consultation whose text was warned of is
    anonymous all the same.
    """

    sorted_as: SortedAs | None = None
    destination: Code | None = None
    duplicate_of: UUID | None = None
    theme: Code | None = None
    kind: Code | None = None
    worrying: bool | None = None
    confirmed: bool = False

    def broken_rules(self, telling: Telling, house: House) -> Iterator[BrokenRule]:
        """Every rule of the house that it breaks with what was told."""
        if self.sorted_as == "rerouted":
            yield from unknown_destination(self.destination, house)
            if self.destination in house.need_consent and telling.consent != "yes" and not telling.without_consent:
                yield NoGround()
        if self.sorted_as == "referral":
            yield from unknown_theme(self.theme, house)
            yield from unknown_kind(self.kind, house, "sorting.kind")
            if telling.about is None or (telling.about.kind != "person" and telling.about.family_name is None):
                yield NobodyDescribed()
            elif telling.about.municipality is None:
                yield NoMunicipality()
            elif referrer_of(telling, house) is None:
                yield NoReferrer()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContactMoment(Telling):
    """`sorting`: if it is known at once what it is."""

    sorting: Sorting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeContactMoment(RecordContactMoment):
    """What was told, as it should be, and what it is. `because`: needed once it was sorted."""

    because: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawContactMoment:
    """It was recorded by mistake."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMomentLine:
    """A contact moment in a list, without text and names. `likely_duplicates`: others that may be the same call.
    `answer_due_on`: the last day on which an answer is in time; null if none is owed. `overdue`: whether it is over.
    """

    contact_moment_id: UUID
    state: State
    channel: Channel
    told_on: date
    organisation: str | None
    urgent: bool
    sorted_as: SortedAs | None
    answer_due_on: date | None
    overdue: bool
    recorded_by: str
    recorded_at: datetime
    likely_duplicates: Annotated[tuple[UUID, ...], Length(most=MOST_LISTED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMomentList:
    """`waiting`: what nobody has sorted yet, the oldest first. `to_answer`: what was sorted and whose caller is owed an
    answer, longest due first. `settled`: the rest, what was told last first.
    """

    waiting: Annotated[tuple[ContactMomentLine, ...], Length(most=MOST_LISTED)]
    to_answer: Annotated[tuple[ContactMomentLine, ...], Length(most=MOST_LISTED)]
    settled: Annotated[tuple[ContactMomentLine, ...], Length(most=MOST_LISTED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierTelling:
    """How a contact moment was, until somebody changed it."""

    state: State
    sorted_as: SortedAs | None
    telling: Telling
    changed_by: str
    changed_at: datetime
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerAnswer:
    """What a caller was told. `told_on`: on which day. `because`: what was wrong with the answer before."""

    told_on: date
    answer: str
    recorded_by: str
    recorded_at: datetime
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackCaller:
    """Who is to hear what was decided. `outside`: null if somebody of the referrer itself, or no call is kept."""

    outside: OutsideProfessional | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMomentView:
    """A contact moment in full. `earlier`: how it was before it was changed, in order. `answers`: what the caller was
    told, the last first. `answer_due_on`: the last day on which an answer is in time; null if none is owed.
    `referral_kind`: of the referral that it is.
    """

    contact_moment_id: UUID
    version: int
    state: State
    sorted_as: SortedAs | None
    destination: str | None
    referral_id: UUID | None
    referral_kind: str | None
    duplicate_of: UUID | None
    telling: Telling
    recorded_by: str
    recorded_at: datetime
    likely_duplicates: Annotated[tuple[UUID, ...], Length(most=MOST_LISTED)]
    earlier: tuple[EarlierTelling, ...]
    answer_due_on: date | None
    answers: tuple[CallerAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptContactMoment:
    """A contact moment that was recorded or changed."""

    contact_moment_id: UUID
    version: int
    state: State
    referral_id: UUID | None


def referrer_of(telling: Telling, house: House) -> str | None:
    """The partner in whose name a referral is registered; of an outside professional that of the residence."""
    if telling.partner or telling.outside is None or telling.about is None:
        return telling.partner
    place = house.place(telling.about.municipality or "")
    return place.contact if place and house.outside_through_municipality else None


def referral_by_hand(telling: Telling, referrer: str, received_on: date, sorting: Sorting) -> ReferralByHand:
    """The referral that a contact moment is, once it obeys the rules of one."""
    assert telling.about
    return ReferralByHand(
        referrer=referrer,
        received_on=received_on,
        subject=telling.about.subject(),
        members=telling.members,
        concern=telling.text,
        theme=sorting.theme,
        kind=sorting.kind,
        worrying=sorting.worrying,
        **{field.name: getattr(telling, field.name) for field in fields(Circumstances)},
    )


def matter_of(by_hand: ReferralByHand) -> Matter:
    """What of the referral has no versions."""
    members = described(by_hand.members, by_hand.subject)
    return Matter(kind_of(by_hand), by_hand.referrer, by_hand.received_on, by_hand.subject, members, by_hand.theme)
