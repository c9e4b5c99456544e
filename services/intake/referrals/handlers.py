"""Partners bring referrals, by message or through an officer who writes down a call."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Protocol, TypeVar
from uuid import UUID, uuid4

import orjson
from uuid_utils.compat import uuid7

from services.intake import metrics
from services.intake.house import form_of
from services.intake.partners.handlers import accept, partner_of
from services.intake.referrals.announcing import announce, announce_correction, announce_restated, ask_again, weigh
from services.intake.referrals.circumstances import text_id
from services.intake.referrals.messages import (
    ArrestNotice,
    CurrentReferral,
    DetentionNotice,
    Particulars,
    ReferralByHand,
    is_worrying,
    kind_of,
    members_in,
    stated_in,
    texts_in,
    written,
)
from services.intake.referrals.rules import Submission, UnknownReferral, WrittenText, is_another, referral_from
from services.intake.referrals.store import ReferralOfMessage, ReferralStore, StoredReferral, ToldBefore
from services.intake.relations.members import prepare_families, recognised_with_members
from services.intake.set_aside.rules import SetAside
from services.intake.set_aside.store import SetAsideStore
from services.intake.subjects.handlers import prepare_recognising
from services.intake.subjects.recognition import Conflict, contradicts
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Lookup, Unit
from shared.business_dates import dutch_date, noon
from shared.messaging import Event, Rejected, problem_of
from shared.sealed_texts import SealedText

SET_ASIDE = "set aside"
"""A referral that waits for a person is sealed under this name."""


class NamesReferral(Protocol):
    """A message about one referral."""

    @property
    def referral_id(self) -> UUID: ...


Notice = TypeVar("Notice", ArrestNotice, DetentionNotice, CurrentReferral)
OnReferral = TypeVar("OnReferral", bound=NamesReferral)


def register_arrest_notice(event: Event[ArrestNotice], unit: Unit) -> None:
    """Register the arrest notice as a referral, and send the partner the receipt."""
    _take_message(event, None, unit)


def register_current_referral(event: Event[CurrentReferral], unit: Unit) -> None:
    """Register the current referral, sealed if it has a sealed theme, and send the partner the receipt."""
    _take_message(event, event.data.theme, unit)


def register_detention_notice(event: Event[DetentionNotice], unit: Unit) -> None:
    """Register the detention notice as a referral, announce the detention, and send the partner the receipt."""
    _take_message(event, None, unit)


def register_by_hand(house_id: str, by_hand: ReferralByHand, by: str, unit: Unit) -> UUID:
    """Register a current referral that came by phone or mail. Returns its id. Raises Rejected with every problem.

    by: who records it.
    """
    by_hand = _checked_and_placed(house_id, by_hand, unit)
    submission = _by_hand(house_id, by_hand, min(noon(by_hand.received_on), unit.now()))
    referral_id, case_id = _take(submission, by_hand, unit)
    unit.store(ReferralStore).add_recorded_by_hand(house_id, referral_id, by)
    unit.concerns("referrals", referral_id, case_id)
    return referral_id


def correct_by_hand(stored: StoredReferral, by_hand: ReferralByHand, by: str, unit: Unit) -> UUID:
    """Write down otherwise what was told in a referral that came by phone or mail, as a message that tells it again.

    Returns its id, or that of the new referral that it becomes; one that was withdrawn stays so unless its texts are
    others. Raises Rejected with every problem.
    """
    house_id, referral_id = stored.referral.house, stored.referral.referral_id
    by_hand = _checked_and_placed(house_id, by_hand, unit)
    submission = _by_hand(house_id, by_hand, unit.now())
    known = unit.store(SubjectStore).subject(house_id, stored.referral.subject_id)
    assert known  # as the referral was found
    before = unit.store(ReferralStore).told_by_hand(stored)
    texts = _new_texts(before, submission, by_hand, unit)
    if _is_another(before, by_hand, texts):
        return register_by_hand(house_id, by_hand, by, unit)
    if not stored.is_withdrawn:
        _tell_again(submission, by_hand, known, before, texts, (), unit)
    unit.concerns("referrals", referral_id, stored.case_id)
    return referral_id


def repeat_receipt(event: Event[Notice], unit: Unit) -> None:
    """Give the sender of a notice its receipt again."""
    known = unit.store(ReferralStore).referral_of_message(event.house, partner_of(event), event.id)
    if known:
        _accept(event, known, unit)


def prepare_notices(events: Sequence[Event[Notice]], unit: Unit) -> None:
    """Read at once who these notices may be about, and what of them was told before."""
    prepare_recognising(events, unit)
    prepare_families(events, unit)
    store = unit.store(ReferralStore)
    told = {
        (event.house, index)
        for event in events
        for same in event.data.same_when_told_again
        for index in store.told_indexes(event.house, event.data.form, partner_of(event), same)
    }
    store.load_told(told)


def prepare_referrals(events: Sequence[Event[OnReferral]], unit: Unit) -> None:
    """Read at once the referrals that these events of weighing are about."""
    unit.store(ReferralStore).load_referrals({event.data.referral_id for event in events})


def referral_of_house(house_id: str, referral_id: UUID, unit: Lookup) -> StoredReferral:
    """Raises UnknownReferral."""
    stored = unit.store(ReferralStore).referral(house_id, referral_id)
    if stored is None:
        raise UnknownReferral
    return stored


def register(
    submission: Submission, particulars: Particulars, known: KnownSubject, unit: Unit, *, referral_id: UUID
) -> ReferralOfMessage:
    """Store the referral under this id and announce it, unless the partner told it before."""
    store, house = unit.store(ReferralStore), unit.profile(submission.house)
    told = _told_indexes(submission, particulars, store)
    before = store.told_before(house.id, told, known)
    texts = _new_texts(before, submission, particulars, unit) if before else ()
    if before and not _is_another(before, particulars, texts):
        _tell_again(submission, particulars, known, before, texts, told, unit)
        return ReferralOfMessage(before.referral_id, before.open_case_id or known.case_id)
    detention_id = uuid7() if isinstance(particulars, DetentionNotice) else None
    referral = referral_from(
        submission, house, referral_id=referral_id, known=known, told=next(iter(told), None), detention_id=detention_id
    )
    store.add_referral(referral, particulars, known, submission.ids_as_sent)
    _write_texts(submission, particulars, texts_in(submission.kind, particulars), referral_id, known, unit)
    announce(referral, particulars, known, unit, submission)
    return ReferralOfMessage(referral_id, known.case_id)


def _checked_and_placed(house_id: str, by_hand: ReferralByHand, unit: Unit) -> ReferralByHand:
    """The referral with names of places as the profile has them. Raises Rejected with every rule that it breaks."""
    house = unit.profile(house_id)
    if broken := [problem_of(rule) for rule in by_hand.broken_rules(house, dutch_date(unit.now()))]:
        raise Rejected(*broken)
    return by_hand.placed(house)


def _by_hand(house_id: str, by_hand: ReferralByHand, stated_at: datetime) -> Submission:
    return Submission(
        house=house_id,
        kind=kind_of(by_hand),
        referrer=by_hand.referrer,
        message_id=None,
        stated_at=stated_at,
        received_on=by_hand.received_on,
        subject=by_hand.subject,
        theme=by_hand.theme,
        worrying=is_worrying(by_hand),
    )


def _take_message(event: Event[Notice], theme: str | None, unit: Unit) -> None:
    submission = Submission(
        house=event.house,
        kind=kind_of(event.data),
        referrer=partner_of(event),
        message_id=event.id,
        ids_as_sent=event.ids_as_sent,
        stated_at=event.time,
        received_on=dutch_date(event.time),
        subject=event.data.subject,
        theme=theme,
        worrying=is_worrying(event.data),
    )
    _accept(event, _take(submission, event.data, unit), unit)


def _take(submission: Submission, particulars: Particulars, unit: Unit) -> ReferralOfMessage:
    """Register the referral, or set it aside if it is in doubt whom it is about."""
    if not submission.theme and (theme := _theme_since(submission, particulars, unit)):
        submission = replace(submission, theme=theme)
    members = members_in(particulars, unit.profile(submission.house))
    known = recognised_with_members(submission.claim, members, submission.house, unit, theme=submission.theme)
    if isinstance(known, Conflict):
        return _set_aside(submission, particulars, known, unit)
    return register(submission, particulars, known, unit, referral_id=uuid7())


def _theme_since(submission: Submission, particulars: Particulars, unit: Unit) -> str | None:
    """That of a referral which a partner tells again, and which was sealed meanwhile: it does not come back open."""
    store, subjects = unit.store(ReferralStore), unit.store(SubjectStore)
    told = _told_indexes(submission, particulars, store)
    for subject_id, theme in store.sealed_since(submission.house, told):
        known = subjects.subject(submission.house, subject_id)
        if known and not contradicts(known.details, submission.claim.said):
            return theme
    return None


def _set_aside(submission: Submission, particulars: Particulars, conflict: Conflict, unit: Unit) -> ReferralOfMessage:
    """Keep the whole referral until a person has decided; the same statement again is the same referral."""
    store, body, seal = unit.store(SetAsideStore), written(particulars), unit.publishing.sealer.seal
    told = unit.store(ReferralStore).told_indexes(
        submission.house, form_of(submission.kind), submission.referrer, [body.hex()]
    )
    waiting = store.set_aside_before(submission.house, told) if submission.message_id else None
    if waiting is None:
        waiting = SetAside(
            referral_id=uuid7(),
            house=submission.house,
            kind=submission.kind,
            referrer=submission.referrer,
            message_id=submission.message_id,
            ids_as_sent=seal(orjson.dumps(list(submission.ids_as_sent)), SET_ASIDE) if submission.ids_as_sent else None,
            stated_at=submission.stated_at,
            received_on=submission.received_on,
            case_id=uuid4(),
            told=told[0],
            conflicts_with=conflict.subject_ids,
            body=seal(body, SET_ASIDE),
            set_aside_at=unit.now(),
        )
        store.add_set_aside(waiting)
        metrics.SET_ASIDE.labels(submission.house).inc()
    return ReferralOfMessage(waiting.referral_id, waiting.case_id)


def _is_another(before: ToldBefore, particulars: Particulars, texts: Sequence[WrittenText]) -> bool:
    stays = (before.stay, particulars.stay) if isinstance(particulars, DetentionNotice) else None
    is_over = before.settled and before.open_case_id is None  # what was sealed is read in its theme
    return is_another(stays, unread=is_over and bool(texts))


def _tell_again(
    submission: Submission,
    particulars: Particulars,
    known: KnownSubject,
    before: ToldBefore,
    texts: Sequence[WrittenText],
    told: Sequence[bytes],
    unit: Unit,
) -> None:
    """Keep the message with its referral, and its texts that are other ones.

    A detention notice with newer content corrects the detention. Whether texts that are no older are worrying is asked
    again.
    """
    is_newer, is_late = submission.stated_at > before.last_stated_at, submission.stated_at < before.last_stated_at
    if isinstance(particulars, DetentionNotice) and is_newer and particulars.stay != before.stay:
        announce_correction(submission, particulars, known, before, unit)
    unit.store(ReferralStore).add_told_again(submission, particulars, known, before, told)
    if submission.worrying and unit.store(ReferralStore).say_worrying(before.referral_id, submission.referrer):
        weigh(before.referral_id, submission.stated_at, unit)
    elif not (texts and not is_late and ask_again(before.referral_id, submission.stated_at, unit)) and is_newer:
        announce_restated(submission, stated_in(particulars, before.referral_id), before, unit)
    _write_texts(submission, particulars, texts, before.referral_id, known, unit)


def _new_texts(
    before: ToldBefore, submission: Submission, particulars: Particulars, unit: Unit
) -> Sequence[WrittenText]:
    """Those that are others than were told last."""
    told = {text_id(before.referral_id, each.kind): each for each in texts_in(submission.kind, particulars)}
    last = unit.texts.newest(submission.house, [*told]) if told else {}
    return [each for id, each in told.items() if each.text != (last.get(id) or before.last.get(each.kind))]


def _write_texts(
    submission: Submission,
    particulars: Particulars,
    texts: Sequence[WrittenText],
    referral_id: UUID,
    known: KnownSubject,
    unit: Unit,
) -> None:
    """Seal texts that come with a referral. What is told with a theme stays where it is."""
    for told in () if getattr(particulars, "theme", None) else texts:
        version = SealedText(
            text_id=text_id(referral_id, told.kind),
            house=submission.house,
            case_id=known.case_id,
            kind=told.kind,
            organisation=submission.referrer,
            written_at=submission.stated_at,
            text=told.text,
        )
        unit.texts.write(version)


def _told_indexes(submission: Submission, particulars: Particulars, store: ReferralStore) -> tuple[bytes, ...]:
    """None by phone or mail."""
    if isinstance(particulars, ReferralByHand):
        return ()
    found = (
        store.told_indexes(submission.house, particulars.form, submission.referrer, same)
        for same in particulars.same_when_told_again
    )
    return tuple(chain.from_iterable(found))


def _accept(event: Event[Notice], referral: ReferralOfMessage, unit: Unit) -> None:
    """The receipt says the same whether or not the referral is sealed."""
    weighed = unit.profile(event.house).weighed(kind_of(event.data), event.data.subject.municipality)
    accept(
        event.ids_as_sent,
        unit,
        house=event.house,
        to=event.sender,
        case_id=referral.case_id,
        reference=event.data.reference,
        referral_id=referral.referral_id,
        not_weighed=weighed == "never",
    )
