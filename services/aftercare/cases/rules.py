"""A case that aftercare knows: other services told of its detention, or of its coming to the aftercare table."""

from shared.rules import BrokenRule


class UnknownCase(BrokenRule):
    field = "caseId"
    reason = "is no case of this house with a detention or at the aftercare table"
