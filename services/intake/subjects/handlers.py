"""The house recognises whom partners describe, and discloses who somebody is."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from services.intake import metrics
from services.intake.subjects.messages import StatementOnSubject
from services.intake.subjects.rules import Disclosure, KnownSubject, Subject, Trait, UnknownSubject, recognise, traits
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.messaging import Event

OnSubject = TypeVar("OnSubject", bound=StatementOnSubject)


def prepare_recognising(events: Sequence[Event[OnSubject]], unit: Unit) -> None:
    """Read at once who these statements may be about. Houses in one order, so that two batches can't deadlock."""
    given: dict[str, set[Trait]] = {}
    for event in events:
        given.setdefault(event.house, set()).update(traits(event.data.subject))
    store = unit.store(SubjectStore)
    for house_id in sorted(given):
        store.lock_house(house_id)
    store.load_candidates(given)


def load_candidates(house_id: str, people: Iterable[Subject], unit: Unit) -> None:
    """Read at once who these people of one statement may be."""
    store = unit.store(SubjectStore)
    store.lock_house(house_id)
    store.load_candidates({house_id: {trait for person in people for trait in traits(person)}})


def recognised(subject: Subject, house_id: str, unit: Unit) -> KnownSubject:
    """The subject as the house knows it from now on: found by its traits, or new."""
    store, given = unit.store(SubjectStore), traits(subject)
    known = _found(given, house_id, store)
    if known is None:
        known = store.add_subject(house_id, subject, unit.now())
    elif (details := known.details.completed_by(subject)) != known.details:
        known = known._replace(details=details)
        store.change_details(house_id, known)
    for trait in given:
        store.add_trait(house_id, known, trait)
    return known


def known_already(subject: Subject, house_id: str, unit: Unit) -> KnownSubject | None:
    """The subject if the house knows it; looking registers nobody."""
    return _found(traits(subject), house_id, unit.store(SubjectStore))


def disclosed(house_id: str, subject_id: UUID | None, *, to: str, purpose: str, unit: Unit) -> KnownSubject:
    """What is known of a subject; who was told, what for and when is kept. Raises UnknownSubject."""
    store = unit.store(SubjectStore)
    known = store.subject(house_id, subject_id) if subject_id else None
    if known is None:
        raise UnknownSubject
    store.add_disclosure(Disclosure(house_id, known.subject_id, to, purpose, unit.correlation_id, unit.now()))
    metrics.DISCLOSURES.labels(house_id, purpose).inc()
    return known


def _found(given: Sequence[Trait], house_id: str, store: SubjectStore) -> KnownSubject | None:
    store.lock_house(house_id)
    subject_id = recognise(given, store.candidates(house_id, given))
    return store.subject(house_id, subject_id) if subject_id else None
