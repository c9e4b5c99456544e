"""Keeps person data unreadable in the database, and lets equal people be found without reading them."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from psycopg import Connection

from shared.keys import Cipher, Keys
from shared.postgres import Statements, Store

KEYS_OF_A_BATCH = 256
"""So many subjects' keys are kept unwrapped: what a message tells of somebody is sealed and opened several times."""


class Vault:
    """A data key for each subject, wrapped by the master key; blind indexes by keys of their own."""

    def __init__(self, master: Keys, index: Keys) -> None:
        self._master = master
        self._unwrapped = lru_cache(KEYS_OF_A_BATCH)(self._unwrap)
        self._indexes = [(key.mark, HMAC(key.secret, SHA256())) for key in index.all]

    def new_data_key(self, subject_id: UUID) -> bytes:
        """A fresh key, wrapped: it is kept with the subject, and goes when the subject goes."""
        return self._master.seal(AESGCM.generate_key(256), wrapped_for(subject_id))

    def seal(self, content: bytes, subject_id: UUID, data_key: bytes, purpose: str) -> bytes:
        """Sealed for one purpose of one subject; elsewhere it can't be opened. `data_key` is wrapped."""
        return self._unwrapped(subject_id, data_key).seal(content, _context(subject_id, purpose))

    def open(self, sealed: bytes, subject_id: UUID, data_key: bytes, purpose: str) -> bytes:
        """Raises Unreadable."""
        return self._unwrapped(subject_id, data_key).open(sealed, _context(subject_id, purpose))

    def blind_indexes(self, house: str, kind: str, value: str) -> tuple[bytes, ...]:
        """The same for the same trait in the same house, and of no use to whoever lacks the key.

        One for each key: what is new goes under the first, what is known may stand under each.
        """
        text = "\0".join((house, kind, value)).encode()
        return tuple(mark + _hash(index, text) for mark, index in self._indexes)

    def _unwrap(self, subject_id: UUID, data_key: bytes) -> Cipher:
        return Cipher(self._master.open(data_key, wrapped_for(subject_id)))


class SealedStore(Store):
    """Base of a store of person data, which goes in readable, stands sealed in the database, and comes out readable."""

    def __init__(self, statements: Statements | Connection[Any], vault: Vault) -> None:
        super().__init__(statements)
        self._vault = vault


def wrapped_for(subject_id: UUID) -> bytes:
    """The context in which the data key of a subject is wrapped."""
    return _context(subject_id, "data_key")


def _hash(key: HMAC, text: bytes) -> bytes:
    hash = key.copy()  # the key is set up once
    hash.update(text)
    return hash.finalize()


def _context(subject_id: UUID, purpose: str) -> bytes:
    return subject_id.bytes + purpose.encode()
