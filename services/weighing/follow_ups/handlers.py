"""Follow-ups are agreed, reported, overdue, or lapse; a referral of which one was not done is back on the agenda."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from services.weighing.access import REPORT_FOLLOW_UP
from services.weighing.calendar.lookups import house_of
from services.weighing.follow_ups import rules
from services.weighing.follow_ups.messages import (
    CorrectFollowUpReport,
    FollowUpLapsed,
    FollowUpOverdue,
    FollowUpReported,
    NeedEnd,
    OfFollowUp,
    ReferralTabledAgain,
    ReportFollowUp,
    TrajectoryNeedClosed,
    TrajectoryNeedRaised,
)
from services.weighing.follow_ups.rules import AgreedFollowUp, FollowUp, State, UnknownFollowUp
from services.weighing.follow_ups.store import FollowUpStore
from services.weighing.house import House
from services.weighing.information_requests.handlers import follow_decisions
from services.weighing.people.handlers import check_known
from services.weighing.referrals.rules import Referral
from services.weighing.referrals.store import ReferralStore
from services.weighing.referrals.texts import text_about
from shared.unit import Unit
from shared.web import Caller, acts_for_house

AT_ONCE = 500
"""So many become overdue in one transaction; the rest in the next rounds."""
OfAny = TypeVar("OfAny", bound=OfFollowUp)


def agreed_at(referral: Referral, tabling: int, agreed_on: date, agreed: Iterable[AgreedFollowUp]) -> list[FollowUp]:
    """What the team agreed on at a tabling of a referral, as follow-ups with an id."""
    return [
        FollowUp(
            follow_up_id=uuid4(),
            house=referral.house,
            referral_id=referral.referral_id,
            tabling=tabling,
            agreed_on=agreed_on,
            agreed=each,
        )
        for each in agreed
    ]


def agree(follow_ups: Collection[FollowUp], referrals: Mapping[UUID, Referral], unit: Unit[House]) -> None:
    """Record what the team agreed on, which the decision tells. referrals: those of the follow-ups, by id."""
    if not follow_ups:
        return
    unit.store(FollowUpStore).add_follow_ups(follow_ups)
    for follow_up in follow_ups:
        _raise_need(follow_up, referrals[follow_up.referral_id], unit)


def lapse(referral: Referral, tabling: int, kept: Collection[AgreedFollowUp], unit: Unit[House]) -> None:
    """The follow-ups of a decision that was corrected or withdrawn lapse. kept: those that the right one has too."""
    standing = unit.store(FollowUpStore).standing(referral.referral_id, tabling)
    lapsed = [follow_up for follow_up in standing if follow_up.agreed not in kept]
    if not lapsed:
        return
    unit.store(FollowUpStore).lapse(lapsed)
    for follow_up in lapsed:
        message = _about(follow_up, referral, FollowUpLapsed, lapsed_on=unit.today)
        unit.announce_on(unit.today, message, referral)
        _close_need(follow_up, referral, "lapsed", unit.today, unit)


def report(caller: Caller, follow_up_id: UUID, given: ReportFollowUp, unit: Unit[House]) -> FollowUp:
    """Record whether a follow-up is done. The same report again changes nothing.

    Raises UnknownFollowUp, Lapsed, AlreadyReported or BeforeAgreed.
    """
    follow_up, referral = _to_report(caller, follow_up_id, unit)
    reported = rules.report(follow_up, State(given.state), given.reported_on or unit.today)
    return _record(caller, follow_up, reported, referral, given.remark, unit)


def correct(caller: Caller, follow_up_id: UUID, given: CorrectFollowUpReport, unit: Unit[House]) -> FollowUp:
    """Record the right report in place of a wrong one. Raises UnknownFollowUp, Lapsed, NotReported or BeforeAgreed."""
    follow_up, referral = _to_report(caller, follow_up_id, unit)
    reported = rules.correct(follow_up, State(given.state), given.reported_on or unit.today)
    return _record(caller, follow_up, reported, referral, given.remark, unit)


def hand_over(caller: Caller, follow_up_id: UUID, person: str | None, unit: Unit[House]) -> None:
    """Name who of the owner does it, in the place of whoever was named before; None for the partner alone.

    Raises UnknownFollowUp, NothingToDo or UnknownPerson.
    """
    follow_up, _ = _to_report(caller, follow_up_id, unit)
    rules.check_open(follow_up)
    if person is not None:
        check_known(caller, follow_up.agreed.owner, person, unit)
    unit.store(FollowUpStore).hand_over(follow_up_id, person)


def move(caller: Caller, follow_up_id: UUID, owner: str, unit: Unit[House]) -> None:
    """Have another partner do it, as it holds the case now. The same partner again changes nothing.

    Raises UnknownFollowUp, NothingToDo, GoesWithNoCase or UnknownCode.
    """
    follow_up, _ = _to_report(caller, follow_up_id, unit)
    rules.check_movable(follow_up, owner, unit.profile(caller.house))
    if owner != follow_up.agreed.owner:
        unit.store(FollowUpStore).move(follow_up_id, owner)


def see_overdue(unit: Unit[House]) -> None:
    """In every house, follow-ups of which nothing was reported become overdue on the day after their last day."""
    for house in unit.houses:
        _see_overdue(house, unit)


def put_in_place(referrals: Mapping[UUID, Referral], unit: Unit[House]) -> None:
    """Bring referrals of which a follow-up was not done on the next agenda; the others where their decision put them.

    Partners hear whether they are asked anew, and intake whether the team may see the case. referrals: locked, by id.
    """
    moved, stay = [], []
    for last in unit.store(FollowUpStore).last_decisions(referrals.keys()):
        referral = referrals[last.referral_id]
        place = rules.place(referral, last, house_of(referral.house, unit), unit.today)
        moved += [place] if place != referral else []
        stay += [place] if place == referral and last.undone else []
    if moved:
        moved = unit.store(ReferralStore).move_on_agenda(moved)
        follow_decisions(moved, unit.today, unit)
    for place in (*moved, *stay):
        _tell_place(place, unit)


def _tell_place(place: Referral, unit: Unit[House]) -> None:
    message = ReferralTabledAgain(
        referral_id=place.referral_id, subject_id=place.subject_id, tabling=place.tabling, table_on=place.table_on
    )
    unit.announce_on(unit.today, message, place)


def _see_overdue(house: str, unit: Unit[House]) -> None:
    store = unit.store(FollowUpStore)
    if not (waiting := store.referrals_overdue(house, unit.today, AT_ONCE)):
        return
    # Locked before their follow-ups, as a report does, so that the two never wait for each other.
    referrals = unit.store(ReferralStore).referrals_to_weigh(house, waiting)
    for follow_up in store.become_overdue(waiting, unit.today):
        referral = referrals[follow_up.referral_id]
        days = {"due_on": follow_up.agreed.due_on, "overdue_on": unit.today}
        unit.announce_on(unit.today, _about(follow_up, referral, FollowUpOverdue, **days), referral)
    put_in_place(referrals, unit)


def _to_report(caller: Caller, follow_up_id: UUID, unit: Unit[House]) -> tuple[FollowUp, Referral]:
    """The follow-up with its referral, locked. Raises UnknownFollowUp if another partner owns it."""
    store = unit.store(FollowUpStore)
    referral_id = store.referral_of(caller.house, follow_up_id)
    if referral_id is None:
        raise UnknownFollowUp
    referral = unit.store(ReferralStore).referrals_to_weigh(caller.house, [referral_id])[referral_id]
    follow_up = store.follow_up(follow_up_id)
    if not (acts_for_house(caller, REPORT_FOLLOW_UP) or follow_up.agreed.owner == caller.organisation):
        raise UnknownFollowUp
    unit.concerns_case(referral.case_id)
    return follow_up, referral


def _record(
    caller: Caller, before: FollowUp, reported: FollowUp, referral: Referral, remark: str | None, unit: Unit[House]
) -> FollowUp:
    if reported == before:
        return before
    sealed = text_about(referral, "remark", remark, caller) if remark else None
    unit.store(FollowUpStore).report(reported, caller.name, sealed)
    content = {"state": reported.state.value, "reported_on": reported.reported_on}
    unit.announce_on(unit.today, _about(reported, referral, FollowUpReported, **content), referral)
    end: NeedEnd = "done" if reported.state is State.DONE else "not_done"
    _close_need(reported, referral, end, reported.reported_on or unit.today, unit)
    if rules.is_undone(before) != rules.is_undone(reported):  # else somebody may have chosen another briefing since
        put_in_place({referral.referral_id: referral}, unit)
    return reported


def _raise_need(follow_up: FollowUp, referral: Referral, unit: Unit[House]) -> None:
    """A follow-up with life domains is a need that a trajectory answers: aftercare hears of it."""
    agreed = follow_up.agreed
    if agreed.life_domains:
        content = {"municipality": referral.municipality, "needs": agreed.life_domains, "owner": agreed.owner}
        days = {"agreed_on": follow_up.agreed_on, "due_on": agreed.due_on}
        message = _about(follow_up, referral, TrajectoryNeedRaised, **content, **days)
        unit.announce_on(follow_up.agreed_on, message, referral)


def _close_need(follow_up: FollowUp, referral: Referral, end: NeedEnd, on: date, unit: Unit[House]) -> None:
    if follow_up.agreed.life_domains:
        message = _about(follow_up, referral, TrajectoryNeedClosed, end=end, closed_on=on)
        unit.announce_on(unit.today, message, referral)


def _about(follow_up: FollowUp, referral: Referral, kind: type[OfAny], **content: Any) -> OfAny:
    return kind(
        follow_up_id=follow_up.follow_up_id,
        referral_id=follow_up.referral_id,
        subject_id=referral.subject_id,
        tabling=follow_up.tabling,
        **content,
    )
