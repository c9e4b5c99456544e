"""Who saw what, over HTTP."""

from uuid import UUID

from services.intake.access import SEE_DISCLOSURES
from services.intake.disclosures import lookups
from services.intake.disclosures.messages import DisclosureList, DisclosuresQuery
from services.intake.unit import Unit
from shared.web import Call, recorded_lookup


@recorded_lookup(action=SEE_DISCLOSURES, query=DisclosuresQuery, gives=DisclosureList)
def show_disclosures(call: Call[DisclosuresQuery], unit: Unit, case_id: UUID) -> DisclosureList:
    """Who was told who a case is about or what was written, what for and when; that somebody looked is logged too."""
    unit.concerns_case(case_id)
    return lookups.disclosures(call.house, case_id, call.input, unit)
