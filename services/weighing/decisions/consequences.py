"""Whether a decision has what follows from it. What opens a table or sends the referral elsewhere says so itself."""

from services.weighing.decisions.rules import Decision
from services.weighing.follow_ups.rules import missing
from services.weighing.house import DecisionRule, House, ReasonRule


def lacks_follow_up(decision: Decision, house: House) -> bool:
    """As a decision from before the house asked for a follow-up does."""
    rule = house.decisions.get(decision.decision, DecisionRule())
    reason = house.reasons.get(decision.reason or "", ReasonRule())
    return any(any(missing(decision.follow_ups, needed)) for needed in (rule.follow_ups, reason.follow_ups))
