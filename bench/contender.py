"""What the bench asks of everything that it measures."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bench.work import Task


class Door(NamedTuple):
    """Where a partner's message goes in."""

    exchange: str
    routing_key: str


class Mailbox(NamedTuple):
    """A queue in which replies to partners arrive, and the URL of the broker's user that reads it."""

    url: str
    queue: str


@dataclass(frozen=True)
class Watched:
    """A table whose new rows show that an effect is there: their `column` is the referral's id, or tells nothing."""

    database: str
    table: str
    column: str


AGENDA, TABLED, TREATED, SIEVED = "agenda", "tabled", "treated", "sieved"
SERVICES_TABLES: Mapping[str, Sequence[Watched]] = {
    AGENDA: [Watched("weighing", "referrals", "referral_id")],
    TABLED: [Watched("reporting", "tabling", "referral_id")],
    TREATED: [
        Watched("reporting", "table_case", "table_case_id"),
        Watched("reporting", "referred_again", "referral_id"),
    ],
    SIEVED: [Watched("aftercare", "notices", "notice_id")],
}
"""Where the effects of a referral are seen: on the agenda, in the report as tabled, as treated at a table (if it is
brought to one), and in aftercare's register (if it is a detention notice). Two notices may be of one detention."""


class Contender(Protocol):
    """Carries referrals from a partner's message to the report.

    Replies are messages in JSON that have `data.messageId`, the id of the partner's message, and for a receipt
    `data.referralId`; `type` ends with the short type, `messages.accepted.v1` or `feedback.given.v1`.
    """

    name: str
    watched: Mapping[str, Sequence[Watched]]
    content_type: str

    def running(self) -> AbstractContextManager[Mapping[str, int]]:
        """Up inside, on empty stores, and gone afterwards; gives the id of each process, by name."""

    def sender_url(self, user: str) -> str:
        """The broker as this partner (`<house>.<partner>`) sees it."""

    def door(self, task: Task) -> Door: ...

    def mailboxes(self, users: Iterable[str]) -> Sequence[Mailbox]:
        """Where the replies to these partners arrive; read while it is running."""

    def decider(self) -> AbstractContextManager[Callable[[Sequence[tuple[str, Task]]], None]]:
        """Gives what records decisions: each a referral's id and the task that tells what is decided on it."""
