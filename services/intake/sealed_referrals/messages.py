"""What the theme's role sees of sealed referrals, and decides."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from services.intake.subjects.messages import DescribedSubject
from shared.bounds import Code, Length, Text

MOST_SEALED = 200
"""Referrals in the theme inbox."""
MOST_LOOKS = 50
"""Looks that are told with a referral."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealReferral:
    """An open referral turns out to be of a sealed theme."""

    referral_id: UUID
    theme: Code
    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsealReferral:
    """A sealed referral is of no sealed theme."""

    because: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReferralItem:
    """A sealed referral. `receivedOn`: when it reached the house."""

    referral_id: UUID
    kind: str
    theme: str
    referrer: str
    received_on: date
    municipality: str
    sealed_at: datetime | None
    unsealed_at: datetime | None
    seen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingSealedMessage:
    """A message about a sealed matter that could not be taken. `sender`: the partner's user. `parkedAt`: since when.

    `again`: whether it can be taken again; false if nothing proves who sent it.
    """

    sender: str
    parked_at: datetime
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReferralList:
    """`items`: first those that are sealed now, the newest first. `waiting`: messages that could not be taken."""

    items: Annotated[tuple[SealedReferralItem, ...], Length(most=MOST_SEALED)]
    waiting: Annotated[tuple[WaitingSealedMessage, ...], Length(most=MOST_SEALED)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReferralText:
    """What was written by whom. `kind`: `concern`, `offence`, `answer` of a partner, or `because` of a decision here.

    `organisation`: whose it is. `writtenAt`: when. `text`: what it says.
    """

    kind: str
    text: str
    organisation: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReferralLook:
    """Who looked, sealed or unsealed. `at`: when. `actorName`: how the person was called then.

    `operation`: what was done, as its id in this document.
    """

    at: datetime
    actor_name: str
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReferralView(SealedReferralItem):
    """A sealed referral with whom it is about, what was written, and who looked at it before.

    `became`: the open referral that it is now; null while it is sealed. `sealedBy`: who sealed it; null if it came in
    sealed. `unsealedBy`: who unsealed it. `texts`: what was written, the oldest first. `looks`: the newest first.
    """

    details: DescribedSubject
    texts: tuple[SealedReferralText, ...]
    sealed_by: str | None
    unsealed_by: str | None
    became: UUID | None
    looks: Annotated[tuple[SealedReferralLook, ...], Length(most=MOST_LOOKS)]
