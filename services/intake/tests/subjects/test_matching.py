"""Who is who: numbers and names decide, unless something contradicts them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.subjects.recognition import (
    Candidate,
    Conflict,
    Trait,
    contradicts,
    likenesses,
    recognise,
    traits,
)
from services.intake.subjects.rules import Identifier, KnownSubject, Subject
from services.intake.tests.given import BSN, OTHER_BSN, known, person

PIET: dict[str, Any] = {"family_name": "Jansen", "given_names": "Piet", "birth_date": "1990-02-03"}
V_NUMBER = Identifier("v_number", "280 123 4567")


def named(**details: Any) -> KnownSubject:
    return known(person(**PIET | details))


def found(told: dict[str, Any], *namesakes: KnownSubject) -> KnownSubject | Conflict | None:
    return recognise(person(**told), [Candidate("name", each) for each in namesakes])


def test_nobody_known_is_somebody_new() -> None:
    assert recognise(person(bsn=BSN, **PIET), []) is None


def test_the_bsn_decides_over_the_name() -> None:
    piet, peter = named(bsn=BSN), named()
    assert recognise(person(bsn=BSN, **PIET), [Candidate("name", peter), Candidate("bsn", piet)]) == piet


def test_a_person_first_known_by_name_is_the_same_when_the_bsn_comes() -> None:
    piet = named()
    assert found(PIET | {"bsn": BSN}, piet) == piet


def test_a_namesake_with_another_bsn_is_somebody_else() -> None:
    assert found(PIET | {"bsn": BSN}, named(bsn=OTHER_BSN)) is None


def test_a_namesake_of_another_sex_is_somebody_else() -> None:
    assert found(PIET | {"sex": "woman"}, named(sex="man")) is None
    assert found(PIET, man := named(sex="man")) == man


def test_without_a_bsn_the_only_one_of_that_name_is_meant() -> None:
    piet = named(bsn=BSN)
    assert found(PIET, piet) == piet


def test_without_a_bsn_one_of_two_namesakes_is_not_guessed() -> None:
    assert found(PIET, named(bsn=BSN), named(bsn=OTHER_BSN)) is None
    assert found(PIET, named(sex="man"), named(sex="woman")) is None


def test_among_namesakes_the_one_without_a_bsn_is_meant() -> None:
    peter = named()
    assert found(PIET, named(bsn=BSN), peter) == peter


def test_two_numbers_of_two_people_are_a_conflict() -> None:
    one, other = named(bsn=BSN), named(identifiers=(V_NUMBER,))
    told = person(bsn=BSN, identifiers=(V_NUMBER,))
    conflict = recognise(told, [Candidate("bsn", one), Candidate("number", other)])
    assert conflict == Conflict((one.subject_id, other.subject_id))


@pytest.mark.parametrize(
    "told",
    [
        {"family_name": "Anders", "given_names": "Sofie", "birth_date": "2004-10-11", "sex": "woman"},
        {"family_name": "Anders"},
        {"family_name": "Anders", "given_names": "Piet"},
        {"birth_date": "1975-11-30"},
        {"birth_date": "1975"},
        PIET | {"birth_date": "1959-02-03"},  # father and son
        PIET | {"given_names": "Johanna", "sex": "woman"},  # twins
    ],
)
def test_what_contradicts_the_person_with_the_number(told: dict[str, Any]) -> None:
    assert contradicts(person(bsn=BSN, sex="man", **PIET), person(bsn=BSN, **told))


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"sex": "man"},
        {"family_name": "Janssen"},
        {"family_name": "van der Jansen", "given_names": "P."},
        {"birth_date": "1990"},
        PIET | {"birth_date": "1990-03-02"},  # day and month exchanged
        PIET | {"birth_date": "1990-02-08"},
        PIET | {"family_name": "Meisjesnaam"},
        PIET | {"family_name": "de Vries-Jansen"},
        PIET | {"given_names": "Pieter Johannes"},
        PIET | {"sex": "woman"},  # one slip, and all else agrees
        {"municipality": "Stad"},
    ],
)
def test_what_does_not_contradict_the_person_with_the_number(told: dict[str, Any]) -> None:
    assert not contradicts(person(bsn=BSN, sex="man", **PIET), person(bsn=BSN, **told))


NAMES = st.sampled_from(["Jansen", "de Vries", "El Amrani", "Łukasz", "Anders", None])
PEOPLE = st.builds(
    lambda **details: person(bsn=BSN, **details),
    family_name=NAMES,
    given_names=st.sampled_from(["Piet", "P.", "Johanna", "Ali", None]),
    birth_date=st.sampled_from(["1990-02-03", "1990", "1991-02", "1959-02-03", None]),
    sex=st.sampled_from(["man", "woman", None]),
)


@given(PEOPLE, PEOPLE)
def test_contradiction_goes_both_ways_and_nobody_contradicts_himself(one: Subject, other: Subject) -> None:
    assert not contradicts(one, one)
    assert contradicts(one, other) == contradicts(other, one)


def test_a_person_is_recognised_by_numbers_and_by_name_with_birth_date() -> None:
    told = person(bsn=BSN, identifiers=(V_NUMBER,), **PIET)
    assert traits(told, "politie") == [
        Trait("bsn", BSN),
        Trait("number", "v_number||2801234567"),
        Trait("name", "|jansen|piet|1990-02-03"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"family_name": "Jansen", "given_names": "Piet"},
        {"birth_date": "1990-02-03"},
        PIET | {"birth_date": "1990"},
        PIET | {"given_names": "P.J."},
        PIET | {"given_names": "PJ"},
        PIET | {"kind": "family", "given_names": None},
    ],
)
def test_what_does_not_decide_who_somebody_is(told: dict[str, Any]) -> None:
    assert traits(person(**told), "politie") == []


def test_a_single_name_is_the_same_in_either_field_and_counts_for_its_partner_alone() -> None:
    first, last = (
        person(given_names="Batibos", birth_date="1970-01-02"),
        person(family_name="Batibos", birth_date="1970-01-02"),
    )
    assert traits(first, "politie") == traits(last, "politie") != traits(last, "dji")


def test_what_is_told_in_a_sealed_matter_is_another_trait() -> None:
    told = person(bsn=BSN)
    assert traits(told, "politie", theme="hidden") != traits(told, "politie")


def test_the_parts_of_a_name_do_not_run_into_each_other() -> None:
    one = person(family_name="Jan", given_names="Sen Ab", birth_date="1990-02-03")
    other = person(family_name="Jan Sen", given_names="Ab", birth_date="1990-02-03")
    assert traits(one, "politie") != traits(other, "politie")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PIET | {"given_names": "J."}, PIET | {"given_names": "J."}),
        (PIET | {"given_names": "Pieter Johannes"}, PIET | {"given_names": "P.J."}),
        (PIET | {"family_name": "Jansbos"}, PIET | {"family_name": "de Vriesbos-Jansbos"}),
        (PIET | {"birth_date": "1990"}, PIET),
        (PIET | {"birth_date": None}, PIET | {"birth_date": None}),
        (PIET | {"family_name": "Piet", "given_names": "Jansen"}, PIET),
        (PIET | {"given_names": None}, PIET),
        ({"kind": "family", "family_name": "Jansen"}, {"kind": "family", "family_name": "JANSEN"}),
    ],
)
def test_who_is_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert likenesses(person(**one)) & likenesses(person(**other))


def test_who_is_not_alike() -> None:
    assert not likenesses(person(**PIET)) & likenesses(person(**PIET | {"given_names": "Kees", "birth_date": None}))
    family = {"kind": "family", "family_name": "Jansen"}
    assert not likenesses(person(**family)) & likenesses(person(**family, municipality="Stad"))
