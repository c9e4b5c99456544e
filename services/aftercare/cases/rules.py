"""A case that aftercare knows: other services told of its detention, of its coming to the aftercare table, or of a
trajectory that the weighing team wants.
"""

from shared.rules import BrokenRule


class UnknownCase(BrokenRule):
    field = "caseId"
    reason = "is no case of this house with a detention, at the aftercare table, or to have a voluntary trajectory"
