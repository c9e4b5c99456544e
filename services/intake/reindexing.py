"""`python -m services.intake.reindexing`: puts under the INDEX_KEY in use what stands under an older one.

A blind index is made anew of what is known: the claims of a subject, the particulars of a referral. Settings come from
intake's environment: DATABASE_URL and the keys. Intake keeps working meanwhile, and the command may be stopped and
begun again at any moment. Exit status 0: nothing is left under another key.
"""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from psycopg import Connection

from services.intake.house import form_of
from services.intake.referrals.handlers import SET_ASIDE
from services.intake.referrals.messages import SAME_WHEN_TOLD_AGAIN
from services.intake.referrals.store import PARTICULARS, ReferralStore
from services.intake.sealed_referrals.store import SealedReferralStore
from services.intake.subjects.recognition import Trait, likenesses, traits
from services.intake.subjects.rules import Claim, KnownSubject
from services.intake.subjects.store import LIKENESS, SubjectStore
from services.intake.vault import Vault
from shared.configuration import setting
from shared.configuration.service import key_that
from shared.keys import Keys
from shared.messaging.resealing import STEP, KeySettings, is_rotated, main, renew
from shared.messaging.sealing import Sealer
from shared.postgres import Store, load_queries
from shared.sealed_texts import TextStore

Row = Mapping[str, Any]
BEFORE_ALL: Row = {"house": "", "index": b"", "id": UUID(int=0)}
TABLES = ("traits", "likenesses", "told", "set_aside")


@dataclass(frozen=True, kw_only=True)
class IndexKeySettings(KeySettings):
    """Four of intake's own settings."""

    index_key: Keys = setting("INDEX_KEY", key_that("finds subjects unread"), parse=Keys.parse, secret=True)


class IndexStore(Store):
    """The blind indexes that stand under another key than the one in use, whose mark is given."""

    queries = load_queries(Path(__file__).with_suffix(".sql"))

    def otherwise(self, table: str, mark: bytes, after: Row) -> Sequence[Row]:
        """The next of them in this table, locked."""
        return self.fetch_all(table, {**after, "mark": mark, "step": STEP})

    def renew(self, table: str, row: Row, new: bytes) -> None:
        self.execute(f"renew_{table}", {**row, "new": new})

    def left(self, mark: bytes) -> int:
        row = self.fetch_one("left", {"mark": mark})
        return int(row["left"]) if row else 0


class Reindexing:
    """The keys and the connection, in autocommit, with which the indexes are made anew."""

    def __init__(self, connection: Connection[Any], settings: IndexKeySettings) -> None:
        self._connection = connection
        self._keys, self._mark = settings.index_key, settings.index_key.mark
        self._vault = Vault(settings.master_key, settings.index_key)
        self._sealer, self._master = Sealer(settings.message_key), settings.master_key
        self._found: dict[str, Collection[str]] = {}

    def finish(self) -> int:
        """Returns how many are left: those that follow from nothing known, and those just made with another key.

        Raises ResealingError if a key without number is in use beside others.
        """
        if not is_rotated(self._keys):
            return 0
        renew(self._connection, [partial(self._step, table) for table in TABLES])
        return IndexStore(self._connection).left(self._mark)

    def _step(self, table: str, after: Row | None) -> tuple[int, Row | None]:
        store = IndexStore(self._connection)
        rows = store.otherwise(table, self._mark, after or BEFORE_ALL)
        renewed = [(row, new) for row, new in zip(rows, self._renewed(table, rows), strict=True) if new]
        for row, new in renewed:
            store.renew(table, row, new)
        return len(renewed), rows[-1] if len(rows) == STEP else None

    def _renewed(self, table: str, rows: Sequence[Row]) -> Iterator[bytes | None]:
        """For each row its new index; None if the old one follows from nothing that is known."""
        subjects = SubjectStore(self._connection, self._vault)
        if table in ("traits", "likenesses"):
            for house in {row["house"] for row in rows}:
                subjects.load_subjects(house, {row["id"] for row in rows if row["house"] == house})
        for row in rows:
            indexes = self._of_subject(row, subjects) if table in ("traits", "likenesses") else self._of_told(row)
            yield next((new for new, *others in indexes if row["index"] in others), None)

    def _of_subject(self, row: Row, subjects: SubjectStore) -> Iterator[tuple[bytes, ...]]:
        known = subjects.subject(row["house"], row["id"])
        if known is None:
            return
        for claim in known.claims:
            for trait in self._traits(claim, row["house"], known):
                yield self._vault.blind_indexes(row["house"], trait.index_kind, trait.value)
            for likeness in likenesses(claim.said):
                yield self._vault.blind_indexes(row["house"], LIKENESS, likeness)

    def _traits(self, claim: Claim, house: str, known: KnownSubject) -> Iterator[Trait]:
        """In a sealed matter those of each theme that it may be of."""
        for theme in self._themes(house) if known.sealed else (None,):
            yield from traits(claim.said, claim.partner, theme=theme)

    def _themes(self, house: str) -> Collection[str]:
        """Those of the house's sealed referrals; the empty one is of before each theme knew its own people."""
        if house not in self._found:
            sealed = SealedReferralStore(self._connection, self._vault).sealed_referrals(house)
            self._found[house] = {"", *(each.theme for each in sealed)}
        return self._found[house]

    def _of_told(self, row: Row) -> Iterator[tuple[bytes, ...]]:
        """Of a referral, or of one that waits for a person, whose whole message is kept."""
        form = form_of(row["kind"])
        if "body" in row:
            alternatives: Sequence[Sequence[str]] = [[self._sealer.open(row["body"], SET_ASIDE).hex()]]
        else:
            content = self._vault.open(row["particulars"], row["subject_id"], row["data_key"], PARTICULARS)
            told = self._texts_of(row) | orjson.loads(content)
            alternatives = [[str(told[name]) for name in names] for names in SAME_WHEN_TOLD_AGAIN[form]]
        referrals = ReferralStore(self._connection, self._vault)
        for same in alternatives:
            yield referrals.told_indexes(row["house"], form, row["referrer"], same)

    def _texts_of(self, row: Row) -> dict[str, Any]:
        """What came with the referral first, by the name of its field."""
        texts = TextStore(self._connection, self._master).read(row["house"], [row["id"]])
        return {text.kind: text.text for text in texts[:1]}


def reindex(connection: Connection[Any], settings: IndexKeySettings) -> int:
    return Reindexing(connection, settings).finish()


if __name__ == "__main__":
    sys.exit(main(IndexKeySettings, reindex))
