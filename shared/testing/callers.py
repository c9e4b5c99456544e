"""Callers of a service's HTTP API. In tests, a caller's token is its name."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any


def token_file(directory: Path, callers: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write a file for `API_TOKENS` in the directory. callers: house and roles by name."""
    file = directory / "tokens.json"
    tokens = [{"token_sha256": sha256(name.encode()).hexdigest(), "name": name, **who} for name, who in callers.items()]
    file.write_text(json.dumps(tokens))
    return file
