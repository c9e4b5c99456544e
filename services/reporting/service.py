"""What reporting listens to and what it offers. It announces nothing."""

from collections.abc import Mapping

from services.reporting.factsheets.endpoints import factsheet
from services.reporting.history import handlers as history_handlers
from services.reporting.history.endpoints import partner_days, past_problems, throughput
from services.reporting.journal.handlers import keep_event
from services.reporting.journal.messages import (
    ActionPlanAgreed,
    ActionPlanWithdrawn,
    AftercarePlanMade,
    AftercarePlanWithdrawn,
    ClosingCorrected,
    ClosingWithdrawn,
    ConversationWithdrawn,
    DecisionCorrected,
    DecisionWithdrawn,
    DetentionCorrected,
    DetentionJoined,
    DetentionRegistered,
    DetentionRestored,
    DetentionWithdrawn,
    MonitoringAnswerWithdrawn,
    MonitoringMomentAnswered,
    ReferralRegistered,
    ReferralWeighed,
    ReleaseDateChanged,
    SessionCancelled,
    SessionHeld,
    SessionMoved,
    SessionPlanned,
    StayStepWithdrawn,
    TableCaseClosed,
    TableCaseOpened,
    TableCaseReferralWithdrawn,
    TableCaseReferredAgain,
    TableCaseWithdrawn,
    TrajectoryStepWithdrawn,
)
from services.reporting.journal.reader import journal_reader
from services.reporting.journal.uncounted import (
    CoFinancingShortfallForeseen,
    ConversationHeld,
    FollowUpLapsed,
    FollowUpOverdue,
    FollowUpReported,
    LateSupplementReceived,
    LedgerEntryBooked,
    PreparationOverdue,
    ReleaseUnprepared,
    StayBegan,
    StayEnded,
    TrajectoryEnded,
    TrajectoryProgressed,
    TrajectoryStarted,
)
from services.reporting.management_report.endpoints import management_report
from services.reporting.manual.endpoints import operations_manual
from services.reporting.operations.collector import Collector
from services.reporting.operations.endpoints import operations_now
from services.reporting.parked_messages.endpoints import (
    parked_at_service,
    parked_elsewhere,
    parked_everywhere,
    parked_group_step,
    parked_groups_everywhere,
    parked_step,
)
from services.reporting.parked_messages.neighbours import Neighbours
from services.reporting.processes.endpoints import platform_processes
from services.reporting.processes.readiness import Readiness
from services.reporting.profile import load_houses
from services.reporting.unit import Lookup, Unit
from shared.aliases.messages import SubjectsMerged, SubjectsSeparated
from shared.house_units import HouseUnits
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.publishing import Publishes
from shared.messaging.slices import EventQueues
from shared.timer import Tick, timer
from shared.web import AUDIT, COMMON, PARKING, Health, serve
from shared.web.work import work_of

KEPT: Mapping[str, type] = {
    "referrals.registered.v1": ReferralRegistered,
    "detentions.registered.v1": DetentionRegistered,
    "detentions.corrected.v1": DetentionCorrected,
    "subjects.merged.v1": SubjectsMerged,
    "subjects.separated.v1": SubjectsSeparated,
    "referrals.weighed.v1": ReferralWeighed,
    "decisions.corrected.v1": DecisionCorrected,
    "decisions.withdrawn.v1": DecisionWithdrawn,
    "late-supplements.received.v1": LateSupplementReceived,
    "follow-ups.reported.v1": FollowUpReported,
    "follow-ups.overdue.v1": FollowUpOverdue,
    "follow-ups.lapsed.v1": FollowUpLapsed,
    "table-cases.opened.v1": TableCaseOpened,
    "table-cases.referred-again.v1": TableCaseReferredAgain,
    "table-cases.withdrawn.v1": TableCaseWithdrawn,
    "table-case-referrals.withdrawn.v1": TableCaseReferralWithdrawn,
    "sessions.planned.v1": SessionPlanned,
    "sessions.moved.v1": SessionMoved,
    "sessions.held.v1": SessionHeld,
    "sessions.cancelled.v1": SessionCancelled,
    "action-plans.agreed.v1": ActionPlanAgreed,
    "action-plans.withdrawn.v1": ActionPlanWithdrawn,
    "monitoring-moments.answered.v1": MonitoringMomentAnswered,
    "monitoring-answers.withdrawn.v1": MonitoringAnswerWithdrawn,
    "table-cases.closed.v1": TableCaseClosed,
    "closings.corrected.v1": ClosingCorrected,
    "closings.withdrawn.v1": ClosingWithdrawn,
    "release-dates.changed.v1": ReleaseDateChanged,
    "detentions.joined.v1": DetentionJoined,
    "detentions.withdrawn.v1": DetentionWithdrawn,
    "detentions.restored.v1": DetentionRestored,
    "aftercare-plans.made.v1": AftercarePlanMade,
    "aftercare-plans.withdrawn.v1": AftercarePlanWithdrawn,
    "conversations.held.v1": ConversationHeld,
    "conversations.withdrawn.v1": ConversationWithdrawn,
    "preparations.overdue.v1": PreparationOverdue,
    "releases.unprepared.v1": ReleaseUnprepared,
    "trajectories.started.v1": TrajectoryStarted,
    "trajectories.progressed.v1": TrajectoryProgressed,
    "trajectories.ended.v1": TrajectoryEnded,
    "trajectory-steps.withdrawn.v1": TrajectoryStepWithdrawn,
    "stays.began.v1": StayBegan,
    "stays.ended.v1": StayEnded,
    "stay-steps.withdrawn.v1": StayStepWithdrawn,
    "ledger-entries.booked.v1": LedgerEntryBooked,
    "co-financing-shortfalls.foreseen.v1": CoFinancingShortfallForeseen,
}
"""The class that each event is checked by. The handler gets the data as they came: see JournalReader."""
LISTENS = Routes(*(Route(type, message, keep_event) for type, message in KEPT.items()))
PUBLISHES: Publishes = {}
MINUTE_SECONDS = 60.0
"""How often what went through is kept."""
OFFERS = {
    "GET /v1/work": work_of(),
    "GET /v1/management-reports/<int(min=1900, max=2999):year>": management_report,
    "GET /v1/factsheets/<int(min=1900, max=2999):year>": factsheet,
    "GET /v1/operations": operations_now,
    "GET /v1/operations/throughput": throughput,
    "GET /v1/operations/partner-days": partner_days,
    "GET /v1/operations/problems": past_problems,
    "GET /v1/operations/processes": platform_processes,
    "GET /v1/operations/manual": operations_manual,
    "GET /v1/operations/parked-message-groups": parked_groups_everywhere,
    "GET /v1/operations/parked-messages": parked_everywhere,
    "GET /v1/operations/parked-messages/<service>": parked_at_service,
    "GET /v1/operations/parked-messages/<service>/<int:id>": parked_elsewhere,
    "POST /v1/operations/parked-message-groups/<service>/<any(replays, discards):step>": parked_group_step,
    "POST /v1/operations/parked-messages/<service>/<int:id>"
    "/<any(openings, corrections, replays, discards):step>": parked_step,
}


class Reporting:
    """Projections of everybody's events, the management report, factsheets, and the figures for operators."""

    name = "reporting"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES, lookup=Lookup, unit=Unit)
    monitor = Collector()
    readiness = Readiness()
    neighbours = Neighbours()
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)

    @consume(EventQueues("reporting"), LISTENS, journal_reader)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @timer(lambda settings: MINUTE_SECONDS)
    def keep_minute(self, tick: Tick) -> None:
        with self.units.begin(tick) as unit:
            history_handlers.keep_minute(self.monitor, unit)
