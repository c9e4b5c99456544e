"""The agenda of the briefings, over HTTP."""

from uuid import UUID

from services.weighing.access import SEE_AGENDA, SEE_CASE, SEE_DECISIONS
from services.weighing.agenda import lookups
from services.weighing.agenda.messages import (
    AgendaQuery,
    ReferralInDetail,
    WeighingCase,
)
from services.weighing.house import House
from shared.unit import Lookup
from shared.web import Call, Page, lookup


@lookup(action=SEE_AGENDA, query=AgendaQuery, gives=ReferralInDetail, paged=True)
def agenda(call: Call[AgendaQuery], unit: Lookup[House]) -> Page[ReferralInDetail]:
    """The referrals on the agenda of a briefing, in the order in which they are discussed."""
    return lookups.agenda(call.house, call.input, unit)


@lookup(action=SEE_DECISIONS, gives=ReferralInDetail)
def referral(call: Call[None], unit: Lookup[House], referral_id: UUID) -> ReferralInDetail:
    """One referral with its history."""
    return lookups.referral(call.house, referral_id, unit)


@lookup(action=SEE_CASE, gives=WeighingCase)
def case(call: Call[None], unit: Lookup[House], case_id: UUID) -> WeighingCase:
    """What weighing knows of one case: its referrals, what was asked about them, and the decisions."""
    return lookups.case(call.caller, case_id, unit)
