"""The rules that a command can break. `field` is the input to blame, str() the reason."""


class BrokenRule(Exception):
    """Base: the class gives the field and the reason, an instance may be more exact about either."""

    field = ""
    reason = ""

    def __init__(self, field: str | None = None, reason: str | None = None) -> None:
        super().__init__(reason or self.reason)
        self.field = field or self.field


class UnknownDetention(BrokenRule):
    field = "detentionId"
    reason = "is not a detention of this house"


class BeforeDetention(BrokenRule):
    reason = "is before the detention began"


class BeforeLastChange(BrokenRule):
    field = "changedOn"
    reason = "is before the last change of the release date"


class BeforeStandingPlan(BrokenRule):
    field = "madeOn"
    reason = "is before the plan that it would replace was made"


class UnknownLifeDomain(BrokenRule):
    field = "domain"
    reason = "is not a life domain of this house"


class LifeDomainTwice(BrokenRule):
    field = "domain"
    reason = "stands in the plan already"


class LifeDomainMissing(BrokenRule):
    field = "domains"
    reason = "must go through every life domain"


class NothingDone(BrokenRule):
    field = "referredTo"
    reason = "is required, or an agreement: a bottleneck goes nowhere without either"
