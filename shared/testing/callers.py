"""Callers of a service's HTTP API. In tests, a caller's token is its name."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from shared.web.call import TOKEN_FILE, Caller


def token_file(directory: Path, callers: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write a file for `API_TOKENS` in the directory. callers: house and roles by name."""
    file = directory / "tokens.json"
    tokens = [{"token_sha256": sha256(name.encode()).hexdigest(), "name": name, **who} for name, who in callers.items()]
    file.write_text(json.dumps(tokens))
    return file


def token_caller(name: str, house: str, roles: Iterable[str] = ()) -> Caller:
    """The caller that a token of the file stands for."""
    return Caller(id=name, name=name, house=house, roles=frozenset(roles), organisation=house, origin=TOKEN_FILE)
