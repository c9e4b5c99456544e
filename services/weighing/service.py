"""What weighing listens to, what it announces and what it offers."""

from functools import partial

from services.weighing.agenda.endpoints import agenda, case, referral
from services.weighing.agenda.handlers import follow_correction, prepare_agenda, put_on_agenda, take_from_agenda
from services.weighing.agenda.lookups import count_waiting
from services.weighing.agenda.messages import ReferralCorrected, ReferralRegistered, ReferralWithdrawn
from services.weighing.briefings.endpoints import (
    briefing,
    briefings,
    cancel_briefing,
    carry_over,
    hold_briefing,
    move_briefing,
    plan_extra_briefing,
    prepare_briefing,
    settle_briefing,
    take_back_briefing,
)
from services.weighing.decisions.endpoints import (
    briefing_decisions,
    correct,
    decide,
    decide_together,
    suggest,
    withdraw,
)
from services.weighing.decisions.messages import DecisionCorrected, DecisionWithdrawn, ReferralWeighed
from services.weighing.families.handlers import keep_relation
from services.weighing.families.messages import RelationChanged
from services.weighing.follow_ups import detentions
from services.weighing.follow_ups.endpoints import (
    correct_follow_up_report,
    follow_ups,
    hand_over_follow_up,
    move_follow_up,
    report_follow_up,
    show_who_follows_up,
)
from services.weighing.follow_ups.handlers import see_overdue
from services.weighing.follow_ups.messages import (
    DetentionRestored,
    DetentionWithdrawn,
    FollowUpLapsed,
    FollowUpOverdue,
    FollowUpReported,
    ReferralTabledAgain,
    TrajectoryNeedClosed,
    TrajectoryNeedRaised,
)
from services.weighing.forgetting import TEXT_COLUMNS, forget_subject
from services.weighing.guards.endpoints import override_guard, withdraw_override
from services.weighing.information_requests.endpoints import ask_partner, remind, request, requests
from services.weighing.information_requests.handlers import record_answer, record_supplement, remind_today
from services.weighing.information_requests.messages import (
    InformationRequestAnswered,
    InformationRequestIssued,
    InformationRequestReminded,
    InformationRequestRescheduled,
    InformationRequestSupplemented,
    InformationRequestVoided,
    LateSupplementReceived,
)
from services.weighing.late_information.endpoints import late_information, read_information
from services.weighing.late_information.handlers import keep_returned, leave_to_others
from services.weighing.late_information.messages import LateSupplementReturned
from services.weighing.marks.endpoints import marks, set_mark
from services.weighing.people.endpoints import join, leave, people
from services.weighing.profile import load_houses
from services.weighing.seats.endpoints import seats, set_seats
from services.weighing.work.endpoints import work
from shared.aliases.handlers import link_records, unlink_records
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
    Route("referrals.corrected.v1", ReferralCorrected, follow_correction),
    Route("referrals.registered.v1", ReferralRegistered, put_on_agenda, prepare=prepare_agenda),
    Route("referrals.withdrawn.v1", ReferralWithdrawn, take_from_agenda),
    Route("information-requests.answered.v1", InformationRequestAnswered, record_answer),
    Route("information-requests.supplemented.v1", InformationRequestSupplemented, record_supplement),
    Route("late-supplements.returned.v1", LateSupplementReturned, keep_returned),
    Route("suspects.recognised.v1", SuspectRecognised, note_suspect),
    Route("subjects.merged.v1", SubjectsMerged, link_records),
    Route("subjects.separated.v1", SubjectsSeparated, unlink_records),
    Route("subjects.forgotten.v1", SubjectForgotten, forget_subject),
    Route("relations.changed.v1", RelationChanged, keep_relation),
    Route("detentions.withdrawn.v1", DetentionWithdrawn, detentions.follow_withdrawal),
    Route("detentions.restored.v1", DetentionRestored, detentions.follow_restoring),
)
PUBLISHES = {
    "information-requests.issued.v1": InformationRequestIssued,
    "information-requests.rescheduled.v1": InformationRequestRescheduled,
    "information-requests.reminded.v1": InformationRequestReminded,
    "information-requests.voided.v1": InformationRequestVoided,
    "late-supplements.received.v1": LateSupplementReceived,
    "referrals.weighed.v1": ReferralWeighed,
    "decisions.corrected.v1": DecisionCorrected,
    "decisions.withdrawn.v1": DecisionWithdrawn,
    "follow-ups.reported.v1": FollowUpReported,
    "follow-ups.overdue.v1": FollowUpOverdue,
    "follow-ups.lapsed.v1": FollowUpLapsed,
    "referrals.tabled-again.v1": ReferralTabledAgain,
    "trajectory-needs.raised.v1": TrajectoryNeedRaised,
    "trajectory-needs.closed.v1": TrajectoryNeedClosed,
}
WATCHED_EVERY_SECONDS = 300.0
OFFERS = {
    "GET /v1/work": work,
    "GET /v1/cases/<uuid:case_id>": case,
    "GET /v1/cases/<uuid:case_id>/running": show_who_follows_up,
    "GET /v1/agenda": agenda,
    "GET /v1/briefings": briefings,
    "POST /v1/briefings": plan_extra_briefing,
    "GET /v1/briefings/<briefing_on>": briefing,
    "GET /v1/briefings/<briefing_on>/seats": seats,
    "POST /v1/briefings/<briefing_on>/seats": set_seats,
    "POST /v1/briefings/<briefing_on>/move": move_briefing,
    "POST /v1/briefings/<briefing_on>/cancellation": cancel_briefing,
    "POST /v1/briefings/<briefing_on>/withdrawal": take_back_briefing,
    "POST /v1/briefings/<briefing_on>/preparation": prepare_briefing,
    "POST /v1/briefings/<briefing_on>/holding": hold_briefing,
    "POST /v1/briefings/<briefing_on>/carrying-over": carry_over,
    "POST /v1/briefings/<briefing_on>/settling": settle_briefing,
    "GET /v1/information-requests": requests,
    "GET /v1/information-requests/<uuid:request_id>": request,
    "GET /v1/information-requests/<uuid:request_id>/late-information": late_information,
    "POST /v1/late-information/<uuid:information_id>/reading": read_information,
    "POST /v1/reminder-rounds": remind,
    "GET /v1/marks": marks,
    "POST /v1/referrals/<uuid:referral_id>/marks": set_mark,
    "GET /v1/referrals/<uuid:referral_id>": referral,
    "POST /v1/referrals/<uuid:referral_id>/information-requests": ask_partner,
    "POST /v1/referrals/<uuid:referral_id>/decisions": decide,
    "POST /v1/referrals/<uuid:referral_id>/decisions/<int:tabling>/correction": correct,
    "POST /v1/referrals/<uuid:referral_id>/decisions/<int:tabling>/withdrawal": withdraw,
    "GET /v1/briefings/<briefing_on>/decisions": briefing_decisions,
    "POST /v1/briefings/<briefing_on>/decisions": decide_together,
    "POST /v1/referrals/<uuid:referral_id>/guards/<guard>/override": override_guard,
    "POST /v1/referrals/<uuid:referral_id>/guards/<guard>/override/withdrawal": withdraw_override,
    "POST /v1/suggestions": suggest,
    "GET /v1/follow-ups": follow_ups,
    "POST /v1/follow-ups/<uuid:follow_up_id>/report": report_follow_up,
    "POST /v1/follow-ups/<uuid:follow_up_id>/report/correction": correct_follow_up_report,
    "POST /v1/follow-ups/<uuid:follow_up_id>/person": hand_over_follow_up,
    "POST /v1/follow-ups/<uuid:follow_up_id>/owner": move_follow_up,
    "GET /v1/people": people,
    "POST /v1/people": join,
    "POST /v1/people/departures": leave,
}


class Weighing:
    """The agenda of the briefings, the information asked for them, and the weighing team's decisions."""

    name = "weighing"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES)
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)

    @timer(lambda _: WATCHED_EVERY_SECONDS)
    def watch_today(self, tick: Tick) -> None:
        with self.units.begin(tick) as unit:
            remind_today(unit)
            see_overdue(unit)
            leave_to_others(unit)

    @consume(EventQueues("weighing"), LISTENS)
    def take_events(self, batch: Batch) -> None:
        self.units.take(batch)
        if batch.settled and not batch.deliveries:
            with self.units.lookup() as lookup:
                count_waiting(lookup)

    @timer(lambda settings: DAY)
    def seal_plain_texts(self, tick: Tick) -> None:
        seal_plain_texts(partial(self.units.begin, tick), TEXT_COLUMNS)
