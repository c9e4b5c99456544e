"""ZSM advice: a short sketch of a case and the measures that the table wishes for, from its plan."""

from shared.rules import Contradiction, UnknownObject


class NoPlan(Contradiction):
    field = "tableCaseId"
    reason = "has no action plan that stands: an advice comes from the plan"


class UnknownAdvice(UnknownObject):
    field = "adviceId"
    reason = "is not a ZSM advice that you may see"
