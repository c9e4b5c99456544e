"""Encryption of message bodies at rest (outbox, postponed, parked, stored answers)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Sealer:
    """AES-256-GCM with a service's key (32 bytes). A sealed body can only be opened for the place it was sealed for."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, body: bytes, place: str) -> bytes:
        """The nonce and the encrypted body. place: the name of the table, authenticated with the body."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, body, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """The body. Raises ValueError if it was not sealed with this key for this place."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except InvalidTag:
            raise ValueError(f"the body was not sealed for {place} with this key") from None
