"""A person says whether a referral that was held back is worrying."""

from uuid import UUID

from services.intake.feedback.handlers import tell_sorted
from services.intake.openings.handlers import end_briefing
from services.intake.pre_sorting.messages import SayWorrying
from services.intake.pre_sorting.rules import AlreadyWeighed, NewerText, NotHeldBack
from services.intake.pre_sorting.store import PreSortingStore, Said
from services.intake.referrals.announcing import weigh
from services.intake.referrals.store import ReferralStore
from services.intake.unit import Unit
from shared.sealed_texts import SealedText
from shared.web import Caller


def say_worrying(caller: Caller, referral_id: UUID, told: SayWorrying, unit: Unit) -> None:
    """Send the referral to a briefing, or not. The same again changes nothing.

    Raises NotHeldBack, AlreadyWeighed, NewerText.
    """
    said = unit.store(PreSortingStore).said(caller.house, referral_id)
    if said is None:
        raise NotHeldBack
    unit.concerns("referrals", referral_id, said.case_id)
    if said.worrying and not told.worrying:
        raise AlreadyWeighed
    if told.version not in (None, said.version):
        raise NewerText
    if said.worrying != told.worrying:
        _say(caller, referral_id, told, said, unit)


def _say(caller: Caller, referral_id: UUID, told: SayWorrying, said: Said, unit: Unit) -> None:
    reason = _seal(caller, said.case_id, told.because, unit) if told.because else None
    if told.worrying:
        unit.store(ReferralStore).say_worrying(referral_id, caller.name, reason)
        weigh(referral_id, unit.now(), unit)
        if said.worrying is False:
            tell_sorted(caller.house, referral_id, unit, worrying=True)
    else:
        unit.store(PreSortingStore).say_not_worrying(referral_id, caller.name, reason)
        end_briefing(unit.profile(caller.house), referral_id, unit)
        tell_sorted(caller.house, referral_id, unit, worrying=False)


def _seal(caller: Caller, case_id: UUID, because: str, unit: Unit) -> UUID:
    text = SealedText.by(caller, case_id, "because", because, at=unit.now())
    unit.texts.write(text)
    return text.text_id
