"""The audit log of a service over HTTP, for the privacy officer of a house. Who reads it stands in it too."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from shared.audit.store import AuditStore, EntryRow, Wanted
from shared.bounds import Name
from shared.business_dates import day_in_the_netherlands
from shared.messaging.unit import UnitOfWork
from shared.postgres import as_row
from shared.web.access import Action
from shared.web.call import Call
from shared.web.offer import recorded_lookup
from shared.web.paging import Limit

READ_AUDIT_LOG = Action("read who did what in the own house", {"privacy_officer"})


class Result(StrEnum):
    """done: it took effect, or was told. refused: it had no effect, and `status` says why."""

    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditQuery:
    """`case_id`: only entries of this case. `actor`: only of this person or program, by id. `day`: only of this day."""

    case_id: UUID | None = None
    actor: Name | None = None
    day: date | None = None
    before: Annotated[int | None, {"description": "`next` of the previous page"}] = None
    limit: Limit = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(EntryRow):
    """Who did what with one object.

    `id`: the number of the entry. `at`: when it happened. `action`: what was done. `operation`: the same, as its id in
    this document. `object_kind`: the kind of object, as in the paths of this document. `object_id`: which one; a text
    that may be anything is `…`. `case_id`: the case, where known. `result`: `done` or `refused`. `status`: the HTTP
    status of the answer. `actor`: the id of the person or program. `actor_name`: how it was called then.
    `organisation`: the house, or a partner's id. `origin`: the program that was used. `correlation_id`: the same for
    all that one request led to. `standing_in_for`: the id of the person whose functions the actor used; null if they
    were the actor's own. `refusals`: for how many refusals of the hour before the entry stands, beside those that have
    an entry of their own; null if it is about one request.
    """

    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntries:
    """Newest first. `next` is null on the last page."""

    items: tuple[AuditEntry, ...]
    next: int | None


@recorded_lookup(action=READ_AUDIT_LOG, query=AuditQuery, gives=AuditEntries)
def audit_log(call: Call[AuditQuery], unit: UnitOfWork) -> AuditEntries:
    """Who did what in the house, and what was refused; the reader is logged too.

    Of sealed themes a reader without their role learns nothing.
    """
    query = call.input
    since, until = day_in_the_netherlands(query.day) if query.day else (None, None)
    wanted = Wanted(
        house=call.house,
        case_id=query.case_id,
        actor=query.actor,
        since=since,
        until=until,
        before=query.before,
        theme_roles=call.caller.theme_roles,
    )
    rows = unit.store(AuditStore).entries(wanted, query.limit + 1)
    return AuditEntries(
        items=tuple(_entry(row) for row in rows[: query.limit]),
        next=rows[query.limit - 1].id if len(rows) > query.limit else None,
    )


AUDIT = {"GET /v1/audit": audit_log}


def _entry(row: EntryRow) -> AuditEntry:
    result = Result.DONE if row.status < HTTPStatus.BAD_REQUEST else Result.REFUSED
    return AuditEntry(**as_row(row), result=result)
