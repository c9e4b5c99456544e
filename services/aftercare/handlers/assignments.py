"""What a provider is asked to do is told to intake, which tells the provider about whom."""

from datetime import date
from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.detentions import Detention
from shared.business_dates import noon


def give_conversation(conversation_id: UUID, provider: str, on: date, detention: Detention, unit: Unit) -> None:
    """To a provider that is no partner nothing is told."""
    partner = unit.profile(detention.house).providers[provider].partner
    if partner is None:
        return
    assignment = {
        "assignment_id": conversation_id,
        "partner": partner,
        "kind": "conversation",
        "subject_id": detention.subject_id,
        "needs": [],
        "institution": detention.institution,
    }
    unit.announce(
        "assignments.given.v1", house=detention.house, case_id=detention.case_id, time=noon(on), data=assignment
    )
