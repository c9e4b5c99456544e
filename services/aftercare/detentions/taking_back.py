"""A notice that was taken for one of another stay is separated from it; a mistaken withdrawal is withdrawn itself."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from services.aftercare.detentions import rules
from services.aftercare.detentions.handlers import change_release_date, expected_release_date
from services.aftercare.detentions.messages import DetentionRestored
from services.aftercare.detentions.rules import NOTICE, Detention, Notice, ToldReleaseDate
from services.aftercare.detentions.store import DetentionStore
from services.aftercare.house import House
from services.aftercare.records.messages import Correction
from shared.unit import Unit


def separate_notice(
    house: str, detention_id: UUID, notice_id: UUID, slip: Correction, by: str, unit: Unit[House]
) -> Detention:
    """Give a notice a detention of its own: it is of another stay. The same again changes nothing. by: the caller."""
    store = unit.store(DetentionStore)
    detention = store.detention_to_change(house, detention_id)
    before = store.detention(house, notice_id)
    if before and before != detention:
        return before
    notices = store.notices(detention_id)
    own = [notice for notice in notices if notice.notice_id == notice_id]
    rest, separated = rules.separate(detention, notices, own)
    store.withdraw_notice(detention, notice_id, slip.because, by)
    store.change_detention(rest)
    _forget_its_release_date(rest, own, by, unit)
    _register(separated, own, unit)
    message = DetentionRestored(detention_id=notice_id, separated_from=detention_id, restored_on=unit.today)
    unit.announce_on(unit.today, message, separated)
    return separated


def restore_detention(house: str, detention_id: UUID, slip: Correction, by: str, unit: Unit[House]) -> Detention:
    """Withdraw the withdrawal of a detention, which was a slip: its duties stand again. by: the caller."""
    store = unit.store(DetentionStore)
    restored = rules.restore(store.detention_to_change(house, detention_id))
    store.restore_detention(restored, slip.because, by)
    message = DetentionRestored(detention_id=detention_id, referral_id=restored.referral_id, restored_on=unit.today)
    unit.announce_on(unit.today, message, restored)
    return restored


def _register(separated: Detention, own: Sequence[Notice], unit: Unit[House]) -> None:
    store = unit.store(DetentionStore)
    store.add_detention(separated)
    for notice in own:
        store.add_notice(separated, notice)
    if own[-1].expected_release_on:
        expected = expected_release_date(own[-1], uuid7())
        store.add_release_date(rules.change_release_date(separated, expected), expected)


def _forget_its_release_date(rest: Detention, own: Sequence[Notice], by: str, unit: Unit[House]) -> None:
    """State again what was known before, if the release date that counts came with the notice."""
    told = unit.store(DetentionStore).release_dates(rest.detention_id)
    moments = {notice.told_at for notice in own}
    others = [each for each in told if each.source != NOTICE or each.told_at not in moments]
    if not told or (others and others[-1] == told[-1]):
        return
    again = ToldReleaseDate(
        release_on=others[-1].release_on if others else None,
        source=others[-1].source if others else NOTICE,
        changed_on=unit.today,
        told_at=datetime.now(UTC),
        statement_id=uuid7(),
        recorded_by=by,
    )
    change_release_date(rest.house, rest.detention_id, again, unit)
