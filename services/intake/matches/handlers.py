"""Intake proposes which records are of one person; a person decides, and the other services hear it."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

from uuid_utils.compat import uuid7

from services.intake.matches.messages import DecideMatch, ProposePair, SubjectsMerged, SubjectsSeparated
from services.intake.matches.rules import (
    KeptApart,
    Match,
    MergedAlready,
    PersonAndFamily,
    SameRecord,
    UnknownMatch,
    band,
    state_after,
)
from services.intake.matches.store import MatchStore, Pair
from services.intake.subjects.comparing import Comparison, compared
from services.intake.subjects.handlers import open_subject
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.aliases.store import AliasStore, Link
from shared.business_dates import dutch_date
from shared.messaging import check_version
from shared.web import Caller

STEP = 200
"""So many subjects are looked at in one transaction."""


def propose_matches(begin: Callable[[], AbstractContextManager[Unit]]) -> None:
    """Look at the subjects with a new likeness for others that may be the same person, in small transactions."""
    looked_at = STEP
    while looked_at == STEP:
        began = time.monotonic()
        with begin() as unit:
            looked_at = _propose_some(unit)
        time.sleep(time.monotonic() - began)  # half of the time is the partners'


def propose(house_id: str, pair: ProposePair, unit: Unit) -> Match:
    """The pair of two records that a person takes for one, proposed now or before.

    Raises SameRecord, UnknownSubject, PersonAndFamily, MergedAlready.
    """
    store, two = unit.store(MatchStore), Pair(pair.subject_id, pair.other_id)
    if two.subject_id == two.other_id:
        raise SameRecord
    one, other = (open_subject(house_id, id, unit) for id in two)
    if one.details.kind != other.details.kind:
        raise PersonAndFamily
    known = store.match_of_pair(house_id, two)
    if known is None and _are_one(one, other):
        raise MergedAlready
    if known is None:
        _add(house_id, one, other, unit)
        known = store.match_of_pair(house_id, two)
    assert known
    return match_of_house(house_id, known, unit)


def decide(
    house_id: str, match_id: UUID, decision: DecideMatch, *, caller: Caller, version: int | None, unit: Unit
) -> Match:
    """Decide on a pair, and announce what follows from it.

    Raises UnknownMatch, Outdated, NotInThisState, SecondPersonNeeded, UnknownSubject, MergedAlready, KeptApart.
    """
    subjects, store = unit.store(SubjectStore), unit.store(MatchStore)
    subjects.lock_house(house_id)
    match = match_of_house(house_id, match_id, unit)
    check_version(version, match.version)
    state = state_after(match, decision.decision, caller.id)
    first, other = (open_subject(house_id, id, unit) for id in (match.subject_id, match.other_id))
    match = match._replace(state=state, version=match.version + 1)
    if decision.decision == "merge":
        match = _merge(match, first, other, unit)
    if decision.decision == "separate":
        _separate(match, first, other, unit)
    because = store.sealed(decision.because, first)
    store.decide(match, decision.decision, by=caller.name, person_id=caller.id, at=unit.now(), because=because)
    for known in (first, other):
        unit.concerns_case(known.case_id)
    return match


def match_of_house(house_id: str, match_id: UUID, unit: Unit) -> Match:
    """Raises UnknownMatch."""
    match = unit.store(MatchStore).match(house_id, match_id)
    if match is None:
        raise UnknownMatch
    return match


def _propose_some(unit: Unit) -> int:
    """How many subjects were looked at."""
    store, subjects = unit.store(MatchStore), unit.store(SubjectStore)
    taken = store.take_to_match(STEP)
    for house, subject_ids in taken.items():
        found = (*store.alike(subject_ids), *store.sharing_member(subject_ids))
        pairs = {frozenset(pair): pair for pair in found}.values()
        subjects.load_subjects(house, {id for pair in pairs for id in pair})
        for pair in pairs:
            one, other = (subjects.subject(house, id) for id in pair)
            if one and other and not _are_one(one, other):
                _add_if_likely(house, one, other, unit)
    return sum(map(len, taken.values()))


def _add_if_likely(house: str, one: KnownSubject, other: KnownSubject, unit: Unit) -> None:
    score = _compared(one, other, unit).score
    if score >= unit.profile(house).ask_from and not _were_kept_apart(one, other, unit):
        _add(house, one, other, unit)


def _add(house: str, one: KnownSubject, other: KnownSubject, unit: Unit) -> None:
    found, pair = _compared(one, other, unit), Pair(one.subject_id, other.subject_id)
    likely = band(found.score, unit.profile(house))
    unit.store(MatchStore).add_match(uuid7(), house, pair, likely, found, unit.now())


def _compared(one: KnownSubject, other: KnownSubject, unit: Unit) -> Comparison:
    pair, several = Pair(one.subject_id, other.subject_id), one.details.is_several
    share_member = several and pair.turned in unit.store(MatchStore).sharing_member([other.subject_id])
    return compared(one.alone, other.alone, share_member=share_member)


def _are_one(one: KnownSubject, other: KnownSubject) -> bool:
    return one.person is not None and one.person == other.person


def _were_kept_apart(one: KnownSubject, other: KnownSubject, unit: Unit) -> bool:
    """Whether a person kept these two people apart, by any of their records. A pair alone is proposed once anyhow."""
    if one.person is None and other.person is None:
        return False
    ones, others = (unit.store(AliasStore).group(known.subject_id) for known in (one, other))
    return unit.store(MatchStore).kept_apart(ones, others)


def _merge(match: Match, first: KnownSubject, other: KnownSubject, unit: Unit) -> Match:
    if _are_one(first, other):
        raise MergedAlready
    if _were_kept_apart(first, other, unit):
        raise KeptApart
    return _begin(match, first, other, unit)


def _begin(match: Match, first: KnownSubject, other: KnownSubject, unit: Unit) -> Match:
    merge_id, today = uuid7(), dutch_date(unit.now())
    unit.store(AliasStore).begin(_link(match, merge_id, first, other), today)
    message = SubjectsMerged(
        merge_id=merge_id,
        subject_id=first.subject_id,
        merged_subject_id=other.subject_id,
        merged_case_id=other.case_id,
        merged_on=today,
    )
    unit.announce(message, house=match.house, case_id=first.case_id, time=unit.now())
    return match._replace(merge_id=merge_id)


def _separate(match: Match, first: KnownSubject, other: KnownSubject, unit: Unit) -> None:
    assert match.merge_id
    today = dutch_date(unit.now())
    unit.store(AliasStore).end(_link(match, match.merge_id, first, other), today)
    message = SubjectsSeparated(
        merge_id=match.merge_id,
        subject_id=first.subject_id,
        separated_subject_id=other.subject_id,
        separated_case_id=other.case_id,
        separated_on=today,
    )
    unit.announce(message, house=match.house, case_id=first.case_id, time=unit.now())


def _link(match: Match, merge_id: UUID, first: KnownSubject, other: KnownSubject) -> Link:
    return Link(
        house=match.house,
        merge_id=merge_id,
        subjects=(first.subject_id, other.subject_id),
        cases=(first.case_id, other.case_id),
    )
