"""Who may sit at a briefing, who was there at an item, and when that is enough to decide."""

from dataclasses import replace
from typing import Any

import pytest

from services.weighing.decisions.checks import broken_rules
from services.weighing.seats.rules import Seat, has_quorum, partners_at, wrong_seats
from services.weighing.tests.cases import BRIEFING, HOUSE, broken_fields, decision, referral

GUEST = Seat(partner="visitor", name="Guest of the day", guest=True, to_item=3)
POLICE = Seat(partner="police", name="Officer", chair=True)
PROSECUTOR = Seat(partner="prosecutor", name="Prosecutor", from_item=3)


@pytest.mark.parametrize(("item", "there"), [(1, {"visitor", "police"}), (3, {"visitor", "police", "prosecutor"})])
def test_a_guest_who_leaves_halfway_was_there_until_then(item: int, there: set[str]) -> None:
    assert set(partners_at([GUEST, POLICE, PROSECUTOR], item)) == there


@pytest.mark.parametrize("item", [4, None])
def test_an_item_that_came_after_the_agenda_was_fixed_comes_last(item: int | None) -> None:
    assert partners_at([GUEST, POLICE, PROSECUTOR], item) == ("police", "prosecutor")


@pytest.mark.parametrize(
    ("seat", "field"),
    [
        ({"partner": None}, "partner"),
        ({"partner": "visitor"}, "partner"),
        ({"partner": "nobody", "guest": True}, "partner"),
        ({"from_item": 4, "to_item": 2}, "toItem"),
        ({"non_disclosure_on": BRIEFING}, "nonDisclosureOn"),
        ({"partner": "police", "name": "Officer", "from_item": 5}, "name"),
        ({"partner": "prosecutor", "name": "Prosecutor", "chair": True, "from_item": 2}, "chair"),
    ],
)
def test_a_seat_that_nobody_can_take_is_refused(seat: dict[str, Any], field: str) -> None:
    wrong = replace(Seat(partner="town-north", name="Somebody"), **seat)
    assert [rule.field for rule in wrong_seats([POLICE, wrong], HOUSE)] == [f"seats[1].{field}"]


def test_somebody_who_leaves_and_comes_back_has_two_seats_and_so_have_two_chairs_in_turn() -> None:
    first = replace(POLICE, to_item=2)
    again, other = replace(POLICE, from_item=5), replace(PROSECUTOR, from_item=3, to_item=4, chair=True)
    assert list(wrong_seats([first, again, other, replace(GUEST, partner=None)], HOUSE)) == []


def test_two_core_or_covenant_partners_are_enough_unless_the_house_asks_more() -> None:
    assert has_quorum(["police", "prosecutor"], HOUSE)
    assert not has_quorum(["police", "visitor"], HOUSE)
    assert not has_quorum(["police", "prosecutor"], replace(HOUSE, fewest_partners=3))
    assert not has_quorum(["police", "prosecutor"], replace(HOUSE, must_attend=frozenset({"town-north"})))


def test_a_decision_without_a_partner_that_must_be_there_is_refused_and_named() -> None:
    strict = replace(HOUSE, must_attend=frozenset({"town-north"}))
    [absent] = broken_rules(referral(), decision(), [], strict, BRIEFING)
    assert (absent.field, absent.code) == ("attendees", "needed_partner_absent")
    assert "town-north" in str(absent)
    assert broken_fields(decision(attendees=())) == ["attendees"]
