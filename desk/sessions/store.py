"""Sessions in the database. A cookie opens one: its digest is stored, not the cookie; person and tokens are sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import orjson
from psycopg import Connection

from desk.sessions.rules import IDLE, LONGEST, Capacity, Person, Session, Tokens
from shared.keys import Keys
from shared.postgres import Row, Store, load_queries

COOKIE_BYTES = 32


class Opened(NamedTuple):
    """A new session and the cookie that opens it, which is nowhere else."""

    cookie: str
    session: Session


@dataclass(frozen=True)
class PersonsSession:
    """A session as its person sees it in a list."""

    id: UUID
    began_at: datetime
    used_at: datetime
    is_this: bool


class SessionStore(Store):
    """The sessions, in the transaction of a connection."""

    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def __init__(self, connection: Connection[Any], keys: Keys) -> None:
        super().__init__(connection)
        self._keys = keys

    def begin(self, person: Person, tokens: Tokens, provider_session: str | None) -> Opened:
        """A session with a cookie of its own, whatever cookie the browser had before."""
        cookie = token_urlsafe(COOKIE_BYTES)
        digest = digest_of(cookie)
        row = {
            "digest": digest,
            "id": uuid4(),
            "person_id": person.id,
            "provider_session": provider_session,
            "sealed": self._sealed(digest, person, tokens),
        }
        self.execute("add", {**row, "longest": LONGEST})
        opened = self.find(cookie)
        assert opened
        return Opened(cookie, opened)

    def find(self, cookie: str) -> Session | None:
        """The session that the cookie opens, unless it has ended. Raises Unreadable if its key is gone."""
        row = self.fetch_one("find", {"digest": digest_of(cookie), "idle": IDLE})
        return self._session(row) if row else None

    def lock(self, session: Session) -> Session | None:
        """The session as it is now, for this transaction alone; None if it has ended meanwhile."""
        row = self.fetch_one("lock", {"digest": session.digest, "idle": IDLE})
        return self._session(row) if row else None

    def use(self, session: Session) -> None:
        self.execute("use", {"digest": session.digest})

    def renew(self, session: Session, person: Person, tokens: Tokens) -> Session:
        """The session with renewed tokens."""
        sealed = self._sealed(session.digest, person, tokens)
        self.execute("renew", {"digest": session.digest, "sealed": sealed})
        return replace(session, person=person, tokens=tokens)

    def choose(self, session: Session, capacity: Capacity) -> None:
        chosen = {"house": capacity.house, "standing_in_for": capacity.standing_in_for}
        self.execute("choose", {"digest": session.digest, **chosen})

    def of_person(self, session: Session) -> list[PersonsSession]:
        """All sessions of the person of this one."""
        asked = {"person_id": session.person.id, "digest": session.digest, "idle": IDLE}
        return self.fetch_all("of_person", asked, PersonsSession)

    def end(self, session: Session) -> None:
        self.execute("end", {"digest": session.digest})

    def end_of_cookie(self, cookie: str) -> None:
        """End the session that the cookie opens, if there is one."""
        self.execute("end", {"digest": digest_of(cookie)})

    def end_of_person(self, session: Session) -> list[Tokens]:
        """End all sessions of the person of this one; gives the tokens that they had."""
        rows = self.fetch_all("end_of_person", {"person_id": session.person.id})
        return [self._opened(row)[1] for row in rows]

    def end_by_provider(self, person_id: str | None, provider_session: str | None, said_at: datetime) -> int:
        """End the sessions that began before `said_at`: one at the provider, or all of a person. Gives their number."""
        told = {"person_id": person_id, "provider_session": provider_session, "said_at": said_at}
        return len(self.fetch_all("end_by_provider", told))

    def forget_ended(self) -> int:
        """Delete the sessions that have ended by themselves; gives their number."""
        return len(self.fetch_all("forget_ended", {"idle": IDLE}))

    def _session(self, row: Row) -> Session:
        person, tokens = self._opened(row)
        del row["sealed"]
        return Session(person=person, tokens=tokens, **row)

    def _sealed(self, digest: bytes, person: Person, tokens: Tokens) -> bytes:
        content = orjson.dumps({"person": asdict(person), "tokens": asdict(tokens)}, default=sorted)
        return self._keys.seal(content, b"session " + digest)

    def _opened(self, row: Row) -> tuple[Person, Tokens]:
        content = orjson.loads(self._keys.open(bytes(row["sealed"]), b"session " + bytes(row["digest"])))
        return _person(content["person"]), _tokens(content["tokens"])


def digest_of(cookie: str) -> bytes:
    return sha256(cookie.encode()).digest()


def _person(stored: Mapping[str, Any]) -> Person:
    functions = {house: frozenset(functions) for house, functions in stored["functions"].items()}
    stand_ins = tuple(_stand_in(**each) for each in stored.get("stand_ins", ()))
    return Person(stored["id"], stored["name"], stored["organisation"], functions, stand_ins)


def _stand_in(*, functions: Sequence[str], until: str, **of: str) -> Capacity:
    return Capacity(functions=frozenset(functions), until=date.fromisoformat(until), **of)


def _tokens(stored: Mapping[str, Any]) -> Tokens:
    return Tokens(stored["access"], stored["refresh"], datetime.fromisoformat(stored["expires_at"]))
