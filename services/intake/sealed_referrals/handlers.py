"""The theme's role seals an open referral, or unseals one. To others the first is a withdrawal, the second is new.

What was said in a referral moves with it: to a subject of sealed matters, or from it to an open one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.referrals.announcing import announce_open
from services.intake.referrals.circumstances import text_id, text_ids, told_circumstances, without_texts
from services.intake.referrals.handlers import referral_of_house
from services.intake.referrals.rules import Referral, UnknownReferral
from services.intake.referrals.store import ReferralStore, StoredReferral
from services.intake.relations.members import family_of, recognised_anyway
from services.intake.relations.rules import Relation
from services.intake.relations.store import RelationStore
from services.intake.sealed_referrals.messages import SealReferral
from services.intake.sealed_referrals.rules import (
    UnknownSealedReferral,
    check_is_own_theme,
    check_may_be_sealed,
    said_by,
)
from services.intake.sealed_referrals.seen import seen_messages, seen_referral
from services.intake.sealed_referrals.store import AUDITED, Decision, SealedReferral, SealedReferralStore
from services.intake.subjects.rules import Claim, KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from services.intake.withdrawals.messages import withdrawn
from shared.business_dates import dutch_date
from shared.messaging.storage import MessageStore, ReceivedMessage
from shared.sealed_texts import SealedText
from shared.web import Caller

MESSAGES = "sealed-messages"
"""What the audit log calls messages about sealed matters."""
BECAUSE = "because"
"""The kind of the text that says why."""


class ToldMember(NamedTuple):
    """A member of a family, and what the referral said of the member, in order."""

    relation: Relation
    known: KnownSubject
    own: list[Claim]


def seal(caller: Caller, order: SealReferral, unit: Unit) -> None:
    """An open referral is of a sealed theme. The same again changes nothing.

    Raises UnknownReferral, also if it is sealed for others; UnknownTheme, IsOfDetention, AlreadyDecidedOn.
    """
    unit.store(SubjectStore).lock_house(caller.house)
    stored = referral_of_house(caller.house, order.referral_id, unit)
    if stored.referral.sealed and not seen_referral(caller, order.referral_id, unit):
        raise UnknownReferral
    check_is_own_theme(order.theme, caller.roles, unit.profile(caller.house))
    if stored.referral.sealed:
        return
    decided = unit.store(SealedReferralStore).is_decided(order.referral_id)
    check_may_be_sealed(stored.referral.kind, decided=decided)
    known = _sealed_subject(stored, order.theme, unit)
    decision = _decision(order.referral_id, caller, known.case_id, order.because, unit)
    unit.store(SealedReferralStore).add_sealing(decision, order.theme, stored.case_id)
    _announce_withdrawn(stored, unit)


def unseal(caller: Caller, referral_id: UUID, because: str, unit: Unit) -> UUID:
    """A sealed referral is of no sealed theme. Returns the id of the open one that it becomes, the same if told again.

    Raises UnknownSealedReferral.
    """
    unit.store(SubjectStore).lock_house(caller.house)
    sealed = seen_referral(caller, referral_id, unit)
    if sealed is None:
        raise UnknownSealedReferral
    if sealed.became:
        return sealed.became
    stored = referral_of_house(caller.house, referral_id, unit)
    known = _open_subject(stored, unit)
    decision = _decision(referral_id, caller, sealed.case_id, because, unit)
    opened = _opened(stored.referral, known, unit)
    unit.flush()
    told = without_texts({name: value for name, value in sealed.told.items() if name != "theme"})
    unit.store(SealedReferralStore).add_opened(decision, opened, told, known)
    for version in _own_texts(caller.house, sealed, unit):
        of_opened = text_id(opened.referral_id, version.kind)
        unit.texts.write(replace(version, text_id=of_opened, case_id=known.case_id))
    stated = told_circumstances(told).stated(opened.referral_id)
    announce_open(opened, known, opened.stated_at or unit.now(), stated, unit)
    return opened.referral_id


def take_again(caller: Caller, unit: Unit) -> None:
    """Take the messages of the caller's themes again that could not be taken: each takes effect, or waits again."""
    messages = MessageStore(unit.connection, unit.publishing.sealer)
    waiting = [each for each in seen_messages(caller, unit) if each.user_id]
    for each in waiting:
        messages.postpone(
            ReceivedMessage(each.queue, each.sender, each.message_id, each.body, each.user_id),
            ordering_key=each.message_id,
            attempts=0,
            reason="replayed by the role of the theme",
            delay=0.0,
            sealed=True,
        )
    unit.store(SealedReferralStore).take_again([each.id for each in waiting])
    unit.concerns(MESSAGES, "")


def _sealed_subject(stored: StoredReferral, theme: str, unit: Unit) -> KnownSubject:
    """Whom the referral is about from now on: nothing of it stays with the subject that others know."""
    referral, store, subjects = stored.referral, unit.store(SealedReferralStore), unit.store(SubjectStore)
    open_subject = subjects.subject(referral.house, referral.subject_id)
    assert open_subject  # as the referral was found
    own, members = _own_claims(referral, open_subject, unit), _members(open_subject, referral, unit)
    known = _registered(own or [_claim(referral, open_subject)], members, referral.house, unit, theme=theme)
    unit.flush()
    store.seal(referral, stored.data_key, known)
    _take_members(members, unit)
    _take_from(open_subject, referral, own, unit)
    unit.texts.move(referral.house, _texts(stored, open_subject, unit), known.case_id)
    store.cover(referral.referral_id, dutch_date(unit.now()) - timedelta(days=1))
    return known


def _texts(stored: StoredReferral, open_subject: KnownSubject, unit: Unit) -> list[UUID]:
    """What was written about the referral; about a subject of no other referral, everything."""
    store, referral = unit.store(SealedReferralStore), stored.referral
    if store.has_others(open_subject.subject_id, referral.referral_id):
        return store.texts_of(referral.referral_id)
    return [version.text_id for version in unit.texts.of_cases(referral.house, [open_subject.case_id])]


def _take_from(open_subject: KnownSubject, referral: Referral, own: Sequence[Claim], unit: Unit) -> None:
    """The subject is known from its other referrals alone, and without those is known no more."""
    store, stay = unit.store(SealedReferralStore), [*open_subject.claims]
    for claim in own:
        stay.remove(claim)
    if not store.has_others(open_subject.subject_id, referral.referral_id):
        store.retire(open_subject.subject_id)
    elif own and stay:
        store.take(referral.house, open_subject, own, stay)


def _members(family: KnownSubject, referral: Referral, unit: Unit) -> list[ToldMember]:
    """Whom the referral told as members of a family; none of a person."""
    if not family.details.is_several:
        return []
    told, moments = list[ToldMember](), unit.store(SealedReferralStore).moments(referral.referral_id)
    for relation in unit.store(RelationStore).relations_of(referral.house, [family.subject_id]):
        member = unit.store(SubjectStore).subject(referral.house, relation.subject_id)
        own = list(said_by(referral.referrer, moments, member.claims)) if member else []
        if member and own and relation.is_told_by(referral.referrer):
            told.append(ToldMember(relation, member, own))
    return told


def _take_members(members: Sequence[ToldMember], unit: Unit) -> None:
    """What the referral told of the members of a family is known of them no more."""
    for relation, member, own in members:
        stay = [claim for claim in member.claims if claim not in own]
        unit.store(SealedReferralStore).take_member(relation, member, own, stay)


def _open_subject(stored: StoredReferral, unit: Unit) -> KnownSubject:
    """Whom an unsealed referral is about: found or registered as for any other."""
    referral = stored.referral
    known = unit.store(SubjectStore).subject(referral.house, referral.subject_id)
    assert known  # as the referral was found
    own = _own_claims(referral, known, unit) or [_claim(referral, known)]
    return _registered(own, _members(known, referral, unit), referral.house, unit)


def _registered(
    claims: Sequence[Claim], members: Sequence[ToldMember], house: str, unit: Unit, *, theme: str | None = None
) -> KnownSubject:
    """The subject of these claims; a family with its members, each recognised by what was said first."""
    first, *others = claims
    people = [recognised_anyway(member.own[0], house, unit, theme=theme) for member in members]
    if people:
        known = family_of(first, people, house, unit, theme=theme)
    else:
        known = recognised_anyway(first, house, unit, theme=theme)
    for person, member in zip(people, members, strict=True):
        _said_later(person, member.own[1:], house, unit)
    return _said_later(known, others, house, unit)


def _said_later(known: KnownSubject, claims: Sequence[Claim], house: str, unit: Unit) -> KnownSubject:
    for claim in claims:
        known = unit.store(SubjectStore).add_claim(house, known, claim)
    return known


def _own_claims(referral: Referral, known: KnownSubject, unit: Unit) -> list[Claim]:
    moments = unit.store(SealedReferralStore).moments(referral.referral_id)
    return list(said_by(referral.referrer, moments, known.claims))


def _claim(referral: Referral, known: KnownSubject) -> Claim:
    """For a referral whose own claim is not known."""
    return known.claims[-1]._replace(partner=referral.referrer, said=known.alone)


def _opened(referral: Referral, known: KnownSubject, unit: Unit) -> Referral:
    """The referral as an open one that reaches the team today."""
    house = unit.profile(referral.house)
    return referral._replace(
        referral_id=uuid7(),
        subject_id=known.subject_id,
        received_on=dutch_date(unit.now()),
        sealed=False,
        weighed=house.weighed(referral.kind, referral.municipality) == "always",
    )


def _own_texts(house: str, sealed: SealedReferral, unit: Unit) -> list[SealedText]:
    """What came with the referral."""
    written = unit.texts.read(house, text_ids(sealed.referral_id))
    return [version for version in (*sealed.texts_as_told(house), *written) if version.text is not None]


def _decision(referral_id: UUID, caller: Caller, case_id: UUID, because: str, unit: Unit) -> Decision:
    """Who decides, with the reason in a sealed text of the sealed case."""
    decision = Decision(referral_id, caller.house, caller.name, unit.now(), uuid7())
    reason = SealedText.by(caller, case_id, BECAUSE, because, at=decision.at, text_id=decision.because_text)
    unit.texts.write(reason)
    unit.concerns(AUDITED, referral_id, case_id)
    return decision


def _announce_withdrawn(stored: StoredReferral, unit: Unit) -> None:
    """Weighing takes it from the agenda, and case holders answer it no more, as if its sender had withdrawn it."""
    referral = stored.referral
    if not unit.store(ReferralStore).withdrawn_on(referral.house, referral.referral_id):
        message = withdrawn(referral, dutch_date(unit.now()))
        unit.announce(message, house=referral.house, case_id=stored.case_id, time=unit.now())
