"""Who calls aftercare, what other services tell it, and a plan."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg

from shared.testing.service import WHEN, Answer, RunningService
from shared.testing.waiting import wait_until

HOUSE = "hollands-midden"
CALLERS = {
    "coordinator": {"house": HOUSE, "roles": ["aftercare_coordinator"]},
    "elsewhere": {"house": "elsewhere", "roles": ["aftercare_coordinator"]},
    "manager": {"house": HOUSE, "roles": ["chain_manager"]},
    "director": {"house": HOUSE, "roles": ["process_director"]},
    "team": {"house": HOUSE, "roles": ["weighing_team"]},
    "officer": {"house": HOUSE, "roles": ["intake_officer"]},
}
DOMAINS: list[dict[str, Any]] = [
    {"domain": "identity", "bottleneck": "no"},
    {"domain": "housing", "bottleneck": "yes", "referredTo": "gemeente-gouda", "accepted": True},
    {"domain": "income_work", "bottleneck": "yes", "agreement": "inschrijven als werkzoekende", "owner": "casemanager"},
    {"domain": "debts", "bottleneck": "unknown"},
    {"domain": "care", "bottleneck": "no"},
]
PLAN = {"madeOn": "2015-06-01", "domains": DOMAINS}


YEAR, SUPPORT_YEAR = "/v1/funds/van_der_staaij/2015", "/v1/funds/voluntary_trajectories/2015"
"""A fund with the lines that most tests book on, and one with a line for advances."""
BOOKED = {"bookedOn": "2015-03-04", "decision": "B-2015-01"}
OUTFLOW = {"Gouda": 120, "Leiden": 160, "Lisse": 20}
BookInYear = Callable[..., Answer]


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def detention_registered() -> dict[str, Any]:
    """The data of the event, as they go over the wire."""
    return {
        "detentionId": str(uuid4()),
        "subjectId": str(uuid4()),
        "municipality": "Gouda",
        "institution": "pi_alphen_aan_den_rijn",
        "detainedOn": "2015-03-02",
        "expectedReleaseOn": "2015-07-01",
        "ownAftercare": False,
        "registeredOn": "2015-03-03",
    }


def as_stated(recorded: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Facts without who recorded or withdrew them, and when: as they were stated."""
    about = {"recordedBy", "recordedAt", "withdrawnBy", "withdrawnAt", "withdrawnBecause"}
    return [{name: value for name, value in fact.items() if name not in about} for fact in recorded]


@dataclass
class Detainee:
    """Somebody of whom a detention notice came, and who may be at the aftercare table."""

    service: RunningService
    case_id: UUID | None = field(default_factory=uuid4)

    def notify(self, **differently: Any) -> str:
        """Intake registers a detention; gives its path. A field that is None is left out of the event."""
        usual = detention_registered()
        data = {key: value for key, value in (usual | differently).items() if value is not None}
        self.service.send("intake", "detentions.registered.v1", data, case_id=self.case_id)
        return f"/v1/detentions/{usual['detentionId']}"

    def detained(self, **differently: Any) -> str:
        """The path of a detention that has been registered here too."""
        path = self.notify(**differently)
        assert wait_until(lambda: self.service.get(path).status == 200, 10, interval=0.02)
        return path

    def opened(self, table_case_id: UUID, table: str = "aftercare") -> None:
        data = {"tableCaseId": str(table_case_id), "table": table, "openedOn": "2015-03-10"}
        self.service.send("meetings", "table-cases.opened.v1", data, case_id=self.case_id)

    def closed(self, table_case_id: UUID, table: str = "aftercare", on: str = "2015-09-01") -> None:
        data = {"tableCaseId": str(table_case_id), "table": table, "closedOn": on}
        self.service.send("meetings", "table-cases.closed.v1", data, case_id=self.case_id)

    def table_case(self, path: str) -> Any:
        """The table case that is seen with a detention, once what was sent before has been taken."""
        Detainee(self.service).detained()
        return self.service.get(path).body["tableCase"]


def known_case(service: RunningService) -> str:
    """A case of which meetings told that it came to the aftercare table."""
    case_id = str(uuid4())
    with psycopg.connect(service.database.url) as connection:
        connection.execute(
            "INSERT INTO table_cases (table_case_id, house, case_id, opened_on) VALUES (%s, %s, %s, '2015-01-01')",
            (uuid4(), HOUSE, case_id),
        )
    return case_id


def judgement(
    service: RunningService, type: str, data: dict[str, Any], case_id: UUID | None, time: datetime = WHEN
) -> list[dict[str, str]]:
    """What is wrong with a partner's message, which intake hands on as an event of this type."""
    message = {"messageId": str(uuid4()), "partner": "dji"} | data
    service.send("intake", type, message, case_id=case_id, time=time)

    def judged() -> list[Any]:
        heard = [event["data"] for event in service.announced("submissions.judged.v1")]
        return [each for each in heard if each["messageId"] == message["messageId"]]

    assert wait_until(lambda: bool(judged()), 10, interval=0.02)
    [told] = judged()
    assert told["partner"] == message["partner"]
    problems: list[dict[str, str]] = told["problems"]
    return problems
