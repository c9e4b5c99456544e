"""Links between the ids of records, and the groups that they connect."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from shared.postgres import Row, Statements, Store, load_queries

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two records of a house, each a subject with its case."""

    house: str
    merge_id: UUID
    subjects: Pair
    cases: Pair


class AliasStore(Store):
    """Knows the groups that its transaction has read. A subject's group holds subjects, a case's group cases.

    With `load` a batch reads the groups of all ids that it is going to ask for at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def __init__(self, statements: Statements) -> None:
        super().__init__(statements)
        self._groups: dict[UUID, tuple[UUID, ...]] = {}

    def begin(self, link: Link, on: date) -> None:
        """Keep a link from that day on, unless its end was told already. A repetition changes nothing."""
        self._write("begin", link, on)

    def end(self, link: Link, on: date) -> None:
        """Keep that a link ended; its beginning may not be told yet. A repetition changes nothing."""
        self._write("end", link, on)

    def load(self, ids: Collection[UUID]) -> None:
        """Read which ids belong with each of these."""
        others: dict[UUID, list[UUID]] = {id: [] for id in ids}
        for row in self.fetch_all("others", {"ids": list(ids)}):
            others[row["given"]].append(row["id"])
        for id in ids:
            members = [id, *others[id]]
            self._groups |= {member: (member, *(each for each in members if each != member)) for member in members}

    def group(self, id: UUID) -> tuple[UUID, ...]:
        """The ids of one person by links in force: the given id first. Most people have one id."""
        if id not in self._groups:
            self.load([id])
        return self._groups[id]

    def person(self, id: UUID) -> UUID:
        """The least id of the group: the same for all ids of one person."""
        return min(self.group(id))

    def all_of(self, ids: Iterable[UUID]) -> list[UUID]:
        """The ids of all groups of these ids, each once."""
        return list(dict.fromkeys(member for id in ids for member in self.group(id)))

    def _write(self, query: str, link: Link, on: date) -> None:
        self.execute(query, _row(link) | {"on": on})
        self._groups.clear()


def _row(link: Link) -> Row:
    """As columns, with each pair in both directions: an id finds its aliases in one index."""
    pairs = [link.subjects, link.subjects[::-1], link.cases, link.cases[::-1]]
    ids, aliases = zip(*pairs, strict=True)
    return {"house": link.house, "merge_id": link.merge_id, "ids": list(ids), "aliases": list(aliases)}
