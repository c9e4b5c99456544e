"""Paging for services whose schemas are written out."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from marshmallow import fields, validate

from shared.schemas import MessageSchema, StrictSchema
from shared.web import paging
from shared.web.paging import check_cursor

Item = TypeVar("Item")
__all__ = ["Page", "Paged", "check_cursor", "page_of"]


class Paged(StrictSchema):
    """What each list of a house takes. `cursor` is the `next` of the page before."""

    house = fields.String()
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))
    cursor = fields.UUID(load_default=None)


class Page(MessageSchema):
    """`next` is the cursor of the next page, null on the last. A list adds its `items`."""

    next = fields.UUID(required=True, allow_none=True)


def page_of(found: Sequence[Item], limit: int, cursor_of: Callable[[Item], UUID]) -> dict[str, Any]:
    """A page as `Page` dumps it. found: one more than `limit` when there is a next page."""
    return paging.page_of(found, limit, cursor_of)._asdict()
