"""Records that may be of one person or family, over HTTP."""

from uuid import UUID

from services.intake.access import DECIDE_IDENTITY
from services.intake.matches import handlers, lookups
from services.intake.matches.messages import DecideMatch, KeptMatch, MatchList, MatchView, ProposePair
from services.intake.matches.rules import Match
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.messages import SubjectQuery
from services.intake.subjects.telling import needed
from services.intake.unit import Lookup, Unit
from shared.web import Call, command, lookup, recorded_lookup


@lookup(action=DECIDE_IDENTITY, gives=MatchList)
def list_matches(call: Call[None], unit: Lookup) -> MatchList:
    """The pairs of records that may be one person or family, and those on which a person decided, without names."""
    return lookups.matches(call.house, unit)


@command(action=DECIDE_IDENTITY, takes=ProposePair, gives=KeptMatch, status=201, keyed=True)
def propose_match(call: Call[ProposePair], unit: Unit) -> KeptMatch:
    """Propose two records that a person takes for one. The same pair again is the same match."""
    match = handlers.propose(call.house, call.input, unit)
    unit.concerns("matches", match.match_id)
    return _kept(match)


@recorded_lookup(action=DECIDE_IDENTITY, query=SubjectQuery, gives=MatchView)
def show_match(call: Call[SubjectQuery], unit: Unit, match_id: UUID) -> MatchView:
    """Two records side by side, with who said what and when; the caller's id and the purpose are logged."""
    purpose, by = call.input.purpose, call.caller.id
    details = needed(purpose, call.caller.roles, unit.profile(call.house))
    match = handlers.match_of_house(call.house, match_id, unit)
    first, other = (
        disclosed(call.house, id, to=by, purpose=purpose, unit=unit) for id in (match.subject_id, match.other_id)
    )
    return lookups.side_by_side(match, first, other, details, by, unit)


@command(action=DECIDE_IDENTITY, takes=DecideMatch, gives=KeptMatch, versioned=True)
def decide_match(call: Call[DecideMatch], unit: Unit, match_id: UUID) -> KeptMatch:
    """Decide whether two records are one person or family. A separation is confirmed by a second person."""
    return _kept(handlers.decide(call.house, match_id, call.input, caller=call.caller, version=call.version, unit=unit))


def _kept(match: Match) -> KeptMatch:
    return KeptMatch(match_id=match.match_id, version=match.version, state=match.state)
