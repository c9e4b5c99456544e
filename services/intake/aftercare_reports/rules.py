"""What partners report of a detention, and what becomes of a report that aftercare judges."""

from collections.abc import Iterator

from shared.rules import BrokenRule, UnknownObject


class NobodyDetained(BrokenRule):
    field = "data.subject"
    reason = "no detention notice has been received for this person"


class UnknownReport(UnknownObject):
    field = "messageId"
    reason = "is not a message that was handed on"


class NotOfTheListsYear(BrokenRule):
    reason = "is not released in the year of the list"


class BeyondLastPart(BrokenRule):
    field = "part"
    reason = "is higher than the number of parts"


def beyond_last_part(part: int | None, parts: int | None) -> Iterator[BrokenRule]:
    if part is not None and parts is not None and part > parts:
        yield BeyondLastPart()
