"""Base classes of rules' errors. Standard library only."""

import re
from collections.abc import Collection
from typing import ClassVar

FEW = 12
"""So many values are named at most in the reason of an error."""


class BrokenRule(Exception):
    """An input breaks a rule. `field` is the path of the wrong field; str() is the reason, in words for the sender.

    A class sets both; an instance can replace them with more exact ones. `code` follows from the name of the class, and
    stays the same when the reason is worded anew: `unknown_partner`. known: the values that would be right; the reason
    names them if they are few.

        class UnknownPartner(BrokenRule):
            field = "partner"
            reason = "is not a partner of this house"

        raise UnknownPartner("agreements[2].owner.partner", known=house.partners)

    Over HTTP: 422. From a message: the message is parked, or its sender gets an answer.
    """

    field = ""
    reason = ""
    code: ClassVar[str] = "broken_rule"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, field: str | None = None, reason: str | None = None, *, known: Collection[str] = ()) -> None:
        few = f"; known are {', '.join(sorted(known))}" if 0 < len(known) <= FEW else ""
        super().__init__(f"{reason or self.reason}{few}")
        self.field = field or self.field


class UnknownObject(BrokenRule):
    """An input names an object that does not exist in this house. Over HTTP: 404."""


class Contradiction(BrokenRule):
    """An input contradicts recorded data. Over HTTP: 409."""


class NotAllowed(BrokenRule):
    """A caller may not do this with this input, whatever else its role may do. Over HTTP: 403."""


class UnknownCase(UnknownObject):
    """A service knows nothing of this case."""

    field = "caseId"
    reason = "is not a case of this house, as far as this service knows"


class UnknownHouse(UnknownObject):
    """The installation has no profile for this house."""

    field = "house"
    reason = "is not a house of this installation"
