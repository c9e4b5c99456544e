from datetime import date
from decimal import Decimal

import pytest

from services.aftercare.advances.rules import Instalment, InstalmentsDiffer, check_instalments, overdue


def plan(*instalments: tuple[int, str]) -> list[Instalment]:
    return [Instalment(due_on=date(2015, 5, day), amount=Decimal(amount)) for day, amount in instalments]


@pytest.mark.parametrize("wrong", [plan((1, "60")), plan((1, "50"), (1, "50")), plan((2, "50"), (1, "50"))])
def test_instalments_add_up_and_come_one_after_another(wrong: list[Instalment]) -> None:
    check_instalments(Decimal(100), plan((1, "40"), (2, "60")))
    with pytest.raises(InstalmentsDiffer):
        check_instalments(Decimal(100), wrong)


@pytest.mark.parametrize(
    ("day", "outstanding", "late"), [(1, "100", 0), (2, "100", 40), (2, "60", 0), (2, "70", 10), (3, "70", 70)]
)
def test_what_is_late_is_what_should_have_been_paid_back_by_then(day: int, outstanding: str, late: int) -> None:
    assert overdue(plan((1, "40"), (2, "60")), Decimal(outstanding), date(2015, 5, day)) == late
