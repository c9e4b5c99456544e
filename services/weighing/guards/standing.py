"""The guards of referrals, with what platforms said of their people and what the team overrode."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from services.weighing.guards.messages import GuardView, Override
from services.weighing.guards.rules import Guard, guards_of
from services.weighing.guards.store import GuardStore
from services.weighing.house import House
from services.weighing.information_requests.rules import InformationRequest
from services.weighing.information_requests.store import InformationRequestStore
from services.weighing.referrals.rules import Referral
from shared.postgres import as_row
from shared.unit import Lookup


def guards_on(
    referrals: Collection[Referral], requests: Sequence[InformationRequest], lookup: Lookup[House]
) -> dict[UUID, tuple[GuardView, ...]]:
    """Of referrals of one house, by referral. requests: about them, in the order in which they were put."""
    house = next((referral.house for referral in referrals), None)
    if house is None or not lookup.profile(house).guards:
        return {referral.referral_id: () for referral in referrals}
    people = {referral.subject_id for referral in referrals}
    answered = lookup.store(InformationRequestStore).answered_about(house, people)
    found = lookup.store(GuardStore).overrides(house, [referral.referral_id for referral in referrals])
    profile = lookup.profile(house)
    return {
        referral.referral_id: _guards(referral, _of_person(referral, requests, answered), found, profile)
        for referral in referrals
    }


def _of_person(
    referral: Referral, requests: Sequence[InformationRequest], answered: Iterable[tuple[UUID, InformationRequest]]
) -> list[InformationRequest]:
    """The requests answered about other referrals on the same person, then those about this one."""
    own = [request for request in requests if request.referral_id == referral.referral_id]
    of_person = [request for subject_id, request in answered if subject_id == referral.subject_id]
    return [request for request in of_person if request.referral_id != referral.referral_id] + own


def _guards(
    referral: Referral, requests: Sequence[InformationRequest], found: Sequence[Override], house: House
) -> tuple[GuardView, ...]:
    held = {override.guard: override for override in found if override.referral_id == referral.referral_id}
    return tuple(_view(guard, held.get(guard.code)) for guard in guards_of(referral, requests, held, house))


def _view(guard: Guard, override: Override | None) -> GuardView:
    if override is None:
        return GuardView(**as_row(guard))
    why = {name: getattr(override, name) for name in ("because", "overridden_by", "overridden_at")}
    return GuardView(**as_row(guard), **why)
