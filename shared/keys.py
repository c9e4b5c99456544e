"""The keys of one setting, for example MESSAGE_KEY=2:…,1:… - the first seals and hashes, each opens what it sealed.

What a key with a number seals or hashes begins with the mark of the key, `key 0002`. A key without a number is of the
time before numbers, and what it sealed has no mark.
"""

import os
from base64 import b64decode
from hashlib import blake2b
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
HASH_BYTES = 32
MARK_BYTES = len("key 0001")
NUMBERS = range(1, 10_000)


class Unreadable(ValueError):
    """The content was not sealed with one of these keys, or for another place."""


class Cipher:
    """AES-256-GCM. A context is authenticated with the content: in another context it can't be opened."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    def seal(self, content: bytes, context: bytes) -> bytes:
        """The nonce and the encrypted content."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises Unreadable."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
        except (InvalidTag, ValueError):
            raise Unreadable("was not sealed with this key for this place") from None


class Key(NamedTuple):
    """A key of 32 bytes. number: None for a key of the time before numbers."""

    secret: bytes
    number: int | None = None

    @property
    def mark(self) -> bytes:
        """What begins everything that the key seals or hashes."""
        return b"" if self.number is None else b"key %04d" % self.number

    @classmethod
    def parse(cls, text: str) -> "Key":
        """Parses `2:<32 bytes in base64>`, or the base64 alone. Raises ValueError."""
        number, colon, encoded = text.strip().rpartition(":")
        secret = b64decode(encoded, validate=True)
        if len(secret) != KEY_BYTES or (colon and int(number) not in NUMBERS):
            raise ValueError
        return cls(secret, int(number) if colon else None)


class Keys:
    """The keys of a setting; the first is the one in use."""

    def __init__(self, *keys: Key) -> None:
        """Raises ValueError if two keys have the same number."""
        self.all = keys
        self._secrets = {key.mark: key.secret for key in keys}
        if len(self._secrets) != len(keys):
            raise ValueError("two keys have the same number")
        self._ciphers = {key.mark: Cipher(key.secret) for key in keys}
        self.mark, self._cipher = keys[0].mark, self._ciphers[keys[0].mark]

    @classmethod
    def parse(cls, text: str) -> "Keys":
        """Parses keys with commas between them, the one in use first. Raises ValueError."""
        return cls(*map(Key.parse, text.split(",")))

    @property
    def are_numbered(self) -> bool:
        """Whether the key in use has a number."""
        return bool(self.mark)

    def seal(self, content: bytes, context: bytes) -> bytes:
        return self.mark + self._cipher.seal(content, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """Raises Unreadable."""
        mark = sealed[:MARK_BYTES]
        if mark in self._ciphers:
            return self._ciphers[mark].open(sealed[MARK_BYTES:], context)
        if b"" in self._ciphers:
            return self._ciphers[b""].open(sealed, context)
        raise Unreadable("was sealed with a key that is not here")

    def hash(self, content: bytes, purpose: bytes) -> bytes:
        """A hash that tells nothing to whoever lacks the key. purpose: at most 16 bytes."""
        return self._hash(content, purpose, self.mark)

    def hash_like(self, known: bytes, content: bytes, purpose: bytes) -> bytes | None:
        """The hash by the key that made the hash `known`; None if that key is gone."""
        mark = known[:-HASH_BYTES]
        return self._hash(content, purpose, mark) if mark in self._secrets else None

    def _hash(self, content: bytes, purpose: bytes, mark: bytes) -> bytes:
        return mark + blake2b(content, key=self._secrets[mark], digest_size=HASH_BYTES, person=purpose).digest()
