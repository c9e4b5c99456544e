"""Somebody notes what is particular about a referral that waits."""

from uuid import UUID

from services.weighing.house import House
from services.weighing.marks.messages import SetMark
from services.weighing.marks.rules import Mark, NotWaiting, broken_links
from services.weighing.marks.store import MarkStore
from services.weighing.referrals.rules import Referral, UnknownReferral
from services.weighing.referrals.store import ReferralStore
from services.weighing.referrals.texts import text_about
from shared.messaging import Rejected, problem_of
from shared.unit import Unit
from shared.web import Caller


def set_mark(caller: Caller, referral_id: UUID, noted: SetMark, unit: Unit[House]) -> Mark:
    """Raises UnknownReferral, NotWaiting, or Rejected with each link that cannot be."""
    referral = _waiting(caller, referral_id, noted, unit)
    mark = Mark(
        referral_id=referral_id,
        urgent=noted.urgent,
        linked_with=noted.linked_with,
        settled_beforehand=noted.settled_beforehand,
    )
    reason = noted.settled_beforehand
    sealed = None if reason is None else text_about(referral, "settled_beforehand", reason, caller)
    unit.store(MarkStore).set_mark(referral, mark, sealed, caller.name)
    return mark


def _waiting(caller: Caller, referral_id: UUID, noted: SetMark, unit: Unit[House]) -> Referral:
    """The referral, locked. Raises what `set_mark` raises."""
    known = unit.store(ReferralStore).referrals_to_weigh(caller.house, [referral_id, *noted.linked_with])
    if not (referral := known.get(referral_id)):
        raise UnknownReferral
    if referral.table_on is None:
        raise NotWaiting
    if problems := [problem_of(rule) for rule in broken_links(referral, noted.linked_with, known)]:
        raise Rejected(*problems)
    unit.concerns_case(referral.case_id)
    return referral
