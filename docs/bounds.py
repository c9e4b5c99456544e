"""The bounds of the platform: the table of docs/bounds.md. Each value is read from where it is kept."""

import re
from typing import NamedTuple, get_args

from deploy.topology import Topology
from docs.declared import TOPOLOGY
from services.intake.aftercare_reports.outflow_lists import MOST_ROWS
from services.intake.partners.reader import FIELD_NAME, KEPT
from shared import bounds
from shared.bounded_json import MOST_BYTES, MOST_LEVELS
from shared.messaging.entrypoint import BATCH_SIZE, PREFETCH
from shared.messaging.envelope import LONGEST_ID
from shared.messaging.taking import MOST_ATTEMPTS
from shared.messaging.unit import MOST_REPLAYED
from shared.validation import MOST_PROBLEMS


class Bound(NamedTuple):
    """what: the thing that is bounded. over: what happens to what goes over it, and what its sender is told."""

    what: str
    value: str
    why: str
    over: str


def _length(text: object) -> int:
    [length] = (part.most for part in get_args(text) if isinstance(part, bounds.Length))
    assert length
    return length


def _size(count: int) -> str:
    return f"{count // 1024**2} MiB" if count % 1024**2 == 0 else f"{count // 1024} KB"


def _ingress(topology: Topology) -> str:
    policy = topology.file["queues"]["ingress"]["policy"]
    return f"{policy['max-length']:,} or {_size(policy['max-length-bytes'])}"


TEXTS = ", ".join(
    f"{_length(kind):,} ({name})"
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
        "a partner: refused (`too_large`), and only size and digest of the message are kept; a caller: 413",
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
        _ingress(TOPOLOGY),
        "a partner that floods fills its own queue only",
        "the broker does not confirm but refuses (`basic.nack`); nothing is lost at the sender",
    ),
    Bound(
        "refused messages of a partner that are kept whole",
        f"{KEPT.messages:,} or {_size(KEPT.bytes)}",
        "the disk is everybody's; the partner has its answer and its own copy",
        "refused as any other, with a problem more: `not_kept`, size and digest",
    ),
    Bound(
        "messages that a worker holds of a queue, and takes in one transaction",
        f"{PREFETCH} and {BATCH_SIZE}",
        "memory of the worker",
        "nobody: further ones wait in the queue",
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
