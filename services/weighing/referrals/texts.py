"""What people of the house write about a referral, as it is sealed."""

from datetime import UTC, datetime

from services.weighing.referrals.rules import Referral
from shared.sealed_texts import SealedText
from shared.web import Caller


def text_about(referral: Referral, kind: str, text: str, caller: Caller, at: datetime | None = None) -> SealedText:
    """kind: a word of weighing, `because`. at: when the caller wrote it; now if left out."""
    return SealedText.by(caller, referral.case_id, kind, text, at=at or datetime.now(UTC))
