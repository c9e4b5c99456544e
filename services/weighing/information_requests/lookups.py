"""What partners are asked: by the partner that answers, and by the house that waits."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from services.weighing.access import SEE_REQUESTS
from services.weighing.calendar.lookups import house_of
from services.weighing.house import House
from services.weighing.information_requests.asking import is_to_call
from services.weighing.information_requests.messages import (
    MOST_REQUESTS,
    AskedReferral,
    AskedReferrals,
    RequestsQuery,
    information_request_view,
)
from services.weighing.information_requests.rules import UnknownInformationRequest
from services.weighing.information_requests.store import FoundRequest, InformationRequestStore
from services.weighing.referrals.rules import next_briefing
from shared.unit import Lookup
from shared.web import Caller, acts_for_house


def asked_referrals(caller: Caller, query: RequestsQuery, lookup: Lookup[House]) -> AskedReferrals:
    """The requests to the caller's organisation; for a function of the house, those to all partners."""
    store, partner = lookup.store(InformationRequestStore), _partner(caller)
    if query.state == "open":
        ids = store.open_requests(caller.house, partner, MOST_REQUESTS)
    else:
        since = lookup.today - timedelta(days=lookup.profile(caller.house).relation_days)
        ids = store.closed_requests(caller.house, partner, since, MOST_REQUESTS)
    return AskedReferrals(items=tuple(_views(caller, ids, lookup)))


def asked_referral(caller: Caller, request_id: UUID, lookup: Lookup[House]) -> AskedReferral:
    """One request. Raises UnknownInformationRequest, also for a request to another partner."""
    found = _views(caller, [request_id], lookup)
    if not found:
        raise UnknownInformationRequest
    return found[0]


def _partner(caller: Caller) -> str | None:
    """None for people of the house, who see what every partner is asked."""
    return None if acts_for_house(caller, SEE_REQUESTS) else caller.organisation


def _views(caller: Caller, ids: Sequence[UUID], lookup: Lookup[House]) -> list[AskedReferral]:
    house = house_of(caller.house, lookup)
    found = lookup.store(InformationRequestStore).asked_referrals(caller.house, _partner(caller), ids)
    return [_view(each, house, lookup.today) for each in found]


def _view(found: FoundRequest, house: House, today: date) -> AskedReferral:
    request, about = found.request, dict(found.about)
    table_on = about.pop("table_on")
    if table_on and table_on < today:
        table_on = next_briefing(about["sub_region"], today, house)
    return AskedReferral(
        request=information_request_view(request, house),
        overdue=request.is_open and request.answer_by < today,
        to_call=is_to_call(request, house),
        referral_id=request.referral_id,
        briefing_on=table_on,
        **about,
    )
