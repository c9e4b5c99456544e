"""What aftercare judges of partners' messages, and what it has providers do: load, decide, store, announce."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.intake import metrics
from services.intake.dependencies import Unit
from services.intake.domain.errors import NobodyDetained, NotAssigned, UnknownSubmission
from services.intake.domain.matching import recognise
from services.intake.domain.subjects import Subject, Trait, traits
from services.intake.handlers.partners import accept, disclosed, partner_of, recipient, refuse
from services.intake.storage.store import KnownSubject
from shared.business_dates import dutch_date
from shared.messaging.event import Event
from shared.messaging.outcomes import Ignorable, Problem


def hand_on_release_date(event: Event, unit: Unit) -> None:
    """DJI gives another release date of somebody whose detention it told before. Raises NobodyDetained."""
    known = _known(_subject(event.data["subject"]), event.house, unit)
    if known is None:
        raise NobodyDetained
    data = {name: event.data[name] for name in ("detained_on", "release_on")}
    _hand_on(event, known.case_id, unit)
    _report("release-dates.reported.v1", event, known.case_id, data | {"reported_on": dutch_date(event.time)}, unit)


def hand_on_outflow_list(event: Event, unit: Unit) -> None:
    """Each release on the list, on the case of whom it is about; nobody is registered for being on it."""
    rows = event.data["list"]
    people = [_subject({"kind": "person", **_of_person(row)}) for row in rows]
    _load(people, event.house, unit)
    _hand_on(event, None, unit)
    part = {"list_year": event.data["year"], "part": event.data["part"], "parts": event.data["parts"]}
    for number, (row, person) in enumerate(zip(rows, people, strict=True), start=1):
        known = _known(person, event.house, unit)
        released = {name: row[name] for name in ("municipality", "institution", "detained_on", "released_on")}
        data = part | released | {"rows": len(rows), "row": number}
        _report("outflows.reported.v1", event, known.case_id if known else None, data, unit)


def hand_on_conversation(event: Event, unit: Unit) -> None:
    _hand_on_of_assignment("conversations.reported.v1", event, unit)


def hand_on_progress(event: Event, unit: Unit) -> None:
    _hand_on_of_assignment("trajectory-progress.reported.v1", event, unit)


def hand_on_invoice(event: Event, unit: Unit) -> None:
    _hand_on_of_assignment("invoices.received.v1", event, unit)


def answer_submission(event: Event, unit: Unit) -> None:
    """Aftercare has judged a message: now its sender is answered. Raises UnknownSubmission."""
    judged = event.data
    handed = unit.store.handed_on(event.house, judged["partner"], judged["message_id"])
    if handed is None:
        raise UnknownSubmission
    if handed["problems"] is not None:
        raise Ignorable("the message is judged already")
    unit.store.judge(event.house, judged["partner"], judged["message_id"], judged["problems"])
    _answer(event.house, judged["partner"], judged["message_id"], handed | {"problems": judged["problems"]}, unit)


def repeat_judgement(event: Event, handed: Mapping[str, Any], unit: Unit) -> None:
    """The same message once more: the same answer, and none while it is not judged."""
    if handed["problems"] is not None:
        _answer(event.house, partner_of(event), event.id, handed, unit)


def send_assignment(event: Event, unit: Unit) -> None:
    """A provider hears what it is to do and about whom, and no more of them than that asks for. Raises MayNotGet."""
    house, given = unit.profile(event.house), event.data
    to = recipient(house, given["partner"], "assignments.sent.v1")
    subject_id = unit.store.subject_of_case(house.id, event.required_case_id())
    known = disclosed(house.id, subject_id, to=to, purpose=given["kind"], unit=unit)
    unit.store.add_assignment(house.id, given["partner"], given["assignment_id"], known.case_id)
    told = {
        name: given[name] for name in ("assignment_id", "kind", "trajectory_kind", "needs", "institution", "starts_on")
    }
    unit.announce(
        "assignments.sent.v1",
        house=house.id,
        case_id=known.case_id,
        time=event.time,
        to=to,
        data=told | {"subject": vars(known.details)},
    )


def _hand_on_of_assignment(type: str, event: Event, unit: Unit) -> None:
    """Raises NotAssigned."""
    case_id = unit.store.case_of_assignment(event.house, partner_of(event), event.data["assignment_id"])
    if case_id is None:
        raise NotAssigned
    _hand_on(event, case_id, unit)
    data = {name: value for name, value in event.data.items() if name != "reference"}
    _report(type, event, case_id, data, unit)


def _hand_on(event: Event, case_id: UUID | None, unit: Unit) -> None:
    unit.store.add_handed_on(event.house, partner_of(event), event.id, case_id, event.data["reference"])
    metrics.HANDED_ON.labels(event.house, partner_of(event), event.type).inc()


def _report(type: str, event: Event, case_id: UUID | None, data: Mapping[str, Any], unit: Unit) -> None:
    sent = {"message_id": event.id, "partner": partner_of(event)}
    unit.announce(type, house=event.house, case_id=case_id, time=event.time, data={**sent, **data})


def _answer(house: str, partner: str, message_id: UUID, handed: Mapping[str, Any], unit: Unit) -> None:
    problems = [Problem(**each) for each in handed["problems"]]
    if problems:
        refuse(unit.profile(house), partner, message_id, problems, unit)
    else:
        user = unit.profile(house).user_of(partner)
        accept(house, user, message_id, unit, reference=handed["reference"], case_id=handed["case_id"])


def _known(person: Subject, house: str, unit: Unit) -> KnownSubject | None:
    """Somebody the house knows already; a look registers nobody."""
    unit.store.lock_house(house)
    given = traits(person)
    subject_id = recognise(given, unit.store.candidates(house, given)) if given else None
    return unit.store.subject(house, subject_id) if subject_id else None


def _load(people: Iterable[Subject], house: str, unit: Unit) -> None:
    unit.store.lock_house(house)
    given: set[Trait] = {trait for person in people for trait in traits(person)}
    unit.store.load_candidates({house: given})


def _subject(data: Mapping[str, Any]) -> Subject:
    return Subject(**data)


def _of_person(row: Mapping[str, Any]) -> dict[str, Any]:
    names: Sequence[str] = ("municipality", "bsn", "family_name", "given_names", "birth_date", "sex")
    return {name: row[name] for name in names if name in row}
