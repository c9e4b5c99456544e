"""What a year holds besides its figures."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from replay.house import load_house
from replay.planner import plan
from replay.published import read_year
from replay.script import Referral, Script, Subject


@pytest.fixture(scope="module")
def script() -> Script:
    return plan(read_year(Path("data/hollands-midden-2015.json")), load_house(Path("houses/hollands-midden.toml")))


def test_who_calls_or_mails_speaks_of_somebody_whom_an_earlier_message_told_of(script: Script) -> None:
    called = [each for each in script.referrals if each.channel]
    assert {each.channel for each in called} == {"phone", "mail"}
    for referral in called:
        before = [each for each in script.referrals if each.subject == referral.subject and not each.channel]
        assert min(each.received_on for each in before) <= referral.received_on
        assert (referral.kind, bool(referral.tablings), bool(referral.subject.bsn)) == ("current_referral", True, True)


def test_a_corrected_decision_brings_nobody_to_a_table_and_a_wrong_one_only_who_comes_to_none(script: Script) -> None:
    decisions = script.house.decisions
    corrected = [(each, tabling) for each in script.referrals for tabling in each.tablings if tabling.corrects]
    opened = [(each, tabling) for each, tabling in corrected if decisions[tabling.corrects or ""].opens_table]
    assert len(corrected) > len(opened) > 0
    for _, tabling in corrected:
        assert tabling.corrects != tabling.decision
        assert not (decisions[tabling.decision].opens_table or tabling.comes_back_on)
    for referral, _ in opened:
        theirs = [tabling for each in script.referrals if each.subject == referral.subject for tabling in each.tablings]
        assert not any(decisions[tabling.decision].opens_table for tabling in theirs)


def test_what_is_withdrawn_is_on_no_briefing_and_about_a_double_of_somebody(script: Script) -> None:
    by_number = {each.number: each for each in script.referrals}
    withdrawn = {each.number for each in script.referrals if each.withdrawn_on}
    assert withdrawn == {each.other for each in script.doubles if not each.wrongly}
    for double in script.doubles:
        one, other = by_number[double.referral], by_number[double.other]
        assert double.wrongly or (told(one) == told(other) and not other.tablings)
        assert one.subject != other.subject


def told(referral: Referral) -> tuple[object, ...]:
    subject = referral.subject
    return subject.family_name, (subject.given_names or "").split()[0], subject.birth_date, subject.place


def test_nobody_is_merged_twice(script: Script) -> None:
    by_number = {each.number: each.subject for each in script.referrals}
    merged = [by_number[number] for each in script.doubles for number in (each.referral, each.other)]
    assert len(set(merged)) == len(merged)


def test_calls_of_every_sort_are_spread_over_the_year(script: Script) -> None:
    assert {call.sorted_as for call in script.calls} == {
        "consultation",
        "information_question",
        "contact_request",
        "rerouted",
        "duplicate",
    }
    assert len({call.on.month for call in script.calls}) == len(script.calls) > 5


def test_referrals_of_every_other_kind_are_weighed_and_some_only_after_the_house_said_that_they_are_worrying(
    script: Script,
) -> None:
    own = ("arrest_notice", "detention_notice", "current_referral")
    others = [each for each in script.referrals if each.kind not in own and each.tablings]
    assert {each.kind for each in others} == {kind.code for kind in script.house.referral_kinds} - {*own}
    sorted_by_house = [each for each in script.referrals if each.held_back]
    assert {script.house.weighed(each.kind, each.subject.place) for each in sorted_by_house} == {"if_worrying"}
    assert {bool(each.tablings) for each in sorted_by_house} == {True, False}


def test_a_list_of_suspects_has_people_whom_the_house_knows_by_then_and_people_of_whom_it_never_hears(
    script: Script,
) -> None:
    assert len(script.suspect_lists) == 4
    for listed in script.suspect_lists:
        heard = [{each.received_on for each in script.referrals if each.subject == who} for who in listed.suspects]
        assert all(min(days) < listed.on for days in heard if days)
        assert [bool(days) for days in heard] == [True, True, False, False]


def test_what_is_sealed_later_or_unsealed_is_on_no_briefing(script: Script) -> None:
    later = [each for each in script.referrals if each.sealed_on]
    unsealed = [each for each in script.referrals if each.unsealed]
    assert later
    assert [(each.theme, each.sealed_on) for each in unsealed] == [("radicalisation", None)]
    assert not [each for each in (*later, *unsealed) if each.tablings]


def test_bij_questions_are_on_people_of_whom_the_house_never_hears_and_one_answer_is_corrected(script: Script) -> None:
    assert [each.corrected for each in script.bij_questions] == [False, False, True]
    assert not {each.about for each in script.bij_questions} & {each.subject for each in script.referrals}


def test_the_prosecutor_asks_of_whom_it_was_advised_on_while_the_case_runs_of_strangers_and_of_some_on_an_agenda(
    script: Script,
) -> None:
    advised = {case.referral: case for case in script.table_cases if case.advised}
    of_table = [each for each in script.discussions if each.table_case]
    assert sorted(each.table_case or 0 for each in of_table) == sorted(advised)
    for each in of_table:
        case = advised[each.table_case or 0]
        assert case.session_on < each.on < (case.closed_on or date.max)
        assert (each.on.year, each.about) == (script.year.year, subject_of(script, case.referral))
    known = {each.subject: each for each in script.referrals}
    asked_for = Counter((each.ask_for, each.about in known) for each in script.discussions)
    assert asked_for == {("process_director", True): 3, (None, False): 3, ("information_coordinator", True): 3}
    for each in script.discussions:
        if each.ask_for == "information_coordinator":
            assert known[each.about].received_on == each.on < known[each.about].tablings[0].on


def subject_of(script: Script, number: int) -> Subject:
    return next(each.subject for each in script.referrals if each.number == number)
