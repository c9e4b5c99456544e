"""What stands parked is the poison; nothing is left in a waiting room; nobody waited in vain."""

from collections.abc import Hashable, Iterator

from tests.fault.oracle.account import Account
from tests.fault.oracle.comparing import differences
from tests.fault.oracle.rows import Parked
from tests.fault.oracle.witness import ABOVE_COMMITMENT, NO_USER_ID, Sent

INGRESS = "intake.from."
UNKNOWN_SENDER = "from an unknown sender"


def rest(account: Account) -> Iterator[str]:
    """Parked, left over, failed."""
    parked = account.stores.parked
    refused = [row for row in parked["intake"] if row.queue.startswith(INGRESS)]
    poison = [_poison(sent) for sent in account.wrong if sent.wrong != ABOVE_COMMITMENT]
    yield from differences("intake.parked", poison, (_found(account, row) for row in refused))
    for service, rows in parked.items():
        others = [row for row in rows if service != "intake" or not row.queue.startswith(INGRESS)]
        yield from (
            f"{service}.parked: message {row.message_id} is there without a cause as {row.kind}" for row in others
        )
    yield from (f"{room}: {count} are left" for room, count in account.stores.left.items())
    yield from (f"failed: {each}" for each in account.witness.failed)


def _poison(sent: Sent) -> Hashable:
    if sent.wrong == NO_USER_ID:
        return (sent.user, UNKNOWN_SENDER, "rejected")
    return (sent.user, sent.id, "rejected")


def _found(account: Account, row: Parked) -> Hashable:
    """A message that nobody can read stands under an id made for it, which is none that was sent."""
    user = row.queue.removeprefix(INGRESS)
    if row.sender != user:
        return (user, UNKNOWN_SENDER, row.kind)
    known = any((sent.user, sent.id) == (user, row.message_id) for sent in account.witness.sent)
    return (user, row.message_id if known else None, row.kind)
