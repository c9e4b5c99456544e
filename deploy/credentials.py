"""Every password, key and token of an installation: drawn at random once, kept in one file."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex, token_urlsafe
from typing import Any

from deploy.identity.persons import Directory
from deploy.topology import DESK, Topology
from shared.postgres.roles import owner_of

ROLES = (
    "intake_officer",
    "information_coordinator",
    "weighing_team",
    "process_director",
    "aftercare_coordinator",
    "chain_manager",
    "reader",
    "operator",
    "parking_officer",
    "privacy_officer",
    "theme_role",
)
SECOND = "second_"
"""Before a role: its other holder. What one intake officer asks for, another one confirms."""
HOLDERS = (*ROLES, f"{SECOND}intake_officer")
LOCAL_CLUSTER = "local"
INTAKE_KEYS = ("INDEX_KEY",)
MASTER_KEY = "MASTER_KEY"


@dataclass(frozen=True)
class Credentials:
    """All of them in clear text; keys are base64 of 32 bytes, with a number in front."""

    postgres: dict[str, str]  # the superuser's, by cluster: the local stack's one, in Compose one for each database
    databases: dict[str, str]  # by role
    broker: dict[str, str]  # by user
    message_keys: dict[str, str]  # by service
    master_keys: dict[str, str]  # by service
    intake_keys: dict[str, str]  # by setting
    tokens: dict[str, dict[str, str]]  # by house and holder of a role
    former_tokens: dict[str, dict[str, str]] = field(default_factory=dict)  # valid beside them, while these are rotated
    former_postgres: dict[str, str] = field(default_factory=dict)  # with which a cluster is entered to set the new ones
    session_key: str = ""  # with which the desk seals tokens and drafts
    cookie: str = ""  # the Erlang cookie of the local stack's broker
    persons: dict[str, str] = field(default_factory=dict)  # passwords of the invented persons, by login
    clients: dict[str, str] = field(default_factory=dict)  # of the desk and of programs at the identity provider, by id
    identity_key: str = ""  # with which the local stack's identity provider signs

    @classmethod
    def provide(cls, path: Path, topology: Topology, invented: Directory | None = None) -> "Credentials":
        """Reads the file, draws what it lacks (a new house, a new partner), and writes it back for its owner only.

        invented: the persons who can sign in on a development machine; None draws nothing for them.
        """
        known = _known(path) if path.exists() else {}
        credentials = cls.complete(known, topology, invented)
        write_private(path, json.dumps(asdict(credentials), indent=1))
        return credentials

    @classmethod
    def read(cls, path: Path) -> "Credentials":
        return cls(**_known(path))

    @classmethod
    def complete(cls, known: dict[str, Any], topology: Topology, invented: Directory | None = None) -> "Credentials":
        roles = [role for database in topology.databases for role in (database, owner_of(database))]
        tokens = known.get("tokens", {})
        return cls(
            postgres=_draw(known.get("postgres"), [LOCAL_CLUSTER, *topology.databases], token_urlsafe),
            databases=_draw(known.get("databases"), roles, token_urlsafe),
            broker=_draw(known.get("broker"), topology.users, token_urlsafe),
            message_keys=_draw(known.get("message_keys"), topology.services, draw_key),
            master_keys=_draw(known.get("master_keys"), topology.services, draw_key),
            intake_keys=_draw(known.get("intake_keys"), INTAKE_KEYS, draw_key),
            tokens={house: _draw(tokens.get(house), HOLDERS, token_urlsafe) for house in topology.houses},
            former_tokens=known.get("former_tokens", {}),
            former_postgres=known.get("former_postgres", {}),
            session_key=known.get("session_key") or draw_key(),
            cookie=known.get("cookie") or token_urlsafe(),
            persons=_draw(known.get("persons"), invented.logins if invented else (), draw_password),
            clients=_draw(known.get("clients"), [DESK, *(invented.clients if invented else ())], token_urlsafe),
            identity_key=known.get("identity_key") or (draw_key() if invented else ""),
        )

    def api_tokens(self) -> list[dict[str, Any]]:
        """The file that services check callers against: each token's hash, with its house and role."""
        return [
            _token_entry(token, house, holder)
            for valid in (self.tokens, self.former_tokens)
            for house, tokens in valid.items()
            for holder, token in tokens.items()
        ]


def _token_entry(token: str, house: str, holder: str) -> dict[str, Any]:
    """What services know of a token, which does not end by itself."""
    return {
        "token_sha256": sha256(token.encode()).hexdigest(),
        "name": holder.replace("_", "-"),
        "house": house,
        "roles": [holder.removeprefix(SECOND)],
    }


def _known(path: Path) -> dict[str, Any]:
    """What the file says. Of the time when only intake had a MASTER_KEY, the file keeps it among intake's keys."""
    known: dict[str, Any] = json.loads(path.read_text())
    if MASTER_KEY in known["intake_keys"]:
        known["master_keys"] = {"intake": known["intake_keys"].pop(MASTER_KEY)}
    return known


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read; one that was there before stays whole until the new one is."""
    new = path.with_name(f"{path.name}.new")
    new.touch(mode=0o600)
    new.write_text(text)
    new.replace(path)


def _draw(known: dict[str, str] | None, names: Iterable[str], draw: Callable[[], str]) -> dict[str, str]:
    return {name: (known or {}).get(name) or draw() for name in names}


def draw_password() -> str:
    """A password that a person types."""
    return "-".join(token_hex(2) for _ in range(4))


def draw_key(number: int = 1) -> str:
    """A new key with this number."""
    return f"{number}:{b64encode(token_bytes(32)).decode()}"
