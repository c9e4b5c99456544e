"""Somebody notes what is particular about a referral that waits."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.weighing.house import House
from services.weighing.marks.messages import SetMark
from services.weighing.marks.rules import Mark, NotWaiting, broken_links
from services.weighing.marks.store import MarkStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from shared.messaging import Rejected, problem_of
from shared.sealed_texts import SealedText
from shared.unit import Unit
from shared.web import Caller


def set_mark(caller: Caller, referral_id: UUID, noted: SetMark, unit: Unit[House]) -> Mark:
    """Raises UnknownReferral, NotWaiting, or Rejected with each link that cannot be."""
    known = unit.store(ReferralStore).referrals_to_weigh(caller.house, [referral_id, *noted.linked_with])
    if not (referral := known.get(referral_id)):
        raise UnknownReferral
    if referral.table_on is None:
        raise NotWaiting
    if problems := [problem_of(rule) for rule in broken_links(referral, noted.linked_with, known)]:
        raise Rejected(*problems)
    unit.concerns_case(referral.case_id)
    mark = Mark(
        referral_id=referral_id,
        urgent=noted.urgent,
        linked_with=noted.linked_with,
        settled_beforehand=noted.settled_beforehand,
    )
    unit.store(MarkStore).set_mark(referral, mark, _settled(referral, noted, caller), caller.name)
    return mark


def _settled(referral: Referral, noted: SetMark, caller: Caller) -> SealedText | None:
    if noted.settled_beforehand is None:
        return None
    return SealedText(
        text_id=uuid7(),
        house=referral.house,
        case_id=referral.case_id,
        kind="settled_beforehand",
        organisation=caller.organisation,
        person=caller.id,
        written_at=datetime.now(UTC),
        text=noted.settled_beforehand,
    )
