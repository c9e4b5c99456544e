"""The rules that a command can break. `field` is the input to blame, str() the reason."""


class BrokenRule(Exception):
    """Base: the class gives the field and the reason, an instance may point to another field."""

    field = ""
    reason = ""

    def __init__(self, field: str | None = None) -> None:
        super().__init__(self.reason)
        self.field = field or self.field


class UnknownTableCase(BrokenRule):
    field = "tableCaseId"
    reason = "is not a table case of this house"


class UnknownTable(BrokenRule):
    field = "table"
    reason = "is not a table of this house"


class UnknownSubRegion(BrokenRule):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class UnknownPartner(BrokenRule):
    field = "partner"
    reason = "is not a partner of this house"


class UnknownLifeDomain(BrokenRule):
    field = "domain"
    reason = "is not a life domain of this house"


class UnknownMoment(BrokenRule):
    field = "moment"
    reason = "is not a monitoring moment of the plan that stands"


class NotATableCase(BrokenRule):
    field = "tableCaseIds"
    reason = "is not a table case of this house"


class OtherTable(BrokenRule):
    field = "tableCaseIds"
    reason = "is a case of another table"


class AlreadyDiscussed(BrokenRule):
    field = "reason"
    reason = "is required: a case has been at this table, and comes again only for a reason"


class BeforeOpening(BrokenRule):
    reason = "is before the table case was opened"


class BeforePlan(BrokenRule):
    reason = "is before the plan was agreed"


class DueBeforeAgreed(BrokenRule):
    field = "dueOn"
    reason = "is before the plan is agreed"


class NotScored(BrokenRule):
    field = "outcome"
    reason = "is required: a case of this table is scored at closing"


class RanOnWithoutReason(BrokenRule):
    field = "runningOnReason"
    reason = "is required: the case ran on after the last monitoring moment of its plan"


class AlreadyClosed(BrokenRule):
    field = "tableCaseId"
    reason = "is closed already"


class AlreadyAnswered(BrokenRule):
    field = "moment"
    reason = "is answered already, with something else"
