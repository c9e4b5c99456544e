"""What counts as text that somebody wrote. Standard library only; `shared.bounds` uses it for its types of text."""

import re
import unicodedata
from operator import mul

ELEVEN_TEST = (9, 8, 7, 6, 5, 4, 3, 2, -1)
"""The weights of a BSN's digits: a right one's sum is a multiple of eleven."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All control characters but those of layout: tab, line feed, carriage return."""
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that nobody sees: soft hyphen, zero-width space, marks of direction, byte order mark. The joiners U+200C
and U+200D are left out: names in some scripts and emoji are written with them."""
LOST = "\ufffd"
"""The replacement character: here stood a letter that a conversion did not know."""
MOJIBAKE = re.compile(
    "[\u00c2-\u00c5][\u0080-\u00bf]"
    "|[\u00c2-\u00c5][\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u201a\u2020-\u2022\u2030\u2039\u203a\u20ac\u2122]"
    "|\u00c3[\u2013\u2014\u2018-\u201e\u2026]"
    "|\u00e2[\u20ac\u201a]"
)
"""UTF-8 that was read as Latin-1 or Windows-1252: `ZoÃ«` for `Zoë`. No language writes such pairs."""
NUMBER = re.compile(r"(?<![\d.,-])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\d-]|[.,]\d)")
"""Nine digits as a BSN is written: 123456782, 123.456.782, 1234.56.782."""


def is_bsn(text: str) -> bool:
    """Nine digits that pass the eleven test, and are not all zero."""
    if len(text) != 9 or not text.isascii() or not text.isdigit():
        return False
    return sum(map(mul, ELEVEN_TEST, map(int, text))) % 11 == 0 and text != "000000000"


def is_blank(text: str) -> bool:
    """Only characters that nobody sees: spaces, control characters, zero-width characters. The empty text has none."""
    return bool(text) and (text.isspace() or (not text.isascii() and all(map(_unseen, text))))


def is_garbled(text: str) -> bool:
    """A letter was lost in a conversion between encodings, or stands there as two others."""
    return not text.isascii() and (LOST in text or MOJIBAKE.search(text) is not None)


def has_control_characters(text: str) -> bool:
    if text.isascii() and text.isprintable():
        return False
    return CONTROL.search(text) is not None or (not text.isascii() and INVISIBLE.search(text) is not None)


def has_bsn(text: str) -> bool:
    """A number stands in the text that can be somebody's BSN."""
    if len(text) < len(ELEVEN_TEST) or not NUMBER.search(text):
        return False
    return any(is_bsn(re.sub(r"\D", "", found[0])) for found in NUMBER.finditer(text))


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
