"""What can be wrong with an event or a command. `field` is the input to blame, str() the reason."""

from typing import NamedTuple


class BrokenRule(NamedTuple):
    """One rule that a decision breaks; `field` is its path on the wire."""

    field: str
    reason: str


class WeighingError(Exception):
    """Base: a class gives the field and the reason."""

    field = ""
    reason = ""

    def __init__(self) -> None:
        super().__init__(self.reason)


class UnknownSubRegion(WeighingError):
    field = "subRegion"
    reason = "is not a sub-region of this house"


class UnknownMunicipality(WeighingError):
    field = "municipality"
    reason = "is not a municipality or residence of this house"


class UnknownReferral(WeighingError):
    field = "referralId"
    reason = "is not a referral of this house"


class UnknownRequest(WeighingError):
    field = "requestId"
    reason = "is not an information request that was put to this partner"


class AlreadyAnswered(WeighingError):
    field = "requestId"
    reason = "is answered already"


class AlreadyWeighed(WeighingError):
    field = "briefingOn"
    reason = "the team's decision is recorded already, and it is final"
