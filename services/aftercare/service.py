"""What aftercare listens to, what it announces and what it offers."""

from functools import partial
from operator import attrgetter

from services.aftercare.accounts.endpoints import account, account_as_csv, account_as_workbook
from services.aftercare.advances.endpoints import advances, lend, repay, write_off
from services.aftercare.assignments.messages import AssignmentGiven
from services.aftercare.commitments.endpoints import commit, commitments, release, spend
from services.aftercare.conversations.endpoints import (
    correct_report,
    record_conversation,
    report_conversation,
    withdraw_report,
)
from services.aftercare.conversations.handlers import conversation_reported
from services.aftercare.conversations.messages import (
    ConversationHeld,
    ConversationReported,
    ConversationTold,
    ConversationWithdrawn,
)
from services.aftercare.detentions.endpoints import (
    change_release_date,
    detained_now,
    restore_detention,
    separate_notice,
    withdraw_detention,
)
from services.aftercare.detentions.handlers import (
    correct_detention,
    prepare_detentions,
    register_detention,
    report_release_date,
)
from services.aftercare.detentions.messages import (
    DetentionCorrected,
    DetentionJoined,
    DetentionRegistered,
    DetentionRestored,
    ReleaseDateChanged,
    ReleaseDateReported,
    WithdrawnDetention,
)
from services.aftercare.follow_ups.endpoints import correct_follow_up, follow_up, withdraw_follow_up
from services.aftercare.forgetting import TEXT_COLUMNS
from services.aftercare.funds.endpoints import allot, budget, close_year, contribute, fund_year, revise_allotment
from services.aftercare.invoices.endpoints import invoices
from services.aftercare.invoices.handlers import take_invoice
from services.aftercare.invoices.messages import InvoiceReceived
from services.aftercare.judgements.handlers import judge
from services.aftercare.judgements.messages import SubmissionJudged
from services.aftercare.ledger.endpoints import correct_entry, ledger_entries
from services.aftercare.ledger.messages import CoFinancingShortfallForeseen, LedgerEntryBooked
from services.aftercare.outflows.handlers import hear_outflow
from services.aftercare.outflows.messages import OutflowReported
from services.aftercare.overview.endpoints import case, detention, detentions
from services.aftercare.plans.endpoints import (
    correct_plan,
    correct_refusal,
    make_plan,
    record_refusal,
    withdraw_plan,
    withdraw_refusal,
)
from services.aftercare.plans.messages import AftercarePlanMade, AftercarePlanWithdrawn
from services.aftercare.preparations.endpoints import preparations
from services.aftercare.preparations.messages import PreparationOverdue
from services.aftercare.profile import load_houses
from services.aftercare.reconciliation.endpoints import reconciliation
from services.aftercare.releases.endpoints import breaches, confirm_no_breach
from services.aftercare.releases.messages import ReleaseUnprepared
from services.aftercare.scenarios.endpoints import scenarios
from services.aftercare.stays.endpoints import (
    ask_for_stay,
    begin_stay,
    correct_beginning,
    correct_end,
    end_stay,
    stay,
    stays,
    transition_houses,
    withdraw_beginning,
    withdraw_end,
    withdraw_stay,
)
from services.aftercare.stays.messages import StayBegan, StayEnded, StayStepWithdrawn
from services.aftercare.table_cases.handlers import (
    follow_closed_table_case,
    follow_opened_table_case,
    follow_withdrawn_closing,
    follow_withdrawn_table_case,
)
from services.aftercare.table_cases.messages import (
    ClosingCorrected,
    ClosingWithdrawn,
    TableCaseClosed,
    TableCaseOpened,
    TableCaseWithdrawn,
)
from services.aftercare.trajectories.endpoints import (
    correct_ending,
    correct_stage,
    correct_transport,
    end_trajectory,
    reach_stage,
    record_transport,
    show_who_guides,
    start_trajectory,
    trajectories,
    trajectory,
    trajectory_outcomes,
    withdraw_ending,
    withdraw_stage,
    withdraw_transport,
)
from services.aftercare.trajectories.handlers import progress_reported
from services.aftercare.trajectories.messages import (
    TrajectoryEnded,
    TrajectoryProgressed,
    TrajectoryProgressReported,
    TrajectoryStarted,
    TrajectoryStepWithdrawn,
)
from services.aftercare.wanted_trajectories.endpoints import explain_trajectory
from services.aftercare.wanted_trajectories.handlers import hear_closed_need, hear_need
from services.aftercare.wanted_trajectories.messages import TrajectoryNeedClosed, TrajectoryNeedRaised
from services.aftercare.watch import handlers as watch_handlers
from services.aftercare.watch.endpoints import watch
from services.aftercare.work.endpoints import work
from shared.aliases.handlers import link_records, unlink_records
from shared.aliases.messages import SubjectsMerged, SubjectsSeparated
from shared.house_units import HouseUnits
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.sealed_texts.handlers import forget_texts
from shared.sealed_texts.messages import SubjectForgotten
from shared.sealed_texts.plain import DAY, seal_plain_texts
from shared.timer import Tick, timer
from shared.web import AUDIT, COMMON, PARKING, Health, serve

LISTENS = Routes(
    Route("detentions.registered.v1", DetentionRegistered, register_detention, prepare=prepare_detentions),
    Route("detentions.corrected.v1", DetentionCorrected, correct_detention),
    Route("release-dates.reported.v1", ReleaseDateReported, report_release_date, judge=judge),
    Route("outflows.reported.v1", OutflowReported, hear_outflow),
    Route("conversations.reported.v1", ConversationTold, conversation_reported, judge=judge),
    Route("conversations.reported.v2", ConversationReported, conversation_reported, judge=judge),
    Route("trajectory-progress.reported.v1", TrajectoryProgressReported, progress_reported, judge=judge),
    Route("invoices.received.v1", InvoiceReceived, take_invoice, judge=judge),
    Route("table-cases.opened.v1", TableCaseOpened, follow_opened_table_case),
    Route("table-cases.withdrawn.v1", TableCaseWithdrawn, follow_withdrawn_table_case),
    Route("table-cases.closed.v1", TableCaseClosed, follow_closed_table_case),
    Route("closings.corrected.v1", ClosingCorrected, follow_closed_table_case),
    Route("closings.withdrawn.v1", ClosingWithdrawn, follow_withdrawn_closing),
    Route("trajectory-needs.raised.v1", TrajectoryNeedRaised, hear_need),
    Route("trajectory-needs.closed.v1", TrajectoryNeedClosed, hear_closed_need),
    Route("subjects.merged.v1", SubjectsMerged, link_records),
    Route("subjects.separated.v1", SubjectsSeparated, unlink_records),
    Route("subjects.forgotten.v1", SubjectForgotten, forget_texts),
)
PUBLISHES = {
    "detentions.joined.v1": DetentionJoined,
    "detentions.withdrawn.v1": WithdrawnDetention,
    "detentions.restored.v1": DetentionRestored,
    "release-dates.changed.v1": ReleaseDateChanged,
    "aftercare-plans.made.v1": AftercarePlanMade,
    "aftercare-plans.withdrawn.v1": AftercarePlanWithdrawn,
    "conversations.held.v1": ConversationHeld,
    "conversations.withdrawn.v1": ConversationWithdrawn,
    "assignments.given.v1": AssignmentGiven,
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
    "submissions.judged.v1": SubmissionJudged,
}
OFFERS = {
    "GET /v1/work": work,
    "GET /v1/cases/<uuid:case_id>": case,
    "GET /v1/cases/<uuid:case_id>/running": show_who_guides,
    "POST /v1/detained-now": detained_now,
    "GET /v1/detentions": detentions,
    "GET /v1/detentions/<uuid:detention_id>": detention,
    "POST /v1/detentions/<uuid:detention_id>/release-dates": change_release_date,
    "POST /v1/detentions/<uuid:detention_id>/withdrawal": withdraw_detention,
    "POST /v1/detentions/<uuid:detention_id>/withdrawal/withdrawal": restore_detention,
    "POST /v1/detentions/<uuid:detention_id>/notices/<uuid:notice_id>/separation": separate_notice,
    "POST /v1/detentions/<uuid:detention_id>/plan": make_plan,
    "POST /v1/detentions/<uuid:detention_id>/plan/correction": correct_plan,
    "POST /v1/detentions/<uuid:detention_id>/plan/withdrawal": withdraw_plan,
    "POST /v1/detentions/<uuid:detention_id>/refusals": record_refusal,
    "POST /v1/detentions/<uuid:detention_id>/refusals/correction": correct_refusal,
    "POST /v1/detentions/<uuid:detention_id>/refusals/withdrawal": withdraw_refusal,
    "POST /v1/detentions/<uuid:detention_id>/follow-ups": follow_up,
    "POST /v1/detentions/<uuid:detention_id>/follow-ups/correction": correct_follow_up,
    "POST /v1/detentions/<uuid:detention_id>/follow-ups/withdrawal": withdraw_follow_up,
    "POST /v1/detentions/<uuid:detention_id>/conversations": record_conversation,
    "POST /v1/conversations/<uuid:conversation_id>/report": report_conversation,
    "POST /v1/conversations/<uuid:conversation_id>/report/correction": correct_report,
    "POST /v1/conversations/<uuid:conversation_id>/report/withdrawal": withdraw_report,
    "GET /v1/preparations": preparations,
    "GET /v1/breaches": breaches,
    "POST /v1/breaches/<uuid:release_id>/confirmation": confirm_no_breach,
    "POST /v1/watch-rounds": watch,
    "GET /v1/reconciliations/<int(min=1900, max=9998):year>": reconciliation,
    "GET /v1/trajectories": trajectories,
    "POST /v1/trajectories": start_trajectory,
    "GET /v1/trajectory-outcomes": trajectory_outcomes,
    "GET /v1/trajectories/<uuid:trajectory_id>": trajectory,
    "POST /v1/trajectories/<uuid:trajectory_id>/stages": reach_stage,
    "POST /v1/trajectories/<uuid:trajectory_id>/stages/correction": correct_stage,
    "POST /v1/trajectories/<uuid:trajectory_id>/stages/withdrawal": withdraw_stage,
    "POST /v1/trajectories/<uuid:trajectory_id>/ending": end_trajectory,
    "POST /v1/trajectories/<uuid:trajectory_id>/ending/correction": correct_ending,
    "POST /v1/trajectories/<uuid:trajectory_id>/ending/withdrawal": withdraw_ending,
    "POST /v1/trajectories/<uuid:trajectory_id>/transports": record_transport,
    "POST /v1/trajectories/<uuid:trajectory_id>/transports/correction": correct_transport,
    "POST /v1/trajectories/<uuid:trajectory_id>/transports/withdrawal": withdraw_transport,
    "POST /v1/wanted-trajectories/<uuid:follow_up_id>/explanation": explain_trajectory,
    "GET /v1/transition-houses": transition_houses,
    "GET /v1/stays": stays,
    "POST /v1/stays": ask_for_stay,
    "GET /v1/stays/<uuid:stay_id>": stay,
    "POST /v1/stays/<uuid:stay_id>/beginning": begin_stay,
    "POST /v1/stays/<uuid:stay_id>/beginning/correction": correct_beginning,
    "POST /v1/stays/<uuid:stay_id>/beginning/withdrawal": withdraw_beginning,
    "POST /v1/stays/<uuid:stay_id>/ending": end_stay,
    "POST /v1/stays/<uuid:stay_id>/ending/correction": correct_end,
    "POST /v1/stays/<uuid:stay_id>/ending/withdrawal": withdraw_end,
    "POST /v1/stays/<uuid:stay_id>/withdrawal": withdraw_stay,
    "GET /v1/funds/<string:fund>/<int:year>": fund_year,
    "POST /v1/funds/<string:fund>/<int:year>/allotments": allot,
    "POST /v1/funds/<string:fund>/<int:year>/allotments/correction": revise_allotment,
    "POST /v1/funds/<string:fund>/<int:year>/contributions": contribute,
    "POST /v1/funds/<string:fund>/<int:year>/budgets": budget,
    "POST /v1/funds/<string:fund>/<int:year>/closing": close_year,
    "POST /v1/funds/<string:fund>/<int:year>/commitments": commit,
    "POST /v1/funds/<string:fund>/<int:year>/advances": lend,
    "POST /v1/funds/<string:fund>/<int:year>/scenarios": scenarios,
    "GET /v1/commitments": commitments,
    "POST /v1/commitments/<uuid:commitment_id>/spendings": spend,
    "POST /v1/commitments/<uuid:commitment_id>/releases": release,
    "GET /v1/advances": advances,
    "POST /v1/advances/<uuid:advance_id>/repayments": repay,
    "POST /v1/advances/<uuid:advance_id>/write-offs": write_off,
    "GET /v1/invoices": invoices,
    "GET /v1/ledger-entries": ledger_entries,
    "POST /v1/ledger-entries/<uuid:entry_id>/correction": correct_entry,
    "GET /v1/accounts/<string:fund>/<int:year>": account,
    "GET /v1/accounts/<string:fund>/<int:year>/csv": account_as_csv,
    "GET /v1/accounts/<string:fund>/<int:year>/workbook": account_as_workbook,
}


class Aftercare:
    """The way out of detention: release dates, plans, trajectories, transition houses, and the funds that pay."""

    name = "aftercare"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES)
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)

    @consume(EventQueues("aftercare"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @timer(attrgetter("watch_seconds"))
    def watch_today(self, tick: Tick) -> None:
        with self.units.begin(tick) as unit:
            watch_handlers.watch_today(unit)

    @timer(lambda settings: DAY)
    def seal_plain_texts(self, tick: Tick) -> None:
        seal_plain_texts(partial(self.units.begin, tick), TEXT_COLUMNS)
