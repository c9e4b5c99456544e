"""Aftercare: detentions, and who is at the aftercare table."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

from faststream import Depends
from faststream.rabbit import RabbitRouter

from bench.contenders.faststream.messages import DetentionRegistered, Event, TableCaseOpened
from bench.contenders.faststream.topology import DETENTIONS_TO_REGISTER, INTAKE, MEETINGS, OPENED_TO_FOLLOW
from bench.contenders.faststream.unit import Unit, current_unit
from services.aftercare.detentions import rules as detentions
from services.aftercare.detentions.rules import Detention, ToldReleaseDate
from services.aftercare.house import House
from services.aftercare.profile import load_houses
from shared.business_dates import noon
from shared.configuration import ServiceSettings

Houses = Mapping[str, House]
CurrentUnit = Annotated[Unit[Houses], Depends(current_unit, cast=False)]

router = RabbitRouter()


def own(settings: ServiceSettings) -> Houses:
    """Raises ProfilesError."""
    return load_houses(settings.houses)


@router.subscriber(DETENTIONS_TO_REGISTER, INTAKE)
async def register_detention(event: Event[DetentionRegistered], unit: CurrentUnit) -> None:
    notice = event.data.model_dump(exclude={"expected_release_on"})
    detention = Detention(**notice, house=event.house, case_id=event.case_id)
    await unit.execute("add_detention", asdict(detention))
    if release_on := event.data.expected_release_on:
        expected = ToldReleaseDate(
            release_on=release_on,
            source=detentions.NOTICE,
            changed_on=detention.registered_on,
            told_at=noon(detention.registered_on),
            statement_id=event.id,
        )
        detentions.change_release_date(detention, expected)  # raises what is wrong with it
        which = {"house": event.house, "detention_id": detention.detention_id}
        await unit.execute("add_release_date", which | asdict(expected))


@router.subscriber(OPENED_TO_FOLLOW, MEETINGS)
async def follow_opened_table_case(event: Event[TableCaseOpened], unit: CurrentUnit) -> None:
    if event.data.table in unit.own[event.house].aftercare_tables:
        which = {"house": event.house, "case_id": event.case_id}
        opened = {"table_case_id": event.data.table_case_id, "opened_on": event.data.opened_on, "told_by": event.id}
        await unit.execute("open_table_case", which | opened)
