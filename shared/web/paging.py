"""Lists that are given page by page. A cursor is the id of the last item of the page before."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from marshmallow import fields, validate

from shared.messaging.outcomes import Problem, Rejected
from shared.messaging.schema import MessageSchema, StrictSchema

Item = TypeVar("Item")


class Paged(StrictSchema):
    """What each list of a house takes. `cursor` is the `next` of the page before."""

    house = fields.String(required=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))
    cursor = fields.UUID(load_default=None)


class Page(MessageSchema):
    """`next` is the cursor of the next page, null on the last. A list adds its `items`."""

    next = fields.UUID(required=True, allow_none=True)


def check_cursor(cursor: UUID | None, known: Callable[[UUID], object]) -> None:
    """Raises Rejected when there is a cursor that is not `known`."""
    if cursor and not known(cursor):
        raise Rejected(Problem("cursor", "is not the cursor of a page"))


def page_of(found: Sequence[Item], limit: int, cursor_of: Callable[[Item], UUID]) -> dict[str, Any]:
    """A page as `Page` dumps it. found: one more than `limit` when there is a next page."""
    items = found[:limit]
    return {"items": items, "next": cursor_of(items[-1]) if len(found) > limit else None}
