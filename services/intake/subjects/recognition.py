"""Who is who: by which traits a house recognises a person, what contradicts them, and who is merely alike.

A number decides, unless the description contradicts the person who has the number. Without a number, the whole name
and the whole birth date decide.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple
from uuid import UUID

from services.intake.subjects.birth_dates import birth_parts
from services.intake.subjects.names import RECENT, is_name, name_parts
from services.intake.subjects.rules import KnownSubject, Subject, without_unknowns

NO_SIGN = re.compile(r"[^0-9A-Z]")
SAME_NAME = 0.8
"""How much of two spellings of a name must agree: `Jansen` and `Janssen` agree for 92 %."""


class Trait(NamedTuple):
    """One thing by which a subject is recognised: its `bsn`, another `number`, or its `name` with its birth date.

    theme: of the sealed matter in which it was told, and compared with what was told of that theme only; none was kept
    before each theme knew its own people.
    """

    kind: str
    value: str
    theme: str | None = None

    @property
    def index_kind(self) -> str:
        """The kind under which it is indexed."""
        return self.kind if self.theme is None else f"sealed {self.kind} {self.theme}".rstrip()


class Candidate(NamedTuple):
    """A known subject that shares a trait, by the trait's kind."""

    trait: str
    known: KnownSubject


class Conflict(NamedTuple):
    """A number belongs to somebody whom the description contradicts, or two numbers belong to two people."""

    subject_ids: tuple[UUID, ...]


@lru_cache(RECENT)
def traits(told: Subject, partner: str | None, *, theme: str | None = None) -> Sequence[Trait]:
    """What decides who is meant. Nothing decides of a family, of initials, or of a birth date known in part.

    A single name counts for its partner alone: another partner may have left out the given names of somebody else.
    """
    found = [Trait(kind, number, theme) for kind, number in numbers(told)]
    if told.is_several or not told.birth_date or not birth_parts(told.birth_date).is_whole:
        return found
    parts = name_parts(told.family_name, told.given_names)
    if parts.is_single and (name := parts.family or parts.given):
        found.append(Trait("name", "|".join((parts.prefix, name, told.birth_date, partner or "")), theme))
    elif not parts.is_single and not parts.has_only_initials:
        found.append(Trait("name", "|".join((*parts, told.birth_date)), theme))
    return found


def forget_descriptions() -> None:
    """Forget what the process remembers of recent descriptions, to save work: names of whom nobody may keep."""
    for remembered in (traits, without_unknowns, name_parts, is_name):
        remembered.cache_clear()


def numbers(told: Subject) -> Iterator[tuple[str, str]]:
    """The BSN and the other numbers, each with the kind of its trait."""
    if told.bsn:
        yield "bsn", told.bsn
    for identifier in told.identifiers or ():
        yield "number", "|".join((identifier.kind, identifier.issuer or "", _plain(identifier.number)))


def likenesses(told: Subject) -> set[str]:
    """What two subjects share that are shown to a person as alike, and that may be one."""
    parts = name_parts(told.family_name, told.given_names)
    if told.is_several:
        return {f"{told.kind}|{parts.family}|{told.municipality}"} if parts.family else set()
    whole = sorted(f"{parts.family} {parts.given}".split())
    found = {" ".join(whole)} if len(whole) > 1 else set()
    if told.birth_date:
        born, words = birth_parts(told.birth_date), (parts.family or parts.given).split()
        found |= {f"{word}|{parts.given[:1]}|{born.year}" for word in words}
        if born.is_whole:
            found |= {f"{word}|{told.birth_date}" for word in words}
            found |= {f"{initial}||{told.birth_date}" for initial in parts.given[:1]}
    return found


def likenesses_sought(told: Subject) -> set[str]:
    """The likenesses of whom somebody describes in part; without given names, under each initial."""
    if told.is_several or told.given_names:
        return likenesses(told)
    initials = (told._replace(given_names=initial) for initial in ascii_lowercase)
    return likenesses(told).union(*map(likenesses, initials))


def recognise(told: Subject, candidates: Sequence[Candidate]) -> KnownSubject | Conflict | None:
    """The known subject that is described, or None for a new one.

    Namesakes with a number of their own are never taken for somebody with another number. Where several known subjects
    share a name and birth date and no number is given, only the one without number can be meant for certain.
    Of a person with several records, one that shares a number is meant, or else one that shares the name.
    """
    numbered = _each_person(each.known for each in candidates if each.trait != "name")
    if numbered:
        [first, *others] = numbered
        in_doubt = others or all(contradicts(record, told) for record in first.each_record)
        return Conflict(tuple(known.subject_id for known in numbered)) if in_doubt else first
    given = bool(told.bsn or told.identifiers)
    namesakes = _each_person(each.known for each in candidates if not _apart(each.known.details, told))
    if len(namesakes) != 1 or given:
        namesakes = [namesake for namesake in namesakes if not _is_numbered(namesake.details)]
    return namesakes[0] if len(namesakes) == 1 else None


def contradicts(known: Subject, told: Subject) -> bool:
    """Whether a description can't be that of the person with the same number.

    Another BSN, or a birth date that no slip of the pen explains, always contradicts. Otherwise more must agree than
    differ: of family name, given names, birth date, and sex if it differs. So a married name is no contradiction if
    given names and birth date agree; another family name alone is one.
    """
    if _has_other_number(known, told) or _is_born_on_other_day(known, told):
        return True
    agreed = [*_names_agree(known, told), *_birth_dates_agree(known, told)]
    differ = agreed.count(False) + _is_of_other_sex(known, told)
    return differ > 0 and differ >= agreed.count(True)


def may_be_one(one: Subject, other: Subject) -> bool:
    """Whether two subjects that are alike may be one person, as far as numbers and birth dates tell."""
    return not _has_other_number(one, other) and not _is_born_on_other_day(one, other)


def _each_person(known: Iterable[KnownSubject]) -> list[KnownSubject]:
    """One record of each person: of which something was stated first."""
    found: dict[UUID, KnownSubject] = {}
    for each in sorted(known, key=lambda record: record.claims[0].stated_at):
        found.setdefault(each.person or each.subject_id, each)
    return list(found.values())


def _apart(known: Subject, told: Subject) -> bool:
    """Whether two people of one name and birth date are two for certain."""
    return _is_of_other_sex(known, told) or _has_other_number(known, told)


def _is_numbered(known: Subject) -> bool:
    return bool(known.bsn or known.identifiers)


def _is_of_other_sex(known: Subject, told: Subject) -> bool:
    return bool(known.sex and told.sex) and known.sex != told.sex


def _has_other_number(known: Subject, told: Subject) -> bool:
    """Of one kind and issuer somebody has one number; a foreign authority may give several."""
    if known.bsn and told.bsn and known.bsn != told.bsn:
        return True
    mine: dict[str, str] = {
        each.kind: _plain(each.number) for each in known.identifiers or () if each.kind != "foreign"
    }
    return any(mine.get(each.kind) not in (None, _plain(each.number)) for each in told.identifiers or ())


def _plain(number: str) -> str:
    """A number without what only makes it easier to read: `280.123.4567` is `2801234567`."""
    return NO_SIGN.sub("", number.upper())


def _is_born_on_other_day(known: Subject, told: Subject) -> bool:
    if not known.birth_date or not told.birth_date:
        return False
    one, other = birth_parts(known.birth_date), birth_parts(told.birth_date)
    return not one.agrees(other) and not one.is_slip_of(other)


def _birth_dates_agree(known: Subject, told: Subject) -> Iterator[bool]:
    if known.birth_date and told.birth_date:
        yield birth_parts(known.birth_date).agrees(birth_parts(told.birth_date))


def _names_agree(known: Subject, told: Subject) -> Iterator[bool]:
    """Whether the family names agree, and the given names, where both are told."""
    one, other = (name_parts(each.family_name, each.given_names) for each in (known, told))
    if one.family and other.family:
        yield _is_spelling_of(one.family, other.family) or share_a_word(one.family, other.family)
    if one.given and other.given:
        yield _is_spelling_of(one.given, other.given) or are_short_for(one.given.split(), other.given.split())


def agree_in_name(one: Subject, other: Subject) -> bool:
    """Whether two families are called alike: a slip of the pen, or a part of a double name."""
    return all(_names_agree(one, other))


def _is_spelling_of(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other).ratio() >= SAME_NAME


def share_a_word(one: str, other: str) -> bool:
    """A double name has a single one in it: `de Vries-Jansen` and `Jansen`."""
    return bool({word for word in one.split() if len(word) > 1} & set(other.split()))


def are_short_for(one: list[str], other: list[str]) -> bool:
    """Initials, and the first of several names: `P.J.`, `Piet` and `Pieter Johannes`."""
    return all(left.startswith(right) or right.startswith(left) for left, right in zip(one, other, strict=False))
