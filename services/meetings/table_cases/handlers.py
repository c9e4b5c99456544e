"""A decision of the weighing team brings a case to a table."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from uuid_utils.compat import uuid7

from services.meetings import metrics
from services.meetings.clients.store import ClientStore
from services.meetings.house import House
from services.meetings.table_cases.messages import ReferralWeighed, TableCaseOpened, TableCaseReferredAgain
from services.meetings.table_cases.rules import Running, Subject, TableCase, check_table
from services.meetings.table_cases.store import MergedDecisionStore, TableCaseStore
from shared.aliases.store import AliasStore
from shared.messaging import Event, Retryable
from shared.unit import Unit


class OnSubject(Protocol):
    """A message about a subject."""

    @property
    def subject_id(self) -> UUID: ...


AboutSubject = TypeVar("AboutSubject", bound=OnSubject)


def prepare_opening(events: Sequence[Event[AboutSubject]], unit: Unit[House]) -> None:
    """Read at once which table cases run of the people whom a batch of messages is about."""
    aliases = unit.store(AliasStore)
    aliases.load({event.data.subject_id for event in events})
    _lock_merged({event.data.subject_id for event in events}, unit)
    subjects = {Subject(event.house, id) for event in events for id in aliases.group(event.data.subject_id)}
    unit.store(TableCaseStore).load_running(subjects)


def open_table_case(event: Event[ReferralWeighed], unit: Unit[House]) -> None:
    """Open a table case, or refer the person's running one again; the person's other running ones keep the repeat."""
    _lock_merged([event.data.subject_id], unit)
    table = event.data.opens_table
    opened = table is not None and _bring(_table_case(event, table), event.data, unit)
    keep_repeat(event, table if opened else None, unit)
    keep_client(event, unit)


def keep_client(event: Event[ReferralWeighed], unit: Unit[House]) -> None:
    """Record whether the client joins the meeting, if the team weighed it."""
    weighed = event.data
    if weighed.client_at_table:
        store, day = unit.store(ClientStore), weighed.briefing_on
        store.keep(event.house, weighed.referral_id, weighed.tabling, day, weighed.client_at_table)


def keep_repeat(event: Event[ReferralWeighed], opened: str | None, unit: Unit[House]) -> None:
    """Record the referral with each running table case of its person, but the one that it opened at this table."""
    subject = Subject(event.house, event.data.subject_id)
    for running in running_of_person(subject, unit):
        if running.table != opened:
            unit.store(TableCaseStore).add_repeat(event.house, running, event.data)
    if len(unit.store(AliasStore).group(subject.subject_id)) > 1:
        unit.store(MergedDecisionStore).keep_decision(event.house, event.required_case_id(), event.data)


def running_of_person(subject: Subject, unit: Unit[House]) -> list[Running]:
    """The running table cases of all records of a person, those of this subject first."""
    store, ids = unit.store(TableCaseStore), unit.store(AliasStore).group(subject.subject_id)
    return [
        Running(table, table_case_id)
        for id in ids
        for table, table_case_id in store.running_table_cases(subject._replace(subject_id=id)).items()
    ]


def _bring(table_case: TableCase, weighed: ReferralWeighed, unit: Unit[House]) -> bool:
    """Bring a case to its table. Returns whether that opened the table case, and did not find it running."""
    check_table(table_case, unit.profile(table_case.house))
    opened = not _runs_elsewhere(table_case, unit) and unit.store(TableCaseStore).open_table_case(table_case)
    if opened:
        _announce_opened(table_case, weighed, unit)
    else:
        _refer_again(table_case, weighed, unit)
    return opened


def _lock_merged(subject_ids: Collection[UUID], unit: Unit[House]) -> None:
    """Let decisions on two records of one person follow each other. Most people have one, and need no lock."""
    groups = map(unit.store(AliasStore).group, subject_ids)
    if people := {min(group) for group in groups if len(group) > 1}:
        unit.store(TableCaseStore).lock_people(people)


def _runs_elsewhere(table_case: TableCase, unit: Unit[House]) -> bool:
    """Whether a table case of another record of the person runs at that table."""
    store, [_, *others] = unit.store(TableCaseStore), unit.store(AliasStore).group(table_case.subject_id)
    subject = table_case.seat.subject
    return any(table_case.table in store.running_table_cases(subject._replace(subject_id=id)) for id in others)


def _table_case(event: Event[ReferralWeighed], table: str) -> TableCase:
    weighed = event.data
    return TableCase(
        table_case_id=uuid7(),
        house=event.house,
        case_id=event.required_case_id(),
        subject_id=weighed.subject_id,
        referral_id=weighed.referral_id,
        table=table,
        municipality=weighed.municipality,
        sub_region=weighed.sub_region,
        opened_on=weighed.briefing_on,
    )


def _announce_opened(opened: TableCase, weighed: ReferralWeighed, unit: Unit[House]) -> None:
    message = TableCaseOpened(
        table_case_id=opened.table_case_id,
        referral_id=opened.referral_id,
        subject_id=opened.subject_id,
        table=opened.table,
        municipality=opened.municipality,
        sub_region=opened.sub_region,
        opened_on=opened.opened_on,
    )
    unit.store(TableCaseStore).add_referral(opened.table_case_id, weighed)
    unit.announce_on(opened.opened_on, message, opened)
    metrics.OPENED.labels(opened.house, opened.table).inc()


def announce_referred_again(running: TableCase, referral_id: UUID, on: date, unit: Unit[House]) -> None:
    message = TableCaseReferredAgain(
        table_case_id=running.table_case_id, referral_id=referral_id, table=running.table, referred_on=on
    )
    unit.announce_on(on, message, running)


def _refer_again(brought: TableCase, weighed: ReferralWeighed, unit: Unit[House]) -> None:
    """brought: the table case that would have been opened."""
    store, running = unit.store(TableCaseStore), running_of_person(brought.seat.subject, unit)
    running_id = next((found.table_case_id for found in running if found.table == brought.table), None)
    if not running_id:
        raise Retryable("the running table case was closed just now")
    store.add_referral(running_id, weighed)
    announce_referred_again(replace(brought, table_case_id=running_id), brought.referral_id, brought.opened_on, unit)
    metrics.REFERRED_AGAIN.labels(brought.house, brought.table).inc()
