"""What of a subject is told, to whom and for what: nobody is told what it did not say itself and does not need.

The profile says which details a role needs for a purpose, and which details a partner needs that is asked.
"""

from collections.abc import Collection
from typing import get_args

from services.intake.house import ASKED, Detail, House, ToldField
from services.intake.subjects.rules import KnownSubject, Subject, known_from
from shared.rules import NotAllowed


class PurposeNotAllowed(NotAllowed):
    field = "purpose"
    reason = "is not a purpose for which this house tells your role who somebody is"


def needed(purpose: str, roles: Collection[str], house: House) -> frozenset[ToldField]:
    """The details and texts that these roles need for a purpose. Raises PurposeNotAllowed."""
    details = house.told(purpose, roles)
    if details is None:
        raise PurposeNotAllowed
    return details


def limited(subject: Subject, details: Collection[ToldField]) -> Subject:
    """The subject with these details only."""
    withheld = set(get_args(Detail)).difference(details)
    return Subject._make(
        None if field in withheld else value for field, value in zip(Subject._fields, subject, strict=True)
    )


def told_to_asked(known: KnownSubject, partner: str, *, referrer: str, house: House) -> Subject:
    """Whom a partner is asked about: what it said itself, and what it needs to know by the profile.

    On its own referral a partner hears nothing that others said, so that it can't find out by a referral who somebody
    is, or whether the house knows somebody.
    """
    own = [claim for claim in known.all_claims if claim.partner == partner]
    if own and partner == referrer:
        return known_from(own)
    needed = limited(known.details, house.told(ASKED, {partner}) or ())
    return known_from(own).completed_by(needed) if own else needed
