"""What the house is told of a referral that was registered: at once, or once somebody says that it is worrying."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.intake import metrics
from services.intake.house import House, text_of
from services.intake.openings.handlers import open_aftercare, open_table, set_briefing
from services.intake.openings.messages import TableCaseOpened
from services.intake.referrals.circumstances import Stated, told_circumstances
from services.intake.referrals.messages import (
    DetentionCorrected,
    DetentionNotice,
    DetentionRegistered,
    Particulars,
    ReferralCorrected,
    ReferralRegistered,
    RepeatReceived,
    stated_in,
)
from services.intake.referrals.rules import Referral, Submission, waits
from services.intake.referrals.store import ReferralStore, ToldBefore
from services.intake.subjects.rules import KnownSubject
from services.intake.subjects.store import SubjectStore
from services.intake.unit import Unit
from shared.business_dates import noon
from shared.messaging import Event


def announce(
    referral: Referral, particulars: Particulars, known: KnownSubject, unit: Unit, submission: Submission
) -> None:
    """Tell weighing of an open referral, and aftercare of a detention; open the case for them."""
    if not referral.sealed:
        youth = _in_youth_institution(particulars, unit.profile(referral.house))
        stated = stated_in(particulars, referral.referral_id)
        announce_open(referral, known, submission.stated_at, stated, unit, youth_institution=youth)
    if isinstance(particulars, DetentionNotice):
        detention = _detention(referral, particulars, unit)
        house, release_on = unit.profile(referral.house), particulars.expected_release_on
        open_aftercare(house, known.case_id, detention.detention_id, unit, release_on)
        unit.announce(detention, house=referral.house, case_id=known.case_id, time=submission.stated_at)


def announce_open(
    referral: Referral,
    known: KnownSubject,
    stated_at: datetime,
    stated: Stated | None,
    unit: Unit,
    *,
    youth_institution: bool | None = None,
) -> None:
    """Count it, and tell weighing, unless nobody is to weigh it or a person says first whether it is worrying.

    Tell meetings of somebody of whom a table case runs.
    """
    metrics.REFERRALS.labels(referral.house, referral.kind).inc()
    house = unit.profile(referral.house)
    if referral.weighed:
        set_briefing(house, known.case_id, referral.referral_id, unit, ended=False)
        message = _registered(referral, stated, youth_institution)
        unit.announce(message, house=referral.house, case_id=known.case_id, time=stated_at)
    elif waits(referral, house):
        _hold_back(referral, known, stated_at, unit)
    if known.at_table:
        unit.announce(_repeat(referral), house=referral.house, case_id=known.case_id, time=stated_at)


def prepare_table_cases(events: Sequence[Event[TableCaseOpened]], unit: Unit) -> None:
    """Read at once who was referred since these table cases were opened; nobody is referred in this moment."""
    for house_id in sorted({event.house for event in events}):
        unit.store(SubjectStore).lock_house(house_id)
    opened = [(event.required_case_id(), event.data.opened_on) for event in events]
    unit.store(ReferralStore).load_received_since(opened)


def open_table_case(event: Event[TableCaseOpened], unit: Unit) -> None:
    """Let those who work at the table see the case; tell meetings of referrals that came in before this was heard."""
    open_table(event, unit)
    for stored in unit.store(ReferralStore).received_since(event.required_case_id(), event.data.opened_on):
        stated_at = stored.referral.stated_at or noon(stored.referral.received_on)
        unit.announce(_repeat(stored.referral), house=event.house, case_id=stored.case_id, time=stated_at)


def _hold_back(referral: Referral, known: KnownSubject, since: datetime, unit: Unit) -> None:
    """Let a person say first whether the referral is worrying, who may read for it what the briefing may."""
    unit.store(ReferralStore).add_held_back(referral, since)
    set_briefing(unit.profile(referral.house), known.case_id, referral.referral_id, unit, ended=False)


def weigh(referral_id: UUID, at: datetime, unit: Unit) -> None:
    """Tell weighing of a referral that was held back: somebody has said that it is worrying."""
    store = unit.store(ReferralStore)
    [stored] = store.load_referrals([referral_id])
    referral, stated = stored.referral, store.circumstances(stored).stated(referral_id)
    set_briefing(unit.profile(referral.house), stored.case_id, referral_id, unit, ended=False)
    unit.announce(_registered(referral, stated), house=referral.house, case_id=stored.case_id, time=at)


def ask_again(referral_id: UUID, since: datetime, unit: Unit) -> bool:
    """Let a person read what the sender tells otherwise now, and say whether the referral is worrying.

    Returns whether one does: not of what is weighed, or was never held back.
    """
    store = unit.store(ReferralStore)
    if not store.ask_again(referral_id, since):
        return False
    [stored] = store.load_referrals([referral_id])
    set_briefing(unit.profile(stored.referral.house), stored.case_id, referral_id, unit, ended=False)
    return True


def announce_correction(
    submission: Submission, notice: DetentionNotice, known: KnownSubject, before: ToldBefore, unit: Unit
) -> None:
    """Tell aftercare that a detention is otherwise than was told before."""
    assert before.detention_id
    municipality = unit.profile(submission.house).municipalities[notice.subject.municipality]
    message = DetentionCorrected(
        detention_id=before.detention_id,
        subject_id=known.subject_id,
        municipality=municipality.name,
        institution=notice.institution,
        detained_on=notice.detained_on,
        expected_release_on=notice.expected_release_on,
        own_aftercare=municipality.own_aftercare,
        corrected_on=submission.received_on,
    )
    unit.announce(message, house=submission.house, case_id=known.case_id, time=submission.stated_at)


def announce_restated(submission: Submission, stated: Stated | None, before: ToldBefore, unit: Unit) -> None:
    """Tell weighing what the sender of a referral states now, if weighing knows it and something is otherwise."""
    if stated == told_circumstances(before.last).stated(before.referral_id):
        return
    [stored] = unit.store(ReferralStore).load_referrals([before.referral_id])
    if stored.referral.weighed:
        message = ReferralCorrected(
            referral_id=before.referral_id,
            subject_id=stored.referral.subject_id,
            stated=stated,
            corrected_on=submission.received_on,
        )
        unit.announce(message, house=submission.house, case_id=stored.case_id, time=submission.stated_at)


def _repeat(referral: Referral) -> RepeatReceived:
    return RepeatReceived(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
    )


def _detention(referral: Referral, notice: DetentionNotice, unit: Unit) -> DetentionRegistered:
    assert referral.detention_id
    return DetentionRegistered(
        detention_id=referral.detention_id,
        subject_id=referral.subject_id,
        referral_id=referral.referral_id if referral.weighed else None,
        municipality=referral.municipality,
        institution=notice.institution,
        detained_on=notice.detained_on,
        expected_release_on=notice.expected_release_on,
        own_aftercare=unit.profile(referral.house).municipalities[referral.municipality].own_aftercare,
        registered_on=referral.received_on,
    )


def _in_youth_institution(particulars: Particulars, house: House) -> bool | None:
    """None if nobody said so."""
    return (isinstance(particulars, DetentionNotice) and particulars.institution in house.youth_institutions) or None


def _registered(referral: Referral, stated: Stated | None, youth_institution: bool | None = None) -> ReferralRegistered:
    return ReferralRegistered(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        kind=referral.kind,
        referrer=referral.referrer,
        received_on=referral.received_on,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        sex=referral.sex,
        age_class=referral.age_class,
        contribution_ids=(referral.referral_id,) if text_of(referral.kind) else None,
        stated=stated,
        youth_institution=youth_institution,
    )
