"""The bounds of the platform: the table of docs/bounds.md. Each value is read from where it is kept."""

import re
from typing import NamedTuple, get_args

from deploy.kubernetes.manifests import memory_of_a_process
from deploy.local.supervisor import LOG_MEGABYTES
from docs.declared import TOPOLOGY
from services.intake.aftercare_reports.outflow_lists import MOST_ROWS
from services.intake.discussed.rules import MOST_A_DAY
from services.intake.partners.reader import FIELD_NAME, KEPT
from shared import bounds
from shared.bounded_json import MOST_BYTES, MOST_LEVELS
from shared.connections import MOST_OF_A_RELAY, MOST_OF_A_WORKER, STEP_SECONDS
from shared.messaging.entrypoint import BATCH_SIZE, MOST_HELD, PREFETCH
from shared.messaging.envelope import LONGEST_ID
from shared.messaging.outline import MOST_MEMBERS
from shared.messaging.parked import DISCARDED_AT_ONCE, MOST_GROUPS, REPLAYED_AT_ONCE
from shared.messaging.relay import PURGE_SECONDS
from shared.messaging.retention import MOST_ROWS as MOST_DELETED
from shared.messaging.stint import BREATH_SECONDS, MOST_ANNOUNCED, MOST_CPU_SECONDS, MOST_SECONDS
from shared.messaging.stint import MOST_BYTES as MOST_BATCH_BYTES
from shared.messaging.storage.parking import SHOWN_IN_LIST, SHOWN_OF_ONE
from shared.messaging.taking import MOST_ATTEMPTS
from shared.messaging.turns import EVENTS_A_SECOND, FREE_EVENTS
from shared.messaging.unit import MOST_REPLAYED
from shared.postgres.migrate import ATTEMPTS, LOCK_MILLISECONDS
from shared.testing.broker import IMAGES
from shared.validation import MOST_PROBLEMS
from shared.web.body import MOST_CHUNKS, MOST_TRAILERS, MOST_UNREAD_BYTES
from shared.web.paging import MOST_ITEMS
from shared.web.parked import ParkedLimit
from shared.web.protocol import LONGEST_HEADERS, LONGEST_LINE, MOST_HEADERS
from shared.web.turns import MOST_AT_ONCE, MOST_WAITING

BROKER_LIMITS = "".join((IMAGES / file).read_text() for file in ("rabbitmq-limits.conf", "connection_guard.erl"))
GROWS_WHEN_READ = 35
"""Times the memory of a message's text that its objects take, at worst: `{"":{"":{"":{}}}}`."""
OF_A_PARTNER = TOPOLOGY.file["partners"]["limits"]


class Bound(NamedTuple):
    """what: the thing that is bounded. over: what happens to what goes over it, and what its sender is told."""

    what: str
    value: str
    why: str
    over: str


def _most(kind: object) -> int:
    [most] = (part.most for part in get_args(kind) if isinstance(part, bounds.Length | bounds.Range))
    assert most
    return most


def _size(count: int) -> str:
    return f"{count // 1024**2} MiB" if count % 1024**2 == 0 else f"{count // 1024} KB"


def _told_to_the_broker(name: str) -> int:
    """A number from the files that bound the broker's clients."""
    found = re.findall(rf"^(?:-define\()?{name}(?: = |, )(\d+)", BROKER_LIMITS, re.MULTILINE)
    return int("".join(found))


def _at_most(kind: str) -> str:
    """How much a queue of this kind may hold."""
    policy = TOPOLOGY.file["queues"][kind]["policy"]
    return f"{policy['max-length']:,} or {_size(policy['max-length-bytes'])}"


HELD_BYTES = MOST_HELD * _told_to_the_broker("max_message_size")
"""By a worker of intake."""
READ_BYTES = GROWS_WHEN_READ * MOST_BATCH_BYTES

TEXTS = ", ".join(
    f"{_most(kind):,} ({name})"
    for kind, name in (
        (bounds.Code, "a code or reference"),
        (bounds.Name, "a name"),
        (bounds.Line, "a line"),
        (bounds.Text, "a text"),
        (bounds.Story, "a story"),
    )
)

MESSAGES = (
    Bound(
        "size of a message or of the body of a command",
        _size(MOST_BYTES),
        "a text is read into memory whole",
        "a partner: refused (`too_large`), and only size and fingerprint of the message are kept; a caller: 413",
    ),
    Bound("levels of nesting", str(MOST_LEVELS), "each level costs a turn", "refused (`too_deep`); 400"),
    Bound(
        "problems in one answer, and of one parked message",
        str(MOST_PROBLEMS),
        "reading stops there: 64 KB can hold 20,000 wrong fields",
        "the last one says that there are more (`more_problems`)",
    ),
    Bound(
        "items of a list",
        "stands at each list in [partners.md](partners.md) and `/openapi.json`",
        "is checked before any item is read",
        "refused with the bound (`wrong_length`)",
    ),
    Bound(
        "rows in one part of an outflow list",
        f"{MOST_ROWS:,}",
        "each row becomes an event",
        "refused with the bound (`too_many_rows`)",
    ),
    Bound(
        "questions of one person whether somebody is discussed",
        f"{MOST_A_DAY} within 24 hours",
        "ZSM asks of a case at hand; whoever asks more often looks through the house",
        "409 (`asked_too_often`)",
    ),
    Bound("characters of a text", TEXTS, "people read them", "refused with the bound (`wrong_length`)"),
    Bound("characters of a message id", str(LONGEST_ID), "every answer repeats it", "refused (`not_an_id`)"),
    Bound(
        "characters of the name of an unknown field",
        "".join(re.findall(r"\{1,(\d+)\}", FIELD_NAME.pattern)) + " letters and 4 digits",
        "a refusal repeats the name",
        "the name is told as `…`",
    ),
    Bound(
        "messages of a partner that wait for intake",
        _at_most("ingress"),
        "a partner that floods fills its own queue only",
        "the broker does not confirm but refuses (`basic.nack`); nothing is lost at the sender",
    ),
    Bound(
        "refused messages of a partner that are kept whole",
        f"{KEPT.messages:,} or {_size(KEPT.bytes)}",
        "the disk is everybody's; the partner has its answer and its own copy",
        "refused as any other, with a problem more: `not_kept`, the bound, size and fingerprint",
    ),
    Bound(
        "messages that a worker holds of one queue, and of all partners' queues",
        f"{PREFETCH} and {MOST_HELD:,} ({_size(HELD_BYTES)}, if each is as large as the broker allows)",
        f"a worker may take {_size(memory_of_a_process())} of memory in a cluster "
        "([measured](performance.md#memory-of-a-worker-under-attack))",
        "nobody: further ones wait in the queue",
    ),
    Bound(
        "messages in one transaction, and their size",
        f"{BATCH_SIZE} and {_size(MOST_BATCH_BYTES)}",
        f"objects in objects take {GROWS_WHEN_READ} times as much memory once read: {_size(READ_BYTES)} for a batch",
        "nobody: the rest is taken in a later batch",
    ),
    Bound(
        "CPU of one batch, and its time by the clock",
        f"{MOST_CPU_SECONDS} s and {MOST_SECONDS:.0f} s",
        "the messages of other senders wait meanwhile",
        "nobody: the rest is taken in a later batch, when it is the sender's turn again",
    ),
    Bound(
        "events that one batch announces, and all queues of a worker a second beyond the first "
        f"{FREE_EVENTS} of each message",
        f"{MOST_ANNOUNCED:,} and {EVENTS_A_SECOND}",
        "relay, broker and other services work longer on them than the worker",
        "nobody: the sender's queue rests, two seconds after a list of 1,000 rows",
    ),
    Bound(
        "CPU between two turns of health, requests and heartbeats",
        f"{BREATH_SECONDS} s, or one message",
        "a service that works hard must not look dead",
        "nobody",
    ),
    Bound(
        "attempts at a message that is not possible yet",
        str(MOST_ATTEMPTS),
        "about an hour and a half, with back-off",
        "nobody: it is parked as `exhausted`, and an alert says so",
    ),
    Bound(
        "messages in one replay of a stream",
        f"{MOST_REPLAYED:,}",
        "newer events wait meanwhile",
        "the first of them come; the partner asks again from there on",
    ),
)
"""Of what comes in by message."""

BROKER = (
    Bound(
        "connections of a partner at once",
        str(OF_A_PARTNER["max-connections"]),
        "connections and their memory are everybody's",
        "the broker closes the new connection (530 `NOT_ALLOWED`)",
    ),
    Bound(
        "channels of a partner, over all its connections; of one connection",
        f"{OF_A_PARTNER['max-channels']}; {_told_to_the_broker('channel_max')}",
        "each channel costs memory",
        "the broker closes the connection (530 `NOT_ALLOWED`)",
    ),
    Bound(
        "dead letters of a partner: expired, or rejected by it",
        _at_most("dead_letters_of_partner"),
        "a partner can make as many as it likes",
        "stays in the queue where it was",
    ),
    Bound(
        "size of a message at the broker",
        _size(_told_to_the_broker("max_message_size")),
        "intake still answers to a message that is somewhat too large",
        "the broker closes the channel (406 `PRECONDITION_FAILED`)",
    ),
    Bound(
        "size of a frame",
        _size(_told_to_the_broker("frame_max")),
        "a frame is read into memory whole",
        "the broker closes the connection (501 `FRAME_ERROR`)",
    ),
    Bound(
        "unfinished messages of one connection",
        _size(_told_to_the_broker("MOST_UNFINISHED_BYTES")),
        "the broker gathers a message in memory until its last byte is there",
        "the connection is closed within a second (320 `CONNECTION_FORCED`)",
    ),
    Bound(
        "silence of a connection that asked for no heartbeats, or for rarer ones than every minute",
        f"{_told_to_the_broker('MOST_SILENT_SECONDS')} s",
        "a client that is gone may hold messages; others are given up after two heartbeats",
        "the connection is closed (320 `CONNECTION_FORCED`)",
    ),
    Bound(
        "time to log in at the broker",
        f"{_told_to_the_broker('handshake_timeout') // 1000} s",
        "a stranger's sockets are everybody's",
        "the connection is closed",
    ),
)
"""Of who connects to the broker. Services have no limit of connections and channels; the others hold for them too."""

HTTP = (
    Bound(
        "connections of a worker, and of a relay's health",
        f"{MOST_OF_A_WORKER} and {MOST_OF_A_RELAY}",
        "a process may have 1,024 files open; a relay takes a thread for each",
        "the connection that has stood still longest is closed",
    ),
    Bound(
        "time to begin a request, to send it, or to read its answer",
        f"{STEP_SECONDS:.0f} seconds",
        "a connection that stands still takes the place of another",
        "`http_connections_cut_off_total` counts it; a request that is not whole is answered with 408 and the bound, "
        "and has no effect; then, and without a request, the connection is closed",
    ),
    Bound(
        "first line, one header and all headers of a request; their number",
        f"{_size(LONGEST_LINE)}, {_size(LONGEST_LINE)} and {_size(LONGEST_HEADERS)}; {MOST_HEADERS}",
        "they are read into memory whole",
        "414 and 431 with the bound; 400 for a line that is no header (`name: value`)",
    ),
    Bound(
        "chunks of a body, and trailers after them",
        f"{MOST_CHUNKS:,} and {MOST_TRAILERS}",
        "each takes a turn, however little is in it",
        "400 with the bound",
    ),
    Bound(
        "what is thrown away of a body that nobody reads",
        _size(MOST_UNREAD_BYTES),
        "most clients read an answer only after they have sent the body",
        "the connection is closed after the answer",
    ),
    Bound(
        "requests of a caller that a worker works on, and that wait for that",
        f"{MOST_AT_ONCE} and {MOST_WAITING}",
        "a worker does ten things at once, messages among them; all callers without a token are one",
        "429 with the bound and `Retry-After`",
    ),
    Bound(
        "rows of a page",
        str(MOST_ITEMS),
        "a page is made in memory",
        "400 with the bound; `next` leads to the next page",
    ),
    Bound(
        "items of a list without pages",
        str(MOST_ITEMS),
        "such a list has an item for each kind, place or line of a profile",
        "500, and the service's log says which list needs pages",
    ),
    Bound(
        "checks of readiness at the same time",
        "1",
        "each asks database and broker; `/health` takes no turn and no worker, so it is never 429",
        "whoever asks meanwhile gets the answer of the check under way",
    ),
)
"""Of what comes in over HTTP."""

PARKED = (
    Bound(
        "parked messages on a page, and problems shown of each",
        f"{_most(ParkedLimit)} and {SHOWN_IN_LIST}",
        "people read them; a page is made in memory",
        "400 with the bound; `next` leads to the next page, `problemCount` tells how many problems there are",
    ),
    Bound(
        "problems and members shown of one parked message",
        f"{SHOWN_OF_ONE} and {MOST_MEMBERS}",
        "64 KB can hold 20,000 members",
        "the rest is counted",
    ),
    Bound(
        "groups shown of each state",
        str(MOST_GROUPS),
        "people read them",
        "the groups with the newest messages are shown",
    ),
    Bound(
        "messages of a group that one call replays, and that one call discards",
        f"{REPLAYED_AT_ONCE} and {DISCARDED_AT_ONCE}",
        "a call is answered within a fraction of a second",
        "`next` says where the next call goes on",
    ),
    Bound(
        "rows of each table that are deleted after their time in one step",
        f"{MOST_DELETED}, every {PURGE_SECONDS:.0f} seconds",
        "the relay waits meanwhile",
        "nobody: they are deleted in a later step",
    ),
)
"""Of what is parked and kept."""

AT_WORK = (
    Bound(
        "time that a migration waits for a table, and how often it tries",
        f"{LOCK_MILLISECONDS / 1000:.0f} s, {ATTEMPTS} times",
        "what asks for the table after the migration waits behind it",
        "the migration gives way for a second and tries again; after the last time it says which migration it is",
    ),
    Bound(
        "log of a process on a local stack, and of a container in Compose",
        f"{LOG_MEGABYTES} MB and one file more",
        "the disk is everybody's",
        "the older file is deleted; a line that can't be written, or that nobody reads, is lost",
    ),
)
"""Of what the platform itself does."""
