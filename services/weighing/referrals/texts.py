"""What people of the house write about a referral, as it is sealed."""

from datetime import UTC, datetime

from uuid_utils.compat import uuid7

from services.weighing.referrals.rules import Referral
from shared.sealed_texts import SealedText
from shared.web import Caller


def text_about(referral: Referral, kind: str, text: str, caller: Caller, at: datetime | None = None) -> SealedText:
    """kind: a word of weighing, `because`. at: when the caller wrote it; now if left out."""
    return SealedText(
        text_id=uuid7(),
        house=referral.house,
        case_id=referral.case_id,
        kind=kind,
        organisation=caller.organisation,
        person=caller.id,
        written_at=at or datetime.now(UTC),
        text=text,
    )
