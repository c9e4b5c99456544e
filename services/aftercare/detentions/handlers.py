"""Detentions are registered, told of again, and withdrawn; their release dates change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.aftercare import metrics
from services.aftercare.detentions import rules
from services.aftercare.detentions.messages import (
    ChangeReleaseDate,
    DetentionCorrected,
    DetentionJoined,
    DetentionRegistered,
    ReleaseDateChanged,
    ReleaseDateReported,
    WithdrawDetention,
    WithdrawnDetention,
)
from services.aftercare.detentions.rules import (
    NOTICE,
    Detention,
    Notice,
    ToldReleaseDate,
    UnknownDetention,
)
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from shared.business_dates import dutch_date, moment_on
from shared.messaging import Event
from shared.unit import Unit


def prepare_detentions(events: Sequence[Event[DetentionRegistered]], unit: Unit[House]) -> None:
    """Read at once the detentions of the cases of which a batch brings notices."""
    if case_ids := {event.case_id for event in events if event.case_id}:
        unit.store(DetentionStore).load_cases(case_ids)


def register_detention(event: Event[DetentionRegistered], unit: Unit[House]) -> None:
    """Register the detention with the release date of the notice, or add the notice to the detention that it is of."""
    store = unit.store(DetentionStore)
    notice = _notice(event.data, moment_on(event.data.registered_on, event.time))
    known = store.detentions_of_case(event.house, event.required_case_id())
    if same := next((detention for detention in known if rules.is_same_stay(detention, notice)), None):
        _join(same, notice, event.id, unit)
        return
    detention = _detention(event)
    store.add_detention(detention)
    store.add_notice(detention, notice)
    if notice.expected_release_on:
        expected = expected_release_date(notice, event.id)
        store.add_release_date(rules.change_release_date(detention, expected), expected)
    metrics.DETENTIONS.labels(event.house, str(detention.own_aftercare).lower()).inc()


def correct_detention(event: Event[DetentionCorrected], unit: Unit[House]) -> None:
    """Record what a notice says that was sent again: another institution, day or release date of the same detention."""
    notice = _notice(event.data, moment_on(event.data.corrected_on, event.time))
    detention_id = unit.store(DetentionStore).detention_of_notice(event.house, notice.notice_id)
    if not detention_id:
        raise UnknownDetention
    _tell(event.house, detention_id, notice, event.id, unit)


def report_release_date(event: Event[ReleaseDateReported], unit: Unit[House]) -> None:
    """Record the release date that a partner reports, with the partner as the source."""
    report = event.data
    detention_id = unit.store(DetentionStore).detention_begun(event.house, event.case_id, report.detained_on)
    if not detention_id:
        raise UnknownDetention("detainedOn", "no detention of this person began on that day")
    change = ToldReleaseDate(
        release_on=report.release_on,
        source=report.partner,
        changed_on=report.reported_on,
        told_at=moment_on(report.reported_on, event.time),
        statement_id=event.id,
        recorded_by=report.partner,
    )
    change_release_date(event.house, detention_id, change, unit)


def record_release_date(
    house: str, detention_id: UUID, change: ChangeReleaseDate, by: str, unit: Unit[House]
) -> Detention:
    """Record the release date that a person was told. by: the caller."""
    told = ToldReleaseDate(
        release_on=change.release_on,
        source=change.source,
        changed_on=change.changed_on,
        told_at=moment_on(change.changed_on, datetime.now(UTC)),
        statement_id=uuid7(),
        recorded_by=by,
    )
    return change_release_date(house, detention_id, told, unit)


def change_release_date(house: str, detention_id: UUID, change: ToldReleaseDate, unit: Unit[House]) -> Detention:
    """Record a release date, and announce it if it counts from now on. The same one again changes nothing."""
    return _change_release_date(unit.store(DetentionStore).detention_to_change(house, detention_id), change, unit)


def _change_release_date(detention: Detention, change: ToldReleaseDate, unit: Unit[House]) -> Detention:
    """detention: locked."""
    store = unit.store(DetentionStore)
    last = next(iter(store.release_dates(detention.detention_id, most=1)), None)
    changed = rules.change_release_date(detention, change, last)
    is_known = last is not None and last.stated == change.stated
    if last and is_known and last.told_at == change.told_at:
        return detention
    store.add_release_date(changed, change)
    if changed is not detention and not is_known:
        unit.announce_on(change.changed_on, _release_date_changed(changed, change), changed)
        metrics.RELEASE_DATES.labels(detention.house).inc()
    return changed


def withdraw_detention(
    house: str, detention_id: UUID, wanted: WithdrawDetention, by: str, unit: Unit[House]
) -> Detention:
    """Record that nothing is done for a detention any more: no duty, no plan, no breach. by: the caller."""
    store = unit.store(DetentionStore)
    detention = store.detention_to_change(house, detention_id)
    withdrawn = rules.withdraw(detention, wanted.on, wanted.reason)
    if withdrawn is not detention:
        store.withdraw_detention(withdrawn, wanted.because, by)
        message = WithdrawnDetention(
            detention_id=detention_id,
            referral_id=withdrawn.referral_id,
            reason=wanted.reason,
            withdrawn_on=wanted.on,
        )
        unit.announce_on(wanted.on, message, withdrawn)
    return withdrawn


def _join(detention: Detention, notice: Notice, statement_id: UUID, unit: Unit[House]) -> None:
    """Add a notice to the detention that it is of, and announce that both are one."""
    _tell(detention.house, detention.detention_id, notice, statement_id, unit)
    told_on = dutch_date(notice.told_at)
    message = DetentionJoined(detention_id=notice.notice_id, joined_to=detention.detention_id, joined_on=told_on)
    unit.announce_on(told_on, message, detention)


def _tell(house: str, detention_id: UUID, notice: Notice, statement_id: UUID, unit: Unit[House]) -> None:
    """Change the detention to what its notices tell."""
    store = unit.store(DetentionStore)
    detention, earlier = store.detention_to_change(house, detention_id), store.notices(detention_id)
    told = rules.as_told(detention, (*earlier, notice))
    store.add_notice(told, notice)
    if told != detention:
        store.change_detention(told)
    if rules.told_by_notice(notice, earlier):
        _change_release_date(told, expected_release_date(notice, statement_id), unit)


def expected_release_date(notice: Notice, statement_id: UUID) -> ToldReleaseDate:
    """The release date that a notice tells."""
    return ToldReleaseDate(
        release_on=notice.expected_release_on,
        source=NOTICE,
        changed_on=dutch_date(notice.told_at),
        told_at=notice.told_at,
        statement_id=statement_id,
    )


def _notice(told: DetentionRegistered | DetentionCorrected, told_at: datetime) -> Notice:
    return Notice(
        notice_id=told.detention_id,
        municipality=told.municipality,
        institution=told.institution,
        own_aftercare=told.own_aftercare,
        detained_on=told.detained_on,
        expected_release_on=told.expected_release_on,
        told_at=told_at,
    )


def _detention(event: Event[DetentionRegistered]) -> Detention:
    notice = event.data
    return Detention(
        detention_id=notice.detention_id,
        house=event.house,
        case_id=event.required_case_id(),
        subject_id=notice.subject_id,
        referral_id=notice.referral_id,
        municipality=notice.municipality,
        institution=notice.institution,
        detained_on=notice.detained_on,
        own_aftercare=notice.own_aftercare,
        registered_on=notice.registered_on,
    )


def _release_date_changed(detention: Detention, change: ToldReleaseDate) -> ReleaseDateChanged:
    return ReleaseDateChanged(
        detention_id=detention.detention_id,
        municipality=detention.municipality,
        release_on=change.release_on,
        source=change.source,
        changed_on=change.changed_on,
    )
