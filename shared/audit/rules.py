"""What an entry of the audit log says, and the chain over the entries: rows, their digests, seals over digests."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson

FIRST = bytes(32)
"""In place of a hash before the first seal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does what. All entries of one request, or of one command of an operator, have this in common.

    action: the name of the Action. operation: the function, which is also the operation's id in OpenAPI.
    actor: the opaque id of a person or program, unique in its organisation. origin: the program that the actor uses.
    standing_in_for: the id of the person whose functions the actor used; None if they were the actor's own.
    theme_roles: those of the actor's functions that are for sealed themes; None if there are none.
    """

    action: str
    operation: str
    actor: str
    actor_name: str
    organisation: str
    origin: str
    house: str
    correlation_id: UUID
    standing_in_for: str | None = None
    theme_roles: Sequence[str] | None = None


class Concerned(NamedTuple):
    """An object that a deed is about. kind: as in the paths of the API, `table-cases`. id: empty for a list.

    house: if it is another than the actor's.
    """

    kind: str
    id: str
    case_id: UUID | None = None
    house: str | None = None


def concerned_by(asked: Concerned, named: Sequence[Concerned], cases: Collection[UUID]) -> list[Concerned]:
    """The objects of a deed, each once and with its case: those that it named, else the one that was asked for.

    asked: the object in the path of the request. cases: those with announced events; an object without a case of its
    own is told with each of them.
    """
    objects = dict.fromkeys(named or [asked])
    return [
        each._replace(case_id=case_id)
        for each in objects
        for case_id in ([each.case_id] if each.case_id or not cases else cases)
    ]


Row = Mapping[str, Any]
"""A row of the audit log by column."""


def digest(row: Row) -> bytes:
    """The digest of a row. A column without a value does not count, so that a migration may add columns."""
    said = {name: value for name, value in row.items() if value is not None}
    said["at"] = row["at"].astimezone(UTC)
    return sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One link of the chain: the digests of some rows, by id. until: later rows are of this transaction or a later one.

    oldest_at: when the oldest of its rows was written. previous: the hash of the seal before it.
    """

    number: int
    sealed_at: datetime
    oldest_at: datetime
    until: int
    rows: Sequence[int]
    digests: Sequence[bytes]
    previous: bytes
    hash: bytes = b""

    def closed(self) -> Self:
        """The seal with its hash."""
        return replace(self, hash=self.expected_hash)

    @property
    def expected_hash(self) -> bytes:
        """The hash of all that the seal says."""
        moments = (self.sealed_at.astimezone(UTC), self.oldest_at.astimezone(UTC))
        digests = [each.hex() for each in self.digests]
        said = (self.number, *moments, self.until, [*self.rows], digests, self.previous.hex())
        return sha256(orjson.dumps(said)).digest()

    def __str__(self) -> str:
        """As people keep it elsewhere."""
        return f"{self.number}:{self.hash.hex()}"


def seal(rows: Sequence[Row], last: Seal | None, until: int, sealed_at: datetime) -> Seal:
    """The seal over these rows, after the last one."""
    return Seal(
        number=last.number + 1 if last else 1,
        sealed_at=sealed_at,
        oldest_at=min(row["at"] for row in rows),
        until=until,
        rows=[row["id"] for row in rows],
        digests=[digest(row) for row in rows],
        previous=last.hash if last else FIRST,
    ).closed()


def broken_links(seal: Seal, last: Seal | None) -> Iterator[str]:
    """What is wrong with a seal that comes after `last`, the last one that was found."""
    before = last.number if last else 0
    yield from (f"seal {number} is missing" for number in range(before + 1, seal.number))
    if seal.hash != seal.expected_hash:
        yield f"seal {seal.number} was changed"
    if seal.number == before + 1 and seal.previous != (last.hash if last else FIRST):
        yield f"seal {seal.number} does not follow seal {before}: one of them was written anew"


def broken_rows(seal: Seal, rows: Mapping[int, Row], kept_since: datetime) -> Iterator[str]:
    """What is wrong with the rows of a seal. rows: those that are there, by id. kept_since: older ones may be gone."""
    for id, expected in zip(seal.rows, seal.digests, strict=False):
        if id not in rows:
            if seal.oldest_at >= kept_since:
                yield f"row {id} is missing: seal {seal.number} holds it"
        elif digest(rows[id]) != expected:
            yield f"row {id} was changed after seal {seal.number}"
