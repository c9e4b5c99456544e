"""Reading stops at bounds: whoever sends a million wrong fields gets a hundred problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import pytest
from marshmallow import ValidationError

from shared.bounds import Check, Length
from shared.messaging.outcomes import MORE_PROBLEMS, Problem, problems_of
from shared.schemas import StrictSchema, schema_of
from shared.validation import MOST_PROBLEMS

looked_at: list[str] = []


def is_right(text: str) -> bool:
    looked_at.append(text)
    return text == "right"


Word = Annotated[str, Check(is_right, "not_right", "Must be right.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    words: Annotated[tuple[Word, ...], Length(most=5)] = ()
    pages: tuple[Page, ...] = ()
    notes: Annotated[Mapping[str, Word], Length(most=5)] = field(default_factory=dict)
    title: str = ""


@pytest.fixture(autouse=True)
def nothing_looked_at() -> None:
    looked_at.clear()


def problems_in(document: dict[str, Any]) -> list[Problem]:
    with pytest.raises(ValidationError) as failure:
        schema_of(Book, StrictSchema).load(document)
    return problems_of(failure.value)


@pytest.mark.parametrize("word", ["right", "wrong", None])
def test_no_item_of_a_list_that_is_too_long_is_read(word: str | None) -> None:
    assert problems_in({"words": [word] * 20_000}) == [
        Problem("words", "Must be at most 5 long, and at least 0.", "wrong_length")
    ]
    assert looked_at == []


def test_a_list_is_read_until_it_has_the_most_problems() -> None:
    problems = problems_in({"pages": [{"words": ["wrong"] * 20_000}]})
    assert problems[:2] == [Problem(f"pages[0].words[{item}]", "Must be right.", "not_right") for item in (0, 1)]
    assert (len(problems), problems[-1]) == (MOST_PROBLEMS, MORE_PROBLEMS)
    assert len(looked_at) < 10 * MOST_PROBLEMS


def test_lists_in_a_list_share_one_bound() -> None:
    problems = problems_in({"pages": [{"words": ["right"] * 10 + ["wrong"] * 60}] * 500})
    assert {problem.field.partition(".")[0] for problem in problems[:-1]} == {"pages[0]", "pages[1]"}
    assert len(looked_at) < 10 * MOST_PROBLEMS


def test_unknown_fields_are_told_up_to_the_bound_with_every_other_problem() -> None:
    problems = problems_in({f"field{number}": 1 for number in range(5_000)} | {"title": 1})
    assert (len(problems), problems[0].field, problems[-1]) == (MOST_PROBLEMS, "title", MORE_PROBLEMS)


def test_as_many_problems_as_the_bound_are_all_told() -> None:
    problems = problems_in({f"field{number}": 1 for number in range(MOST_PROBLEMS)})
    assert len(problems) == MOST_PROBLEMS
    assert MORE_PROBLEMS not in problems


def test_no_value_by_name_is_read_if_there_are_too_many() -> None:
    [problem] = problems_in({"notes": {str(number): "wrong" for number in range(6)}})
    assert (problem.field, problem.code) == ("notes", "wrong_length")
    assert looked_at == []
