"""Keys with numbers, beside what was sealed before keys had any."""

import os
from base64 import b64encode
from hashlib import blake2b

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.keys import Key, Keys, Unreadable

OLD, NEW = Key(b"o" * 32), Key(b"n" * 32, number=2)
BEFORE, DURING, AFTER = Keys(OLD), Keys(NEW, OLD), Keys(NEW)


def sealed_before_numbers(content: bytes, context: bytes) -> bytes:
    """As the version before sealed it."""
    nonce = os.urandom(12)
    return nonce + AESGCM(OLD.secret).encrypt(nonce, content, context)


def test_what_was_sealed_before_keys_had_numbers_stays_readable() -> None:
    sealed = sealed_before_numbers(b"Jansen", b"outbox")
    assert BEFORE.open(sealed, b"outbox") == DURING.open(sealed, b"outbox") == b"Jansen"


def test_the_version_before_reads_what_a_key_without_number_seals() -> None:
    sealed = BEFORE.seal(b"Jansen", b"outbox")
    assert AESGCM(OLD.secret).decrypt(sealed[:12], sealed[12:], b"outbox") == b"Jansen"
    assert (
        BEFORE.hash(b"Jansen", b"inbox") == blake2b(b"Jansen", key=OLD.secret, digest_size=32, person=b"inbox").digest()
    )


def test_the_first_key_seals_and_its_number_stands_in_front() -> None:
    sealed = DURING.seal(b"Jansen", b"outbox")
    assert sealed.startswith(b"key 0002")
    assert AFTER.open(sealed, b"outbox") == b"Jansen"
    with pytest.raises(Unreadable):
        BEFORE.open(sealed, b"outbox")


def test_a_key_that_is_gone_opens_nothing_any_more() -> None:
    with pytest.raises(Unreadable):
        AFTER.open(sealed_before_numbers(b"Jansen", b"outbox"), b"outbox")


def test_a_number_is_no_key() -> None:
    sealed = DURING.seal(b"Jansen", b"outbox")
    with pytest.raises(Unreadable):
        Keys(Key(b"x" * 32, number=2)).open(sealed, b"outbox")


def test_a_hash_is_known_again_by_the_key_that_made_it() -> None:
    known = BEFORE.hash(b"Jansen", b"inbox")
    assert DURING.hash(b"Jansen", b"inbox") != known
    assert DURING.hash_like(known, b"Jansen", b"inbox") == known
    assert DURING.hash_like(known, b"de Vries", b"inbox") != known
    assert AFTER.hash_like(known, b"Jansen", b"inbox") is None


def test_a_setting_holds_one_key_or_several() -> None:
    old, new = b64encode(OLD.secret).decode(), b64encode(NEW.secret).decode()
    assert Keys.parse(old).all == (OLD,)
    assert Keys.parse(f"2:{new}, {old}").all == (NEW, OLD)


@pytest.mark.parametrize("wrong", ["", "hush", "0:{key}", "-1:{key}", "10000:{key}", "a:{key}", "2:{key},2:{key}"])
def test_a_wrong_setting_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        Keys.parse(wrong.format(key=b64encode(NEW.secret).decode()))
