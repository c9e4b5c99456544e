"""Records of one person are proposed, merged by a person, and separated by two; nothing of either is lost."""

from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.matches import handlers, lookups
from services.intake.matches.messages import DecideMatch, ProposePair
from services.intake.matches.rules import (
    Decision,
    KeptApart,
    Match,
    MergedAlready,
    NotInThisState,
    PersonAndFamily,
    SameRecord,
    SecondPersonNeeded,
    UnknownMatch,
)
from services.intake.matches.store import MatchStore
from services.intake.subjects.handlers import disclosed
from services.intake.subjects.rules import Subject, UnknownSubject
from services.intake.tests.desk import HOUSES, Desk
from services.intake.tests.given import BSN, CONTACT, HOUSE, OTHER_BSN
from services.intake.work.lookups import matches as work
from shared.messaging.outcomes import Outdated
from shared.testing.callers import token_caller
from shared.web import Caller

OFFICER = token_caller("officer", HOUSE.id, {"intake_officer"})
COLLEAGUE = token_caller("colleague", HOUSE.id, {"intake_officer"})
PIET: dict[str, Any] = {"familyName": "Jansen", "givenNames": "Piet", "birthDate": "1990-02-03", "sex": "man"}
SLIP = PIET | {"familyName": "Jasnen"}
TWIN = PIET | {"givenNames": "Karel"}


def propose_all(desk: Desk) -> list[Match]:
    """Look for matches as the timer does. Returns what waits for a person."""

    @contextmanager
    def begin() -> Any:
        with desk.unit() as unit:
            yield unit

    handlers.propose_matches(begin)
    return waiting(desk)


def waiting(desk: Desk, house: str = HOUSE.id) -> list[Match]:
    with desk.unit() as unit:
        return unit.store(MatchStore).to_decide(house)


def decide(desk: Desk, match: Match, decision: Decision, caller: Caller = OFFICER) -> Match:
    with desk.unit() as unit:
        return handlers.decide(
            HOUSE.id,
            match.match_id,
            DecideMatch(decision=decision, because="Zelfde adres."),
            caller=caller,
            version=match.version,
            unit=unit,
        )


def proposed(desk: Desk, one: UUID, other: UUID) -> Match:
    with desk.unit() as unit:
        return handlers.propose(HOUSE.id, ProposePair(subject_id=one, other_id=other), unit)


def known(desk: Desk, subject_id: UUID) -> Subject:
    with desk.unit() as unit:
        return disclosed(HOUSE.id, subject_id, to="officer", purpose="intake", unit=unit).details


def separated(desk: Desk, match: Match) -> Match:
    return decide(desk, decide(desk, match, "ask_separation"), "separate", COLLEAGUE)


def test_a_slip_of_the_pen_is_proposed_and_a_twin_is_not(desk: Desk) -> None:
    piet, slip, twin = (desk.notice(**who) for who in (PIET, SLIP, TWIN))
    [match] = propose_all(desk)
    assert (match.subject_id, match.other_id, match.band) == (piet, slip, "sure")
    assert twin not in (match.subject_id, match.other_id)
    assert match.evidence.family_name == "alike"
    assert desk.rows("SELECT * FROM to_match") == []


def test_a_pair_is_proposed_once_and_a_new_statement_is_looked_at_again(desk: Desk) -> None:
    desk.notice(**PIET), desk.notice(**SLIP)
    [match] = propose_all(desk)
    decide(desk, match, "keep_apart")
    desk.notice(**SLIP | {"givenNames": "Pieter"})
    assert [new.evidence.given_names for new in propose_all(desk)] == ["alike", "alike"]
    desk.notice(**PIET)
    assert match.match_id not in {new.match_id for new in propose_all(desk)}


def test_sealed_matters_and_other_houses_are_never_proposed(desk: Desk) -> None:
    desk.notice(HOUSES["zuid"], **PIET)
    sealed = {"reference": "1", "subject": SLIP | {"kind": "person", "municipality": "Dorp"}, "concern": "x"}
    desk.send(sealed | {"theme": "hidden"}, CONTACT, type="current-referrals.submitted.v1")
    piet = desk.notice(**PIET)
    assert propose_all(desk) == []
    [(hidden,)] = desk.rows("SELECT subject_id FROM subjects WHERE sealed_only")
    [(elsewhere,)] = desk.rows("SELECT subject_id FROM subjects WHERE house = 'zuid'")
    for other in (hidden, elsewhere, uuid4()):
        with pytest.raises(UnknownSubject):
            proposed(desk, piet, other)


def test_a_merge_is_announced_and_each_record_tells_what_both_know(desk: Desk) -> None:
    piet, slip = desk.notice(bsn=BSN, **PIET), desk.notice(**SLIP)
    [match] = propose_all(desk)
    merged = decide(desk, match, "merge")
    [event] = desk.announced("subjects.merged.v1")
    [(case_id, other_case)] = desk.rows(
        "SELECT one.case_id, other.case_id FROM subjects one, subjects other "
        "WHERE one.subject_id = %s AND other.subject_id = %s",
        piet,
        slip,
    )
    assert event["subject"] == str(case_id)
    assert event["data"] == {
        "mergeId": str(merged.merge_id),
        "subjectId": str(piet),
        "mergedSubjectId": str(slip),
        "mergedCaseId": str(other_case),
        "mergedOn": "2015-06-01",
    }
    assert known(desk, slip).bsn == known(desk, piet).bsn == BSN
    assert waiting(desk) == []


BAKKER = PIET | {"familyName": "Bakker", "givenNames": "Petrus"}


@pytest.mark.parametrize(("bsn", "told", "place"), [(BSN, BAKKER, 0), (OTHER_BSN, PIET, 1)])
def test_a_notice_with_either_number_is_no_conflict_and_goes_to_the_record_with_that_number(
    desk: Desk, bsn: str, told: dict[str, Any], place: int
) -> None:
    records = [desk.notice(bsn=BSN, **PIET), desk.notice(bsn=OTHER_BSN, **BAKKER)]
    decide(desk, proposed(desk, *records), "merge")
    assert desk.notice(bsn=bsn, **told) == records[place]
    assert desk.rows("SELECT * FROM set_aside") == []


def test_without_a_merge_such_a_notice_is_a_conflict(desk: Desk) -> None:
    desk.notice(bsn=BSN, **PIET)
    told = {"kind": "person", "municipality": "Dorp", "bsn": BSN, "familyName": "Bakker", "givenNames": "Petrus"}
    desk.send({"reference": "9", "subject": told, "arrestedOn": "2015-05-30", "offence": "x"})
    assert len(desk.rows("SELECT * FROM set_aside")) == 1


def test_a_separation_gives_each_exactly_its_own_and_what_came_in_meanwhile_by_its_number(desk: Desk) -> None:
    piet = desk.notice(bsn=BSN, **PIET)
    other = desk.notice(bsn=OTHER_BSN, **SLIP | {"birthDate": "1990-02-04"})
    match = decide(desk, proposed(desk, piet, other), "merge")
    meanwhile = SLIP | {"givenNames": "Pieter", "birthDate": "1990-02-04"}
    assert desk.notice(bsn=OTHER_BSN, **meanwhile) == other
    separated(desk, match)
    assert known(desk, piet) == Subject("person", "Dorp", BSN, "Jansen", "Piet", "1990-02-03", "man")
    assert known(desk, other) == Subject("person", "Dorp", OTHER_BSN, "Jasnen", "Pieter", "1990-02-04", "man")
    [event] = desk.announced("subjects.separated.v1")
    assert (event["data"]["mergeId"], event["data"]["separatedSubjectId"]) == (str(match.merge_id), str(other))


def test_a_separation_needs_a_second_person(desk: Desk) -> None:
    desk.notice(**PIET), desk.notice(**SLIP)
    [match] = propose_all(desk)
    asked = decide(desk, decide(desk, match, "merge"), "ask_separation")
    with pytest.raises(SecondPersonNeeded):
        decide(desk, asked, "separate")
    with desk.unit() as unit:
        assert list(work(OFFICER, unit)) == []
        assert [item.kind for item in work(COLLEAGUE, unit)] == ["separation"]
    stayed = decide(desk, asked, "stay_merged", COLLEAGUE)
    assert stayed.state == "merged"
    assert desk.announced("subjects.separated.v1") == []


def test_a_chain_is_one_person_and_a_separation_takes_one_link_away(desk: Desk) -> None:
    first, second, third = (
        desk.notice(bsn=bsn, familyName=name)
        for bsn, name in zip((BSN, OTHER_BSN, "999990032"), ("Jansen", "Bakker", "Visser"), strict=True)
    )
    link = decide(desk, proposed(desk, first, second), "merge")
    decide(desk, proposed(desk, second, third), "merge")
    assert known(desk, first) == known(desk, third)
    with pytest.raises(MergedAlready):
        proposed(desk, first, third)
    separated(desk, link)
    assert known(desk, first).bsn == BSN
    assert known(desk, second) == known(desk, third)
    again = proposed(desk, first, third)
    with pytest.raises(KeptApart):
        decide(desk, again, "merge")


def test_who_was_kept_apart_is_merged_only_once_that_is_taken_back(desk: Desk) -> None:
    desk.notice(**PIET), desk.notice(**SLIP)
    [match] = propose_all(desk)
    kept = decide(desk, match, "keep_apart")
    with pytest.raises(NotInThisState):
        decide(desk, kept, "merge")
    again = decide(desk, decide(desk, kept, "take_back"), "merge")
    assert decide(desk, separated(desk, again), "take_back").state == "proposed"


def test_what_cannot_be_proposed_or_decided_is_refused(desk: Desk) -> None:
    piet, family = desk.notice(**PIET), desk.notice(kind="family", familyName="Jansen")
    with pytest.raises(SameRecord):
        proposed(desk, piet, piet)
    with pytest.raises(PersonAndFamily):
        proposed(desk, piet, family)
    match = proposed(desk, piet, desk.notice(**SLIP))
    assert proposed(desk, match.other_id, piet) == match
    with pytest.raises(Outdated):
        decide(desk, match._replace(version=7), "merge")
    with pytest.raises(UnknownMatch):
        decide(desk, match._replace(match_id=uuid4()), "merge")
    decide(desk, match, "merge")
    with pytest.raises(Outdated):
        decide(desk, match, "merge")


def test_two_records_are_seen_side_by_side_with_who_said_what(desk: Desk) -> None:
    desk.notice(**PIET), desk.notice(**SLIP)
    [match] = propose_all(desk)
    decide(desk, match, "keep_apart")
    with desk.unit() as unit:
        match = handlers.match_of_house(HOUSE.id, match.match_id, unit)
        first, other = (disclosed(HOUSE.id, id, to="x", purpose="intake", unit=unit) for id in match[2:4])
        seen = lookups.side_by_side(match, first, other, {"family_name"}, "officer", unit)
    assert [record.details.family_name for record in (seen.first, seen.other)] == ["Jansen", "Jasnen"]
    [claim] = seen.other.claims
    assert (claim.partner, claim.said.family_name, claim.said.birth_date) == ("politie", "Jasnen", None)
    [decision] = seen.decisions
    assert (decision.decision, decision.decided_by, decision.because) == ("keep_apart", "officer", "Zelfde adres.")
    assert b"Zelfde" not in desk.rows("SELECT because FROM match_decisions")[0][0]
