"""Events as their publishers send them to reporting."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from shared.messaging.envelope import Envelope, encode

HOUSE = "hollands-midden"
ONE, OTHER = UUID(int=1), UUID(int=2)
"""Ids of referrals and of subjects."""


def event(type: str, data: dict[str, Any], *, house: str = HOUSE, hour: int = 12) -> bytes:
    """An event as its publisher sends it, with a field that reporting does not know."""
    return encode(
        Envelope(
            id=uuid4(),
            source="urn:nld:ketenhuis:somebody",
            type=type,
            subject=str(uuid4()),
            time=datetime(2015, 3, 10, hour, tzinfo=UTC),
            house=house,
            correlation_id=uuid4(),
            data=data | {"somethingNewer": "kept in the journal"},
        )
    )


def registered(referral_id: UUID, subject_id: UUID, *, house: str = HOUSE, **differently: Any) -> bytes:
    data = {
        "referralId": referral_id,
        "subjectId": subject_id,
        "kind": "arrest_notice",
        "referrer": "nationale-politie",
        "receivedOn": "2015-03-03",
        "municipality": "Gouda",
        "subRegion": "Midden Holland",
        "sex": "woman",
        "ageClass": "18_to_23",
    }
    return event("referrals.registered.v1", data | differently, house=house)


def weighed(referral_id: UUID, subject_id: UUID, *, house: str = HOUSE, **differently: Any) -> bytes:
    data = {
        "referralId": referral_id,
        "subjectId": subject_id,
        "municipality": "Gouda",
        "subRegion": "Midden Holland",
        "referrer": "nationale-politie",
        "briefingOn": "2015-03-10",
        "tabling": 1,
        "decision": "bilateral",
        "attendees": ["nationale-politie"],
        "criteria": [],
        "legalGround": "covenant",
    }
    return event("referrals.weighed.v1", data | differently, house=house)


def opened(table_case_id: UUID, **differently: Any) -> bytes:
    data = {
        "tableCaseId": table_case_id,
        "referralId": uuid4(),
        "subjectId": uuid4(),
        "table": "focus",
        "municipality": "Gouda",
        "subRegion": "Midden Holland",
        "openedOn": "2014-11-01",
    }
    return event("table-cases.opened.v1", data | differently)


def closed(table_case_id: UUID, **differently: Any) -> bytes:
    outcome = {
        "procedureDepartedFromOrBreakthrough": False,
        "allPartiesCooperate": True,
        "progressMade": True,
        "caseMadeManageable": False,
        "caseHolderCanGoOn": True,
    }
    data = {"tableCaseId": table_case_id, "table": "focus", "closedOn": "2015-04-01", "outcome": outcome}
    return event("table-cases.closed.v1", data | differently)


def detained(detention_id: UUID, **differently: Any) -> bytes:
    data = {
        "detentionId": detention_id,
        "subjectId": uuid4(),
        "municipality": "Katwijk",
        "institution": "PI Alphen",
        "detainedOn": "2015-02-01",
        "ownAftercare": True,
        "registeredOn": "2015-02-03",
    }
    return event("detentions.registered.v1", data | differently)


def release_changed(detention_id: UUID, release_on: str, hour: int = 12) -> bytes:
    data = {
        "detentionId": detention_id,
        "municipality": "Katwijk",
        "releaseOn": release_on,
        "source": "dji",
        "changedOn": "2015-03-10",
    }
    return event("release-dates.changed.v1", data, hour=hour)


def aftercare_planned(detention_id: UUID, *, hour: int = 12, **bottlenecks: str) -> bytes:
    domains = [
        {"domain": domain, "bottleneck": bottleneck}
        | ({"referredTo": "leger-des-heils"} if bottleneck == "yes" else {})
        for domain, bottleneck in bottlenecks.items()
    ]
    data = {"detentionId": detention_id, "municipality": "Gouda", "madeOn": "2015-03-10", "domains": domains}
    return event("aftercare-plans.made.v1", data, hour=hour)


def work_at_table(table_case_id: UUID) -> list[bytes]:
    """A session, a plan, an answer and a repeated referral."""
    case = {"tableCaseId": table_case_id}
    session = {
        "sessionId": uuid4(),
        "table": "focus",
        "subRegion": "Midden Holland",
        "heldOn": "2015-03-12",
        "tableCaseIds": [table_case_id],
    }
    plan = {
        "table": "focus",
        "agreedOn": "2015-03-12",
        "caseHolder": "ggd-hollands-midden",
        "agreements": 4,
        "domains": ["debts"],
    }
    answer = {"moment": "week_1", "dueOn": "2015-03-19", "answeredOn": "2015-03-19", "planStands": True}
    again = {"referralId": uuid4(), "table": "focus", "referredOn": "2015-04-01"}
    return [
        event("sessions.planned.v1", session),
        event("action-plans.agreed.v1", case | plan),
        event("monitoring-moments.answered.v1", case | answer),
        event("table-cases.referred-again.v1", case | again),
    ]


def all_kinds() -> list[bytes]:
    """One event of each type and more, as different publishers send them."""
    table_case, detention = uuid4(), uuid4()
    return [
        registered(ONE, ONE),
        registered(OTHER, ONE, sex="man", ageClass="under_18"),
        weighed(ONE, ONE, decision="no_follow_up", reason="deferred", comesBackOn="2015-03-24"),
        weighed(ONE, ONE, tabling=2, briefingOn="2015-03-24", decision="focus"),
        weighed(OTHER, ONE, municipality="Leiden"),
        opened(table_case),
        *work_at_table(table_case),
        closed(table_case),
        detained(detention),
        release_changed(detention, "2015-08-01"),
        aftercare_planned(detention, housing="yes", debts="no"),
    ]


def changed_often() -> list[bytes]:
    """Of one detention and one table case what came more than once, of which one or the first counts."""
    table_case, detention = uuid4(), uuid4()
    return [
        opened(table_case),
        opened(table_case, municipality="Leiden"),
        closed(table_case),
        closed(table_case, closedOn="2015-06-01", outcome=None),
        *work_at_table(table_case),
        *work_at_table(table_case),
        detained(detention),
        detained(detention, municipality="Leiden", referralId=uuid4(), expectedReleaseOn="2015-05-05"),
        *(release_changed(detention, f"2015-0{hour}-01", hour=hour) for hour in (7, 9, 8, 9)),
        *(aftercare_planned(detention, hour=hour, housing="yes", debts="unknown") for hour in (9, 7, 8)),
        aftercare_planned(detention, hour=9),
        registered(uuid4(), uuid4()),
        weighed(ONE, OTHER, municipality="Leiden"),
    ]
