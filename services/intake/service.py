"""The map of the service: what it listens to, what it offers."""

from typing import Any
from uuid import UUID

from services.intake.dependencies import Unit, unit_factory
from services.intake.errors import OUTCOMES
from services.intake.handlers import aftercare
from services.intake.handlers import partners as handlers
from services.intake.ingress import PartnerReader
from services.intake.messages.commands import ReferralByHand, Registered
from services.intake.messages.consumed import (
    AssignmentGiven,
    InformationRequestIssued,
    ReferralWeighed,
    SubmissionJudged,
)
from services.intake.messages.lookups import NameWanted, ReferralView, SubjectView
from services.intake.messages.partners import (
    ArrestNotice,
    ConversationReport,
    CurrentReferral,
    DetentionNotice,
    InformationAnswer,
    Invoice,
    OutflowList,
    ReleaseDate,
    ReplayRequest,
    TrajectoryProgress,
)
from services.intake.messages.published import PUBLISHES
from services.intake.storage.store import KnownSubject
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.reader import Route, Routes
from shared.messaging.slices import EventQueues
from shared.messaging.units import Units
from shared.web import Call
from shared.web.common import CommonEndpoints
from shared.web.old_endpoint import command, endpoint
from shared.web.parking import ParkingEndpoints

LISTENS = Routes(
    Route(
        "information-requests.issued.v1",
        InformationRequestIssued(),
        handlers.send_information_request,
        handlers.prepare_referrals,
    ),
    Route("submissions.judged.v1", SubmissionJudged(), aftercare.answer_submission),
    Route("assignments.given.v1", AssignmentGiven(), aftercare.send_assignment),
    Route("referrals.weighed.v1", ReferralWeighed(), handlers.give_feedback, handlers.prepare_referrals),
)
ACCEPTS = Routes(
    Route("arrest-notices.submitted.v1", ArrestNotice(), handlers.register_arrest_notice, handlers.prepare_registering),
    Route(
        "detention-notices.submitted.v1",
        DetentionNotice(),
        handlers.register_detention_notice,
        handlers.prepare_registering,
    ),
    Route(
        "current-referrals.submitted.v1",
        CurrentReferral(),
        handlers.register_current_referral,
        handlers.prepare_registering,
    ),
    Route("release-dates.submitted.v1", ReleaseDate(), aftercare.hand_on_release_date, handlers.prepare_registering),
    Route("outflow-lists.submitted.v1", OutflowList(), aftercare.hand_on_outflow_list),
    Route("conversation-reports.submitted.v1", ConversationReport(), aftercare.hand_on_conversation),
    Route("trajectory-progress.submitted.v1", TrajectoryProgress(), aftercare.hand_on_progress),
    Route("invoices.submitted.v1", Invoice(), aftercare.hand_on_invoice),
    Route("information-answers.submitted.v1", InformationAnswer(), handlers.answer_information_request),
    Route("replays.requested.v1", ReplayRequest(), handlers.replay_stream),
)
PARTNERS = PartnerReader(ACCEPTS)
MAY_SEE_NAMES = {"weighing_team", "process_director", "aftercare_coordinator", "intake_officer"}


class Intake(CommonEndpoints, ParkingEndpoints):
    """The door for partners, both ways, and the only place that knows who a subject is."""

    name = "intake"
    units = Units(unit_factory, PUBLISHES, OUTCOMES)

    @consume(PARTNERS.queues, ACCEPTS, lambda routes, settings: PARTNERS)
    def take_partners_messages(self, batch: Batch) -> None:
        self.units.take(batch)

    @consume(EventQueues("intake"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @command(
        "POST",
        "/v1/referrals",
        summary="Register a current referral that came by phone or mail",
        roles={"intake_officer"},
        takes=ReferralByHand(),
        gives=Registered(),
        status=201,
        keyed=True,
    )
    def register_by_hand(self, call: Call, unit: Unit) -> dict[str, Any]:
        return {"referral_id": handlers.register_by_hand(call.caller.house, call.body, unit)}

    @endpoint(
        "GET",
        "/v1/referrals/<uuid:referral_id>",
        summary="How a referral is registered, without what was written in it",
        roles=MAY_SEE_NAMES,
        gives=ReferralView(),
    )
    def show_referral(self, call: Call, referral_id: UUID) -> dict[str, Any]:
        with self.units.begin(call) as unit:
            return handlers.show_referral(call.caller.house, referral_id, unit)

    @endpoint(
        "GET",
        "/v1/subjects/<uuid:subject_id>",
        summary="Who a subject is; who asks and what for is kept",
        roles=MAY_SEE_NAMES,
        query=NameWanted(),
        gives=SubjectView(),
    )
    def show_subject(self, call: Call, subject_id: UUID) -> KnownSubject:
        with self.units.begin(call) as unit:
            return handlers.show_subject(
                call.caller.house, subject_id, purpose=call.query["purpose"], to=call.caller.name, unit=unit
            )
