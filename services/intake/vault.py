"""Keeps person data unreadable in the database, and lets equal people be found without reading them."""

import os
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from psycopg import Connection

from shared.postgres import Statements, Store

NONCE_BYTES = 12
KEYS_OF_A_BATCH = 256
"""So many subjects' keys are kept unwrapped: what a message tells of somebody is sealed and opened several times."""


class Unreadable(Exception):
    """What is stored was not sealed with this key, for this subject, for this purpose."""


class Vault:
    """A data key for each subject, wrapped by the master key; blind indexes by a key of their own. Both 32 bytes."""

    def __init__(self, master_key: bytes, index_key: bytes) -> None:
        self._master = AESGCM(master_key)
        self._unwrapped = lru_cache(KEYS_OF_A_BATCH)(self._unwrap)
        self._index = HMAC(index_key, SHA256())

    def new_data_key(self, subject_id: UUID) -> bytes:
        """A fresh key, wrapped: it is kept with the subject, and goes when the subject goes."""
        return _seal(self._master, AESGCM.generate_key(256), _context(subject_id, "data_key"))

    def seal(self, content: bytes, subject_id: UUID, data_key: bytes, purpose: str) -> bytes:
        """Sealed for one purpose of one subject; elsewhere it can't be opened. `data_key` is wrapped."""
        return _seal(self._unwrapped(subject_id, data_key), content, _context(subject_id, purpose))

    def open(self, sealed: bytes, subject_id: UUID, data_key: bytes, purpose: str) -> bytes:
        """Raises Unreadable."""
        return _open(self._unwrapped(subject_id, data_key), sealed, _context(subject_id, purpose))

    def blind_index(self, house: str, kind: str, value: str) -> bytes:
        """The same for the same trait in the same house, and of no use to whoever lacks the key."""
        text = "\0".join((house, kind, value))
        index = self._index.copy()  # the key is set up once
        index.update(text.encode())
        return index.finalize()

    def _unwrap(self, subject_id: UUID, data_key: bytes) -> AESGCM:
        return AESGCM(_open(self._master, data_key, _context(subject_id, "data_key")))


class SealedStore(Store):
    """Base of a store of person data, which goes in readable, stands sealed in the database, and comes out readable."""

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements)
        self._vault = vault


def _context(subject_id: UUID, purpose: str) -> bytes:
    return subject_id.bytes + purpose.encode()


def _seal(cipher: AESGCM, content: bytes, context: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, content, context)


def _open(cipher: AESGCM, sealed: bytes, context: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
    except (InvalidTag, ValueError):
        raise Unreadable("was not sealed with this key for this place") from None
