"""What reached the house is kept; an officer records what comes by phone, by mail or in person, and sorts it."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.contact_moments.messages import (
    ChangeContactMoment,
    RecordContactMoment,
    Sorting,
    Telling,
    matter_of,
    referral_by_hand,
    referrer_of,
)
from services.intake.contact_moments.rules import (
    LIVE,
    NINE_DIGITS,
    OWED,
    AskedByMessage,
    Change,
    Channel,
    DuplicateOfOthers,
    IsWithdrawn,
    KnownNameInText,
    NineDigitsInText,
    NoReason,
    NotByMessage,
    State,
    UnknownContactMoment,
    UnknownDuplicate,
    names_in,
    stays,
)
from services.intake.contact_moments.store import ContactMoment, ContactMomentStore
from services.intake.feedback.rules import due_day
from services.intake.house import BESIDES
from services.intake.referrals.handlers import correct_by_hand, register_by_hand
from services.intake.referrals.messages import ReferralByHand
from services.intake.referrals.store import ReferralStore
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from services.intake.withdrawals.handlers import withdraw_by_hand
from shared.business_dates import dutch_date
from shared.messaging import Rejected, check_version, problem_of
from shared.rules import BrokenRule

OF_SOMEBODY = ("about", "members", "without_consent", "organisations", "measures", *BESIDES)
"""What of a telling is about the person or family that it describes."""


def record(house_id: str, recorded: RecordContactMoment, by: str, unit: Unit) -> ContactMoment:
    """Keep what was told, sorted if that is known at once. Raises Rejected with every problem."""
    _check_channel(recorded.channel, came_by_message=False)
    moment = _received(house_id, _telling(recorded, recorded.sorting), by, unit)
    _check(moment, recorded.sorting, unit)
    moment = _sorted(moment, recorded.sorting, by, unit, is_new=True)
    if not _is_sealed(recorded.sorting):
        unit.store(ContactMomentStore).add_contact_moment(moment)
    return moment


def take_question(house_id: str, telling: Telling, by: str, unit: Unit) -> ContactMoment:
    """Keep what a partner asks by message: it is to be answered."""
    moment = replace(_received(house_id, telling, by, unit), sorted_as="information_question")
    moment = _owed(moment, "sorted")
    unit.store(ContactMomentStore).add_contact_moment(moment)
    return moment


def _received(house_id: str, telling: Telling, by: str, unit: Unit) -> ContactMoment:
    id = uuid7()
    unit.concerns("contact-moments", id)
    return ContactMoment(
        contact_moment_id=id,
        house=house_id,
        data_key=unit.store(ContactMomentStore).new_data_key(id),
        version=1,
        state="received",
        told_on=_told_on(telling, unit),
        telling=telling,
        recorded_by=by,
        recorded_at=unit.now(),
    )


def change(
    house_id: str, contact_moment_id: UUID, right: ChangeContactMoment, *, by: str, version: int | None, unit: Unit
) -> ContactMoment:
    """Correct what was told, and sort it. Raises Rejected, UnknownContactMoment, IsWithdrawn.

    A referral that it was stays, with the answers that came, if it still is that referral: what is told in it has
    another version. Otherwise it is withdrawn; if there still is one, it is registered as it should have been.
    """
    before = moment_to_change(house_id, contact_moment_id, version, unit)
    if before.state != "received" and right.because is None:
        raise Rejected(problem_of(NoReason()))
    _check_channel(right.channel, came_by_message=before.telling.channel == "message")
    telling = _telling(right, right.sorting)
    moment = replace(before, telling=telling, told_on=right.told_on or before.told_on)
    _check(moment, right.sorting, unit)
    moment = _follow_referral(before, moment, right, by, unit)
    return _keep(_sorted(moment, right.sorting, by, unit), right.sorting, _change(by, right.because, unit), unit)


def withdraw(
    house_id: str, contact_moment_id: UUID, because: str, *, by: str, version: int | None, unit: Unit
) -> ContactMoment:
    """It was recorded by mistake, and is no referral. Raises UnknownContactMoment, IsWithdrawn, AskedByMessage."""
    moment = moment_to_change(house_id, contact_moment_id, version, unit)
    if moment.telling.channel == "message":
        raise AskedByMessage
    moment = _withdrawn_as_referral(moment, because, by, unit)
    moment = replace(moment, state="withdrawn", sorted_as=None, destination=None, duplicate_of=None, answer_due_on=None)
    return unit.store(ContactMomentStore).change(moment, _change(by, because, unit))


def moment_to_change(house_id: str, contact_moment_id: UUID, version: int | None, unit: Unit) -> ContactMoment:
    """Locked. Raises UnknownContactMoment, IsWithdrawn, Outdated."""
    moment = unit.store(ContactMomentStore).contact_moment_to_change(house_id, contact_moment_id)
    if moment is None:
        raise UnknownContactMoment
    unit.concerns("contact-moments", contact_moment_id)
    if moment.state == "withdrawn":
        raise IsWithdrawn
    check_version(version, moment.version)
    return moment


def _follow_referral(
    before: ContactMoment, moment: ContactMoment, right: ChangeContactMoment, by: str, unit: Unit
) -> ContactMoment:
    """The contact moment with its referral told as it should be, or without the referral, which is withdrawn."""
    if moment.referral_id is None:
        return moment
    stored = unit.store(ReferralStore).referral(moment.house, moment.referral_id)
    if stored and right.sorting and right.sorting.sorted_as == "referral":
        by_hand, referral = _by_hand(moment, right.sorting, unit), stored.referral
        as_was = referral_by_hand(before.telling, referral.referrer, referral.received_on, Sorting(kind=referral.kind))
        if stays(matter_of(as_was), matter_of(by_hand)):
            return replace(moment, referral_id=correct_by_hand(stored, by_hand, by, unit))
    return _withdrawn_as_referral(moment, right.because, by, unit)


def _withdrawn_as_referral(moment: ContactMoment, because: str | None, by: str, unit: Unit) -> ContactMoment:
    """The contact moment without its referral, which is withdrawn."""
    if moment.referral_id is None:
        return moment
    assert because  # as what was sorted needs
    withdraw_by_hand(moment.house, moment.referral_id, because, by=by, unit=unit)
    return replace(moment, referral_id=None)


def _keep(moment: ContactMoment, sorting: Sorting | None, change: Change, unit: Unit) -> ContactMoment:
    """Store the next version. Of a sealed referral no contact moment stays, of a consultation nobody described."""
    store = unit.store(ContactMomentStore)
    if _is_sealed(sorting):
        store.delete(moment.contact_moment_id)
        return moment
    moment = store.change(moment, change)
    if moment.sorted_as == "consultation":
        store.forget_earlier(moment.contact_moment_id)
    return moment


def _telling(told: Telling, sorting: Sorting | None) -> Telling:
    """What is kept of what was told: nobody is described in a consultation."""
    kept = {field.name: getattr(told, field.name) for field in fields(Telling)}
    if sorting is not None and sorting.sorted_as == "consultation":
        kept |= dict.fromkeys(OF_SOMEBODY)
    return Telling(**kept)


def _sorted(
    before: ContactMoment, sorting: Sorting | None, by: str, unit: Unit, *, is_new: bool = False
) -> ContactMoment:
    """What has become of it. A referral is registered."""
    if sorting is None:
        return _owed(before, before.state, heard=_heard_where_to_go(before, before))
    if sorting.duplicate_of:
        moment = replace(before, sorted_as=None, destination=None, duplicate_of=sorting.duplicate_of)
        return _owed(moment, "duplicate")
    is_referral = sorting.sorted_as == "referral"
    moment = replace(
        before,
        sorted_as=sorting.sorted_as,
        destination=sorting.destination if sorting.sorted_as == "rerouted" else None,
        duplicate_of=None,
        referral_id=(before.referral_id or _register(before, sorting, by, unit)) if is_referral else None,
    )
    heard = _hears_at_once(moment) if is_new else _heard_where_to_go(before, moment)
    return _owed(moment, _state(before, moment), heard=heard)


def _state(before: ContactMoment, now: ContactMoment) -> State:
    """An answer stands as long as it is sorted as the same."""
    if now.sorted_as is None:
        return "received"
    return "answered" if before.state == "answered" and _is_sorted_alike(before, now) else "sorted"


def _is_sorted_alike(before: ContactMoment, now: ContactMoment) -> bool:
    return (before.sorted_as, before.destination) == (now.sorted_as, now.destination)


def _hears_at_once(moment: ContactMoment) -> bool:
    """Whether it is sorted while who tells it is there, who hears where to go."""
    is_there = moment.telling.channel in LIVE and moment.told_on == dutch_date(moment.recorded_at)
    return moment.sorted_as == "rerouted" and is_there


def _heard_where_to_go(before: ContactMoment, now: ContactMoment) -> bool:
    is_owed = before.answer_due_on is not None
    return now.sorted_as == "rerouted" and not is_owed and _is_sorted_alike(before, now)


def _owed(moment: ContactMoment, state: State, *, heard: bool = False) -> ContactMoment:
    """The contact moment in this state, with the day on which an answer is due."""
    is_owed = state == "sorted" and moment.sorted_as in OWED and not heard
    return replace(moment, state=state, answer_due_on=due_day(moment.told_on) if is_owed else None)


def _register(moment: ContactMoment, sorting: Sorting, by: str, unit: Unit) -> UUID:
    return register_by_hand(moment.house, _by_hand(moment, sorting, unit), by, unit)


def _by_hand(moment: ContactMoment, sorting: Sorting, unit: Unit) -> ReferralByHand:
    referrer = referrer_of(moment.telling, unit.profile(moment.house))
    assert referrer  # as the sorting's rules say
    return referral_by_hand(moment.telling, referrer, moment.told_on, sorting)


def _check_channel(channel: Channel, *, came_by_message: bool) -> None:
    if (channel == "message") != came_by_message:
        raise Rejected(problem_of(NotByMessage()))


def _check(moment: ContactMoment, sorting: Sorting | None, unit: Unit) -> None:
    """Raises Rejected with everything that is wrong."""
    house = unit.profile(moment.house)
    broken = [*moment.telling.broken_rules(house, dutch_date(unit.now()))]
    if sorting:
        broken += [*sorting.broken_rules(moment.telling, house), *_broken_by_duplicate(moment, sorting, unit)]
        if sorting.sorted_as == "consultation" and not sorting.confirmed:
            broken += tells_of_somebody(moment.house, "text", moment.telling.text, unit)
    if broken:
        raise Rejected(*map(problem_of, broken))


def _broken_by_duplicate(moment: ContactMoment, sorting: Sorting, unit: Unit) -> Iterator[BrokenRule]:
    if sorting.duplicate_of is None:
        return
    other = unit.store(ContactMomentStore).contact_moment(moment.house, sorting.duplicate_of)
    if other is None or other.contact_moment_id == moment.contact_moment_id or not other.counts:
        yield UnknownDuplicate()
    elif moment.telling.channel == "message" and other.telling.partner != moment.telling.partner:
        yield DuplicateOfOthers()


def tells_of_somebody(house_id: str, field: str, text: str, unit: Unit) -> Iterator[BrokenRule]:
    """What a text that is to be anonymous seems to tell of somebody."""
    if NINE_DIGITS.search(text):
        yield NineDigitsInText(field)
    if unit.store(SubjectStore).like(house_id, names_in(text)):
        yield KnownNameInText(field)


def _told_on(told: Telling, unit: Unit) -> date:
    return told.told_on or dutch_date(unit.now())


def _is_sealed(sorting: Sorting | None) -> bool:
    return sorting is not None and sorting.sorted_as == "referral" and sorting.theme is not None


def _change(by: str, because: str | None, unit: Unit) -> Change:
    return Change(by, unit.now(), because)
