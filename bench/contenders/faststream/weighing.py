"""Weighing: the agenda of the briefings, and what the team decides."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
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
from services.weighing.agenda.rules import place
from services.weighing.decisions import rules as decisions
from services.weighing.decisions.checks import broken_rules
from services.weighing.decisions.rules import Decision, RecordedDecision
from services.weighing.follow_ups.rules import AgreedFollowUp
from services.weighing.house import House
from services.weighing.information_requests.asking import requests_about
from services.weighing.profile import load_houses
from services.weighing.referrals.rules import Referral
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
    referral = place(Referral(house=event.house, case_id=event.case_id, **registered), house)
    if not await unit.fetch_one("put_on_agenda", asdict(referral)):
        return
    for request in requests_about(referral, house, today()):
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
    taken = event.data.model_dump(exclude={"referral_id", "follow_ups"})
    agreed = tuple(AgreedFollowUp(**each.model_dump()) for each in event.data.follow_ups)
    decision = Decision(**taken, follow_ups=agreed)
    if broken := list(broken_rules(referral, decision, (), house, today())):
        raise Refused(", ".join(f"{rule.field} {rule}" for rule in broken))
    recorded = decisions.weigh(referral, decision, house, "team", datetime.now(UTC))
    await unit.execute("add_decision", _columns(referral, recorded))
    await unit.execute("move_on_agenda", asdict(decisions.next_place(referral, recorded)))
    _announce_weighed(referral, recorded, unit)


def _columns(referral: Referral, recorded: RecordedDecision) -> dict[str, object]:
    decision = asdict(recorded.decision)
    del decision["follow_ups"]  # weighing here has none of its own
    lists = {name: list(decision[name]) for name in LISTS}
    consequences = {"tabling": recorded.tabling, "opens_table": recorded.opens_table, "back_on": recorded.back_on}
    return decision | lists | consequences | {"referral_id": referral.referral_id, "house": referral.house}


def _announce_weighed(referral: Referral, recorded: RecordedDecision, unit: Unit[Houses]) -> None:
    decision = recorded.decision
    announced = ReferralWeighed(
        referral_id=referral.referral_id,
        subject_id=referral.subject_id,
        municipality=referral.municipality,
        sub_region=referral.sub_region,
        referrer=referral.referrer,
        briefing_on=decision.briefing_on,
        tabling=recorded.tabling,
        decision=decision.decision,
        reason=decision.reason,
        comes_back_on=recorded.back_on,
        rerouted_to=decision.rerouted_to,
        opens_table=recorded.opens_table,
        attendees=decision.attendees,
        criteria=decision.criteria,
        legal_ground=decision.legal_ground,
    )
    time = noon(decision.briefing_on)
    unit.announce("referrals.weighed.v1", announced, house=referral.house, case_id=referral.case_id, time=time)
