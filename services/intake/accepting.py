"""What intake accepts of partners, in every version that a partner may still send."""

from functools import partial

from services.intake.aftercare_reports.handlers import (
    hand_on_conversation,
    hand_on_invoice,
    hand_on_outflow_list,
    hand_on_progress,
    hand_on_release_date,
    repeat_judgement,
)
from services.intake.aftercare_reports.messages import (
    ConversationReport,
    Invoice,
    OutflowList,
    ReleaseDate,
    TrajectoryProgress,
)
from services.intake.bij_questions import handlers as bij_questions
from services.intake.bij_questions.messages import BijQuestionSubmitted
from services.intake.callers import handlers as callers
from services.intake.callers.messages import InformationQuestion
from services.intake.information_requests import handlers as information_requests
from services.intake.information_requests.messages import AnswerPerService, InformationAnswer
from services.intake.partners.messages import PartnersSchema
from services.intake.referrals import handlers as referrals
from services.intake.referrals.messages import ArrestNotice, CurrentReferral, DetentionNotice
from services.intake.replays.handlers import repeat_answer, replay_stream
from services.intake.replays.messages import ReplayRequest
from services.intake.subjects.handlers import prepare_recognising
from services.intake.suspects import handlers as suspects
from services.intake.suspects.messages import SuspectList
from services.intake.withdrawals import handlers as withdrawals
from services.intake.withdrawals.messages import ReferralWithdrawal
from shared.messaging import Route, Routes

_accepted = partial(Route, base=PartnersSchema)

ACCEPTS = Routes(
    _accepted(
        "arrest-notices.submitted.v1",
        ArrestNotice,
        referrals.register_arrest_notice,
        prepare=referrals.prepare_notices,
        repeat=referrals.repeat_receipt,
    ),
    _accepted(
        "detention-notices.submitted.v1",
        DetentionNotice,
        referrals.register_detention_notice,
        prepare=referrals.prepare_notices,
        repeat=referrals.repeat_receipt,
    ),
    _accepted(
        "current-referrals.submitted.v1",
        CurrentReferral,
        referrals.register_current_referral,
        prepare=referrals.prepare_notices,
        repeat=referrals.repeat_receipt,
    ),
    _accepted(
        "referral-withdrawals.submitted.v1",
        ReferralWithdrawal,
        withdrawals.withdraw_by_message,
        repeat=withdrawals.repeat_receipt,
    ),
    _accepted(
        "release-dates.submitted.v1",
        ReleaseDate,
        hand_on_release_date,
        prepare=prepare_recognising,
        repeat=repeat_judgement,
    ),
    _accepted("outflow-lists.submitted.v1", OutflowList, hand_on_outflow_list, repeat=repeat_judgement),
    _accepted("conversation-reports.submitted.v1", ConversationReport, hand_on_conversation, repeat=repeat_judgement),
    _accepted("trajectory-progress.submitted.v1", TrajectoryProgress, hand_on_progress, repeat=repeat_judgement),
    _accepted("invoices.submitted.v1", Invoice, hand_on_invoice, repeat=repeat_judgement),
    _accepted(
        "information-answers.submitted.v1",
        InformationAnswer,
        information_requests.answer_information_request,
        repeat=information_requests.repeat_receipt,
    ),
    _accepted(
        "information-answers.submitted.v2",
        AnswerPerService,
        information_requests.answer_per_service,
        repeat=information_requests.repeat_receipt,
    ),
    _accepted(
        "suspect-lists.submitted.v1",
        SuspectList,
        suspects.tell_of_suspects,
        repeat=suspects.repeat_receipt,
        keeps_body=False,
    ),
    _accepted(
        "bij-questions.submitted.v1",
        BijQuestionSubmitted,
        bij_questions.ask_by_message,
        repeat=bij_questions.repeat_receipt,
    ),
    _accepted(
        "information-questions.submitted.v1",
        InformationQuestion,
        callers.ask_by_message,
        repeat=callers.repeat_receipt,
    ),
    _accepted("replays.requested.v1", ReplayRequest, replay_stream, repeat=repeat_answer),
)
