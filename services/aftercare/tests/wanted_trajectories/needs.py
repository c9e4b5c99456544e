"""What weighing tells of the voluntary trajectories that the team wants. need: the `caseId` and `followUpId`."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.business_dates import today
from shared.testing.service import RunningService

DUE = (today() + timedelta(days=14)).isoformat()


def raised(aftercare: RunningService, need: dict[str, str]) -> None:
    data = {"municipality": "Leiden", "needs": ["housing", "debts"], "owner": "gemeente-leiden"}
    days = {"agreedOn": "2015-03-10", "dueOn": DUE}
    _tell(aftercare, "raised", need, data | days)


def closed(aftercare: RunningService, need: dict[str, str], end: str) -> None:
    _tell(aftercare, "closed", need, {"end": end, "closedOn": "2015-03-20"})


def _tell(aftercare: RunningService, what: str, need: dict[str, str], data: dict[str, Any]) -> None:
    about = {"referralId": str(uuid4()), "subjectId": str(uuid4()), "tabling": 1, "followUpId": need["followUpId"]}
    aftercare.send("weighing", f"trajectory-needs.{what}.v1", about | data, case_id=UUID(need["caseId"]))
