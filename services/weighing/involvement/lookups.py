"""What people of a partner see of a case."""

from datetime import timedelta
from uuid import UUID

from services.weighing.access import ASKED, OWNS, REFERRED, SEE_CASE
from services.weighing.house import House
from services.weighing.involvement.messages import WeighingInvolvement
from services.weighing.involvement.store import InvolvementStore
from shared.rules import UnknownCase
from shared.unit import Lookup
from shared.web import Caller, possible_relations


def involvement(caller: Caller, case_id: UUID, lookup: Lookup[House]) -> WeighingInvolvement:
    """Raises UnknownCase unless the caller's organisation has a relation to the case that has not ended."""
    by, store = possible_relations(caller, SEE_CASE), lookup.store(InvolvementStore)
    since = lookup.today - timedelta(days=lookup.profile(caller.house).relation_days)
    of = caller.house, case_id, caller.organisation, since
    referred = store.referred(*of) if REFERRED in by else []
    asked = store.asked(*of) if ASKED in by else []
    owns = store.owns(*of) if OWNS in by else []
    if not (referred or asked or owns):
        raise UnknownCase
    return WeighingInvolvement(referred=tuple(referred), asked=tuple(asked), owns=tuple(owns))
