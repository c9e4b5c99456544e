"""The guards of referrals, with what platforms said and what the team overrode."""

from collections.abc import Sequence
from uuid import UUID

from services.weighing.guards.messages import GuardView, Override
from services.weighing.guards.rules import Guard, guards_of
from services.weighing.guards.store import GuardStore
from services.weighing.house import House
from services.weighing.information_requests.rules import InformationRequest
from services.weighing.referrals.rules import Referral
from shared.postgres import as_row
from shared.unit import Lookup


def guards_on(
    referrals: Sequence[Referral], requests: Sequence[InformationRequest], lookup: Lookup[House]
) -> dict[UUID, tuple[GuardView, ...]]:
    """Of referrals of one house, by referral. requests: about them, in the order in which they were put."""
    if not referrals:
        return {}
    house = referrals[0].house
    profile, ids = lookup.profile(house), [referral.referral_id for referral in referrals]
    found = lookup.store(GuardStore).overrides(house, ids) if profile.guards else []
    return {referral.referral_id: _guards(referral, requests, found, profile) for referral in referrals}


def _guards(
    referral: Referral, requests: Sequence[InformationRequest], found: Sequence[Override], house: House
) -> tuple[GuardView, ...]:
    held = {override.guard: override for override in found if override.referral_id == referral.referral_id}
    own = [request for request in requests if request.referral_id == referral.referral_id]
    return tuple(_view(guard, held.get(guard.code)) for guard in guards_of(referral, own, held, house))


def _view(guard: Guard, override: Override | None) -> GuardView:
    if override is None:
        return GuardView(**as_row(guard))
    why = {name: getattr(override, name) for name in ("because", "overridden_by", "overridden_at")}
    return GuardView(**as_row(guard), **why)
