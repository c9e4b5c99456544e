"""Information requests, over HTTP."""

from uuid import UUID

from services.weighing.access import ASK_PARTNERS, REMIND_PARTNERS, SEE_REQUESTS
from services.weighing.house import House
from services.weighing.information_requests import handlers, lookups
from services.weighing.information_requests.asking import AskPartner
from services.weighing.information_requests.messages import (
    AskedReferral,
    AskedReferrals,
    InformationRequestView,
    RemindedPartners,
    ReminderDay,
    RequestsQuery,
    information_request_view,
)
from shared.unit import Lookup, Unit
from shared.web import Call, command, lookup


@lookup(action=SEE_REQUESTS, query=RequestsQuery, gives=AskedReferrals)
def requests(call: Call[RequestsQuery], unit: Lookup[House]) -> AskedReferrals:
    """What partners are asked and have answered; people of a partner see what their own organisation is asked."""
    return lookups.asked_referrals(call.caller, call.input, unit)


@lookup(action=SEE_REQUESTS, gives=AskedReferral)
def request(call: Call[None], unit: Lookup[House], request_id: UUID) -> AskedReferral:
    """What a partner is asked about a referral, and what it has answered."""
    return lookups.asked_referral(call.caller, request_id, unit)


@command(action=ASK_PARTNERS, takes=AskPartner, gives=InformationRequestView, status=201)
def ask_partner(call: Call[AskPartner], unit: Unit[House], referral_id: UUID) -> InformationRequestView:
    """Ask a partner about a referral, besides those that are asked already."""
    request = handlers.ask_by_hand(call.caller, referral_id, call.input, unit)
    return information_request_view(request, unit.profile(call.house))


@command(action=REMIND_PARTNERS, takes=ReminderDay, gives=RemindedPartners, status=201)
def remind(call: Call[ReminderDay], unit: Unit[House]) -> RemindedPartners:
    """Remind partners of what is due by the working day after a given day, as the timer does for today."""
    return handlers.remind(call.house, call.input.on, unit)
