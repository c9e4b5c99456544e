"""Detentions, over HTTP."""

from uuid import UUID

from services.aftercare.access import SEE_CASE, SEE_DETENTIONS
from services.aftercare.house import House
from services.aftercare.overview import lookups
from services.aftercare.overview.messages import AftercareCase, DetentionInDetail, DetentionsQuery, ListedDetention
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_DETENTIONS, query=DetentionsQuery, gives=ListedDetention, paged=True)
def detentions(call: Call[DetentionsQuery], unit: Lookup[House]) -> Page[ListedDetention]:
    """Detentions, longest ago first."""
    return lookups.detentions(call.house, call.input, unit)


@lookup(action=SEE_DETENTIONS, gives=DetentionInDetail)
def detention(call: Call[None], unit: Lookup[House], detention_id: UUID) -> DetentionInDetail:
    """One detention, with its release dates, plan, refusals, follow-ups and conversations."""
    return lookups.detention(call.house, detention_id, unit)


@lookup(action=SEE_CASE, gives=AftercareCase)
def case(call: Call[None], unit: Lookup[House], case_id: UUID) -> AftercareCase:
    """What aftercare knows of one case: detentions, what is missing, trajectories and stays."""
    return lookups.case(call.caller, case_id, unit)
