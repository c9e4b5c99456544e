"""Names, as they are compared: in plain letters, with their prefixes short and in one place.

`Łukasz`, `LUKASZ` and `lukasz` are one name. So are `van der Heidebos`, `v.d. Heidebos` and `Heidebos, van der`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

RECENT = 1024
"""How many names are remembered: those of a batch are compared several times."""
NO_WORD = re.compile(r"[\W_]+")
DIGITS = re.compile(r"\d")
VOWEL = re.compile("[aeiouy]")
VAN_DER = re.compile(r"\bv[./ ]{0,2}d\b")
"""`v.d.` and `v/d`. In capitals these are initials: `V.D.`."""
INDIVISIBLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not divide into a letter and an accent, as registers without them write them."""
_PREFIXES = """
    aan af al ben bij d da das de del della den der des di do dos du el en het ibn in la le les onder op
    over s t te ten ter tot uit v van vd vdr von voor zu zum zur
"""
SHORT_PREFIXES = {"het": "t", "vd": "v d", "vdr": "v d"}
"""Every other prefix is shortened to its first letter."""
_UNKNOWN = """
    anoniem anonymous desconocido geen inconnu leeg nb nihil nn none null nvt onb onbekend onbekende
    unbekannt unk unknown
"""
_FILLERS = """
    bekend known man naam name niet no not persoon verdachte vrouw zonder
"""
"""Words that make no name with one of _UNKNOWN, or with each other: `naam onbekend`, `niet bekend`."""
PREFIXES, UNKNOWN, FILLERS = (frozenset(words.split()) for words in (_PREFIXES, _UNKNOWN, _FILLERS))
SPELLED = {"n n": "nn", "n b": "nb", "n v t": "nvt"}


class NameParts(NamedTuple):
    """A name for comparison. prefix: shortened, `v d`. family, given: their words in plain letters, without prefix."""

    prefix: str
    family: str
    given: str

    @property
    def is_single(self) -> bool:
        """Whether somebody goes by one name, given as family name or as given name."""
        return not (self.family and self.given)

    @property
    def has_only_initials(self) -> bool:
        """`P.J.` and `PJ`: they do not tell brothers and sisters apart."""
        return bool(self.given) and all(map(_is_initials, self.given.split()))


def normalised(name: str) -> str:
    """A name without case, accents, punctuation and superfluous spaces: `Müller-d'Hont ` is `muller d hont`."""
    plain = name.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(INDIVISIBLE))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_WORD.sub(" ", plain).strip()


@lru_cache(RECENT)
def is_name(text: str) -> bool:
    """Whether a text is a name, and not `-`, `NN 2`, `xxx`, `onbekend` or `niet bekend`."""
    plain = DIGITS.sub("", normalised(text)).strip()
    words = SPELLED.get(plain, plain).split()
    if not words or not any(map(str.isalpha, plain)) or not plain.strip("x "):
        return False
    if not all(word in UNKNOWN or word in FILLERS for word in words):
        return True
    return len(words) == 1 and words[0] in FILLERS


@lru_cache(RECENT)
def name_parts(family_name: str | None, given_names: str | None) -> NameParts:
    """The parts of a name. A prefix may stand before or behind the family name, or behind the given names."""
    family, given = _words(family_name), _words(given_names)
    if not given and family_name and "," in family_name:
        family, given = _divided_at_comma(family_name)
    before, family = _without_prefixes_before(family)
    behind, family = _without_prefixes_behind(family)
    displaced, given = _without_prefixes_behind(given) if family else ([], given)
    prefix = _shortened([*before, *behind, *displaced])
    return NameParts(prefix, _shortened_within(family), " ".join(given))


def _words(name: str | None) -> list[str]:
    return normalised(VAN_DER.sub("vd", name)).split() if name else []


def _divided_at_comma(name: str) -> tuple[list[str], list[str]]:
    """`Heidebos, Piet van der` in one field is a family name and given names; `Heidebos, van der` is no given name."""
    head, _, tail = name.partition(",")
    family, given = _words(head), _words(tail)
    return ([*family, *given], []) if PREFIXES.issuperset(given) else (family, given)


def _without_prefixes_before(words: list[str]) -> tuple[list[str], list[str]]:
    """The prefixes, and the words after them; the last word is no prefix."""
    count = next((place for place, word in enumerate(words[:-1]) if word not in PREFIXES), max(len(words) - 1, 0))
    return words[:count], words[count:]


def _without_prefixes_behind(words: list[str]) -> tuple[list[str], list[str]]:
    """The prefixes, and the words before them. A single letter after given names is an initial: `Piet D.`."""
    count = len(words)
    while count > 1 and words[count - 1] in PREFIXES and len(words[count - 1]) > 1:
        count -= 1
    return words[count:], words[:count]


def _shortened(prefixes: list[str]) -> str:
    return " ".join(SHORT_PREFIXES.get(word, word[0]) for word in prefixes)


def _shortened_within(words: list[str]) -> str:
    """A double name with a prefix in it: `Bakker van der Berg`, `Bakker vd Berg`."""
    if len(words) < 3:
        return " ".join(words)
    return " ".join(_shortened([word]) if word in PREFIXES else word for word in words)


def _is_initials(word: str) -> bool:
    return word.isascii() and (len(word) == 1 or (len(word) <= 3 and not VOWEL.search(word)))
