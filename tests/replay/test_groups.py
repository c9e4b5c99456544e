from hypothesis import given
from hypothesis import strategies as st

from replay.groups import SIZES, closest_sizes, row_name, seen_n_times, with_one_more_single

PUBLISHED_2015 = {"2": 162, "3": 36, "4": 28, "5": 11, "6": 7, "7+": 4}
rows = st.fixed_dictionaries({row_name(size): st.integers(0, 5) for size in SIZES})


def deviation(sizes: list[int], seen: dict[str, int]) -> int:
    counted = seen_n_times(sizes)
    return sum(abs(counted.get(row, 0) - seen[row]) for row in seen)


def test_the_rows_of_2015_change_by_two_people_only() -> None:
    sizes = closest_sizes(1057, 1469, PUBLISHED_2015)
    assert (len(sizes), sum(sizes)) == (1057, 1469)
    assert deviation(sizes, PUBLISHED_2015) == 2


@given(st.lists(st.integers(1, 9), max_size=40))
def test_rows_that_were_counted_stay_as_they_are(sizes: list[int]) -> None:
    seen = {row_name(size): 0 for size in SIZES} | seen_n_times(sizes)
    assert deviation(closest_sizes(len(sizes), sum(sizes), seen), seen) == 0


@given(rows, st.integers(1, 60), st.integers(0, 60))
def test_people_and_referrals_are_met_whatever_the_rows_say(seen: dict[str, int], unique: int, more: int) -> None:
    sizes = closest_sizes(unique, unique + more, seen)
    assert (len(sizes), sum(sizes)) == (unique, unique + more)
    assert min(sizes) >= 1


def test_people_who_come_very_often_take_up_what_is_left() -> None:
    assert closest_sizes(3, 20, {"7+": 2}) == [10, 9, 1]


def test_one_more_single_keeps_people_and_referrals() -> None:
    assert with_one_more_single([4, 3, 1]) == [6, 1, 1]
    assert with_one_more_single([6, 1, 1]) is None


def test_families_are_seen_once() -> None:
    sizes = closest_sizes(4, 8, {"2": 4}, singles=2)
    assert (len(sizes), sum(sizes), sizes.count(1)) == (4, 8, 2)
