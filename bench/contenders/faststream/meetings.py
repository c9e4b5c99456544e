"""Meetings: cases under treatment at a table."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated
from uuid import uuid4

from faststream import Depends
from faststream.exceptions import NackMessage
from faststream.rabbit import RabbitRouter

from bench.contenders.faststream.messages import Event, ReferralWeighed, TableCaseOpened, TableCaseReferredAgain
from bench.contenders.faststream.topology import WEIGHED_REFERRALS, WEIGHING
from bench.contenders.faststream.unit import Unit, current_unit
from services.meetings.house import House
from services.meetings.profile import load_houses
from services.meetings.table_cases import rules as table_cases
from services.meetings.table_cases.rules import TableCase
from shared.business_dates import noon
from shared.configuration import ServiceSettings

Houses = Mapping[str, House]
CurrentUnit = Annotated[Unit[Houses], Depends(current_unit, cast=False)]

router = RabbitRouter()


def own(settings: ServiceSettings) -> Houses:
    """Raises ProfilesError."""
    return load_houses(settings.houses)


@router.subscriber(WEIGHED_REFERRALS, WEIGHING)
async def open_table_case(event: Event[ReferralWeighed], unit: CurrentUnit) -> None:
    if event.data.opens_table is None:
        return
    table_case = _brought_to_table(event, event.data.opens_table)
    table_cases.check_table(table_case, unit.own[event.house])
    if await unit.fetch_one("open_table_case", asdict(table_case)):
        await _add_referral(table_case, unit)
        opened = TableCaseOpened.model_validate(asdict(table_case))
        time = noon(table_case.opened_on)
        unit.announce("table-cases.opened.v1", opened, house=event.house, case_id=event.case_id, time=time)
    else:
        await _refer_again(table_case, unit)


def _brought_to_table(event: Event[ReferralWeighed], table: str) -> TableCase:
    weighed = event.data
    return TableCase(
        table_case_id=uuid4(),
        house=event.house,
        case_id=event.case_id,
        subject_id=weighed.subject_id,
        referral_id=weighed.referral_id,
        table=table,
        municipality=weighed.municipality,
        sub_region=weighed.sub_region,
        opened_on=weighed.briefing_on,
    )


async def _refer_again(found: TableCase, unit: Unit[Houses]) -> None:
    running = await unit.fetch_one("running_table_case", asdict(found))
    if running is None:
        raise NackMessage  # it was closed just now
    again = TableCaseReferredAgain(
        table_case_id=running["table_case_id"],
        referral_id=found.referral_id,
        table=found.table,
        referred_on=found.opened_on,
    )
    await unit.execute("add_referral", again.model_dump())
    time = noon(found.opened_on)
    unit.announce("table-cases.referred-again.v1", again, house=found.house, case_id=found.case_id, time=time)


async def _add_referral(opened: TableCase, unit: Unit[Houses]) -> None:
    await unit.execute("add_referral", asdict(opened) | {"referred_on": opened.opened_on})
