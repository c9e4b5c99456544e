"""How much speaks for two records being of one person or family: of each field what it says, and points for that.

Nobody is joined by points: they tell which pairs a person looks at first. Twins share their birth date and family name,
so that given names which differ weigh more than anything but a birth date. Numbers that differ leave the question open:
one of them may be somebody else's.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from services.intake.subjects.birth_dates import birth_parts
from services.intake.subjects.names import NameParts, name_parts
from services.intake.subjects.recognition import are_short_for, numbers, share_a_word
from services.intake.subjects.rules import Subject

Finding = Literal["agree", "alike", "differ", "unknown"]
"""alike: a slip of the pen, initials, a part of a double name, or a birth date known in part."""
LETTERS_A_SLIP = 8
"""A name has one slip of the pen, and one more for so many letters."""
SHORTEST_WITH_SLIP = 3
"""`Bo` and `Jo` are two names."""
MOST = 100
POINTS: Mapping[str, Mapping[Finding, int]] = {
    "bsn": {"agree": 60, "differ": -40},
    "identifiers": {"agree": 60, "differ": -40},
    "family_name": {"agree": 25, "alike": 20, "differ": -15},
    "given_names": {"agree": 25, "alike": 10, "differ": -35},
    "birth_date": {"agree": 40, "alike": 25, "differ": -60},
    "sex": {"agree": 5, "differ": -20},
    "municipality": {"agree": 5},
}
"""What each field of two people says for their being one; what is not listed says nothing."""
POINTS_OF_FAMILIES: Mapping[str, Mapping[Finding, int]] = {
    "family_name": {"agree": 40, "alike": 30},
    "municipality": {"agree": 20},
    "members": {"agree": 60},
}


class Evidence(NamedTuple):
    """What each field says."""

    bsn: Finding = "unknown"
    identifiers: Finding = "unknown"
    family_name: Finding = "unknown"
    given_names: Finding = "unknown"
    birth_date: Finding = "unknown"
    sex: Finding = "unknown"
    municipality: Finding = "unknown"
    members: Finding = "unknown"

    def score(self, points: Mapping[str, Mapping[Finding, int]]) -> int:
        """From 0 to MOST."""
        given = zip(self._fields, self, strict=True)
        total = sum(points[field].get(finding, 0) for field, finding in given if field in points)
        return min(max(total, 0), MOST)


class Comparison(NamedTuple):
    """score: from 0 to MOST; 0 for a person and a family."""

    score: int
    evidence: Evidence


def compared(one: Subject, other: Subject, *, share_member: bool = False) -> Comparison:
    """How much speaks for two descriptions being of one person or family. share_member: of two families."""
    if one.kind != other.kind:
        return Comparison(0, Evidence())
    names = tuple(_names(subject) for subject in (one, other))
    evidence = Evidence(
        bsn=_equal(one.bsn, other.bsn),
        identifiers=_numbers_agree(one, other),
        family_name=_names_agree(names[0].family, names[1].family, share_a_word),
        given_names=_names_agree(names[0].given, names[1].given, _are_initials_of),
        birth_date=_birth_dates_agree(one.birth_date, other.birth_date),
        sex=_equal(one.sex, other.sex),
        municipality=_equal(one.municipality, other.municipality),
        members="agree" if share_member else "unknown",
    )
    return Comparison(evidence.score(POINTS_OF_FAMILIES if one.is_several else POINTS), evidence)


def _names(subject: Subject) -> NameParts:
    """A single name is compared as a family name, wherever it was written."""
    parts = name_parts(subject.family_name, subject.given_names)
    return parts if parts.family else parts._replace(family=parts.given, given="")


def _equal(one: str | None, other: str | None) -> Finding:
    if not one or not other or "unknown" in (one, other):
        return "unknown"
    return "agree" if one == other else "differ"


def _numbers_agree(one: Subject, other: Subject) -> Finding:
    """Of numbers of one kind and issuer."""
    mine, theirs = (dict(_by_kind(subject)) for subject in (one, other))
    shared = mine.keys() & theirs.keys()
    if not shared:
        return "unknown"
    return "agree" if any(mine[kind] == theirs[kind] for kind in shared) else "differ"


def _by_kind(subject: Subject) -> list[tuple[str, str]]:
    found = [number.rpartition("|") for kind, number in numbers(subject) if kind == "number"]
    return [(kind, number) for kind, _, number in found]


def _names_agree(one: str, other: str, are_alike: Callable[[str, str], bool]) -> Finding:
    if not one or not other:
        return "unknown"
    if one == other:
        return "agree"
    return "alike" if _is_slip(one, other) or are_alike(one, other) else "differ"


def _are_initials_of(one: str, other: str) -> bool:
    return are_short_for(one.split(), other.split())


def _is_slip(one: str, other: str) -> bool:
    """A letter too many, missing or another, or two letters exchanged."""
    shortest = min(len(one), len(other))
    allowed = 1 + shortest // LETTERS_A_SLIP
    return shortest >= SHORTEST_WITH_SLIP and OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _birth_dates_agree(one: str | None, other: str | None) -> Finding:
    if not one or not other:
        return "unknown"
    mine, theirs = birth_parts(one), birth_parts(other)
    if mine == theirs and mine.is_whole:
        return "agree"
    return "alike" if mine.agrees(theirs) or mine.is_slip_of(theirs) else "differ"
