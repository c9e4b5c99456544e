"""What happens around a briefing: referrals and answers come in, the team looks at its agenda and decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.business_dates import today
from shared.testing.service import Answer, RunningService
from shared.testing.waiting import wait_until
from shared.working_days import next_working_day

HOUSE = "hollands-midden"
THURSDAY = datetime(2015, 3, 5, 9, tzinfo=UTC)
TUESDAY = "2015-03-10"
NEXT_TUESDAY = "2015-03-17"
SECONDS = 10.0

DUE = next_working_day(today() + timedelta(days=7)).isoformat()
"""Of follow-ups: a day that is to come, however long ago the briefing was."""
SETTLED: dict[str, Any] = {
    "what": "settle_bilaterally",
    "owner": "nationale-politie",
    "otherPartner": "gemeente-leiden",
    "dueOn": DUE,
}
ASKED: dict[str, Any] = {
    "what": "ask_supervisor",
    "owner": "nationale-politie",
    "question": "meeting_needed",
    "askedOf": "gemeente-leiden",
    "dueOn": DUE,
}
BILATERAL: dict[str, Any] = {
    "briefingOn": TUESDAY,
    "decision": "bilateral",
    "attendees": ["nationale-politie", "openbaar-ministerie"],
    "legalGround": "covenant",
    "followUps": [SETTLED],
}
DEFERRED = BILATERAL | {"decision": "no_follow_up", "reason": "deferred", "followUps": [ASKED]}
INFORMED = BILATERAL | {"decision": "no_follow_up", "reason": "informed", "followUps": []}
FOCUS = BILATERAL | {
    "decision": "focus",
    "followUps": [],
    "criteria": ["several_life_domains", "several_chains", "affects_surroundings"],
    "informationUsed": ["openbaar-ministerie"],
}
WRONG = {"because": "Recorded on the wrong referral."}


@dataclass(frozen=True)
class Briefing:
    """The weighing team of one sub-region at work."""

    service: RunningService

    def register(self, *, case_id: UUID | None = None, house: str = HOUSE, **differently: Any) -> str:
        """A referral, by default received on the Thursday before the briefing in Leiden. Gives its id."""
        data = {
            "referralId": str(uuid4()),
            "subjectId": str(uuid4()),
            "kind": "arrest_notice",
            "referrer": "nationale-politie",
            "receivedOn": "2015-03-05",
            "municipality": "Leiden",
            "subRegion": "Holland Rijnland",
            "sex": "man",
            "ageClass": "23_and_over",
            **differently,
        }
        self.send("referrals.registered.v1", data, case_id=case_id or uuid4(), house=house)
        return str(data["referralId"])

    def send(self, type: str, data: dict[str, Any], *, case_id: UUID | None, house: str = HOUSE) -> None:
        """An event of intake."""
        self.service.send("intake", type, data, case_id=case_id, house=house, time=THURSDAY)

    def on_agenda(self, **differently: Any) -> str:
        """A referral that weighing has taken in."""
        referral_id = self.register(**differently)
        assert wait_until(lambda: self.referral(referral_id).status == 200, SECONDS, interval=0.02)
        return referral_id

    def referral(self, referral_id: str) -> Answer:
        return self.service.get(f"/v1/referrals/{referral_id}")

    def agenda(self, on: str = TUESDAY, **wanted: str) -> list[str]:
        """The referrals on the agenda of a briefing, in its order."""
        wanted = {"subRegion": "Holland Rijnland", "on": on, **wanted}
        return [item["referralId"] for item in self.service.get("/v1/agenda", **wanted).body["items"]]

    def decide(self, referral_id: str, decision: dict[str, Any], caller: str = "team") -> Answer:
        return self.service.post(f"/v1/referrals/{referral_id}/decisions", decision, caller)

    def decide_together(
        self, decided: Mapping[str, Mapping[str, Any]], on: str = TUESDAY, caller: str = "team"
    ) -> Answer:
        """decided: by referral, each as `decide` takes it; all of the briefing on that day."""
        return self.post_decisions(
            [body_of(decision) | {"referralId": id} for id, decision in decided.items()], on, caller
        )

    def post_decisions(self, decisions: list[dict[str, Any]], on: str = TUESDAY, caller: str = "team") -> Answer:
        return self.service.post(f"/v1/briefings/{on}/decisions", {"decisions": decisions}, caller)

    def correct(
        self, referral_id: str, decision: dict[str, Any], tabling: int = 1, caller: str = "coordinator"
    ) -> Answer:
        return self.service.post(
            f"/v1/referrals/{referral_id}/decisions/{tabling}/correction", decision | WRONG, caller
        )

    def led_by(self, *names: str) -> None:
        """A colleague writes down who leads the briefing; nobody without a name."""
        here, path = {"subRegion": "Holland Rijnland"}, f"/v1/briefings/{TUESDAY}/seats"
        seats = [{"partner": "nationale-politie", "name": name, "chair": True} for name in names]
        version = self.service.get(path, "team", **here).body["version"]
        assert self.service.post(path, {**here, "seats": seats}, "team", version=version).status in (200, 201)

    def withdraw(self, referral_id: str, tabling: int = 1, caller: str = "coordinator", **seen: str) -> Answer:
        """seen: `recordedAt` of the decision that was read."""
        return self.service.post(f"/v1/referrals/{referral_id}/decisions/{tabling}/withdrawal", WRONG | seen, caller)

    def asked(self) -> list[dict[str, Any]]:
        return self.service.announced("information-requests.issued.v1")

    def weighed(self) -> list[dict[str, Any]]:
        return self.service.announced("referrals.weighed.v1")


def body_of(decision: Mapping[str, Any]) -> dict[str, Any]:
    """A decision without its briefing, which the path names."""
    return {name: value for name, value in decision.items() if name != "briefingOn"}
