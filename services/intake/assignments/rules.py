"""A provider carries out what it was given, and reports on nothing else."""

from shared.rules import BrokenRule


class NotAssigned(BrokenRule):
    field = "data.assignmentId"
    reason = "is not an assignment of yours"
