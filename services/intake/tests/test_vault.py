from uuid import uuid4

import pytest

from services.intake.subjects.recognition import Trait
from services.intake.tests.given import INDEX_KEY, MASTER_KEY, vault
from services.intake.vault import Vault
from shared.keys import Key, Keys, Unreadable

SUBJECT, OTHER = uuid4(), uuid4()
ANOTHER_KEY = Keys(Key(b"x" * 32, number=1))
TRAIT = Trait("bsn", "999990019")


def test_what_is_sealed_is_unreadable_and_comes_back_the_same() -> None:
    key = vault().new_data_key(SUBJECT)
    sealed = vault().seal(b"Jansen", SUBJECT, key, "details")
    assert b"Jansen" not in sealed
    assert vault().open(sealed, SUBJECT, key, "details") == b"Jansen"


def test_the_same_is_never_sealed_to_the_same_bytes() -> None:
    key = vault().new_data_key(SUBJECT)
    assert vault().seal(b"Jansen", SUBJECT, key, "details") != vault().seal(b"Jansen", SUBJECT, key, "details")


def test_a_row_moved_to_another_subject_or_purpose_does_not_open() -> None:
    key = vault().new_data_key(SUBJECT)
    sealed = vault().seal(b"Jansen", SUBJECT, key, "details")
    with pytest.raises(Unreadable):
        vault().open(sealed, SUBJECT, key, "particulars")
    with pytest.raises(Unreadable):
        vault().open(sealed, OTHER, key, "details")


@pytest.mark.parametrize("spoiled", [b"", b"short", bytes(60)])
def test_what_was_not_sealed_here_does_not_open(spoiled: bytes) -> None:
    with pytest.raises(Unreadable):
        vault().open(spoiled, SUBJECT, vault().new_data_key(SUBJECT), "details")


def test_without_the_master_key_nothing_opens() -> None:
    key = vault().new_data_key(SUBJECT)
    sealed = vault().seal(b"Jansen", SUBJECT, key, "details")
    with pytest.raises(Unreadable):
        Vault(ANOTHER_KEY, INDEX_KEY).open(sealed, SUBJECT, key, "details")


def test_a_blind_index_is_the_same_for_the_same_trait_in_the_same_house_only() -> None:
    [index] = vault().blind_indexes("noord", *TRAIT[:2])
    assert (index,) == vault().blind_indexes("noord", *TRAIT[:2])
    assert (index,) != vault().blind_indexes("zuid", *TRAIT[:2])
    assert (index,) != vault().blind_indexes("noord", "name", TRAIT.value)
    assert (index,) != Vault(MASTER_KEY, ANOTHER_KEY).blind_indexes("noord", *TRAIT[:2])
    assert b"999990019" not in index
