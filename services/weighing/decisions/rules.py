"""The team's decision on a referral: the rules that a decision keeps, and what follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from services.weighing.house import DecisionRule, House, ReasonRule
from services.weighing.referrals.rules import Referral, next_briefing
from shared.bounds import Code, Length, Line
from shared.rules import BrokenRule, Contradiction, UnknownObject

FEWEST_PARTNERS = 2
LONGEST_AWAY = timedelta(days=366)
NOT_OF_THIS_HOUSE = "is not known to this house"

Codes = Annotated[tuple[Code, ...], Length(most=100)]


class AlreadyWeighed(Contradiction):
    field = "briefingOn"
    reason = "has another decision already; a wrong decision can be corrected or withdrawn"


class UnknownDecision(UnknownObject):
    field = "tabling"
    reason = "is no tabling of this referral with a decision that counts"


class DecidedAgain(Contradiction):
    """The reason names the briefing whose decision has to be taken back first."""

    field = "tabling"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionContent:
    """What the team decided, but for when; all in codes of the house's profile.

    comes_back_on: from which day on the team wants the referral back; without it, at the next briefing. rerouted_to:
    where the referral belongs. attendees: the partners at the table. criteria: the criteria that the team found met.
    information_used: the partners whose information was used.
    """

    decision: Code
    reason: Code | None = None
    comes_back_on: date | None = None
    rerouted_to: Line | None = None
    escalated_to: Line | None = None
    attendees: Codes
    criteria: Codes = ()
    legal_ground: Code
    information_used: Codes = ()

    def at(self, briefing_on: date) -> "Decision":
        return Decision(
            briefing_on=briefing_on, **{field.name: getattr(self, field.name) for field in fields(DecisionContent)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(DecisionContent):
    """What the team decided at one briefing."""

    briefing_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """A decision as it is recorded: on which referral, at which of its tablings, by whom, and what follows.

    opens_table: the table that the case goes to. back_on: the briefing that the referral comes back to. tabled_on: the
    briefing from which on the referral was on the table. The last three are None in decisions from before them.
    """

    referral_id: UUID
    tabling: int
    decision: Decision
    opens_table: str | None
    back_on: date | None
    tabled_on: date | None
    recorded_by: str | None
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A decision that was recorded by mistake.

    withdrawn: the referral is on the agenda again; otherwise another decision is recorded in its place.
    """

    recorded: RecordedDecision
    withdrawn: bool
    because: str
    taken_back_by: str
    taken_back_at: datetime


def weigh(referral: Referral, decision: Decision, house: House, by: str, at: datetime) -> RecordedDecision:
    """What a decision that breaks no rule leads to. by, at: who records the decision, and when."""
    return RecordedDecision(
        referral_id=referral.referral_id,
        tabling=referral.tabling,
        decision=decision,
        opens_table=house.decisions[decision.decision].opens_table,
        back_on=_back_on(referral, decision, house),
        tabled_on=referral.table_on,
        recorded_by=by,
        recorded_at=at,
    )


def standing(recorded: Mapping[int, RecordedDecision], tabling: int) -> RecordedDecision:
    """The decision that counts at a tabling. recorded: by tabling. Raises UnknownDecision."""
    if tabling not in recorded:
        raise UnknownDecision
    return recorded[tabling]


def before(referral: Referral, recorded: RecordedDecision) -> Referral:
    """The referral as it was on the table before a decision."""
    table_on = recorded.tabled_on or recorded.decision.briefing_on
    return replace(referral, tabling=recorded.tabling, table_on=table_on)


def check_last(recorded: Mapping[int, RecordedDecision], tabling: int) -> None:
    """A decision that the team went on from stays. Raises DecidedAgain."""
    if later := recorded.get(tabling + 1):
        raise DecidedAgain(
            None,
            f"was followed by a decision at the briefing of {later.decision.briefing_on}; withdraw that one first",
        )


def next_place(referral: Referral, recorded: RecordedDecision) -> Referral:
    """The referral after the decision: off the agenda, or tabled again for the briefing that it comes back to."""
    tabling = referral.tabling + 1 if recorded.back_on else referral.tabling
    return replace(referral, tabling=tabling, table_on=recorded.back_on)


def _back_on(referral: Referral, decision: Decision, house: House) -> date | None:
    if not (decision.reason and house.reasons[decision.reason].comes_back):
        return None
    from_day = decision.comes_back_on or decision.briefing_on + timedelta(days=1)
    return next_briefing(referral.sub_region, from_day, house)


def broken_rules(referral: Referral, decision: Decision, house: House, today: date) -> Iterator[BrokenRule]:
    """Every rule that a decision breaks, by the field to blame; nothing if the decision can be recorded."""
    yield from _unknown_codes(decision, house)
    yield from _wrong_briefing(referral, decision, today)
    yield from _too_few_partners(decision, house)
    if rule := house.decisions.get(decision.decision):
        yield from _wrong_table(referral, rule)
        yield from _wrong_reason(decision, rule)
        yield from _wrong_escalation(decision, rule)
        yield from _missing_criteria(decision, rule, house)
    reason = house.reasons.get(decision.reason or "", ReasonRule())
    yield from _wrong_return(decision, reason)
    yield from _wrong_destination(decision, reason)


def _unknown_codes(decision: Decision, house: House) -> Iterator[BrokenRule]:
    if decision.decision not in house.decisions:
        yield BrokenRule("decision", NOT_OF_THIS_HOUSE)
    if decision.reason is not None and decision.reason not in house.reasons:
        yield BrokenRule("reason", NOT_OF_THIS_HOUSE)
    if decision.legal_ground not in house.legal_grounds:
        yield BrokenRule("legalGround", NOT_OF_THIS_HOUSE)
    yield from _unknown_in("criteria", decision.criteria, house.criteria)
    yield from _unknown_in("attendees", decision.attendees, house.partners)
    yield from _unknown_in("informationUsed", decision.information_used, house.partners)


def _unknown_in(field: str, codes: tuple[str, ...], known: frozenset[str]) -> Iterator[BrokenRule]:
    for position, code in enumerate(codes):
        if code not in known:
            yield BrokenRule(f"{field}[{position}]", NOT_OF_THIS_HOUSE)


def _wrong_briefing(referral: Referral, decision: Decision, today: date) -> Iterator[BrokenRule]:
    if decision.briefing_on > today:
        yield BrokenRule("briefingOn", "is in the future")
    elif decision.briefing_on < referral.received_on:
        yield BrokenRule("briefingOn", "is before the referral was received")
    elif referral.table_on is None or decision.briefing_on < referral.table_on:
        yield BrokenRule("briefingOn", "is a briefing that the referral is not on the agenda of")


def _too_few_partners(decision: Decision, house: House) -> Iterator[BrokenRule]:
    if len(house.team_partners.intersection(decision.attendees)) < FEWEST_PARTNERS:
        yield BrokenRule("attendees", f"must hold at least {FEWEST_PARTNERS} different core or covenant partners")


def _wrong_table(referral: Referral, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.municipalities is not None and referral.municipality not in rule.municipalities:
        yield BrokenRule("decision", "opens a table that takes no cases from this municipality")
    if rule.ages is not None and referral.age_class is not None and referral.age_class not in rule.ages:
        yield BrokenRule("decision", "opens a table that takes no cases of this age class")


def _wrong_reason(decision: Decision, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.needs_reason and decision.reason is None:
        yield BrokenRule("reason", "is required with this decision")
    if decision.reason is not None and not rule.needs_reason:
        yield BrokenRule("reason", "does not go with this decision")


def _wrong_return(decision: Decision, rule: ReasonRule) -> Iterator[BrokenRule]:
    if decision.comes_back_on is None:
        return
    if not rule.comes_back:
        yield BrokenRule("comesBackOn", "only goes with a reason that brings the referral back")
    elif decision.comes_back_on <= decision.briefing_on:
        yield BrokenRule("comesBackOn", "must be after the briefing")
    elif decision.comes_back_on > decision.briefing_on + LONGEST_AWAY:
        yield BrokenRule("comesBackOn", f"must be within {LONGEST_AWAY.days} days")


def _wrong_destination(decision: Decision, rule: ReasonRule) -> Iterator[BrokenRule]:
    if rule.needs_destination and decision.rerouted_to is None:
        yield BrokenRule("reroutedTo", "is required: say where the referral belongs")
    if decision.rerouted_to is not None and not rule.needs_destination:
        yield BrokenRule("reroutedTo", "only goes with a reason that sends the referral elsewhere")


def _wrong_escalation(decision: Decision, rule: DecisionRule) -> Iterator[BrokenRule]:
    if rule.escalates and decision.escalated_to is None:
        yield BrokenRule("escalatedTo", "is required: say to whom the team escalates")
    if decision.escalated_to is not None and not rule.escalates:
        yield BrokenRule("escalatedTo", "only goes with a decision to escalate")


def _missing_criteria(decision: Decision, rule: DecisionRule, house: House) -> Iterator[BrokenRule]:
    if rule.needs_criteria and not house.national_criteria.intersection(decision.criteria):
        yield BrokenRule("criteria", "must hold the criteria of the national framework that the team found met")
