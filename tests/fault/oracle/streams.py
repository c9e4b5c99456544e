"""The numbers on each partner's stream: 1, 2, 3, …, each of one event, none of them missing."""

from collections.abc import Iterator, Sequence

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences
from tests.fault.oracle.witness import Heard


def streams(account: Account) -> Iterator[str]:
    """All numbers given in the round were heard, each on an event of its own, and those of one case in their order."""
    for user, numbers in account.stores.numbers.items():
        heard = [each for each in account.first_heard if each.user == user]
        given = range(numbers.before + 1, numbers.now + 1)
        yield from differences(f"numbers heard by {user}", given, (each.sequence for each in heard))
    yield from _ascending(account.first_heard)
    numbered = [each for each in account.first_heard if each.sequence is not None]
    strange = [each for each in numbered if each.user not in account.stores.numbers]
    yield from (f"numbers heard by {each.user}: {each.sequence} was never given" for each in strange)


def _ascending(heard: Sequence[Heard]) -> Iterator[str]:
    """Numbers of different cases may change places: what the broker refused holds up its own case alone."""
    last: dict[tuple[str, str], int] = {}
    for each in heard:
        if each.case_id is None or each.sequence is None:
            continue
        before = last.setdefault((each.user, each.case_id), each.sequence)
        if each.sequence < before:
            yield f"order: numbers heard by {each.user}: {each.sequence} of case {each.case_id} came after {before}"
        last[each.user, each.case_id] = each.sequence
