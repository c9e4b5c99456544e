"""What partners bring, by message or by phone, and what is announced and shown of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, ClassVar, Self, TypeAlias
from uuid import UUID

import orjson

from services.intake.house import BESIDES, CURRENT, Form, House, form_of, text_of
from services.intake.partners.messages import PartnersSchema
from services.intake.partners.rules import Statement, too_early, unknown_institution, unknown_partner
from services.intake.referrals.circumstances import Circumstances, Stated, broken_by_circumstances
from services.intake.referrals.rules import Stay, WrittenText, unknown_kind, unknown_theme
from services.intake.relations.messages import Members, broken_by_members, described
from services.intake.subjects.messages import DescribedSubject, StatementOnSubject
from services.intake.subjects.rules import AgeClass, CountedSex, Subject, broken_by_description, placed
from shared.bounds import Code, Length, Line, Name, Story
from shared.days import HouseDay, PastDay, ReleaseDay
from shared.rules import BrokenRule
from shared.schemas import schema_of

SAME_WHEN_TOLD_AGAIN: Mapping[Form, tuple[tuple[str, ...], ...]] = {
    "arrest_notice": (("reference", "arrested_on"),),
    "detention_notice": (("reference",),),
    "current_referral": (("reference",), ("reference", "concern")),
}
"""By which fields the same thing is recognised when a partner tells it again; later ones: what is stored of before."""
MOST_OF_A_CASE = 50
"""Referrals in the look-up of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(StatementOnSubject):
    """A message of a partner that brings a referral."""

    form: ClassVar[Form]

    @property
    def same_when_told_again(self) -> Iterator[tuple[str, ...]]:
        for names in SAME_WHEN_TOLD_AGAIN[self.form]:
            yield tuple(str(getattr(self, name)) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrestNotice(Notice):
    """`arrest-notices.submitted.v1` of a partner: a person was arrested. `worrying`: the partner is worried."""

    form: ClassVar[Form] = "arrest_notice"

    arrested_on: PastDay
    offence: Line
    worrying: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionNotice(Notice):
    """`detention-notices.submitted.v1` of a partner: a person was detained."""

    form: ClassVar[Form] = "detention_notice"

    detained_on: PastDay
    institution: Name
    expected_release_on: ReleaseDay | None = None

    @property
    def stay(self) -> Stay:
        return Stay(self.institution, self.detained_on, self.expected_release_on)

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        yield from too_early("expectedReleaseOn", self.expected_release_on, "detainedOn", self.detained_on)
        yield from unknown_institution("institution", self.institution, house)
        yield from broken_by_description(self.subject, house, today)

    def placed(self, house: House) -> Self:
        institution = house.institution(self.institution) or self.institution
        return replace(self, subject=placed(self.subject, house), institution=institution)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentReferral(Notice, Circumstances):
    """`current-referrals.submitted.v1` of a partner: the partner is worried about a person or family.

    `kind`: of the house's profile; a plain current referral without it. `members`: of a family or group.
    """

    form: ClassVar[Form] = CURRENT

    concern: Story
    theme: Code | None = None
    kind: Code | None = None
    worrying: bool | None = None
    members: Members | None = None

    @property
    def everybody(self) -> tuple[Subject, ...]:
        return (self.subject, *described(self.members, self.subject))

    @property
    def sealed_theme(self) -> str | None:
        return self.theme

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        yield from broken_by_description(self.subject, house, today)
        yield from unknown_theme(self.theme, house)
        yield from unknown_kind(self.kind, house)
        yield from broken_by_members(self.members, self.subject, house, today)
        yield from broken_by_circumstances(self, house)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralByHand(Statement, Circumstances):
    """A current referral that came by phone or mail; `referrer` is the id of the partner that brought it."""

    referrer: Code
    received_on: HouseDay
    reference: Code | None = None
    subject: DescribedSubject
    concern: Story
    theme: Code | None = None
    kind: Code | None = None
    worrying: bool | None = None
    members: Members | None = None

    def broken_rules(self, house: House, today: date) -> Iterator[BrokenRule]:
        yield from broken_by_description(self.subject, house, today)
        yield from unknown_theme(self.theme, house)
        yield from unknown_kind(self.kind, house)
        yield from broken_by_members(self.members, self.subject, house, today)
        yield from broken_by_circumstances(self, house)
        yield from unknown_partner(self.referrer, house)

    def placed(self, house: House) -> Self:
        return replace(self, subject=placed(self.subject, house))


Particulars: TypeAlias = ArrestNotice | DetentionNotice | CurrentReferral | ReferralByHand
"""What is kept of what was brought: all that it tells besides whom it is about."""
BY_FORM: Mapping[Form, type] = {notice.form: notice for notice in (ArrestNotice, DetentionNotice, CurrentReferral)}


def kind_of(particulars: Particulars) -> str:
    """The kind of referral that this brings."""
    form = CURRENT if isinstance(particulars, ReferralByHand) else particulars.form
    return getattr(particulars, "kind", None) or form


def is_worrying(particulars: Particulars) -> bool:
    """Whether its sender says so."""
    return getattr(particulars, "worrying", None) or False


def stated_in(particulars: Particulars, referral_id: UUID) -> Stated | None:
    """What weighing is told of a referral that its sender says besides; None of a notice."""
    return particulars.stated(referral_id) if isinstance(particulars, Circumstances) else None


def texts_in(kind: str, particulars: Particulars) -> list[WrittenText]:
    """None of a detention notice."""
    name = text_of(kind)
    besides = BESIDES if isinstance(particulars, Circumstances) else ()
    found = ((each, getattr(particulars, each)) for each in (*((name,) if name else ()), *besides))
    return [WrittenText(kind, text) for kind, text in found if text is not None]


def members_in(particulars: Particulars, house: House) -> list[Subject]:
    """The members of the family or group that a referral is about, as far as they are told."""
    if not isinstance(particulars, CurrentReferral | ReferralByHand):
        return []
    return [placed(member, house) for member in described(particulars.members, particulars.subject)]


def written(particulars: Particulars) -> bytes:
    """The whole statement, as `read_again` reads it."""
    return orjson.dumps(schema_of(type(particulars), PartnersSchema).dump(particulars))


def read_again(kind: str, body: bytes, *, by_hand: bool) -> Particulars:
    """The statement that was written."""
    statement: Particulars = schema_of(ReferralByHand if by_hand else BY_FORM[form_of(kind)], PartnersSchema).load(
        orjson.loads(body)
    )
    return statement


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredReferral:
    """The id of a referral that was registered by hand."""

    referral_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutReferral:
    """How a referral is registered."""

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date
    municipality: str
    sub_region: str
    sex: CountedSex
    age_class: AgeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRegistered(AboutReferral):
    """`referrals.registered.v1`: a referral that a briefing must weigh was registered.

    `contribution_ids`: of the texts that came with it, which intake shows to those who need them. `stated`: what its
    sender said besides. `youth_institution`: true if the person is detained in one.
    """

    contribution_ids: tuple[UUID, ...] | None = None
    stated: Stated | None = None
    youth_institution: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCorrected:
    """`referrals.corrected.v1`: its sender says otherwise than before what a referral states besides its text.

    `stated`: all of it; absent if nothing is left.
    """

    referral_id: UUID
    subject_id: UUID
    stated: Stated | None = None
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatReceived:
    """`repeats.received.v1`: a referral came in on somebody of whom a table case runs, whether or not it is weighed."""

    referral_id: UUID
    subject_id: UUID
    kind: str
    referrer: str
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionRegistered:
    """`detentions.registered.v1`: a detention was registered, whether or not a briefing weighs the notice.

    `referral_id` is absent if the municipality does its own aftercare and the notice is not weighed.
    """

    detention_id: UUID
    subject_id: UUID
    referral_id: UUID | None = None
    municipality: str
    institution: str
    detained_on: date
    expected_release_on: date | None = None
    own_aftercare: bool
    registered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionCorrected:
    """`detentions.corrected.v1`: a partner sent a detention notice again with other content."""

    detention_id: UUID
    subject_id: UUID
    municipality: str
    institution: str
    detained_on: date
    expected_release_on: date | None = None
    own_aftercare: bool
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView(AboutReferral):
    """`weighed`: whether the referral goes to a briefing. `recordedBy`, `recordedAt`: null of a partner's message.
    `withdrawnOn`: null unless its sender withdrew it.
    """

    case_id: UUID
    weighed: bool
    recorded_by: str | None
    recorded_at: datetime | None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCase:
    """What intake knows of the person of a case: the last 50 referrals, the newest first, without texts and names."""

    case_id: UUID
    case_ids: tuple[UUID, ...]
    subject_id: UUID
    referrals: Annotated[tuple[ReferralView, ...], Length(most=MOST_OF_A_CASE)]
