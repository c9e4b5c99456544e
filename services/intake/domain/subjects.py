"""Who a referral is about: a person or a family, and by what it can be recognised."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A person or family as partners describe it; None is what nobody told. `bsn` has passed the eleven test."""

    kind: str
    municipality: str
    bsn: str | None = None
    family_name: str | None = None
    given_names: str | None = None
    birth_date: date | None = None
    sex: str | None = None

    def completed_by(self, later: "Subject") -> "Subject":
        """What is told later replaces what was known; what it leaves out stays."""
        told = {name: value for name, value in vars(later).items() if value not in (None, "unknown")}
        return replace(self, **told)


class Trait(NamedTuple):
    """One thing by which a subject is recognised: its `bsn`, or its `name` with its birth date."""

    kind: str
    value: str


def traits(subject: Subject) -> list[Trait]:
    """None, one or both. A name counts only together with a birth date."""
    found = []
    if subject.bsn:
        found.append(Trait("bsn", subject.bsn))
    if subject.family_name and subject.birth_date:
        names = (normalised(subject.family_name), normalised(subject.given_names or ""))
        found.append(Trait("name", "|".join((subject.kind, *names, subject.birth_date.isoformat()))))
    return found


def normalised(name: str) -> str:
    """A name without case, accents, punctuation and superfluous spaces: `Müller-d'Hont ` is `muller d hont`."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", plain).strip()


def sex_or_family(subject: Subject) -> str:
    """`man`, `woman`, `family` or `unknown`, as it is counted."""
    return "family" if subject.kind == "family" else subject.sex or "unknown"


def age_class(birth_date: date | None, on: date) -> str:
    """The age class that somebody falls in on a day."""
    if birth_date is None:
        return "unknown"
    age = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    if age < 18:
        return "under_18"
    return "18_to_23" if age < 23 else "23_and_over"
