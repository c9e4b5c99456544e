"""Bodies of messages: the committed examples of the platform's, with ids put in."""

import re
from functools import cache
from pathlib import Path
from uuid import uuid4

import orjson

from bench.contenders.floor.hops import TO_TABLE

SERVICES = Path(__file__).parents[3] / "services"
MESSAGE_ID, REFERRAL_ID = b"<message>", b"<referral>"
ID = re.compile(rb'"id": ?"([0-9a-f-]{36})"')
CORRELATION_ID = re.compile(rb'"correlationid": ?"([0-9a-f-]{36})"')


def ids_of(body: bytes) -> tuple[str, str]:
    """Of the message and of the referral that it is about; that of a referral is its first message's."""
    message = ID.search(body)
    if message is None:
        raise ValueError("a message has no id")
    referral = CORRELATION_ID.search(body) or message
    return message.group(1).decode(), referral.group(1).decode()


def new_body(routing_key: str, referral_id: str) -> bytes:
    """Of a message with an id of its own."""
    body = _template(routing_key.removesuffix(TO_TABLE)).replace(MESSAGE_ID, str(uuid4()).encode())
    return body.replace(REFERRAL_ID, referral_id.encode())


@cache
def _template(type: str) -> bytes:
    [example] = SERVICES.glob(f"*/messages/examples/{type}.json")
    document = orjson.loads(example.read_bytes())
    document |= {"id": MESSAGE_ID.decode(), "correlationid": REFERRAL_ID.decode()}
    document["data"] |= {name: REFERRAL_ID.decode() for name in {"messageId", "referralId"} & document["data"].keys()}
    return orjson.dumps(document)
