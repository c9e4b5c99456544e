from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
import pytest
from werkzeug.exceptions import Unauthorized

from shared.testing.callers import token_caller
from shared.web.tokens import TokenFile, Tokens, TokensError

ENTRY: dict[str, Any] = {
    "token_sha256": sha256(b"secret").hexdigest(),
    "name": "weegploeg",
    "house": "hollands-midden",
    "roles": ["weighing_team"],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tokens.json"
    path.write_bytes(orjson.dumps([ENTRY]))
    return path


def owner(tokens: Tokens, token: str) -> str | None:
    identity = tokens.identity(token)
    return identity.name if identity else None


def test_a_token_tells_who_calls(file: Path) -> None:
    identity = Tokens.load(file).identity("secret")
    assert identity
    assert identity.acting_for(None) == token_caller("weegploeg", "hollands-midden", {"weighing_team"})


def test_the_hash_itself_is_not_a_token(file: Path) -> None:
    assert Tokens.load(file).identity(ENTRY["token_sha256"]) is None


def test_a_token_is_refused_from_the_moment_on_at_which_it_ends(file: Path) -> None:
    for hours, is_valid in ((1, True), (-1, False)):
        ends = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
        file.write_bytes(orjson.dumps([{**ENTRY, "expires_at": ends}]))
        if is_valid:
            assert owner(Tokens.load(file), "secret") == "weegploeg"
        else:
            with pytest.raises(Unauthorized, match=r"This token expired at 20.*T.*\+00:00\."):
                Tokens.load(file).identity("secret")


@pytest.mark.parametrize("expires_at", ["soon", "2027-01-31", "2027-01-31T17:00:00", 1800000000])
def test_a_file_with_no_moment_in_a_time_zone_is_refused(file: Path, expires_at: object) -> None:
    file.write_bytes(orjson.dumps([{**ENTRY, "expires_at": expires_at}]))
    with pytest.raises(TokensError, match="expires_at"):
        Tokens.load(file)


def test_a_service_that_runs_takes_another_file_at_once(file: Path) -> None:
    token_file = TokenFile(file)
    assert owner(token_file.tokens, "secret") == "weegploeg"
    file.write_bytes(orjson.dumps([{**ENTRY, "token_sha256": sha256(b"newer").hexdigest()}]))
    assert owner(token_file.tokens, "newer") == "weegploeg"
    assert owner(token_file.tokens, "secret") is None


def test_a_service_goes_on_with_the_tokens_before_while_the_file_cannot_be_used(file: Path) -> None:
    token_file = TokenFile(file)
    for spoil in (partial(file.write_bytes, b"[{"), file.unlink):
        spoil()
        assert owner(token_file.tokens, "secret") == "weegploeg"
    file.write_bytes(b"[]")
    assert owner(token_file.tokens, "secret") is None


@pytest.mark.parametrize("content", [b"", b"{}", orjson.dumps([{**ENTRY, "token_sha256": "secret"}])])
def test_a_file_that_cannot_be_used_is_refused_without_telling_what_it_holds(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(TokensError) as refusal:
        Tokens.load(file)
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TokensError, match=r"missing\.json"):
        Tokens.load(tmp_path / "missing.json")
