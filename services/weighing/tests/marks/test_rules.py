from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.weighing.marks.rules import Discussed, Noted, in_order
from services.weighing.tests.cases import referral


def item(number: int, *linked_with: int, day: int = 0, person: int = 0, urgent: bool = False) -> Discussed:
    """A referral received on that day, by default on that of its number."""
    known = referral(referral_id=UUID(int=number), received_on=date(2015, 3, day or number))
    noted = Noted(urgent, False, [UUID(int=other) for other in linked_with])
    return Discussed(known, UUID(int=person or number), noted)


def numbers(*items: Discussed, relations: Sequence[tuple[int, int]] = ()) -> list[int]:
    pairs = [(UUID(int=one), UUID(int=other)) for one, other in relations]
    return [known.referral_id.int for known in in_order(items, pairs)]


def test_referrals_that_are_linked_over_others_stand_together_at_the_place_of_the_first() -> None:
    linked = item(9, 5), item(5, 2, 9), item(2, 5)
    assert numbers(item(3), *linked, item(1)) == [1, 2, 5, 9, 3]


def test_what_goes_with_an_urgent_referral_follows_it() -> None:
    assert numbers(item(1), item(2), item(8, person=2, urgent=True)) == [8, 2, 1]


def test_a_link_to_a_referral_of_another_agenda_changes_nothing() -> None:
    assert numbers(item(2, 7), item(1, 7), item(3)) == [1, 2, 3]


def test_members_of_a_family_that_is_on_no_agenda_itself_stand_together() -> None:
    assert numbers(item(3), item(9), item(4), item(2), relations=[(9, 77), (3, 77)]) == [2, 3, 9, 4]
