"""What rules have in common: the error of an input that breaks one. Standard library only."""


class BrokenRule(Exception):
    """An input breaks a rule. `field` is the path of the input to blame, str() the reason, as its sender reads it.

    The class gives both, an instance may be more exact about either:

        class UnknownPartner(BrokenRule):
            field = "partner"
            reason = "is not a partner of this house"

        raise UnknownPartner("agreements[2].owner.partner")

    Over HTTP: 422. A message is parked, or its sender is told.
    """

    field = ""
    reason = ""

    def __init__(self, field: str | None = None, reason: str | None = None) -> None:
        super().__init__(reason or self.reason)
        self.field = field or self.field


class UnknownObject(BrokenRule):
    """An input names something that does not exist in this house. Over HTTP: 404."""


class Contradiction(BrokenRule):
    """An input contradicts what is recorded. Over HTTP: 409."""


class UnknownHouse(UnknownObject):
    """No profile of this installation has the house's id."""

    field = "house"
    reason = "is not a house of this installation"
