"""Events as their publishers send them to reporting."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from shared.messaging.envelope import Envelope, encode

HOUSE = "hollands-midden"
ONE, OTHER = UUID(int=1), UUID(int=2)
"""Ids of referrals and of subjects."""


def event(type: str, data: dict[str, Any], *, house: str = HOUSE) -> bytes:
    """An event as its publisher sends it, with a field that reporting does not know. Later calls give later ids."""
    return encode(
        Envelope(
            id=uuid7(),
            source="urn:nld:ketenhuis:somebody",
            type=type,
            subject=uuid4(),
            time=datetime(2015, 3, 10, 12, tzinfo=UTC),
            house=house,
            correlation_id=uuid4(),
            data=data | {"somethingNewer": "kept in the journal"},
        )
    )


def restated(type: str, body: bytes, **more: Any) -> bytes:
    """An event of another type with the data of this one, and more."""
    return event(type, json.loads(body)["data"] | more)


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


def decision_corrected(referral_id: UUID, subject_id: UUID, **differently: Any) -> bytes:
    return restated("decisions.corrected.v1", weighed(referral_id, subject_id, **differently), correctedOn="2015-03-12")


def decision_withdrawn(referral_id: UUID, subject_id: UUID, tabling: int = 1) -> bytes:
    data = {"referralId": referral_id, "subjectId": subject_id, "tabling": tabling, "withdrawnOn": "2015-03-12"}
    return event("decisions.withdrawn.v1", data)


def merged(merge_id: UUID, one: UUID, other: UUID, on: str = "2015-03-20") -> bytes:
    """Two subjects are one person."""
    data = {"mergeId": merge_id, "subjectId": one, "mergedSubjectId": other, "mergedCaseId": uuid4(), "mergedOn": on}
    return event("subjects.merged.v1", data)


def separated(merge_id: UUID, one: UUID, other: UUID, on: str = "2015-06-01") -> bytes:
    data = {"mergeId": merge_id, "subjectId": one, "separatedSubjectId": other, "separatedCaseId": uuid4()}
    return event("subjects.separated.v1", data | {"separatedOn": on})


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
        "institution": "pi_alphen_aan_den_rijn",
        "detainedOn": "2015-02-01",
        "ownAftercare": True,
        "registeredOn": "2015-02-03",
    }
    return event("detentions.registered.v1", data | differently)


def detention_corrected(detention_id: UUID, **differently: Any) -> bytes:
    data = {
        "detentionId": detention_id,
        "subjectId": uuid4(),
        "municipality": "Leiden",
        "institution": "pi_alphen_aan_den_rijn",
        "detainedOn": "2015-02-01",
        "ownAftercare": False,
        "correctedOn": "2015-03-11",
    }
    return event("detentions.corrected.v1", data | differently)


def release_changed(detention_id: UUID, release_on: str | None) -> bytes:
    data = {
        "detentionId": detention_id,
        "municipality": "Katwijk",
        **({"releaseOn": release_on} if release_on else {}),
        "source": "dji",
        "changedOn": "2015-03-10",
    }
    return event("release-dates.changed.v1", data)


def aftercare_planned(detention_id: UUID, *, made_on: str = "2015-03-10", **bottlenecks: str) -> bytes:
    domains = [
        {"domain": domain, "bottleneck": bottleneck}
        | ({"referredTo": "leger-des-heils"} if bottleneck == "yes" else {})
        for domain, bottleneck in bottlenecks.items()
    ]
    data = {"detentionId": detention_id, "municipality": "Gouda", "madeOn": made_on, "domains": domains}
    return event("aftercare-plans.made.v1", data)


def aftercare_plan_withdrawn(detention_id: UUID, made_on: str = "2015-03-10") -> bytes:
    data = {"detentionId": detention_id, "municipality": "Gouda", "madeOn": made_on, "withdrawnOn": "2015-03-12"}
    return event("aftercare-plans.withdrawn.v1", data)


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


def taken_back() -> list[bytes]:
    """Facts that were corrected or withdrawn, in the order in which their publishers told them."""
    detention, twice, mistake, table_case = uuid4(), uuid4(), uuid4(), uuid4()
    return [
        weighed(ONE, ONE, decision="focus"),
        decision_corrected(ONE, ONE, municipality="Leiden", decision="no_follow_up", reason="deferred"),
        weighed(OTHER, OTHER),
        decision_withdrawn(OTHER, OTHER),
        merged(detention, ONE, OTHER),
        separated(detention, ONE, OTHER),
        merged(mistake, ONE, OTHER),
        opened(table_case),
        closed(table_case),
        detained(detention, expectedReleaseOn="2015-05-05"),
        detention_corrected(detention, expectedReleaseOn="2015-06-05"),
        release_changed(detention, "2015-08-01"),
        release_changed(detention, None),
        detained(twice),
        event("detentions.joined.v1", {"detentionId": twice, "joinedTo": detention, "joinedOn": "2015-02-03"}),
        detained(mistake),
        event("detentions.withdrawn.v1", {"detentionId": mistake, "reason": "mistake", "withdrawnOn": "2015-02-04"}),
        event("detentions.restored.v1", {"detentionId": mistake, "restoredOn": "2015-02-05"}),
        event("detentions.withdrawn.v1", {"detentionId": mistake, "reason": "mistake", "withdrawnOn": "2015-02-06"}),
        aftercare_planned(mistake, housing="yes"),
        aftercare_planned(detention, housing="no"),
        aftercare_planned(detention, made_on="2015-03-11", housing="yes"),
        aftercare_plan_withdrawn(detention, "2015-03-11"),
        *taken_back_at_tables(),
    ]


def session(type: str, session_id: UUID, table_case_id: UUID, **days: str) -> bytes:
    data = {"sessionId": session_id, "table": "focus", "subRegion": "Midden Holland", "tableCaseIds": [table_case_id]}
    return event(type, data | days)


def plan_agreed(plan_id: UUID, table_case_id: UUID, agreements: int = 4) -> bytes:
    data = {"actionPlanId": plan_id, "agreedOn": "2015-03-12", "agreements": agreements, "domains": ["debts"]}
    return event("action-plans.agreed.v1", at_focus(table_case_id) | data | {"caseHolder": "ggd-hollands-midden"})


def answered(table_case_id: UUID, *, plan_stands: bool) -> bytes:
    data = {"moment": "week_1", "dueOn": "2015-03-19", "answeredOn": "2015-03-19", "planStands": plan_stands}
    return event("monitoring-moments.answered.v1", {"tableCaseId": table_case_id} | data)


def withdrawn(type: str, table_case_id: UUID, **more: Any) -> bytes:
    """An event of meetings that takes something of a table case back."""
    return event(type, at_focus(table_case_id) | more | {"withdrawnOn": "2015-04-20"})


def at_focus(table_case_id: UUID) -> dict[str, Any]:
    return {"tableCaseId": table_case_id, "table": "focus"}


def taken_back_at_tables() -> list[bytes]:
    """Corrections and withdrawals of meetings, in the order in which it told them."""
    running, wrong, session_id, plan, again = (uuid4() for _ in range(5))
    brought = at_focus(running) | {"referralId": again, "referredOn": "2015-04-01"}
    return [
        opened(running),
        closed(running),
        restated("closings.corrected.v1", closed(running, closedOn="2015-06-01"), correctedOn="2015-06-02"),
        withdrawn("closings.withdrawn.v1", running),
        opened(wrong),
        withdrawn("table-cases.withdrawn.v1", wrong, referralId=ONE),
        event("table-cases.referred-again.v1", brought),
        withdrawn("table-case-referrals.withdrawn.v1", running, referralId=again),
        session("sessions.planned.v1", session_id, running, heldOn="2015-03-12"),
        session("sessions.moved.v1", session_id, running, movedFrom="2015-03-12", movedTo="2015-03-13"),
        session("sessions.held.v1", session_id, running, heldOn="2015-03-13"),
        session("sessions.cancelled.v1", session_id, running, cancelledOn="2015-03-14"),
        plan_agreed(plan, running),
        withdrawn("action-plans.withdrawn.v1", running, actionPlanId=plan),
        answered(running, plan_stands=True),
        withdrawn("monitoring-answers.withdrawn.v1", running, moment="week_1"),
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
        detention_corrected(detention, municipality="Leiden", expectedReleaseOn="2015-05-05"),
        *(release_changed(detention, f"2015-0{month}-01") for month in (7, 9, 8)),
        *(aftercare_planned(detention, made_on=f"2015-03-0{day}", housing="yes", debts="unknown") for day in (9, 7, 7)),
        aftercare_planned(detention, made_on="2015-03-09"),
        registered(uuid4(), uuid4()),
        weighed(ONE, OTHER, municipality="Leiden"),
    ]
