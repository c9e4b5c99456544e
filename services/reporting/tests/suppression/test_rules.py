from collections.abc import Sequence
from itertools import permutations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.suppression.rules import shown_counts

SMALLEST = 5
CASES = st.lists(st.integers(1, 8).map(lambda number: UUID(int=number)), max_size=12)
"""Of each case its subject, of whom there are few enough to come more than once."""
PARTS = st.lists(CASES, min_size=1, max_size=5)


def published(parts: Sequence[Sequence[UUID]]) -> list[int | None]:
    return list(shown_counts({str(key): subjects for key, subjects in enumerate(parts)}, SMALLEST).values())


def of_counts(*counts: int) -> list[int | None]:
    """Each case about another subject."""
    return published([[UUID(int=number) for number in range(count)] for count in counts])


def test_counts_that_are_not_small_are_all_shown() -> None:
    assert of_counts(5, 94, 31) == [5, 94, 31]


def test_with_a_small_count_goes_the_smallest_of_the_others() -> None:
    assert of_counts(94, 1, 31, 36) == [94, None, None, 36]


def test_what_equals_the_smallest_of_the_others_goes_too() -> None:
    assert of_counts(94, 1, 31, 31) == [94, None, None, None]


def test_nobody_is_a_small_count_too() -> None:
    assert of_counts(94, 0, 31) == [94, None, None]


def test_where_all_are_small_none_is_shown() -> None:
    assert of_counts(4, 4, 4) == [None, None, None]


def test_where_all_are_of_one_kind_nothing_tells_of_which() -> None:
    assert of_counts(30, 0, 0) == [None, None, None]


def test_many_cases_of_few_people_are_a_small_count() -> None:
    few, many = [UUID(int=1)] * 60, [UUID(int=number) for number in range(30)]
    assert published([few, many, many * 3]) == [None, None, 90]


@given(PARTS)
def test_no_count_of_few_people_is_shown(parts: list[list[UUID]]) -> None:
    assert all(
        count is None or len(set(subjects)) >= SMALLEST for subjects, count in zip(parts, published(parts), strict=True)
    )


@given(PARTS)
def test_nothing_tells_which_of_the_counts_left_out_is_small(parts: list[list[UUID]]) -> None:
    """In whatever order they are put where something is left out, the same stands there, and the sum is the same."""
    before = published(parts)
    gaps = [place for place, count in enumerate(before) if count is None]
    for order in permutations(parts[place] for place in gaps):
        other = list(parts)
        for place, subjects in zip(gaps, order, strict=True):
            other[place] = subjects
        assert published(other) == before


@given(PARTS)
def test_what_is_left_out_is_together_no_small_count_unless_all_is_left_out(parts: list[list[UUID]]) -> None:
    left_out = [subjects for subjects, count in zip(parts, published(parts), strict=True) if count is None]
    together = {subject for subjects in left_out for subject in subjects}
    assert len(left_out) in (0, len(parts)) or (len(left_out) > 1 and len(together) >= SMALLEST)
