"""The weighing team takes a decision back. Its table case is withdrawn, unless the table has worked on it."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from services.meetings.clients.store import ClientStore
from services.meetings.house import House
from services.meetings.repeats.store import RepeatStore
from services.meetings.table_cases.handlers import announce_referred_again, keep_client, keep_repeat, open_table_case
from services.meetings.table_cases.messages import (
    DecisionCorrected,
    DecisionWithdrawn,
    ReferralWeighed,
    TableCaseReferralWithdrawn,
    TableCaseWithdrawn,
)
from services.meetings.table_cases.rules import TableCase
from services.meetings.table_cases.store import MergedDecisionStore, TableCaseStore
from shared.aliases.handlers import unlink_records
from shared.aliases.messages import SubjectsSeparated
from shared.aliases.store import AliasStore
from shared.messaging import Event, Ignorable
from shared.unit import Unit


def correct_decision(event: Event[DecisionCorrected], unit: Unit[House]) -> None:
    """Withdraw what the wrong decision opened at another table, and open what the right decision opens."""
    right, weighed = event.data, Event[ReferralWeighed](*event)
    if right.decided_again:
        raise Ignorable("a later decision counts")
    kept = _take_back(event.house, right, right.corrected_on, unit, table=right.opens_table)
    if kept:
        keep_repeat(weighed, kept.table if kept.referral_id == right.referral_id else None, unit)
        keep_client(weighed, unit)
    else:
        open_table_case(weighed, unit)


def separate_records(event: Event[SubjectsSeparated], unit: Unit[House]) -> None:
    """End one link between two records; take a decision that found the other's table case running up for its own."""
    unlink_records(event, unit)
    subjects = unit.store(AliasStore).all_of([event.data.subject_id, event.data.separated_subject_id])
    for case_id, weighed in unit.store(MergedDecisionStore).decisions_elsewhere(event.house, subjects):
        told = Event(**event._asdict() | {"case_id": case_id, "data": weighed})
        _take_up_again(told, event.data.separated_on, unit)
    unit.store(RepeatStore).withdraw_of_others(subjects, event.data.separated_on)


def _take_up_again(event: Event[ReferralWeighed], on: date, unit: Unit[House]) -> None:
    """Take back what a decision did to table cases of somebody else, and do it to those of its own person."""
    store, weighed = unit.store(TableCaseStore), event.data
    store.withdraw_repeats(event.house, weighed.referral_id, on, weighed.tabling)
    own = unit.store(AliasStore).group(weighed.subject_id)
    brought = store.brought(event.house, weighed.referral_id, weighed.tabling)
    elsewhere = [table_case for table_case in brought if table_case.subject_id not in own]
    for table_case in elsewhere:
        _withdraw_referral(table_case, weighed.referral_id, on, unit)
    if elsewhere:
        open_table_case(event, unit)
    else:
        opened = any(table_case.referral_id == weighed.referral_id for table_case in brought)
        keep_repeat(event, weighed.opens_table if opened else None, unit)


def withdraw_decision(event: Event[DecisionWithdrawn], unit: Unit[House]) -> None:
    """Withdraw what the decision opened; the referral is back on the agenda."""
    _take_back(event.house, event.data, event.data.withdrawn_on, unit, table=None)


def _take_back(
    house: str, wrong: DecisionCorrected | DecisionWithdrawn, on: date, unit: Unit[House], table: str | None
) -> TableCase | None:
    """Take back what a decision brought to any table but this one. Returns the table case at this one, if any.

    What a decision at another tabling of the referral brought stays.
    """
    store, kept, referral_id = unit.store(TableCaseStore), None, wrong.referral_id
    found_running = store.withdraw_repeats(house, referral_id, on, wrong.tabling)
    unit.store(MergedDecisionStore).forget_decision(referral_id, wrong.tabling)
    unit.store(ClientStore).forget(house, referral_id, wrong.tabling)
    brought = store.brought(house, referral_id, wrong.tabling)
    _refer_as_before(house, referral_id, found_running - {each.table_case_id for each in brought}, on, unit)
    for table_case in brought:
        if table_case.table == table:
            kept = table_case
            store.mark_decision(table_case.table_case_id, None)
        elif table_case.referral_id != referral_id:
            _withdraw_referral(table_case, referral_id, on, unit)
        elif store.is_untouched(table_case.table_case_id):
            _withdraw_table_case(table_case, on, unit)
        else:
            store.mark_decision(table_case.table_case_id, on)
    return kept


def _refer_as_before(house: str, referral_id: UUID, ids: Collection[UUID], on: date, unit: Unit[House]) -> None:
    """Tell of table cases that the wrong decision found running whether an earlier one on the referral did, too."""
    if not ids:
        return
    store = unit.store(TableCaseStore)
    for table_case in store.table_cases_to_change(house, [*ids]).values():
        if before := store.referred_on(table_case.table_case_id, referral_id):
            announce_referred_again(table_case, referral_id, before, unit)
        else:
            _announce_not_referred(table_case, referral_id, on, unit)


def _withdraw_referral(table_case: TableCase, referral_id: UUID, on: date, unit: Unit[House]) -> None:
    unit.store(TableCaseStore).withdraw_referral(table_case.table_case_id, referral_id, on)
    _announce_not_referred(table_case, referral_id, on, unit)


def _announce_not_referred(table_case: TableCase, referral_id: UUID, on: date, unit: Unit[House]) -> None:
    message = TableCaseReferralWithdrawn(
        table_case_id=table_case.table_case_id, referral_id=referral_id, table=table_case.table, withdrawn_on=on
    )
    unit.announce_on(on, message, table_case)


def _withdraw_table_case(table_case: TableCase, on: date, unit: Unit[House]) -> None:
    unit.store(TableCaseStore).withdraw_table_case(table_case, on)
    message = TableCaseWithdrawn(
        table_case_id=table_case.table_case_id,
        referral_id=table_case.referral_id,
        table=table_case.table,
        withdrawn_on=on,
    )
    unit.announce_on(on, message, table_case)
