import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.bounded_json import JsonError, TooLargeError, parse


def test_a_document_within_the_limits_is_read() -> None:
    assert parse(b'{"a": [1, "\xc3\xa9"]}') == {"a": [1, "é"]}


def test_32_levels_are_read_and_33_are_not() -> None:
    assert parse(b"[" * 32 + b"]" * 32)
    with pytest.raises(JsonError, match="deeper than 32"):
        parse(b"[" * 33 + b"]" * 33)


def test_many_containers_beside_each_other_are_not_deep() -> None:
    assert len(parse(orjson.dumps([[]] * 100))) == 100


def test_a_text_over_64_kb_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        parse(b'"' + b"x" * 65536 + b'"')


@pytest.mark.parametrize("text", [b"", b"{", b"NaN", b'"\\ud800"', b"1 2"])
def test_what_is_not_json_is_refused_without_repeating_it(text: bytes) -> None:
    with pytest.raises(JsonError, match=r"^is not JSON$"):
        parse(text)


@pytest.mark.parametrize("text", [b'"\\u0000"', b'{"\\u0000": 1}', b'"\\\\\\u0000"'])
def test_a_nul_character_is_refused(text: bytes) -> None:
    with pytest.raises(JsonError, match="NUL"):
        parse(text)


def test_the_letters_of_an_escaped_nul_are_just_text() -> None:
    assert parse(b'"\\\\u0000"') == "\\u0000"


@pytest.mark.parametrize("text", [b"\xff", '{"name": "Zo\u00eb"}'.encode("cp1252"), '{"a": 1}'.encode("utf-16")])
def test_another_encoding_is_told(text: bytes) -> None:
    with pytest.raises(JsonError, match=r"^is not UTF-8$"):
        parse(text)


def test_a_byte_order_mark_means_nothing() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 1}',
        '{"a": 1, "\\u0061": 2}',
        '[{"b": {"a": "x", "c": [], "a": null}}]',
        '\ufeff{"a": "\\"", "a": "\\\\"}',
        '{"a": "\\u005c", "b": "\\u0022\\"", "a": "\\\\"}',
    ],
)
def test_a_field_that_stands_twice_in_an_object_is_refused(text: str) -> None:
    with pytest.raises(JsonError, match="two fields of one name"):
        parse(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}',
        '{"a": "\\u005c", "b": "\\\\", "c": "\\u0022", "d\\"": "\\""}',
        '{"a": "\\"a\\": 1, \\"a\\": 2"}',
        '"\\u005c"',
    ],
)
def test_a_field_name_may_come_again_in_another_object_or_in_a_text(text: str) -> None:
    assert parse(text.encode()) == json.loads(text)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(-9, 9), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_document_without_such_a_field_is_refused_however_it_is_written(document: object) -> None:
    for text in (json.dumps(document), json.dumps(document, ensure_ascii=False), json.dumps(document, indent=1)):
        if "\0" not in str(document) and "\\u0000" not in text:
            assert parse(text.encode()) == document
