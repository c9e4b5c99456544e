"""Intake hears of an assignment, and tells the provider about whom it is."""

from services.aftercare.assignments.messages import AssignmentGiven
from services.aftercare.assignments.rules import Assignment
from services.aftercare.house import House
from shared.unit import Unit


def give(assignment: Assignment, unit: Unit[House]) -> None:
    """Announce an assignment whose provider is a partner of the house; another provider hears of it by other means."""
    partner = unit.profile(assignment.house).providers[assignment.provider].partner
    if not partner:
        return
    message = AssignmentGiven(
        assignment_id=assignment.assignment_id,
        partner=partner,
        kind=assignment.kind,
        trajectory_kind=assignment.trajectory_kind,
        needs=assignment.needs,
        institution=assignment.institution,
        starts_on=assignment.starts_on,
    )
    unit.announce_on(assignment.given_on, message, assignment)
