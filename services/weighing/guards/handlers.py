"""The team goes on although a guard speaks against it, or lets the guard hold again."""

from uuid import UUID

from services.weighing.guards.rules import Guard, NotOverridden, UnknownGuard
from services.weighing.guards.standing import guards_on
from services.weighing.guards.store import GuardStore
from services.weighing.house import House
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from services.weighing.referrals.texts import text_about
from shared.unit import Unit
from shared.web import Caller


def override(caller: Caller, referral_id: UUID, code: str, because: str, unit: Unit[House]) -> None:
    """Once is enough: the first reason stays. Raises UnknownReferral, UnknownGuard."""
    referral, guard = _guard(caller, referral_id, code, unit)
    if guard.overridden:
        return
    if not guard.speaks:
        raise UnknownGuard
    reason = text_about(referral, "because", because, caller)
    unit.store(GuardStore).add_override(referral_id, code, reason, caller.name)


def withdraw(caller: Caller, referral_id: UUID, code: str, unit: Unit[House]) -> None:
    """Raises UnknownReferral, UnknownGuard, NotOverridden."""
    _, guard = _guard(caller, referral_id, code, unit)
    if not guard.overridden:
        raise NotOverridden
    unit.store(GuardStore).withdraw_override(referral_id, code, caller.name)


def _guard(caller: Caller, referral_id: UUID, code: str, unit: Unit[House]) -> tuple[Referral, Guard]:
    """With the referral, locked."""
    referral = unit.store(ReferralStore).referrals_to_weigh(caller.house, [referral_id]).get(referral_id)
    if referral is None:
        raise UnknownReferral
    unit.concerns_case(referral.case_id)
    requests = unit.store(InformationRequestStore).information_requests([referral_id])
    for guard in guards_on([referral], requests, unit)[referral_id]:
        if guard.code == code:
            return referral, guard
    raise UnknownGuard
