from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from werkzeug.exceptions import Unauthorized

from shared.web.call import Caller
from shared.web.tokens import Tokens, TokensError

ENTRY = {
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


def test_a_token_tells_who_calls(file: Path) -> None:
    caller = Caller("weegploeg", "hollands-midden", frozenset({"weighing_team"}))
    assert Tokens.load(file).caller("Bearer secret") == caller


def test_the_hash_itself_is_not_a_token(file: Path) -> None:
    with pytest.raises(Unauthorized):
        Tokens.load(file).caller(f"Bearer {ENTRY['token_sha256']}")


@pytest.mark.parametrize("content", [b"", b"{}", orjson.dumps([{**ENTRY, "token_sha256": "secret"}])])
def test_a_file_that_cannot_be_used_is_refused_without_telling_what_it_holds(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(TokensError) as refusal:
        Tokens.load(file)
    assert "secret" not in str(refusal.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(TokensError, match=r"missing\.json"):
        Tokens.load(tmp_path / "missing.json")
