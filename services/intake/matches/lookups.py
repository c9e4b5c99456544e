"""Which pairs of records wait for a person, and what the two say side by side."""

from collections.abc import Collection

from services.intake.house import ToldField
from services.intake.matches.messages import (
    ClaimView,
    MatchDecisionView,
    MatchEvidence,
    MatchLine,
    MatchList,
    MatchView,
    RecordView,
)
from services.intake.matches.rules import Match
from services.intake.matches.store import MatchStore
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.telling import limited
from services.intake.unit import Lookup
from shared.postgres import as_row


def matches(house_id: str, lookup: Lookup) -> MatchList:
    """The pairs that wait and those that are decided, without names."""
    store = lookup.store(MatchStore)
    waiting, decided = store.to_decide(house_id), store.decided(house_id)
    return MatchList(waiting=tuple(map(_line, waiting)), decided=tuple(map(_line, decided)))


def side_by_side(
    match: Match, first: KnownSubject, other: KnownSubject, details: Collection[ToldField], by: str, lookup: Lookup
) -> MatchView:
    """Two records, with these details of what was said. by: the caller's id."""
    decisions = lookup.store(MatchStore).decisions(match, first)
    return MatchView(
        match_id=match.match_id,
        version=match.version,
        state=match.state,
        band=match.band,
        score=match.score,
        evidence=_evidence(match),
        first=_record(first, details),
        other=_record(other, details),
        decisions=tuple(MatchDecisionView(**as_row(each)) for each in decisions),
        needs_other_person=match.state == "separation_asked" and match.asked_by == by,
    )


def _record(known: KnownSubject, details: Collection[ToldField]) -> RecordView:
    latest_first = sorted(known.claims, key=lambda claim: claim.stated_at, reverse=True)
    return RecordView(
        subject_id=known.subject_id,
        case_id=known.case_id,
        details=limited(known.alone, details),
        claims=tuple(
            ClaimView(partner=claim.partner, stated_at=claim.stated_at, said=limited(claim.said, details))
            for claim in latest_first
        ),
    )


def _line(match: Match) -> MatchLine:
    return MatchLine(
        match_id=match.match_id,
        state=match.state,
        band=match.band,
        score=match.score,
        evidence=_evidence(match),
        proposed_at=match.proposed_at,
    )


def _evidence(match: Match) -> MatchEvidence:
    return MatchEvidence(**match.evidence._asdict())
