"""What intake listens to, what it announces and what it offers. What it accepts of partners: `accepting.py`."""

from functools import partial
from operator import attrgetter

from services.intake.accepting import ACCEPTS
from services.intake.aftercare_reports.handlers import answer_report
from services.intake.aftercare_reports.messages import (
    ConversationReported,
    ConversationTold,
    InvoiceReceived,
    OutflowReported,
    ReleaseDateReported,
    SubmissionJudged,
    TrajectoryProgressReported,
)
from services.intake.assignments.handlers import send_assignment
from services.intake.assignments.messages import AssignmentGiven, AssignmentSent
from services.intake.bij_questions import endpoints as bij_questions
from services.intake.bij_questions.messages import BijQuestionAnswered
from services.intake.callers.endpoints import record_answer
from services.intake.callers.messages import InformationQuestionAnswered
from services.intake.contact_cards import endpoints as contact_cards
from services.intake.contact_moments.endpoints import (
    change_contact_moment,
    list_contact_moments,
    record_contact_moment,
    show_caller,
    show_contact_moment,
    withdraw_contact_moment,
)
from services.intake.contributions.endpoints import show_contributions
from services.intake.disclosures.endpoints import show_disclosures
from services.intake.discussed.endpoints import show_whether_discussed
from services.intake.feedback import handlers as feedback
from services.intake.feedback.endpoints import (
    owed_feedback,
    record_feedback,
    show_feedback,
    take_back_feedback,
    told_feedback,
)
from services.intake.feedback.messages import (
    DecisionCorrected,
    DecisionWithdrawn,
    FeedbackGiven,
    InformationRequestDecided,
    ReferralTabledAgain,
    ReferralWeighed,
)
from services.intake.forgetting import SubjectForgotten, forget_subjects
from services.intake.forgettings.endpoints import ask_forgetting, decide_forgetting, list_forgettings
from services.intake.identity_conflicts.endpoints import decide_conflict, list_conflicts, show_conflict
from services.intake.information_requests import handlers as information_requests
from services.intake.information_requests.endpoints import answer_by_hand, show_given_answers
from services.intake.information_requests.messages import (
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestReminded,
    InformationRequestSent,
    InformationRequestSupplemented,
    InformationRequestVoided,
    InformationRequestWithdrawn,
    QuestionsSent,
    ReminderSent,
)
from services.intake.matches.endpoints import decide_match, list_matches, propose_match, show_match
from services.intake.matches.handlers import propose_matches
from services.intake.matches.messages import SubjectsMerged, SubjectsSeparated
from services.intake.openings import handlers as openings
from services.intake.openings.messages import (
    ActionPlanAgreed,
    ActionPlanWithdrawn,
    OnConversation,
    OnDetention,
    OnStay,
    OnTableCase,
    OnTrajectory,
    ReleaseDateChanged,
    TableCaseOpened,
)
from services.intake.partners.messages import MessageAccepted, MessageRefused
from services.intake.partners.reader import partners_queues, partners_reader
from services.intake.pre_sorting.endpoints import list_held_back, say_worrying
from services.intake.profile import load_houses
from services.intake.referrals import handlers as referrals
from services.intake.referrals.announcing import open_table_case, prepare_table_cases
from services.intake.referrals.endpoints import case, register_by_hand, show_referral
from services.intake.referrals.messages import (
    DetentionCorrected,
    DetentionRegistered,
    ReferralCorrected,
    ReferralRegistered,
    RepeatReceived,
)
from services.intake.relations.endpoints import end_relation, record_relation, show_relations, withdraw_relation
from services.intake.relations.messages import RelationChanged
from services.intake.sealed_referrals import endpoints as sealed_referrals
from services.intake.subjects.endpoints import show_alike, show_like, show_subject, show_subjects
from services.intake.suspects.messages import SuspectRecognised
from services.intake.unit import Lookup, Unit
from services.intake.withdrawals.endpoints import withdraw_referral
from services.intake.withdrawals.messages import ReferralWithdrawn, RepeatWithdrawn
from services.intake.work.endpoints import work
from services.intake.work.lookups import count_overdue
from services.intake.zsm_advices.handlers import send_advice
from services.intake.zsm_advices.messages import ZsmAdviceSent, ZsmAdviceWritten
from shared.house_units import HouseUnits
from shared.messaging import Route, Routes
from shared.messaging.entrypoint import Batch, consume
from shared.messaging.slices import EventQueues
from shared.timer import Tick, timer
from shared.web import AUDIT, COMMON, PARKING, Health, serve

LISTENS = Routes(
    Route(
        "information-requests.issued.v1",
        InformationRequestIssued,
        information_requests.send_information_request,
        prepare=information_requests.prepare_requests,
    ),
    Route(
        "information-requests.rescheduled.v1",
        InformationRequestIssued,
        information_requests.reschedule_information_request,
    ),
    Route("information-requests.reminded.v1", InformationRequestReminded, information_requests.send_reminder),
    Route("information-requests.voided.v1", InformationRequestVoided, information_requests.withdraw_request),
    Route("table-cases.opened.v1", TableCaseOpened, open_table_case, prepare=prepare_table_cases),
    Route("table-cases.closed.v1", OnTableCase, openings.close_table),
    Route("table-cases.withdrawn.v1", OnTableCase, openings.close_table),
    Route("closings.withdrawn.v1", OnTableCase, openings.open_table),
    Route("action-plans.agreed.v1", ActionPlanAgreed, openings.follow_plan),
    Route("action-plans.withdrawn.v1", ActionPlanWithdrawn, openings.follow_withdrawn_plan),
    Route("release-dates.changed.v1", ReleaseDateChanged, openings.follow_release),
    Route("detentions.withdrawn.v1", OnDetention, openings.close_aftercare),
    Route("detentions.joined.v1", OnDetention, openings.close_aftercare),
    Route("detentions.restored.v1", OnDetention, openings.keep_aftercare_open),
    Route("conversations.held.v1", OnConversation, openings.close_aftercare),
    Route("conversations.withdrawn.v1", OnConversation, openings.keep_aftercare_open),
    Route("trajectories.ended.v1", OnTrajectory, openings.close_aftercare),
    Route("trajectory-steps.withdrawn.v1", OnTrajectory, openings.reopen_trajectory),
    Route("stays.began.v1", OnStay, openings.keep_aftercare_open),
    Route("stays.ended.v1", OnStay, openings.close_aftercare),
    Route("stay-steps.withdrawn.v1", OnStay, openings.follow_stay_slip),
    Route("submissions.judged.v1", SubmissionJudged, answer_report),
    Route("zsm-advices.written.v1", ZsmAdviceWritten, send_advice),
    Route("assignments.given.v1", AssignmentGiven, send_assignment),
    Route("referrals.weighed.v1", ReferralWeighed, feedback.give_feedback, prepare=feedback.prepare_decided),
    Route("decisions.corrected.v1", DecisionCorrected, feedback.correct_feedback, prepare=feedback.prepare_decided),
    Route("decisions.withdrawn.v1", DecisionWithdrawn, feedback.withdraw_feedback, prepare=feedback.prepare_decided),
    Route(
        "referrals.tabled-again.v1", ReferralTabledAgain, feedback.follow_agenda, prepare=referrals.prepare_referrals
    ),
)
PUBLISHES = {
    "referrals.corrected.v1": ReferralCorrected,
    "referrals.registered.v1": ReferralRegistered,
    "referrals.withdrawn.v1": ReferralWithdrawn,
    "repeats.received.v1": RepeatReceived,
    "repeats.withdrawn.v1": RepeatWithdrawn,
    "detentions.registered.v1": DetentionRegistered,
    "detentions.corrected.v1": DetentionCorrected,
    "release-dates.reported.v1": ReleaseDateReported,
    "outflows.reported.v1": OutflowReported,
    "conversations.reported.v1": ConversationTold,
    "conversations.reported.v2": ConversationReported,
    "trajectory-progress.reported.v1": TrajectoryProgressReported,
    "invoices.received.v1": InvoiceReceived,
    "information-requests.answered.v1": InformationRequestAnswered,
    "information-requests.supplemented.v1": InformationRequestSupplemented,
    "subjects.merged.v1": SubjectsMerged,
    "subjects.separated.v1": SubjectsSeparated,
    "subjects.forgotten.v1": SubjectForgotten,
    "relations.changed.v1": RelationChanged,
    "suspects.recognised.v1": SuspectRecognised,
    "messages.accepted.v1": MessageAccepted,
    "messages.refused.v1": MessageRefused,
    "information-requests.sent.v1": InformationRequestSent,
    "information-requests.sent.v2": QuestionsSent,
    "information-requests.withdrawn.v1": InformationRequestWithdrawn,
    "information-requests.decided.v1": InformationRequestDecided,
    "reminders.sent.v1": ReminderSent,
    "assignments.sent.v1": AssignmentSent,
    "feedback.given.v1": FeedbackGiven,
    "zsm-advices.sent.v1": ZsmAdviceSent,
    "bij-questions.answered.v1": BijQuestionAnswered,
    "information-questions.answered.v1": InformationQuestionAnswered,
}
OFFERS = {
    "GET /v1/work": work,
    "GET /v1/cases/<uuid:case_id>": case,
    "GET /v1/cases/<uuid:case_id>/disclosures": show_disclosures,
    "GET /v1/contact-moments": list_contact_moments,
    "POST /v1/contact-moments": record_contact_moment,
    "GET /v1/contact-moments/<uuid:contact_moment_id>": show_contact_moment,
    "POST /v1/contact-moments/<uuid:contact_moment_id>/answer": record_answer,
    "POST /v1/contact-moments/<uuid:contact_moment_id>/changes": change_contact_moment,
    "POST /v1/contact-moments/<uuid:contact_moment_id>/withdrawal": withdraw_contact_moment,
    "GET /v1/contact-cards": contact_cards.list_contact_cards,
    "POST /v1/contact-cards": contact_cards.add_contact_card,
    "POST /v1/contact-cards/<uuid:contact_card_id>/changes": contact_cards.change_contact_card,
    "POST /v1/contact-cards/<uuid:contact_card_id>/removal": contact_cards.remove_contact_card,
    "POST /v1/referrals": register_by_hand,
    "GET /v1/referrals/<uuid:referral_id>": show_referral,
    "POST /v1/sealed-messages/replays": sealed_referrals.take_sealed_messages_again,
    "GET /v1/sealed-referrals": sealed_referrals.list_sealed_referrals,
    "POST /v1/sealed-referrals": sealed_referrals.seal_referral,
    "GET /v1/sealed-referrals/<uuid:referral_id>": sealed_referrals.show_sealed_referral,
    "POST /v1/sealed-referrals/<uuid:referral_id>/unsealing": sealed_referrals.unseal_referral,
    "POST /v1/information-requests/<uuid:request_id>/answer": answer_by_hand,
    "POST /v1/information-requests/answers": show_given_answers,
    "POST /v1/referrals/<uuid:referral_id>/withdrawal": withdraw_referral,
    "GET /v1/held-back": list_held_back,
    "POST /v1/referrals/<uuid:referral_id>/worry": say_worrying,
    "POST /v1/subjects/names": show_subjects,
    "POST /v1/contributions": show_contributions,
    "POST /v1/subjects/like": show_like,
    "GET /v1/bij-questions": bij_questions.list_bij_questions,
    "POST /v1/bij-questions": bij_questions.ask_bij_question,
    "GET /v1/bij-questions/<uuid:question_id>": bij_questions.show_bij_question,
    "POST /v1/bij-questions/<uuid:question_id>/answer": bij_questions.answer_bij_question,
    "POST /v1/bij-questions/<uuid:question_id>/answer/correction": bij_questions.correct_bij_answer,
    "GET /v1/forgettings": list_forgettings,
    "POST /v1/forgettings": ask_forgetting,
    "POST /v1/forgettings/<uuid:forgetting_id>/decision": decide_forgetting,
    "POST /v1/subjects/discussed": show_whether_discussed,
    "GET /v1/subjects/<uuid:subject_id>": show_subject,
    "GET /v1/subjects/<uuid:subject_id>/alike": show_alike,
    "GET /v1/subjects/<uuid:subject_id>/relations": show_relations,
    "POST /v1/relations": record_relation,
    "POST /v1/relations/<uuid:relation_id>/end": end_relation,
    "POST /v1/relations/<uuid:relation_id>/withdrawal": withdraw_relation,
    "GET /v1/feedback": owed_feedback,
    "GET /v1/told-feedback": told_feedback,
    "GET /v1/feedback/<uuid:feedback_id>": show_feedback,
    "GET /v1/feedback/<uuid:feedback_id>/caller": show_caller,
    "POST /v1/feedback/<uuid:feedback_id>/outcome": record_feedback,
    "POST /v1/feedback/<uuid:feedback_id>/outcome/withdrawal": take_back_feedback,
    "GET /v1/identity-conflicts": list_conflicts,
    "GET /v1/identity-conflicts/<uuid:referral_id>": show_conflict,
    "POST /v1/identity-conflicts/<uuid:referral_id>/decision": decide_conflict,
    "GET /v1/matches": list_matches,
    "POST /v1/matches": propose_match,
    "GET /v1/matches/<uuid:match_id>": show_match,
    "POST /v1/matches/<uuid:match_id>/decisions": decide_match,
}


class Intake:
    """The door for partners, both ways, and the only place that knows who a subject is."""

    name = "intake"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES, lookup=Lookup, unit=Unit, sealing_fields={"theme"})
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)

    @consume(partners_queues, ACCEPTS, partners_reader)
    def take_partners_messages(self, batch: Batch) -> None:
        self.units.take(batch)

    @consume(EventQueues("intake"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)
        if batch.settled and not batch.deliveries:
            with self.units.lookup() as lookup:
                count_overdue(lookup)

    @timer(attrgetter("forget_seconds"))
    def forget_subjects(self, tick: Tick) -> None:
        forget_subjects(partial(self.units.begin, tick))

    @timer(attrgetter("match_seconds"))
    def propose_matches(self, tick: Tick) -> None:
        propose_matches(partial(self.units.begin, tick))
