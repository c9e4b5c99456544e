"""When a referral may be sealed or unsealed, and what was said of its subject in it."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from services.intake.house import House, form_of
from services.intake.referrals.rules import UnknownTheme
from services.intake.subjects.rules import Claim
from shared.rules import Contradiction, UnknownObject


class UnknownSealedReferral(UnknownObject):
    field = "referralId"
    reason = "is not a sealed referral of this house"


class AlreadyDecidedOn(Contradiction):
    field = "referralId"
    reason = "was decided on: the weighing team first takes its decision back"


class IsOfDetention(Contradiction):
    field = "referralId"
    reason = "is a detention notice, which aftercare follows: it stays open"


def check_may_be_sealed(kind: str, *, decided: bool) -> None:
    """Raises IsOfDetention, AlreadyDecidedOn."""
    if form_of(kind) == "detention_notice":
        raise IsOfDetention
    if decided:
        raise AlreadyDecidedOn


def check_is_own_theme(theme: str, roles: Collection[str], house: House) -> None:
    """Raises UnknownTheme unless one of these roles is that of the theme."""
    own = [each for each in house.sealed_themes if house.may_see_theme(each, roles)]
    if theme not in own:
        raise UnknownTheme(reason="is not a sealed theme that you see", known=own)


def said_by(referrer: str, moments: Collection[datetime], claims: Sequence[Claim]) -> Iterator[Claim]:
    """Of each moment at which the referrer told the referral, the first of its claims."""
    for moment in sorted(moments):
        yield from [each for each in claims if (each.partner, each.stated_at) == (referrer, moment)][:1]
