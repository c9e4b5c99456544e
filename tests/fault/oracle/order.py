"""What is of one case and of one publisher arrives in the order in which it was sent or done."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import named
from tests.fault.oracle.rows import Event

Key = TypeVar("Key", bound=Hashable)


class Telling(NamedTuple):
    """The event that tells of a deed: who publishes it, its type, and the fields that say what it was done to."""

    publisher: str
    type: str
    fields: tuple[str, ...]


TELLINGS: Mapping[str, Telling] = {
    "call": Telling("intake", "referrals.registered.v1", ("referralId",)),
    "merge": Telling("intake", "subjects.merged.v1", ("subjectId",)),
    "decide": Telling("weighing", "referrals.weighed.v1", ("referralId", "tabling")),
    "agree_on_plan": Telling("meetings", "action-plans.agreed.v1", ("tableCaseId",)),
    "close": Telling("meetings", "table-cases.closed.v1", ("tableCaseId",)),
    "change_release_date": Telling("aftercare", "release-dates.changed.v1", ("detentionId",)),
    "make_plan": Telling("aftercare", "aftercare-plans.made.v1", ("detentionId",)),
    "start_trajectory": Telling("aftercare", "trajectories.started.v1", ("trajectoryId",)),
    "book": Telling("aftercare", "ledger-entries.booked.v1", ("entryId",)),
}
OPENED = "table-cases.opened.v1"


def order(account: Account) -> Iterator[str]:
    """Receipts and registrations of one person, tellings of one case, and openings before all else of a table case."""
    receipts = [heard for heard in account.first_heard if heard.type == "messages.accepted.v1"]
    yield from _per_person(account, "receipts", [heard.data.get("messageId") for heard in receipts])
    for type in ("referrals.registered.v1", "detentions.registered.v1"):
        yield from _per_person(account, f"journal {type}", [event.correlation_id for event in account.events(type)])
    yield from _as_done(account)
    yield from _opened_first(account)


def _per_person(account: Account, what: str, messages: Iterable[str | None]) -> Iterator[str]:
    arrived: dict[str | None, int] = {}
    for place, message in enumerate(messages):
        arrived.setdefault(message, place)
    people = defaultdict(list)
    for sent in sorted(account.bringing, key=lambda sent: sent.number or 0):
        if sent.id in arrived:
            people[sent.person].append(sent.id)
    for ids in people.values():
        yield from _out_of_order(what, ids, arrived)


def _as_done(account: Account) -> Iterator[str]:
    """Each publisher's events of one case are in the journal as the deeds were done."""
    told = {(telling.type, *map(event.data.get, telling.fields)): event for telling, event in _tellings(account)}
    done: dict[Hashable, list[tuple[Any, ...]]] = defaultdict(list)
    for deed in account.witness.done:
        telling = TELLINGS.get(deed.what)
        if telling is None:
            continue
        key = (telling.type, deed.about) if deed.tabling is None else (telling.type, deed.about, deed.tabling)
        if key in told:
            done[telling.publisher, told[key].case_id].append(key)
    positions = {key: event.position for key, event in told.items()}
    for keys in done.values():
        yield from _out_of_order("journal", keys, positions)


def _tellings(account: Account) -> Iterator[tuple[Telling, Event]]:
    """Latest first, so that of a doubled event the first counts."""
    telling_of = {telling.type: telling for telling in TELLINGS.values()}
    for event in reversed(account.stores.reporting.journal):
        if event.type in telling_of:
            yield telling_of[event.type], event


def _opened_first(account: Account) -> Iterator[str]:
    opened: set[Hashable] = set()
    for event in account.stores.reporting.journal:
        table_case = event.data.get("tableCaseId")
        if event.type == OPENED:
            opened.add(table_case)
        elif table_case is not None and table_case not in opened:
            yield f"order: journal: {event.type} of table case {table_case} came before its opening"


def _out_of_order(what: str, things: Iterable[Key], places: Mapping[Key, int]) -> Iterator[str]:
    for earlier, later in pairwise(things):
        if places[earlier] > places[later]:
            yield f"order: {what}: {named(later)} came before {named(earlier)}"
