"""What meetings listens to, what it announces and what it offers."""

from functools import partial

from services.meetings.closings.endpoints import close_table_case, correct_closing, withdraw_closing
from services.meetings.closings.messages import ClosingCorrected, ClosingWithdrawn, TableCaseClosed
from services.meetings.decisions.handlers import correct_decision, separate_records, withdraw_decision
from services.meetings.forgetting import TEXT_COLUMNS, forget_subject
from services.meetings.late_information.endpoints import read_information
from services.meetings.late_information.handlers import note_information, return_closed
from services.meetings.late_information.messages import LateSupplementReceived, LateSupplementReturned
from services.meetings.overview.endpoints import case, table_case
from services.meetings.plans.endpoints import (
    agree_on_plan,
    answer_monitoring_moment,
    correct_answer,
    correct_plan,
    due_moments,
    withdraw_answer,
    withdraw_plan,
)
from services.meetings.plans.messages import (
    ActionPlanAgreed,
    ActionPlanWithdrawn,
    MonitoringAnswerWithdrawn,
    MonitoringMomentAnswered,
)
from services.meetings.profile import load_houses
from services.meetings.releases.handlers import (
    follow_release_date,
    forget_joined_detention,
    forget_withdrawn_detention,
)
from services.meetings.releases.messages import DetentionJoined, DetentionWithdrawn, ReleaseDateChanged
from services.meetings.repeats.endpoints import (
    answer_repeat,
    correct_repeat_answer,
    repeat_questions,
    running_table_cases,
    show_who_has_case,
)
from services.meetings.repeats.handlers import ask_holders, withdraw_questions
from services.meetings.repeats.messages import ReferralWithdrawn, RepeatReceived
from services.meetings.sessions.endpoints import (
    cancel_session,
    correct_session,
    hold_session,
    move_session,
    plan_session,
    session,
    sessions,
    withdraw_session,
)
from services.meetings.sessions.messages import SessionCancelled, SessionHeld, SessionMoved, SessionPlanned
from services.meetings.table_cases.endpoints import repeats, table_cases
from services.meetings.table_cases.handlers import open_table_case, prepare_opening
from services.meetings.table_cases.messages import (
    DecisionCorrected,
    DecisionWithdrawn,
    ReferralWeighed,
    TableCaseOpened,
    TableCaseReferralWithdrawn,
    TableCaseReferredAgain,
    TableCaseWithdrawn,
)
from services.meetings.work.endpoints import work
from services.meetings.zsm_advices.endpoints import show_advice, write_advice
from services.meetings.zsm_advices.messages import ZsmAdviceWritten
from shared.aliases.handlers import link_records
from shared.aliases.messages import SubjectsMerged, SubjectsSeparated
from shared.house_units import HouseUnits
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.sealed_texts.messages import SubjectForgotten
from shared.sealed_texts.plain import DAY, seal_plain_texts
from shared.suspects.handlers import note_suspect
from shared.suspects.messages import SuspectRecognised
from shared.timer import Tick, timer
from shared.web import AUDIT, COMMON, PARKING, Health, serve

LISTENS = Routes(
    Route("referrals.weighed.v1", ReferralWeighed, open_table_case, prepare=prepare_opening),
    Route("decisions.corrected.v1", DecisionCorrected, correct_decision),
    Route("decisions.withdrawn.v1", DecisionWithdrawn, withdraw_decision),
    Route("repeats.received.v1", RepeatReceived, ask_holders, prepare=prepare_opening),
    Route("referrals.withdrawn.v1", ReferralWithdrawn, withdraw_questions),
    Route("repeats.withdrawn.v1", ReferralWithdrawn, withdraw_questions),
    Route("late-supplements.received.v1", LateSupplementReceived, note_information, prepare=prepare_opening),
    Route("release-dates.changed.v1", ReleaseDateChanged, follow_release_date),
    Route("detentions.withdrawn.v1", DetentionWithdrawn, forget_withdrawn_detention),
    Route("detentions.joined.v1", DetentionJoined, forget_joined_detention),
    Route("suspects.recognised.v1", SuspectRecognised, note_suspect),
    Route("subjects.merged.v1", SubjectsMerged, link_records),
    Route("subjects.separated.v1", SubjectsSeparated, separate_records),
    Route("subjects.forgotten.v1", SubjectForgotten, forget_subject),
)
PUBLISHES = {
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
    "zsm-advices.written.v1": ZsmAdviceWritten,
    "late-supplements.returned.v1": LateSupplementReturned,
}
WATCHED_EVERY_SECONDS = 300.0
OFFERS = {
    "GET /v1/work": work,
    "GET /v1/cases/<uuid:case_id>": case,
    "GET /v1/table-cases": table_cases,
    "GET /v1/table-cases/<uuid:table_case_id>": table_case,
    "GET /v1/repeats": repeats,
    "POST /v1/running-table-cases": running_table_cases,
    "GET /v1/cases/<uuid:case_id>/running": show_who_has_case,
    "GET /v1/repeat-questions": repeat_questions,
    "POST /v1/repeat-questions/<uuid:question_id>/answer": answer_repeat,
    "POST /v1/repeat-questions/<uuid:question_id>/answer/correction": correct_repeat_answer,
    "POST /v1/late-information/<uuid:information_id>/reading": read_information,
    "GET /v1/sessions": sessions,
    "POST /v1/sessions": plan_session,
    "GET /v1/sessions/<uuid:session_id>": session,
    "POST /v1/sessions/<uuid:session_id>/move": move_session,
    "POST /v1/sessions/<uuid:session_id>/holding": hold_session,
    "POST /v1/sessions/<uuid:session_id>/cancellation": cancel_session,
    "POST /v1/sessions/<uuid:session_id>/correction": correct_session,
    "POST /v1/sessions/<uuid:session_id>/withdrawal": withdraw_session,
    "POST /v1/table-cases/<uuid:table_case_id>/action-plan": agree_on_plan,
    "POST /v1/action-plans/<uuid:action_plan_id>/correction": correct_plan,
    "POST /v1/action-plans/<uuid:action_plan_id>/withdrawal": withdraw_plan,
    "GET /v1/monitoring-moments": due_moments,
    "POST /v1/table-cases/<uuid:table_case_id>/monitoring-moments/<code>/answer": answer_monitoring_moment,
    "POST /v1/table-cases/<uuid:table_case_id>/monitoring-moments/<code>/answer/correction": correct_answer,
    "POST /v1/table-cases/<uuid:table_case_id>/monitoring-moments/<code>/answer/withdrawal": withdraw_answer,
    "POST /v1/table-cases/<uuid:table_case_id>/zsm-advices": write_advice,
    "GET /v1/zsm-advices/<uuid:advice_id>": show_advice,
    "POST /v1/table-cases/<uuid:table_case_id>/closing": close_table_case,
    "POST /v1/table-cases/<uuid:table_case_id>/closing/correction": correct_closing,
    "POST /v1/table-cases/<uuid:table_case_id>/closing/withdrawal": withdraw_closing,
}


class Meetings:
    """Cases under treatment at a table: sessions, action plans, monitoring, closing."""

    name = "meetings"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES)
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)

    @consume(EventQueues("meetings"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)

    @timer(lambda _: WATCHED_EVERY_SECONDS)
    def watch_closed(self, tick: Tick) -> None:
        with self.units.begin(tick) as unit:
            return_closed(unit)

    @timer(lambda settings: DAY)
    def seal_plain_texts(self, tick: Tick) -> None:
        seal_plain_texts(partial(self.units.begin, tick), TEXT_COLUMNS)
