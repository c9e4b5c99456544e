"""When a decision may be taken back: nobody overwrites what was not seen, and in whose days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from operator import attrgetter

from services.weighing.access import CORRECT_UNLED, DECIDE
from services.weighing.decisions.rules import RecordedDecision
from services.weighing.house import House
from services.weighing.seats.messages import SeatView
from shared.business_dates import dutch_date
from shared.rules import Contradiction
from shared.web import Caller, acts_for_house

TOLD = ("decision.decision", "decision.reason", "decision.rerouted_to", "decision.briefing_on", "back_on")
AS_TOLD = attrgetter(*TOLD)
"""What referrers and partners that were asked are told."""

OUTCOME = attrgetter(*TOLD, "decision.escalated_to", "opens_table")
"""What others go by: those that are told, tables and the agenda."""

RETURN = attrgetter("decision.briefing_on", "decision.reason", "decision.comes_back_on")


class DecidedMeanwhile(Contradiction):
    field = "recordedAt"
    reason = "is not that of the decision that counts: somebody else has recorded another one meanwhile"


class DecidedAgain(Contradiction):
    """The reason names the briefing whose decision has to be taken back first."""

    field = "tabling"


def check_seen(recorded: RecordedDecision, seen: datetime | None) -> None:
    """seen: when the decision that the caller has read was recorded; None if not told. Raises DecidedMeanwhile."""
    if seen not in (None, recorded.recorded_at):
        raise DecidedMeanwhile


def with_return(right: RecordedDecision, wrong: RecordedDecision) -> RecordedDecision:
    """A correction of something else leaves the referral on the briefing that it was moved to since."""
    return replace(right, back_on=wrong.back_on) if RETURN(right) == RETURN(wrong) else right


def decided_again(recorded: Mapping[int, RecordedDecision], tabling: int) -> RecordedDecision | None:
    """The decision that followed the one at a tabling, if any."""
    return recorded.get(tabling + 1)


def check_last(recorded: Mapping[int, RecordedDecision], tabling: int) -> None:
    """A decision that the team went on from stays. Raises DecidedAgain."""
    if later := decided_again(recorded, tabling):
        raise DecidedAgain(
            None,
            f"was followed by a decision at the briefing of {later.decision.briefing_on}; withdraw that one first",
        )


class CorrectionTooLate(Contradiction):
    """The reason names the last day."""

    field = "tabling"


class ForTheChair(Contradiction):
    field = "tabling"
    reason = "is taken back by whoever led the briefing, or by the information coordinator if nobody known here did"


class ForTheTeam(Contradiction):
    field = "tabling"
    reason = "is taken back by the weighing team"


def check_taker(caller: Caller, chairs: Sequence[SeatView], house: House) -> None:
    """chairs: who led the briefing at the item; known are those that wrote themselves down.

    Raises ForTheChair; where every member of the team may take decisions back, ForTheTeam.
    """
    if not house.chair_corrects:
        if not acts_for_house(caller, DECIDE):
            raise ForTheTeam
        return
    led = acts_for_house(caller, DECIDE) and any(
        caller.id == seat.person or caller.name == seat.name for seat in chairs
    )
    unled = acts_for_house(caller, CORRECT_UNLED) and not any(seat.person for seat in chairs)
    if not (led or unled):
        raise ForTheChair


def check_in_days(briefing_on: date, first_recorded: datetime | None, house: House, today: date) -> None:
    """The team takes back its own decision for some days after the briefing; if it was recorded later, after that day.

    first_recorded: when the tabling got its first decision, which a correction does not renew; None if nobody knows.
    Raises CorrectionTooLate.
    """
    if house.correction_days is None:
        return
    since = max(briefing_on, dutch_date(first_recorded)) if first_recorded else briefing_on
    last = since + timedelta(days=house.correction_days)
    if today > last:
        raise CorrectionTooLate(reason=f"could be corrected by the team until {last}; now the chain manager does it")
