"""Encryption of message bodies at rest (outbox, postponed, parked, stored answers), and hashes of what they say."""

from hashlib import sha256

from shared.keys import Keys, Unreadable

INBOX = "inbox"
"""The place of the hashes by which messages that come again are known."""


class Sealer:
    """Seals with a service's MESSAGE_KEY. A sealed body can only be opened for the place it was sealed for."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    def seal(self, body: bytes, place: str) -> bytes:
        """place: the name of the table, authenticated with the body."""
        return self.keys.seal(body, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The body. Raises ValueError if it was not sealed with one of the keys for this place."""
        try:
            return self.keys.open(sealed, place.encode())
        except Unreadable:
            raise ValueError(f"the body was not sealed for {place} with one of these keys") from None

    def hash(self, content: bytes, place: str) -> bytes:
        """By what the same content is known, and nothing is guessed without the key."""
        return self.keys.hash(content, place.encode())

    def fingerprint(self, content: bytes, place: str) -> bytes:
        """The same; without key while the key has no number, because the version before knows no other."""
        return self.hash(content, place) if self.keys.are_numbered else sha256(content).digest()

    def is_of(self, stored: bytes, content: bytes, place: str) -> bool:
        """Whether a stored hash is of this content. One of a key that is gone counts as such, as its id is the same."""
        hashed = self.keys.hash_like(stored, content, place.encode())
        return hashed is None or stored in (hashed, sha256(content).digest())
