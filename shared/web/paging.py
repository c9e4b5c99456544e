"""Lists that are given page by page. A cursor is the id of the last item of the page before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Generic, NamedTuple, TypeVar
from uuid import UUID

from marshmallow import Schema, fields

from shared.bounds import Range
from shared.messaging.outcomes import Problem, Rejected
from shared.schemas import StrictSchema, schema_of

Item = TypeVar("Item")
Limit = Annotated[int, Range(1, 500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """What each list takes. `cursor` is the `next` of the page before."""

    limit: Limit = 100
    cursor: UUID | None = None


class Page(NamedTuple, Generic[Item]):
    """`next` is the cursor of the next page, None on the last."""

    items: Sequence[Item]
    next: UUID | None


def page_schema(item: type) -> Schema:
    """The schema of a page of these."""
    return _page_schema(item)


@cache
def _page_schema(item: type) -> Schema:
    declared = {
        "items": fields.List(fields.Nested(schema_of(item, StrictSchema)), required=True),
        "next": fields.UUID(required=True, allow_none=True),
    }
    made: type[Schema] = type(f"{item.__name__}Page", (StrictSchema,), declared)
    return made()


def check_cursor(cursor: UUID | None, known: Callable[[UUID], object]) -> None:
    """Raises Rejected when there is a cursor that is not `known`."""
    if cursor and not known(cursor):
        raise Rejected(Problem("cursor", "is not the cursor of a page"))


def page_of(found: Sequence[Item], limit: int, cursor_of: Callable[[Item], UUID]) -> Page[Item]:
    """found: one more than `limit` when there is a next page."""
    items = found[:limit]
    return Page(items, cursor_of(items[-1]) if len(found) > limit else None)
