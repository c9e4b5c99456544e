"""Reporting without a broker: events go in, a report comes out."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from psycopg import Connection

from services.reporting import handlers
from services.reporting.config import load_houses
from services.reporting.dependencies import Unit
from services.reporting.errors import OUTCOMES
from services.reporting.service import LISTENS
from services.reporting.storage import ReportingStore
from shared.messaging import Delivery, Publishing
from shared.messaging.brake import Brake
from shared.messaging.envelope import Envelope, encode
from shared.messaging.sealing import Sealer
from shared.messaging.taking import Taker

HOUSE = "hollands-midden"
HOUSES = load_houses(Path(__file__).parents[4] / "houses")
SEALER = Sealer(bytes(32))


@dataclass(frozen=True)
class Reports:
    """Takes batches as the service does."""

    connection: Connection[Any]
    taker: Taker = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "taker", Taker(handlers.JournalReader(LISTENS), SEALER, self.unit, OUTCOMES))

    def take(self, *bodies: bytes) -> dict[str, int]:
        """How many events came to which outcome."""
        tally = self.taker.take(self.connection, [Delivery(queue="reporting", body=body) for body in bodies], Brake())
        return {outcome: count for (_, outcome), count in tally.items()}

    def report(self, year: int = 2015, house: str = HOUSE) -> dict[str, Any]:
        with self.connection.transaction():
            return handlers.report(house, year, self.unit(self.connection, uuid4()))

    def factsheet(self, municipality: str = "Gouda", year: int = 2015, house: str = HOUSE) -> dict[str, Any]:
        with self.connection.transaction():
            return handlers.factsheet(house, municipality, year, self.unit(self.connection, uuid4()))

    def rebuild(self) -> int:
        with self.connection.transaction():
            return handlers.rebuild(ReportingStore(self.connection))

    def unit(self, connection: Connection[Any], correlation_id: UUID) -> Unit:
        return Unit(
            connection=connection,
            publishing=Publishing("reporting", {}, SEALER),
            correlation_id=correlation_id,
            houses=HOUSES,
        )


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
