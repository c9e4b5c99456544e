import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text import has_bsn, has_control_characters, is_blank, is_bsn, is_garbled

BSN = "999990019"


@pytest.mark.parametrize("text", [" ", "\t\n ", "\u00a0", "\u200b", " \u200d\u2060 ", "\u3000"])
def test_text_that_nobody_sees_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", [".", "a", " é ", "😡", "\u200bA"])
def test_text_with_a_visible_character_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    "name", ["Zoë", "Łukasz Żółw", "İpek Işık", "Ångström", "Père Noël", "SÃO", "Đặng Văn Ân", "“Å”", "€ 5"]
)
def test_letters_of_other_languages_are_not_garbled(name: str) -> None:
    assert not is_garbled(name)


@pytest.mark.parametrize("letters", ["ë", "é", "ï", "ł", "š", "ž", "ç", "ü", "Ó", "’", "€"])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_utf_8_that_was_read_in_another_encoding_is_garbled(letters: str, encoding: str) -> None:
    if (garbled := letters.encode().decode(encoding, errors="replace")) != letters:
        assert is_garbled(f"Jo{garbled}l") or has_control_characters(garbled)


def test_the_replacement_character_is_garbled() -> None:
    assert is_garbled("Zo\ufffd")


@pytest.mark.parametrize("text", ["a\x0bb", "\x00", "a\u200bb", "soft\u00adhyphen", "a\u202eb", "\ufeffa", "a\x85b"])
def test_control_characters_and_characters_that_nobody_sees_are_found(text: str) -> None:
    assert has_control_characters(text)


@pytest.mark.parametrize("text", ["a\tb\r\nc", "👨‍👩‍👧", "نیم‌فاصله"])
def test_layout_and_joiners_are_no_control_characters(text: str) -> None:
    assert not has_control_characters(text)


@pytest.mark.parametrize(
    "written", [BSN, "999.990.019", "999 990 019", "9999.90.019", f"BSN:{BSN}.", f"({BSN})", f"{BSN},"]
)
def test_a_bsn_in_a_text_is_found_in_each_way_of_writing(written: str) -> None:
    assert has_bsn(f"Zijn nummer is {written} zegt hij")


@pytest.mark.parametrize(
    "text", ["06 12345678", "2026-11-29 10:00", f"{BSN}1", f"1{BSN}", "NL91ABNA0417164300", "999990018", "€ 999.990,01"]
)
def test_other_numbers_are_no_bsn(text: str) -> None:
    assert not has_bsn(text)


@given(st.integers(0, 10**9 - 1).map("{:09}".format))
def test_a_bsn_is_found_in_a_text_if_and_only_if_it_is_one(number: str) -> None:
    assert has_bsn(f"nummer {number} genoemd") == is_bsn(number)
