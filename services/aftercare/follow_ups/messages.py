"""What people say when an answer to a follow-up was a slip."""

from dataclasses import dataclass

from services.aftercare.follow_ups.rules import FollowUp, Moment
from services.aftercare.records.messages import Correction
from shared.days import HouseDay


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFollowUp(FollowUp, Correction):
    """The right answer, in place of the last one for the same moment."""

    @property
    def answer(self) -> FollowUp:
        return FollowUp(moment=self.moment, answered_on=self.answered_on, domains=self.domains)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawFollowUp(Correction):
    """Which answer is withdrawn: of which moment, and given on which day."""

    moment: Moment
    answered_on: HouseDay
