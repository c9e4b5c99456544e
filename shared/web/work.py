"""What waits for a caller, in every service as `GET /v1/work`: a kind of work is shown to those who may do something
about it.

    work = work_of(
        Kind(DECIDE_IDENTITY, lookups.identity_conflicts),
    )
    OFFERS = {"GET /v1/work": work}    # in service.py

Parked messages that wait for a person are work in every service.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from shared.bounds import Length
from shared.business_dates import dutch_date
from shared.messaging.storage import Selection
from shared.web.access import Action, Relation, Resource, may
from shared.web.call import Call, Caller
from shared.web.offer import Offer, strict
from shared.web.paging import MOST_ITEMS, Limit
from shared.web.parking import MANAGE_PARKED, house_in_reach

MOST_OF_A_KIND = 500
"""So many of a kind are looked for: those that are due first, or else wait longest. More follow as these are done."""
PARKED_MESSAGES = "parked_messages"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """Something that waits for the caller.

    `object_id`: what it is about: an id, or a sub-region or service by its name. `case_id`: null if it is about no
    case. `municipality`: where the subject lives, or null. `due_on`: null if it has no day. `overdue`: whether that day
    is over. `count`: how many wait, if an item is about several.
    """

    kind: str
    object_id: str
    case_id: UUID | None = None
    municipality: str | None = None
    since: date
    due_on: date | None = None
    overdue: bool = False
    count: int | None = None

    @property
    def place(self) -> str:
        """Its place in the list; what is overdue comes first, then what waits longest."""
        return f"{1 - self.overdue} {self.since} {self.due_on} {self.kind} {self.object_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkQuery:
    """`cursor`: `next` of the previous page."""

    limit: Limit = 100
    cursor: Annotated[str, Length(1, 300)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """What is overdue first, then what waits longest. `next` is null on the last page."""

    items: Annotated[tuple[WorkItem, ...], Length(most=MOST_ITEMS)]
    next: str | None


Find = Callable[[Caller, Any], Iterable[WorkItem]]
"""Looks for work of a caller, with a look-up of the service: MOST_OF_A_KIND at most."""


@dataclass(frozen=True)
class Kind:
    """Work for everybody who may do this. find: what waits."""

    action: Action
    find: Find


@dataclass(frozen=True, kw_only=True)
class WorkOffer(Offer):
    """Everybody asks every service what waits: a refusal says that nothing does, and is not for the audit log."""

    kinds: tuple[Kind, ...]

    audited_refusals = frozenset()


def work_of(*kinds: Kind) -> WorkOffer:
    """The endpoint of a service in which work of these kinds waits."""
    roles = MANAGE_PARKED.roles.union(*(kind.action.roles for kind in kinds))
    relations = frozenset[Relation]().union(*(kind.action.relations for kind in kinds))

    def work(call: Call[WorkQuery], service: Any) -> WorkList:
        """What waits for the caller: what is overdue first, then what waits longest."""
        admitting = [kind for kind in kinds if may(call.caller, kind.action, Resource(call.house))]
        with service.units.lookup() as lookup:
            found = [item for kind in admitting for item in kind.find(call.caller, lookup)]
        return _page([*found, *_parked_messages(call, service)], call.input)

    action = Action("see what waits for the own functions", roles, relations=relations)
    return WorkOffer(kinds=kinds, function=work, action=action, query=strict(WorkQuery), gives=strict(WorkList))


def _parked_messages(call: Call[Any], service: Any) -> Iterator[WorkItem]:
    if not may(call.caller, MANAGE_PARKED, Resource(call.house)):
        return
    with service.units.parking() as parking:
        waiting = parking.groups(Selection(answered=False, house=house_in_reach(call)))
    if waiting:
        yield WorkItem(
            kind=PARKED_MESSAGES,
            object_id=service.name,
            since=min(dutch_date(group.oldest_at) for group in waiting),
            count=sum(group.messages for group in waiting),
        )


def _page(found: Sequence[WorkItem], query: WorkQuery) -> WorkList:
    following = sorted((item for item in found if item.place > (query.cursor or "")), key=lambda item: item.place)
    items = tuple(following[: query.limit])
    return WorkList(items=items, next=items[-1].place if len(following) > query.limit else None)
