"""Weighing: the agenda of the briefings, and what the team decides."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated

from faststream import Depends
from faststream.rabbit import RabbitRouter

from bench.contenders.faststream.messages import (
    DecisionTaken,
    Event,
    InformationRequestIssued,
    ReferralRegistered,
    ReferralWeighed,
)
from bench.contenders.faststream.topology import DECISIONS, DECISIONS_TO_RECORD, INTAKE, REFERRALS_TO_WEIGH
from bench.contenders.faststream.unit import Refused, Unit, current_unit
from services.weighing.config import load_houses
from services.weighing.domain import agenda, decisions
from services.weighing.domain.agenda import Referral
from services.weighing.domain.decisions import Decision, Weighed
from services.weighing.domain.house import House
from shared.business_dates import noon, today
from shared.configuration import ServiceSettings

LISTS = ("attendees", "criteria", "information_used")

Houses = Mapping[str, House]
CurrentUnit = Annotated[Unit[Houses], Depends(current_unit, cast=False)]

router = RabbitRouter()


def own(settings: ServiceSettings) -> Houses:
    """Raises ProfilesError."""
    return load_houses(settings.houses)


@router.subscriber(REFERRALS_TO_WEIGH, INTAKE)
async def put_on_agenda(event: Event[ReferralRegistered], unit: CurrentUnit) -> None:
    house = unit.own[event.house]
    registered = event.data.model_dump(exclude={"sex", "age_class"})
    referral = agenda.place(Referral(house=event.house, case_id=event.case_id, **registered), house)
    if not await unit.fetch_one("put_on_agenda", asdict(referral)):
        return
    if request := agenda.information_request(referral, house):
        await unit.execute("add_information_request", asdict(request) | {"house": event.house})
        issued = InformationRequestIssued(**asdict(request), subject_id=referral.subject_id)
        unit.announce(
            "information-requests.issued.v1", issued, house=event.house, case_id=event.case_id, time=event.time
        )


@router.subscriber(DECISIONS_TO_RECORD, DECISIONS)
async def record_decision(event: Event[DecisionTaken], unit: CurrentUnit) -> None:
    row = await unit.fetch_one("referral_to_weigh", {"house": event.house, "referral_id": event.data.referral_id})
    if row is None or row["table_on"] is None:
        raise Refused("the referral is not on the agenda")
    house, referral = unit.own[event.house], Referral(**row)
    decision = Decision(**event.data.model_dump(exclude={"referral_id"}))
    if broken := list(decisions.broken_rules(referral, decision, house, today())):
        raise Refused(", ".join(f"{rule.field} {rule.reason}" for rule in broken))
    weighed = decisions.weigh(referral, decision, house)
    await unit.execute("add_decision", _columns(referral, weighed))
    await unit.execute("move_on_agenda", asdict(decisions.after(referral, weighed)))
    _announce_weighed(referral, weighed, unit)


def _columns(referral: Referral, weighed: Weighed) -> dict[str, object]:
    decision = asdict(weighed.decision)
    lists = {name: list(decision[name]) for name in LISTS}
    consequences = {"tabling": weighed.tabling, "opens_table": weighed.opens_table, "back_on": weighed.back_on}
    return decision | lists | consequences | {"referral_id": referral.referral_id, "house": referral.house}


def _announce_weighed(referral: Referral, weighed: Weighed, unit: Unit[Houses]) -> None:
    decision = weighed.decision
    announced = ReferralWeighed(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        referrer=referral.referrer,
        briefing_on=decision.briefing_on,
        tabling=weighed.tabling,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=weighed.back_on,
        rerouted_to=decision.rerouted_to,
        opens_table=weighed.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        legal_ground=decision.legal_ground,
    )
    time = noon(decision.briefing_on)
    unit.announce("referrals.weighed.v1", announced, house=referral.house, case_id=referral.case_id, time=time)
