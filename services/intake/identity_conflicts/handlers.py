"""An intake officer sees who may be meant, decides, and the referral goes on its way."""

from typing import NamedTuple
from uuid import UUID

import orjson

from services.intake.identity_conflicts.messages import IdentityDecision
from services.intake.identity_conflicts.rules import AlreadyDecided, UnknownConflict, meant
from services.intake.referrals.handlers import SET_ASIDE, register
from services.intake.referrals.messages import Particulars, is_worrying, read_again
from services.intake.referrals.rules import Submission
from services.intake.set_aside.rules import SetAside
from services.intake.set_aside.store import SetAsideStore
from services.intake.subjects.handlers import disclosed, recognised
from services.intake.subjects.recognition import Conflict
from services.intake.subjects.rules import KnownSubject, Subject, UnknownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.messaging.envelope import IdsAsSent


class Opposed(NamedTuple):
    """The description of a referral beside the people who have the number that it gives."""

    told: Subject
    known: list[KnownSubject]


def opposed(house_id: str, referral_id: UUID, *, to: str, purpose: str, unit: Unit) -> Opposed:
    """Raises UnknownConflict, AlreadyDecided. Each disclosure is logged."""
    waiting = unit.store(SetAsideStore).set_aside(house_id, referral_id)
    if waiting is None:
        raise UnknownConflict
    if waiting.decision:
        raise AlreadyDecided("referralId", "is decided already")
    known = [disclosed(house_id, id, to=to, purpose=purpose, unit=unit) for id in waiting.conflicts_with]
    return Opposed(_particulars(waiting, unit).subject, known)


def decide(house_id: str, referral_id: UUID, decision: IdentityDecision, *, by: str, unit: Unit) -> UUID:
    """Register the referral about the person who is meant. Returns the id of the referral.

    Raises UnknownConflict, AlreadyDecided, NotInConflict. The same decision again changes nothing.
    """
    store = unit.store(SetAsideStore)
    waiting = store.set_aside_to_decide(house_id, referral_id)
    if waiting is None:
        raise UnknownConflict
    subject_id = meant(decision.person, decision.subject_id, waiting.conflicts_with)
    if waiting.decision:
        if waiting.decision != decision.person or subject_id not in (None, waiting.subject_id):
            raise AlreadyDecided
        return referral_id
    particulars = _particulars(waiting, unit)
    submission = _submission(waiting, particulars, unit)
    known = _known(submission, subject_id, decision, unit)
    registered = register(submission, particulars, known, unit, referral_id=referral_id)
    unit.concerns_case(registered.case_id)
    because = unit.publishing.sealer.seal(decision.because.encode(), SET_ASIDE)
    store.decide(
        referral_id, decision=decision.person, subject_id=known.subject_id, by=by, at=unit.now(), because=because
    )
    return registered.referral_id


def _known(submission: Submission, subject_id: UUID | None, decision: IdentityDecision, unit: Unit) -> KnownSubject:
    """The subject that is meant: as known, with the details of the referral, or somebody without the number."""
    claim, store = submission.claim, unit.store(SubjectStore)
    if subject_id is None:
        known = recognised(claim._replace(said=claim.said.without_numbers()), submission.house, unit)
        assert not isinstance(known, Conflict)  # without a number nothing is in conflict
        return known
    store.lock_house(submission.house)
    found = store.subject(submission.house, subject_id)
    if found is None:
        raise UnknownSubject
    return store.add_claim(submission.house, found, claim) if decision.details_right else found


def _particulars(waiting: SetAside, unit: Unit) -> Particulars:
    body = unit.publishing.sealer.open(waiting.body, SET_ASIDE)
    return read_again(waiting.kind, body, by_hand=waiting.message_id is None)


def _ids(waiting: SetAside, unit: Unit) -> IdsAsSent | None:
    if waiting.ids_as_sent is None:
        return None
    return IdsAsSent(*orjson.loads(unit.publishing.sealer.open(waiting.ids_as_sent, SET_ASIDE)))


def _submission(waiting: SetAside, particulars: Particulars, unit: Unit) -> Submission:
    return Submission(
        house=waiting.house,
        kind=waiting.kind,
        referrer=waiting.referrer,
        message_id=waiting.message_id,
        ids_as_sent=_ids(waiting, unit),
        stated_at=waiting.stated_at,
        received_on=waiting.received_on,
        subject=particulars.subject,
        worrying=is_worrying(particulars),
    )
