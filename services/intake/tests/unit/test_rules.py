from datetime import date
from typing import Any

import pytest

from services.intake.domain.rules import broken_rules
from services.intake.tests.given import HOUSE

TODAY = date(2015, 6, 1)
TOMORROW = date(2015, 6, 2)


def broken(**submission: Any) -> list[str]:
    return [rule.field for rule in broken_rules(submission, HOUSE, TODAY)]


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("arrested_on", "arrestedOn"),
        ("detained_on", "detainedOn"),
        ("answered_on", "answeredOn"),
        ("received_on", "receivedOn"),
    ],
)
def test_what_has_happened_is_not_in_the_future(name: str, field: str) -> None:
    assert broken(**{name: TODAY}) == []
    assert broken(**{name: TOMORROW}) == [field]


def test_a_release_may_be_in_the_future_but_not_before_the_detention() -> None:
    assert broken(detained_on=TODAY, expected_release_on=TOMORROW) == []
    assert broken(detained_on=TODAY, expected_release_on=date(2015, 5, 31)) == ["expectedReleaseOn"]


def test_nobody_is_born_in_the_future() -> None:
    assert broken(subject={"birth_date": TODAY}) == []
    assert broken(subject={"birth_date": TOMORROW}) == ["subject.birthDate"]


def test_a_municipality_must_be_one_of_the_house() -> None:
    assert broken(subject={"municipality": "Dorp"}) == []
    assert broken(subject={"municipality": "dorp"}) == ["subject.municipality"]


def test_a_misspelt_theme_is_refused_so_that_nothing_sealed_slips_through_open() -> None:
    assert broken(theme="hidden") == []
    assert broken(theme="hiden") == ["theme"]


def test_only_services_of_the_house_can_be_involved() -> None:
    assert broken(involved=["housing", "debts"]) == []
    assert broken(involved=[]) == []
    assert broken(involved=["housing", "moon"]) == ["involved"]


def test_a_referrer_must_be_a_partner_of_the_house() -> None:
    assert broken(referrer="politie") == []
    assert broken(referrer="nobody") == ["referrer"]


def test_every_broken_rule_is_named_at_once() -> None:
    assert broken(arrested_on=TOMORROW, subject={"birth_date": TOMORROW, "municipality": "Maan"}) == [
        "arrestedOn",
        "subject.birthDate",
        "subject.municipality",
    ]
