from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.aftercare.money.rules import shares

AMOUNTS = st.decimals(-100_000, 100_000, places=2)
WEIGHTS = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)
CENT = Decimal("0.01")


def test_what_can_not_be_divided_goes_to_the_first_of_those_with_the_largest_remainder() -> None:
    assert shares(Decimal("10.00"), [1, 1, 1]) == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]
    assert shares(Decimal("1.00"), [1, 5]) == [Decimal("0.17"), Decimal("0.83")]
    assert shares(Decimal("0.01"), [2, 3]) == [Decimal("0.00"), Decimal("0.01")]


@given(AMOUNTS, WEIGHTS)
def test_the_shares_add_up_to_the_amount_and_none_is_a_cent_or_more_off(amount: Decimal, weights: list[int]) -> None:
    divided = shares(amount, weights)
    assert sum(divided) == amount
    for share, weight in zip(divided, weights, strict=True):
        assert abs(share - amount * weight / sum(weights)) < CENT
        assert share == share.quantize(CENT)
        assert weight or share == 0


@pytest.mark.parametrize(("amount", "weights"), [("1.005", [1]), ("1.00", []), ("1.00", [0, 0]), ("1.00", [2, -1])])
def test_a_part_of_a_cent_is_not_shared_and_nothing_goes_to_nobody(amount: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match=r"must have weight|whole cents"):
        shares(Decimal(amount), weights)
