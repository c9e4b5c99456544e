"""The numbers on each partner's stream: 1, 2, 3, …, each of one event, none of them missing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences
from tests.fault.oracle.witness import Heard


def streams(account: Account) -> Iterator[str]:
    """All numbers given in the round were heard, each on an event of its own, and the first time in their order."""
    for user, numbers in account.stores.numbers.items():
        heard = [each for each in account.first_heard if each.user == user]
        given = range(numbers.before + 1, numbers.now + 1)
        yield from differences(f"numbers heard by {user}", given, (each.sequence for each in heard))
        yield from _ascending(user, heard)
    numbered = [each for each in account.first_heard if each.sequence is not None]
    strange = [each for each in numbered if each.user not in account.stores.numbers]
    yield from (f"numbers heard by {each.user}: {each.sequence} was never given" for each in strange)


def _ascending(user: str, heard: Sequence[Heard]) -> Iterator[str]:
    numbers = [each.sequence or 0 for each in heard]
    for earlier, later in pairwise(numbers):
        if later < earlier:
            yield f"order: numbers heard by {user}: {later} came after {earlier}"
