"""What the house's profile and the calendar say of what partners bring, on top of its form."""

from dataclasses import replace
from datetime import date
from itertools import chain

from services.intake.partners.rules import Statement
from services.intake.referrals.messages import ArrestNotice, CurrentReferral, DetentionNotice, ReferralByHand
from services.intake.tests.given import HOUSE, person
from shared.schemas import broken_days

TODAY, TOMORROW = date(2015, 6, 1), date(2015, 6, 2)
ARREST = ArrestNotice(reference="PL-1", subject=person(), arrested_on=TODAY, offence="burglary")
DETENTION = DetentionNotice(reference="DJI-1", subject=person(), detained_on=TODAY, institution="PI Dorp")
CONCERN = CurrentReferral(reference="C-1", subject=person(), concern="worries")
BY_HAND = ReferralByHand(referrer="politie", received_on=TODAY, subject=person(), concern="worries")


def broken(statement: Statement) -> list[str]:
    days = broken_days(type(statement), statement, TODAY, HOUSE.began_on)
    return [rule.field for rule in chain(days, statement.broken_rules(HOUSE, TODAY))]


def test_what_has_happened_is_not_in_the_future() -> None:
    assert [broken(statement) for statement in (ARREST, DETENTION, BY_HAND)] == [[], [], []]
    assert broken(replace(ARREST, arrested_on=TOMORROW)) == ["arrestedOn"]
    assert broken(replace(DETENTION, detained_on=TOMORROW)) == ["detainedOn"]
    assert broken(replace(BY_HAND, received_on=TOMORROW)) == ["receivedOn"]


def test_a_release_may_be_in_the_future_but_not_before_the_detention() -> None:
    assert broken(replace(DETENTION, expected_release_on=TOMORROW)) == []
    assert broken(replace(DETENTION, expected_release_on=date(2015, 5, 31))) == ["expectedReleaseOn"]


def test_a_misspelt_theme_is_refused_so_that_nothing_sealed_slips_through_open() -> None:
    for statement in (CONCERN, BY_HAND):
        assert broken(replace(statement, theme="hidden")) == []
        assert broken(replace(statement, theme="hiden")) == ["theme"]


def test_a_referrer_must_be_a_partner_of_the_house() -> None:
    assert broken(replace(BY_HAND, referrer="politie")) == []
    assert broken(replace(BY_HAND, referrer="nobody")) == ["referrer"]


def test_every_broken_rule_is_named_at_once() -> None:
    subject = person(birth_date=TOMORROW.isoformat(), municipality="Maan")
    assert broken(replace(ARREST, arrested_on=TOMORROW, subject=subject)) == [
        "arrestedOn",
        "subject.municipality",
        "subject.birthDate",
    ]
