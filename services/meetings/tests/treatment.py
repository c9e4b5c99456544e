"""Somebody under treatment, from the decision on, as other services and people bring it about."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from shared.business_dates import today
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

OUTCOME = {
    "procedureDepartedFromOrBreakthrough": False,
    "allPartiesCooperate": True,
    "progressMade": True,
    "caseMadeManageable": False,
    "caseHolderCanGoOn": True,
}
PLAN: dict[str, Any] = {
    "agreedOn": "2015-03-17",
    "caseHolder": "reclassering-nederland",
    "agreements": [
        {
            "owner": {"partner": "gemeente-leiden", "person": "woonconsulent"},
            "domain": "housing",
            "what": "urgentieverklaring aanvragen",
            "dueOn": "2015-04-01",
        },
        {"owner": {"partner": "nationale-politie"}, "what": "wekelijks langsgaan", "dueOn": "2015-06-01"},
    ],
}


SUB_REGIONS = {"Leiden": "Holland Rijnland", "Gouda": "Midden Holland"}


@dataclass
class Subject:
    """Somebody about whom referrals are weighed."""

    service: RunningService
    case_id: UUID | None = field(default_factory=uuid4)
    subject_id: UUID = field(default_factory=uuid4)

    municipality: str = "Leiden"

    def weighed(self, opens_table: str | None = "focus", on: str = "2015-03-10", **more: Any) -> UUID:
        """A referral about the subject was weighed; gives its id."""
        referral_id = uuid4()
        self._tell("referrals.weighed.v1", self._decision(referral_id, opens_table, on) | more)
        return referral_id

    def weighed_again(self, referral_id: UUID, opens_table: str | None, on: str = "2015-03-17", **more: Any) -> None:
        """A referral was back on the agenda, and is weighed at its second tabling."""
        self._tell("referrals.weighed.v1", self._decision(referral_id, opens_table, on) | {"tabling": 2} | more)

    def referred(self, referral_id: UUID | None = None, referrer: str = "nationale-politie") -> UUID:
        """A referral on the subject came in today, while a table case runs; gives its id."""
        told = {"referralId": str(referral_id or uuid4()), "subjectId": str(self.subject_id), "kind": "arrest_notice"}
        told |= {"referrer": referrer, "receivedOn": today().isoformat()}
        self.service.send("intake", "repeats.received.v1", told, case_id=self.case_id)
        return UUID(told["referralId"])

    def decision_corrected(
        self, referral_id: UUID, opens_table: str | None, on: str = "2015-03-20", **more: Any
    ) -> None:
        """The right decision on a referral opens another table, or none."""
        decision = self._decision(referral_id, opens_table, "2015-03-10")
        self._tell("decisions.corrected.v1", decision | {"correctedOn": on} | more)

    def decision_withdrawn(self, referral_id: UUID, on: str = "2015-03-20", tabling: int = 1) -> None:
        withdrawn = {"referralId": str(referral_id), "subjectId": str(self.subject_id), "withdrawnOn": on}
        self._tell("decisions.withdrawn.v1", withdrawn | {"tabling": tabling})

    def _decision(self, referral_id: UUID, opens_table: str | None, on: str) -> dict[str, Any]:
        decision: dict[str, Any] = {
            "tabling": 1,
            "referralId": str(referral_id),
            "subjectId": str(self.subject_id),
            "municipality": self.municipality,
            "subRegion": SUB_REGIONS[self.municipality],
            "briefingOn": on,
            "decision": opens_table or "bilateral",
        }
        return decision | ({"opensTable": opens_table} if opens_table else {})

    def _tell(self, type: str, data: dict[str, Any]) -> None:
        self.service.send("weighing", type, data, case_id=self.case_id)

    def at_table(self, table: str = "focus", on: str = "2015-03-10") -> str:
        """The path of the table case that a new referral opens or finds running."""
        referral_id = self.weighed(table, on)
        assert wait_until(lambda: bool(table_cases(self.service, referralId=str(referral_id))), 10, interval=0.02)
        [found] = table_cases(self.service, referralId=str(referral_id))
        return f"/v1/table-cases/{found['tableCaseId']}"

    def discussed_at(self, table: str = "focus") -> str:
        """The path of a table case of which a session was held."""
        path = self.at_table(table)
        answer = self.service.post("/v1/sessions", session_of(path, table=table))
        holding = {"heldOn": answer.body["heldOn"]}
        assert self.service.post(f"/v1/sessions/{answer.body['sessionId']}/holding", holding).status == 200
        return path

    def treated_at(self, table: str = "focus") -> str:
        """The path of a table case with a session and a plan."""
        path = self.discussed_at(table)
        assert self.service.post(f"{path}/action-plan", PLAN).status == 201
        return path


def session_of(*paths: str, table: str = "focus", held_on: str = "2015-03-17", **more: Any) -> dict[str, Any]:
    """The command that plans a session of these table cases."""
    ids = [id_of(path) for path in paths]
    return {"table": table, "subRegion": "Holland Rijnland", "heldOn": held_on, "tableCaseIds": ids, **more}


def id_of(path: str) -> str:
    return path.rpartition("/")[2]


def table_cases(service: RunningService, **wanted: str) -> list[dict[str, Any]]:
    answer = service.get("/v1/table-cases", **wanted)
    assert answer.status == 200
    return list(answer.body["items"])
