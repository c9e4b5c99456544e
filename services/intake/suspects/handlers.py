"""The house looks whom of a list of suspects it knows, tells the people concerned, and forgets everybody else."""

from collections.abc import Iterator
from uuid import UUID

from services.intake.partners.handlers import accept, partner_of
from services.intake.subjects.handlers import known_already, load_candidates
from services.intake.subjects.recognition import forget_descriptions
from services.intake.subjects.rules import KnownSubject
from services.intake.suspects.messages import SuspectList, SuspectRecognised
from services.intake.suspects.rules import is_news
from services.intake.suspects.store import SuspectStore
from services.intake.unit import Unit
from shared.messaging import Event


def tell_of_suspects(event: Event[SuspectList], unit: Unit) -> None:
    """Tell who of the list is known to the house, once for each case at ZSM. Nothing is kept of anybody else."""
    known, listed_on = dict(_known(event, unit)), event.data.listed_on
    store = unit.store(SuspectStore)
    last = store.last_listed(known)
    store.set_listed(known, listed_on)
    store.set_last_list(event.house, partner_of(event), listed_on)
    for subject in known.values():
        if is_news(last.get(subject.subject_id), listed_on):
            _announce(event, subject, unit)
    repeat_receipt(event, unit)


def repeat_receipt(event: Event[SuspectList], unit: Unit) -> None:
    """Give the sender of a list its receipt, which does not say whether anybody was recognised."""
    accept(event.ids_as_sent, unit, house=event.house, to=event.sender, reference=event.data.reference)


def _known(event: Event[SuspectList], unit: Unit) -> Iterator[tuple[UUID, KnownSubject]]:
    """Those whom the house knows for certain, by their ids."""
    described, partner = [suspect.described for suspect in event.data.suspects], partner_of(event)
    load_candidates(event.house, described, partner, unit)
    try:
        for each in described:
            if known := known_already(each, partner, event.house, unit):
                yield known.subject_id, known
    finally:
        forget_descriptions()


def _announce(event: Event[SuspectList], subject: KnownSubject, unit: Unit) -> None:
    recognised = SuspectRecognised(
        subject_id=subject.subject_id, partner=partner_of(event), listed_on=event.data.listed_on
    )
    unit.announce(recognised, house=event.house, case_id=subject.case_id, time=event.time)
