from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from replay.shares import Kind, partition, spread


@given(st.integers(0, 200), st.lists(st.integers(0, 50), max_size=12))
def test_a_spread_is_whole_and_within_its_caps(total: int, caps: list[int]) -> None:
    shares = spread(total, caps)
    assert sum(shares) == min(total, sum(caps))
    assert all(0 <= share <= cap for share, cap in zip(shares, caps, strict=True))


def test_a_spread_is_in_proportion() -> None:
    assert spread(10, [30, 60, 10]) == [3, 6, 1]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), min_size=1, max_size=40))
def test_what_was_divided_once_can_be_divided_again(placed: list[tuple[int, int]]) -> None:
    targets = [sum(weight for weight, at in placed if at == place) for place in range(6)]
    counts = Counter(weight for weight, _ in placed)
    divided = partition([Kind(weight, count) for weight, count in counts.items()], targets)
    assert divided is not None
    assert [sum(map(int.__mul__, counts, row)) for row in divided] == targets
    assert [sum(column) for column in zip(*divided, strict=True)] == list(counts.values())


def test_a_class_takes_no_more_of_a_kind_than_it_may() -> None:
    divided = partition([Kind(1, 4, most=(1, 3)), Kind(1, 4)], [4, 4])
    assert divided == [[1, 3], [3, 1]]


def test_what_cannot_be_divided_is_said_so() -> None:
    assert partition([Kind(2, 2)], [1, 3]) is None
