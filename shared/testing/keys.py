"""A key for tests: as a setting has it, and parsed."""

from base64 import b64encode

from shared.keys import Keys


def key_text(secret: bytes, number: int = 1) -> str:
    """The setting that holds this key alone."""
    return f"{number}:{b64encode(secret).decode()}"


KEY_TEXT = key_text(bytes(32))
KEYS = Keys.parse(KEY_TEXT)
