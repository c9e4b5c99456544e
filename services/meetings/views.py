"""What people look up: nothing here changes anything."""

from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from services.meetings.domain.table_cases import TableCase
from services.meetings.storage import MeetingsStore
from shared.messaging import NotFound, Problem
from shared.web.paging import check_cursor, page_of


def table_cases(wanted: Mapping[str, Any], store: MeetingsStore) -> dict[str, Any]:
    """A page of a house's table cases, oldest first. Raises Rejected when the cursor is no table case of this house."""
    house, after, state = wanted["house"], wanted["cursor"], wanted["state"]
    check_cursor(after, partial(store.table_case, house))
    found = store.table_cases(
        house,
        table=wanted["table"],
        running=None if state is None else state == "open",
        referral_id=wanted["referral_id"],
        after=after,
        limit=wanted["limit"] + 1,
    )
    return page_of(found, wanted["limit"], attrgetter("table_case_id"))


def table_case(house: str, table_case_id: UUID, store: MeetingsStore) -> dict[str, Any]:
    """One table case in detail. Raises NotFound."""
    found = store.table_case(house, table_case_id)
    if not found:
        raise NotFound(Problem("tableCaseId", "is not a table case of this house"))
    return {field.name: getattr(found, field.name) for field in fields(TableCase)} | {
        "referrals": store.referrals(table_case_id),
        "sessions": store.sessions(table_case_id),
        "standing_plan": store.standing_plan(table_case_id),
    }


def due_moments(wanted: Mapping[str, Any], store: MeetingsStore) -> dict[str, Any]:
    """A page of the monitoring moments that wait for their answer by a day, longest due first.

    Raises Rejected when the cursor is no monitoring moment of this house.
    """
    house, after = wanted["house"], wanted["cursor"]
    check_cursor(after, partial(store.is_moment, house))
    found = store.due_moments(house, due_by=wanted["due_by"], after=after, limit=wanted["limit"] + 1)
    return page_of(found, wanted["limit"], itemgetter("moment_id"))
