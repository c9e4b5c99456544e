"""What somebody sees of sealed matters: those of the themes whose role is one of the caller's functions."""

from uuid import UUID

from services.intake.sealed_referrals.store import SealedReferral, SealedReferralStore, WaitingMessage
from services.intake.unit import Unit
from shared.bounded_json import parse
from shared.messaging import Rejected
from shared.web import Caller


def seen_referrals(caller: Caller, unit: Unit) -> list[SealedReferral]:
    """First those that are sealed now, the newest first."""
    found = unit.store(SealedReferralStore).sealed_referrals(caller.house)
    return [each for each in found if _sees(caller, each.theme, unit)]


def seen_referral(caller: Caller, referral_id: UUID, unit: Unit) -> SealedReferral | None:
    """Locked. None too if it is of another theme."""
    found = unit.store(SealedReferralStore).sealed_referral(caller.house, referral_id)
    return found if found and _sees(caller, found.theme, unit) else None


def seen_messages(caller: Caller, unit: Unit) -> list[WaitingMessage]:
    """Those that could not be taken, opened and locked; the oldest first."""
    waiting = unit.store(SealedReferralStore).waiting(caller.house)
    opened = [each._replace(body=unit.publishing.sealer.open(each.body, "parked")) for each in waiting]
    return [each for each in opened if _sees(caller, _theme_in(each.body), unit)]


def _theme_in(body: bytes) -> str | None:
    """The theme that a message names; None if that can't be read."""
    try:
        theme = parse(body)["data"]["theme"]
    except (Rejected, KeyError, TypeError):
        return None
    return theme if isinstance(theme, str) else None


def _sees(caller: Caller, theme: str | None, unit: Unit) -> bool:
    return unit.profile(caller.house).may_see_theme(theme, caller.roles)
