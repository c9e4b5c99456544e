"""Information requests, over HTTP."""

from uuid import UUID

from services.weighing.access import ASK_PARTNERS
from services.weighing.house import House
from services.weighing.information_requests import handlers
from services.weighing.information_requests.asking import AskPartner
from services.weighing.information_requests.messages import InformationRequestView, information_request_view
from shared.unit import Unit
from shared.web import Call, command


@command(action=ASK_PARTNERS, takes=AskPartner, gives=InformationRequestView, status=201)
def ask_partner(call: Call[AskPartner], unit: Unit[House], referral_id: UUID) -> InformationRequestView:
    """Ask a partner about a referral, besides those that are asked already."""
    request = handlers.ask_by_hand(call.caller, referral_id, call.input, unit)
    return information_request_view(request, unit.profile(call.house))
