"""How much speaks for two records being of one person: twins, slips of the pen, initials, married names, numbers."""

from typing import Any

import pytest

from services.intake.matches.rules import band
from services.intake.subjects.comparing import compared
from services.intake.subjects.rules import Identifier
from services.intake.tests.given import BSN, HOUSE, OTHER_BSN, person

PIET: dict[str, Any] = {
    "family_name": "Jansen",
    "given_names": "Piet",
    "birth_date": "1990-02-03",
    "sex": "man",
    "municipality": "Dorp",
}
V_NUMBER = Identifier("v_number", "280 123 4567")


def likely(**changes: Any) -> str:
    return band(compared(person(**PIET), person(**PIET | changes)).score, HOUSE)


@pytest.mark.parametrize(
    ("what", "changes", "expected"),
    [
        ("a slip of the pen in the family name", {"family_name": "Jasnen"}, "sure"),
        ("nothing but the municipality", {"municipality": "Stad"}, "sure"),
        ("a slip of the pen in the given name", {"given_names": "Peit"}, "ask"),
        ("a slip of the pen in the birth date", {"birth_date": "1990-02-08"}, "ask"),
        ("day and month exchanged", {"birth_date": "1990-03-02"}, "ask"),
        ("a birth date known in part", {"birth_date": "1990"}, "ask"),
        ("no birth date", {"birth_date": None}, "ask"),
        ("initials", {"given_names": "P.J."}, "ask"),
        ("a married name", {"family_name": "Bakker", "sex": "man"}, "ask"),
        ("a double name", {"family_name": "de Vries-Jansen"}, "sure"),
        ("one name", {"given_names": None}, "ask"),
        ("the family name alone, as a given name", {"family_name": None, "given_names": "Jansen"}, "ask"),
        ("a twin", {"given_names": "Karel"}, "new"),
        ("a twin of the other sex", {"given_names": "Johanna", "sex": "woman"}, "new"),
        ("a twin with the same initial", {"given_names": "Paul"}, "new"),
        ("father and son", {"birth_date": "1959-06-03"}, "new"),
        ("somebody with the same birth date", {"family_name": "Bakker", "given_names": "Karel"}, "new"),
        ("a family", {"kind": "family"}, "new"),
    ],
)
def test_what_differs_decides_how_likely_it_is_one_person(what: str, changes: dict[str, Any], expected: str) -> None:
    assert likely(**changes) == expected, what


def test_two_records_say_of_each_field_whether_it_agrees() -> None:
    one, other = person(**PIET | {"bsn": BSN}), person(family_name="Janssen", birth_date="1990", bsn=OTHER_BSN)
    assert compared(one, other).evidence._asdict() == {
        "bsn": "differ",
        "identifiers": "unknown",
        "family_name": "alike",
        "given_names": "unknown",
        "birth_date": "alike",
        "sex": "unknown",
        "members": "unknown",
        "municipality": "agree",
    }


def test_another_number_makes_it_a_question_and_the_same_one_nearly_an_answer() -> None:
    one = person(**PIET | {"bsn": BSN, "identifiers": (V_NUMBER,)})
    assert band(compared(one, person(**PIET | {"bsn": OTHER_BSN})).score, HOUSE) == "ask"
    other = person(**PIET | {"family_name": "Bakker", "identifiers": (V_NUMBER._replace(number="2801234567"),)})
    assert compared(one, other).evidence.identifiers == "agree"
    assert band(compared(one, other).score, HOUSE) == "sure"


def test_a_family_of_one_name_in_one_municipality_may_be_one() -> None:
    jansen = person(kind="family", family_name="Jansen")
    assert band(compared(jansen, jansen).score, HOUSE) == "ask"
    assert band(compared(jansen, jansen._replace(municipality="Stad")).score, HOUSE) == "new"
