from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum.nl import bsn

from services.intake.subjects.names import normalised
from services.intake.subjects.rules import age_class, broken_by_description, sex_or_family
from services.intake.tests.given import BSN, HOUSE, person
from shared.text import is_bsn

BORN = "1990-02-03"
TODAY = date(2015, 6, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  Jansen ", "jansen"),
        ("JANSEN", "jansen"),
        ("Müller-d'Hont", "muller d hont"),
        ("van  der\tBerg", "van der berg"),
        ("de Ĳssel", "de ijssel"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(written: str, meant: str) -> None:
    assert normalised(written) == meant


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("1998-01-01", date(2015, 12, 31), "under_18"),
        ("1997-12-31", date(2015, 12, 31), "18_to_23"),
        ("1993-01-01", date(2015, 12, 31), "18_to_23"),
        ("1992-12-31", date(2015, 12, 31), "23_and_over"),
        ("1997-07-02", date(2015, 7, 1), "under_18"),
        ("1996-02-29", date(2014, 2, 28), "under_18"),
        ("1996-02-29", date(2014, 3, 1), "18_to_23"),
        (None, date(2015, 12, 31), "unknown"),
        ("1980", date(2015, 12, 31), "23_and_over"),
        ("1997", date(2015, 12, 31), "18_to_23"),
        ("1997", date(2015, 7, 1), "unknown"),
        ("1997-06", date(2015, 7, 1), "18_to_23"),
        ("1997-07", date(2015, 7, 15), "unknown"),
    ],
)
def test_the_age_class_is_the_age_in_full_years_on_the_day(born: str | None, on: date, expected: str) -> None:
    assert age_class(born, on) == expected


def test_a_family_is_counted_as_a_family_and_an_untold_sex_as_unknown() -> None:
    assert sex_or_family(person(kind="family", family_name="Jansen")) == "family"
    assert sex_or_family(person(sex="woman")) == "woman"
    assert sex_or_family(person()) == "unknown"


def test_what_is_told_later_replaces_and_what_is_left_out_stays() -> None:
    known = person(bsn=BSN, family_name="Jansen", birth_date=BORN, sex="man")
    later = person(municipality="Stad", family_name="Janssen", sex="unknown")
    assert known.completed_by(later.told()) == person(
        municipality="Stad", bsn=BSN, family_name="Janssen", birth_date=BORN, sex="man"
    )


@given(st.from_regex(r"[0-9]{9}", fullmatch=True) | st.text())
@example(BSN)
@example("000000000")
@example("٩٩٩٩٩٠٠١٩")
def test_a_bsn_is_nine_digits_that_pass_the_eleven_test(text: str) -> None:
    assert is_bsn(text) == (len(text) == 9 and text.isascii() and text.isdigit() and bsn.is_valid(text))


def broken(**described: Any) -> list[str]:
    return [rule.field for rule in broken_by_description(person(**described), HOUSE, TODAY)]


def test_a_municipality_must_be_one_of_the_house() -> None:
    assert broken(municipality="Dorp") == []
    assert broken(municipality="dorp") == []
    assert broken(municipality="Maan") == ["subject.municipality"]
