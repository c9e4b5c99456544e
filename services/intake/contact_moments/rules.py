"""What reaches the house by phone, by mail, in person or as a question by message: received, and sorted by a person."""

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Literal, NamedTuple
from uuid import UUID

from services.intake.house import House, plain
from services.intake.subjects.names import PREFIXES, normalised
from services.intake.subjects.recognition import contradicts, likenesses
from services.intake.subjects.rules import Subject
from shared.rules import BrokenRule, Contradiction, UnknownObject

Channel = Literal["message", "phone", "mail", "in_person"]
State = Literal["received", "sorted", "answered", "duplicate", "withdrawn"]
SortedAs = Literal["referral", "information_question", "consultation", "contact_request", "rerouted"]
OWED: Collection[SortedAs] = ("information_question", "consultation", "contact_request", "rerouted")
"""What somebody of the house answers: who is sent elsewhere hears where to, and how to reach it."""
LIVE: Collection[Channel] = ("phone", "in_person")
"""Who tells something so hears the answer while telling it."""
NINE_DIGITS = re.compile(r"(?<!\d)(?:\d[ .-]?){8}\d(?!\d)")


class UnknownContactMoment(UnknownObject):
    field = "contactMomentId"
    reason = "is not a contact moment of this house"


class IsWithdrawn(Contradiction):
    field = "contactMomentId"
    reason = "was withdrawn"


class AskedByMessage(Contradiction):
    field = "contactMomentId"
    reason = "is a question by message: the partner waits for an answer; answer it, or sort it otherwise"


class NotByMessage(BrokenRule):
    field = "channel"
    reason = "is message of what a partner's system sent, and of nothing else"


class NoReferrer(BrokenRule):
    field = "partner"
    reason = "is needed for a referral: which partner refers, or brings in the outside professional"


class NobodyDescribed(BrokenRule):
    field = "about"
    reason = "is needed for a referral: whom it is about"


class NoMunicipality(BrokenRule):
    field = "about.municipality"
    reason = "is needed for a referral: it decides which briefing weighs the referral"


class NoDestination(BrokenRule):
    field = "sorting.destination"
    reason = "is needed with rerouted: where the person who called was sent"


class UnknownDestination(BrokenRule):
    field = "sorting.destination"
    reason = "is not a destination of this house"


class NoGround(BrokenRule):
    field = "withoutConsent"
    reason = "is needed: nobody is sent there without consent (`consent`: yes) or a reason why it goes without"


class UnknownDuplicate(BrokenRule):
    field = "sorting.duplicateOf"
    reason = "must be another contact moment of this house that is no duplicate and was not withdrawn"


class DuplicateOfOthers(BrokenRule):
    field = "sorting.duplicateOf"
    reason = "is of another organisation: a partner that asks by message gets an answer of its own"


class NoReason(BrokenRule):
    field = "because"
    reason = "is needed to change what was sorted already"


class NineDigitsInText(BrokenRule):
    field = "text"
    reason = "has nine digits, perhaps of a person; a consultation is anonymous. Send confirmed if they are of nobody"


class KnownNameInText(BrokenRule):
    field = "text"
    reason = "has a name that the house knows; a consultation is anonymous. Send confirmed if the name is of nobody"


class Described(NamedTuple):
    """Who told something, when and about whom, as far as it tells two contact moments apart."""

    contact_moment_id: UUID
    told_on: date
    organisation: str | None
    subject: Subject | None


class Change(NamedTuple):
    """Who changed a contact moment, when and why."""

    by: str
    at: datetime
    because: str | None


class Matter(NamedTuple):
    """Of a referral that a contact moment is: whom it is about, and what decides who weighs it and when."""

    kind: str
    referrer: str
    received_on: date
    subject: Subject
    members: tuple[Subject, ...]
    theme: str | None


def stays(before: Matter, now: Matter) -> bool:
    """Whether it is still that referral: its texts and what is told besides them may be otherwise."""
    return before == now


def likely_same(one: Described, other: Described) -> bool:
    """Whether two colleagues may have taken one call: one day, one organisation, and nobody else described."""
    if one.contact_moment_id == other.contact_moment_id or one.told_on != other.told_on or not one.organisation:
        return False
    if plain(one.organisation) != plain(other.organisation or ""):
        return False
    return one.subject is None or other.subject is None or not contradicts(one.subject, other.subject)


def names_in(text: str) -> set[str]:
    """What the likenesses would be of anybody whose given name and family name stand in the text."""
    words = [word for word in normalised(text).split() if word not in PREFIXES and not word.isdecimal()]
    pairs = {tuple(sorted(pair)) for pair in pairwise(words)}
    people = (Subject("person", "", family_name=family, given_names=given) for given, family in pairs)
    return {likeness for person in people for likeness in likenesses(person)}


def unknown_destination(destination: str | None, house: House) -> Iterator[BrokenRule]:
    if destination is None:
        yield NoDestination(known=house.destinations)
    elif destination not in house.destinations:
        yield UnknownDestination(known=house.destinations)
