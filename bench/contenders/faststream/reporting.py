"""Reporting: the journal of all events, and the projections."""

from typing import Annotated, Any

from faststream import Depends
from faststream.rabbit import RabbitRouter
from psycopg.types.json import Jsonb

from bench.contenders.faststream.messages import (
    DetentionRegistered,
    Event,
    ReferralRegistered,
    ReferralWeighed,
    TableCaseOpened,
    TableCaseReferredAgain,
)
from bench.contenders.faststream.topology import (
    DETENTIONS_TO_REPORT,
    INTAKE,
    MEETINGS,
    OPENED_TO_REPORT,
    REFERRALS_TO_REPORT,
    REFERRED_AGAIN_TO_REPORT,
    WEIGHED_TO_REPORT,
    WEIGHING,
)
from bench.contenders.faststream.unit import Unit, current_unit
from shared.configuration import ServiceSettings
from shared.messaging.envelope import TYPE_PREFIX

CurrentUnit = Annotated[Unit[None], Depends(current_unit, cast=False)]

router = RabbitRouter()


def own(settings: ServiceSettings) -> None:
    """Nothing: the projections know no house."""


@router.subscriber(REFERRALS_TO_REPORT, INTAKE)
async def report_referral(event: Event[ReferralRegistered], unit: CurrentUnit) -> None:
    await _keep_and_project(event, "put_referral", unit)


@router.subscriber(DETENTIONS_TO_REPORT, INTAKE)
async def report_detention(event: Event[DetentionRegistered], unit: CurrentUnit) -> None:
    await _keep_and_project(event, "put_detention", unit, weighed=event.data.referral_id is not None)


@router.subscriber(WEIGHED_TO_REPORT, WEIGHING)
async def report_tabling(event: Event[ReferralWeighed], unit: CurrentUnit) -> None:
    await _keep_and_project(event, "put_tabling", unit)


@router.subscriber(OPENED_TO_REPORT, MEETINGS)
async def report_opening(event: Event[TableCaseOpened], unit: CurrentUnit) -> None:
    await _keep_and_project(event, "put_opening", unit)


@router.subscriber(REFERRED_AGAIN_TO_REPORT, MEETINGS)
async def report_referred_again(event: Event[TableCaseReferredAgain], unit: CurrentUnit) -> None:
    await _keep_and_project(event, "put_referred_again", unit)


async def _keep_and_project(event: Event[Any], projection: str, unit: Unit[None], **known: bool) -> None:
    await unit.execute(
        "keep",
        {
            "event_id": event.id,
            "type": unit.document["type"].removeprefix(TYPE_PREFIX),
            "house": event.house,
            "case_id": event.subject,
            "time": event.time,
            "correlation_id": unit.correlation_id,
            "data": Jsonb(unit.document["data"]),
        },
    )
    await unit.execute(projection, event.data.model_dump() | known | {"house": event.house})
