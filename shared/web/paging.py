"""Lists in pages. A cursor is the id of the last item on the previous page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Generic, NamedTuple, TypeVar
from uuid import UUID

from marshmallow import Schema, fields, validate

from shared.bounds import Range
from shared.messaging.outcomes import Problem, Rejected
from shared.schemas import StrictSchema, schema_of

Item = TypeVar("Item")
MOST_ITEMS = 500
"""Of a page, and of a list that has no pages, because it has few items: one for each kind in a profile, for example."""
Limit = Annotated[int, Range(1, MOST_ITEMS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """The query parameters of every list. cursor: `next` of the previous page."""

    limit: Limit = 100
    cursor: UUID | None = None


class Page(NamedTuple, Generic[Item]):
    """One page of a list. next: the cursor of the next page; None on the last page."""

    items: Sequence[Item]
    next: UUID | None


def page_schema(item: type) -> Schema:
    """The schema of a `Page` with items of this class."""
    return _page_schema(item)


@cache
def _page_schema(item: type) -> Schema:
    declared = {
        "items": fields.List(
            fields.Nested(schema_of(item, StrictSchema)), required=True, validate=validate.Length(max=MOST_ITEMS)
        ),
        "next": fields.UUID(required=True, allow_none=True),
    }
    schema_class: type[Schema] = type(f"{item.__name__}Page", (StrictSchema,), declared)
    return schema_class()


def check_cursor(cursor: UUID | None, known: Callable[[UUID], object]) -> None:
    """Raises Rejected if a cursor is given and `known(cursor)` is false."""
    if cursor and not known(cursor):
        raise Rejected(Problem("cursor", "is not the cursor of a page", "unknown_cursor"))


def page_of(rows: Sequence[Item], limit: int, cursor_of: Callable[[Item], UUID]) -> Page[Item]:
    """The first `limit` rows as a page. rows: read with `limit + 1`, to know whether there is a next page."""
    items = rows[:limit]
    return Page(items, cursor_of(items[-1]) if len(rows) > limit else None)
