"""Aftercare gives a provider something to do."""

from services.intake.assignments.messages import AssignmentGiven, AssignmentSent, SubjectOfAssignment
from services.intake.assignments.store import AssignmentStore
from services.intake.openings.handlers import open_aftercare
from services.intake.partners.rules import recipient
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.rules import Subject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.messaging import Event


def send_assignment(event: Event[AssignmentGiven], unit: Unit) -> None:
    """Send the provider its assignment, with name, birth date and municipality of the person and no BSN.

    Raises MayNotGet, UnknownSubject.
    """
    house, given = unit.profile(event.house), event.data
    to = recipient(house, given.partner, "assignments.sent.v1")
    subject_id = unit.store(SubjectStore).subject_of_case(house.id, event.required_case_id())
    known = disclosed(house.id, subject_id, to=to, purpose=given.kind, unit=unit)
    unit.store(AssignmentStore).add_assignment(house.id, given.partner, given.assignment_id, known.case_id)
    open_aftercare(house, known.case_id, given.assignment_id, unit)
    message = AssignmentSent(
        assignment_id=given.assignment_id,
        kind=given.kind,
        trajectory_kind=given.trajectory_kind,
        needs=given.needs,
        institution=given.institution,
        starts_on=given.starts_on,
        subject=_subject(known.details),
    )
    unit.announce(message, house=house.id, case_id=known.case_id, time=unit.now(), to=to)


def _subject(details: Subject) -> SubjectOfAssignment:
    return SubjectOfAssignment(
        family_name=details.family_name,
        given_names=details.given_names,
        birth_date=details.birth_date,
        municipality=details.municipality,
    )
