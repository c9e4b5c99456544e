"""Seals a version of a text with a data key of its own, which the service's MASTER_KEY wraps."""

from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.keys import Cipher, Keys


class Place(NamedTuple):
    """What a text is bound to: in another row, or for another case, it can't be opened."""

    text_id: UUID
    version_id: UUID
    case_id: UUID
    kind: str

    @property
    def context(self) -> bytes:
        return self.text_id.bytes + self.version_id.bytes + self.case_id.bytes + self.kind.encode()


def seal(text: str, place: Place, master: Keys) -> tuple[bytes, bytes]:
    """A fresh data key, wrapped, and the text sealed with it."""
    data_key = AESGCM.generate_key(256)
    wrapped = master.seal(data_key, wrapped_for(place.text_id, place.version_id))
    return wrapped, Cipher(data_key).seal(text.encode(), place.context)


def open_text(sealed: bytes, data_key: bytes, place: Place, master: Keys) -> str:
    """data_key: wrapped. Raises Unreadable."""
    unwrapped = master.open(data_key, wrapped_for(place.text_id, place.version_id))
    return Cipher(unwrapped).open(sealed, place.context).decode()


def wrapped_for(text_id: UUID, version_id: UUID) -> bytes:
    """The context in which the data key of a version is wrapped."""
    return text_id.bytes + version_id.bytes + b"data_key"
