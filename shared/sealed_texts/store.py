"""The sealed texts of a service, on one transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, Protocol
from uuid import UUID

from psycopg import Connection
from uuid_utils.compat import uuid7

from shared.keys import Keys
from shared.messaging.unit import OfCase
from shared.postgres import Row, Statements, Store, load_queries
from shared.sealed_texts.references import Rows, opened, reference, referred
from shared.sealed_texts.sealing import Place, open_text, seal


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedText:
    """One version of a text. A newer version has the same text_id, case and kind; the older one stays.

    kind: a word of the service, such as `concern`. organisation, person: the author; person is an opaque id, None for
    an organisation's system, or if the row that refers to the text says who wrote it. written_at: when the author
    wrote it, as its sender says. text: None once it is erased.
    """

    text_id: UUID
    house: str
    case_id: UUID
    kind: str
    organisation: str
    person: str | None = None
    written_at: datetime
    text: str | None

    @classmethod
    def by(
        cls, author: "Author", case_id: UUID, kind: str, text: str, *, at: datetime, text_id: UUID | None = None
    ) -> "SealedText":
        """What a person writes about a case of the house for which the person acts."""
        return cls(
            text_id=text_id or uuid7(),
            house=author.house,
            case_id=case_id,
            kind=kind,
            organisation=author.organisation,
            person=author.id,
            written_at=at,
            text=text,
        )


class Author(Protocol):
    """The caller of a command."""

    @property
    def id(self) -> str: ...

    @property
    def house(self) -> str: ...

    @property
    def organisation(self) -> str: ...


class About(NamedTuple):
    """Whose text it is. case_id: of a session or briefing, which has several cases, its own id."""

    house: str
    case_id: UUID


CLEAR = tuple(field.name for field in fields(SealedText) if field.name != "text")


class TextStore(Store):
    """Texts go in readable, stand sealed in the database, and come out readable. master: the service's MASTER_KEY."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_versions",)

    def __init__(self, statements: Statements | Connection[Any], master: Keys) -> None:
        super().__init__(statements)
        self._master = master

    def write(self, version: SealedText) -> None:
        """Write a text, or a newer version of one. Those of a batch are written with one statement."""
        place = Place(version.text_id, uuid7(), version.case_id, version.kind)
        data_key, sealed = seal(version.text or "", place, self._master)
        row = {name: getattr(version, name) for name in CLEAR}
        self.later("add_versions", row | {"version_id": place.version_id, "data_key": data_key, "sealed": sealed})

    def keep(self, about: OfCase, kind: str, text: str | None) -> str | None:
        """Seal a text of one version. Returns the reference that takes its place in the column, or what is empty."""
        if not text:
            return text
        version = SealedText(
            text_id=uuid7(),
            house=about.house,
            case_id=about.case_id,
            kind=kind,
            organisation=about.house,
            written_at=datetime.now(UTC),
            text=text,
        )
        self.write(version)
        return reference(version.text_id)

    def open_columns(self, rows: Sequence[Row], columns: Collection[str]) -> list[Row]:
        """The rows with the texts of these columns in place of references. An erased text is empty."""
        text_ids = referred(rows, columns)
        if not text_ids:
            return list(rows)
        texts = {version.text_id: version.text or "" for version in self._opened("referred", {"text_ids": text_ids})}
        return opened(rows, columns, texts)

    def read(self, house: str, text_ids: Sequence[UUID]) -> list[SealedText]:
        """All versions of some texts of a house, the oldest first. Raises Unreadable if MASTER_KEY has changed."""
        return self._opened("versions", {"house": house, "text_ids": list(text_ids)})

    def of_cases(self, house: str, case_ids: Sequence[UUID]) -> list[SealedText]:
        """All versions of all texts of some cases of a house, the oldest first. Raises Unreadable."""
        return self._opened("versions_of_cases", {"house": house, "case_ids": list(case_ids)})

    def move(self, house: str, text_ids: Sequence[UUID], case_id: UUID) -> None:
        """Seal some texts of a house anew, as texts of another case. What is erased goes. Raises Unreadable."""
        versions = [version for version in self.read(house, text_ids) if version.text is not None]
        self.execute("delete_versions", {"house": house, "text_ids": list(text_ids)})
        for version in versions:
            self.write(replace(version, case_id=case_id))

    def erase(self, case_ids: Sequence[UUID]) -> None:
        """Destroy the keys of all texts of some cases. That there were texts, of whom and when, stays."""
        self.execute("erase", {"case_ids": list(case_ids)})

    def newest(self, house: str, text_ids: Sequence[UUID]) -> dict[UUID, str]:
        """The newest version of each of these texts, by id. Left out: what is erased. Raises Unreadable."""
        return {version.text_id: version.text for version in self.read(house, text_ids) if version.text is not None}

    def _opened(self, query: str, parameters: dict[str, Any]) -> list[SealedText]:
        return [self._open(**row) for row in self.fetch_all(query, parameters)]

    def _open(self, *, version_id: UUID, data_key: bytes, sealed: bytes, **row: Any) -> SealedText:
        place = Place(row["text_id"], version_id, row["case_id"], row["kind"])
        text = open_text(sealed, data_key, place, self._master) if data_key else None
        return SealedText(**row, text=text)


class StoreWithTexts(Store):
    """Base of a store with sealed texts. `unit.store` gives it the texts of the transaction.

    sealed_columns: the names of columns that hold references to texts of one version, and of the parameters for them.
    Queries that read these columns give the texts; all texts of a query are read with one statement.
    """

    sealed_columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, statements: Statements | Connection[Any], texts: TextStore) -> None:
        super().__init__(statements)
        self._texts = texts

    def _sealed(self, about: OfCase, row: Row) -> Row:
        """The parameters with references in place of the texts, which are sealed. The kind of a text is its name."""
        texts = {name: row[name] for name in self.sealed_columns if name in row}
        return row | {name: self._texts.keep(about, name, text) for name, text in texts.items()}

    def _read(self, query: str, parameters: Any = None, make_row: Any = None, prepare: bool | None = None) -> Any:
        if not any(column in self.queries[query] for column in self.sealed_columns):
            return super()._read(query, parameters, make_row, prepare)
        rows = super()._read(query, parameters, None, prepare).fetchall()
        return Rows(self._texts.open_columns(rows, self.sealed_columns), make_row)
