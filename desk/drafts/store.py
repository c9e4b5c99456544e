"""Drafts in the database, sealed: what somebody has typed in a form and not sent yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from psycopg import Connection
from werkzeug.datastructures import MultiDict

from desk.form_token import FIELD, FormToken
from shared.keys import Keys, Unreadable
from shared.postgres import Store, load_queries

KEPT = timedelta(days=7)
MOST_BYTES = 256 * 1024
MOST_OF_A_PERSON = 50


@dataclass(frozen=True)
class Draft:
    """The fields of a form as they were typed."""

    fields: MultiDict[str, str]
    saved_at: datetime


class DraftStore(Store):
    """The drafts, in the transaction of a connection."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def __init__(self, connection: Connection[Any], keys: Keys) -> None:
        super().__init__(connection)
        self._keys = keys

    def save(self, token: FormToken, fields: MultiDict[str, str]) -> bool:
        """Keep the fields for the form's tab. False if they are too large to be kept, or the form is done with."""
        content = orjson.dumps([(name, value) for name, value in fields.items(multi=True) if not name.endswith(FIELD)])
        if len(content) > MOST_BYTES:
            return False
        sealed = self._keys.seal(content, _context(token.person, token.form))
        is_kept = self.fetch_one("save", {**_place(token), "sealed": sealed}) is not None
        self.execute("keep_newest", {"person": token.person, "most": MOST_OF_A_PERSON})
        return is_kept

    def newest(self, person: str, form: str) -> Draft | None:
        """What the person typed last in this form."""
        row = self.fetch_one("newest", {"person": person, "form": form})
        if row is None:
            return None
        try:
            content = self._keys.open(bytes(row["sealed"]), _context(person, form))
        except Unreadable:
            return None
        return Draft(MultiDict(orjson.loads(content)), row["saved_at"])

    def close(self, token: FormToken) -> None:
        """The form was sent, or is thrown away: forget its drafts in all tabs, also one of this tab that comes late."""
        self.execute("close", _place(token))
        self.execute("delete", {"person": token.person, "form": token.form})

    def forget_old(self) -> int:
        """Delete the drafts that are older than KEPT; gives their number."""
        return len(self.fetch_all("forget_old", {"kept": KEPT}))


def _place(token: FormToken) -> dict[str, Any]:
    """Of the draft of one tab."""
    return {"person": token.person, "form": token.form, "key": token.key}


def _context(person: str, form: str) -> bytes:
    """A draft can be opened for the same person and form only."""
    return f"draft {person} {form}".encode()
