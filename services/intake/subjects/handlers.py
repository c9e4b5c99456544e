"""The house recognises whom partners describe, and discloses who somebody is."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from services.intake import metrics
from services.intake.house import ASKED
from services.intake.openings.handlers import open_cases
from services.intake.partners.handlers import partner_of
from services.intake.subjects.messages import StatementOnSubject, SubjectView
from services.intake.subjects.recognition import (
    Conflict,
    Trait,
    likenesses_sought,
    may_be_one,
    recognise,
    traits,
)
from services.intake.subjects.rules import Claim, Disclosure, KnownSubject, Subject, UnknownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.subjects.telling import told_to_asked
from services.intake.unit import Lookup, Unit
from shared.messaging import Event
from shared.web import Caller

OnSubject = TypeVar("OnSubject", bound=StatementOnSubject)


def prepare_recognising(events: Sequence[Event[OnSubject]], unit: Unit) -> None:
    """Read at once who these statements may be about. Houses in one order, so that two batches can't deadlock."""
    given: dict[str, set[Trait]] = {}
    for event in events:
        of_house, theme = given.setdefault(event.house, set()), event.data.sealed_theme
        for described in event.data.everybody:
            of_house.update(traits(described.told(), partner_of(event), theme=theme))
    store = unit.store(SubjectStore)
    for house_id in sorted(given):
        store.lock_house(house_id)
    store.load_candidates(given)


def load_candidates(house_id: str, people: Iterable[Subject], partner: str, unit: Unit) -> None:
    """Read at once who these people of one statement may be."""
    store = unit.store(SubjectStore)
    store.lock_house(house_id)
    store.load_candidates({house_id: {trait for person in people for trait in traits(person.told(), partner)}})


def recognised(claim: Claim, house_id: str, unit: Unit, *, theme: str | None = None) -> KnownSubject | Conflict:
    """The subject as the house knows it from now on: found by its traits, or new.

    theme: of a sealed matter; each theme knows its own people. Nobody decides on a conflict there: the subject is new,
    and goes without the number.
    """
    store, given = unit.store(SubjectStore), traits(claim.said, claim.partner, theme=theme)
    found = _found(claim.said, given, house_id, store)
    if isinstance(found, Conflict):
        if theme is None:
            return found
        found, given = None, [trait for trait in given if trait.kind == "name"]
    return claimed(claim, found, given, house_id, unit, theme=theme)


def claimed(
    claim: Claim,
    found: KnownSubject | None,
    given: Sequence[Trait],
    house_id: str,
    unit: Unit,
    *,
    theme: str | None = None,
) -> KnownSubject:
    """The found subject, or a new one, with one claim more and with its traits."""
    store = unit.store(SubjectStore)
    if found:
        known = store.add_claim(house_id, found, claim)
    else:
        known = store.add_subject(house_id, claim, sealed=theme is not None, registered_at=unit.now())
    for trait in given:
        store.add_trait(house_id, known, trait)
    return known


def known_already(subject: Subject, partner: str, house_id: str, unit: Unit) -> KnownSubject | None:
    """The subject if the house knows it for certain; looking registers nobody."""
    told = subject.told()
    found = _found(told, traits(told, partner), house_id, unit.store(SubjectStore))
    return None if isinstance(found, Conflict) else found


def disclosed(house_id: str, subject_id: UUID | None, *, to: str, purpose: str, unit: Unit) -> KnownSubject:
    """What is known of a subject; who was told, what for and when is kept.

    Raises UnknownSubject, also if the purpose is not open for its case.
    """
    known = disclosed_together(house_id, [subject_id] if subject_id else [], to=to, purpose=purpose, unit=unit)
    if not known:
        raise UnknownSubject
    return known[0]


def disclosed_together(
    house_id: str, subject_ids: Collection[UUID], *, to: str, purpose: str, unit: Unit
) -> list[KnownSubject]:
    """The same of several subjects, in this order and read at once.

    Left out: those that the house does not know, or for whose case the purpose is not open.
    """
    store = unit.store(SubjectStore)
    found = [known for known in store.subjects(house_id, subject_ids) if not known.sealed]
    seen = open_cases(unit.profile(house_id), purpose, [known.case_id for known in found], unit)
    shown = [known for known in found if known.case_id in seen]
    log_disclosures(shown, house_id, to=to, purpose=purpose, unit=unit)
    cases = {known.subject_id: known.case_id for known in shown}
    for subject_id in subject_ids:
        unit.concerns("subjects", subject_id, cases.get(subject_id))
    return shown


def log_disclosures(shown: Iterable[KnownSubject], house_id: str, *, to: str, purpose: str, unit: Unit) -> None:
    """Keep that somebody is told who these subjects are."""
    for known in shown:
        disclosure = Disclosure(house_id, known.subject_id, to, purpose, unit.correlation_id, unit.now())
        unit.store(SubjectStore).add_disclosure(disclosure)
        metrics.DISCLOSURES.labels(house_id, purpose).inc()


def open_subject(house_id: str, subject_id: UUID, unit: Lookup) -> KnownSubject:
    """Raises UnknownSubject; somebody known from sealed matters alone is unknown."""
    known = unit.store(SubjectStore).subject(house_id, subject_id)
    if known is None or known.sealed:
        raise UnknownSubject
    return known


def disclosed_to_asked(caller: Caller, subject_ids: Collection[UUID], unit: Unit) -> Iterator[SubjectView]:
    """Those of these subjects about whom the caller's organisation is asked, as the questions tell them."""
    house, partner, store = unit.profile(caller.house), caller.organisation, unit.store(SubjectStore)
    since = unit.today - timedelta(days=house.relation_days)
    referrers = store.referrers_of_questions(house.id, partner, subject_ids, since)
    for subject_id in subject_ids:
        if subject_id not in referrers:
            unit.concerns("subjects", subject_id)
    asked_about = [subject_id for subject_id in subject_ids if subject_id in referrers]
    for known in disclosed_together(house.id, asked_about, to=caller.id, purpose=ASKED, unit=unit):
        others = referrers[known.subject_id] - {partner}
        told = told_to_asked(known, partner, referrer=min(others, default=partner), house=house)
        yield SubjectView(subject_id=known.subject_id, case_id=known.case_id, details=told)


def disclosed_alike(house_id: str, subject_id: UUID, *, to: str, purpose: str, unit: Unit) -> list[KnownSubject]:
    """The subjects that may be the same person or family as this one. Raises UnknownSubject."""
    known = disclosed(house_id, subject_id, to=to, purpose=purpose, unit=unit)
    alike = unit.store(SubjectStore).alike(house_id, subject_id)
    ids = [other.subject_id for other in alike if may_be_one(known.details, other.details)]
    return disclosed_together(house_id, ids, to=to, purpose=purpose, unit=unit)


def disclosed_like(house_id: str, about: Subject, *, to: str, purpose: str, unit: Unit) -> list[KnownSubject]:
    """The subjects that may be whom somebody describes; first those that share a number or the whole name and birth
    date.
    """
    store, told = unit.store(SubjectStore), about.told()
    sharing = [each.known.subject_id for each in store.candidates(house_id, traits(told, None))]
    alike = store.subjects(house_id, store.like(house_id, likenesses_sought(told)))
    ids = [*sharing, *(known.subject_id for known in alike if may_be_one(known.details, told))]
    return disclosed_together(house_id, list(dict.fromkeys(ids)), to=to, purpose=purpose, unit=unit)


def _found(told: Subject, given: Sequence[Trait], house_id: str, store: SubjectStore) -> KnownSubject | Conflict | None:
    store.lock_house(house_id)
    return recognise(told, store.candidates(house_id, given))
