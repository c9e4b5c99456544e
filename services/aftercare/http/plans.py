"""What comes beside and after a plan: refusals, and follow-ups."""

from uuid import UUID

from services.aftercare.dependencies import Unit
from services.aftercare.domain.follow_ups import FollowUp
from services.aftercare.domain.plans import Refusal
from services.aftercare.handlers import plans as handlers
from services.aftercare.messages.plans import FollowUpSchema, RefusalSchema
from shared.web import Call
from shared.web.old_endpoint import command

COORDINATOR = {"aftercare_coordinator"}


class PlanEndpoints:
    """Mixed into the service class."""

    @command(
        "POST",
        "/v1/detentions/<uuid:detention_id>/refusals",
        summary="Record that somebody wants no plan",
        roles=COORDINATOR,
        takes=RefusalSchema(),
        gives=RefusalSchema(),
        status=201,
    )
    def record_refusal(self, call: Call, unit: Unit, detention_id: UUID) -> Refusal:
        return handlers.record_refusal(call.caller.house, detention_id, call.body, unit)

    @command(
        "POST",
        "/v1/detentions/<uuid:detention_id>/follow-ups",
        summary="Record which bottlenecks are solved at a moment, which replaces the answer before",
        roles=COORDINATOR,
        takes=FollowUpSchema(),
        gives=FollowUpSchema(),
        status=201,
    )
    def follow_up(self, call: Call, unit: Unit, detention_id: UUID) -> FollowUp:
        return handlers.follow_up(call.caller.house, detention_id, call.body, unit)
