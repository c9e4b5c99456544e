"""Who of the owner does a follow-up: somebody takes it, hands it over to a colleague, or leaves."""

from typing import Any

import pytest

from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, DUE, Briefing
from services.weighing.tests.conftest import CALLERS
from shared.configuration import ServiceSettings
from shared.testing.issuer import PERSON, Issuer
from shared.testing.service import Answer, RunningService, ServiceStarter

POLICE, LEIDEN, HOUSE = "nationale-politie", "gemeente-leiden", "hollands-midden"
KARIN, BRAM = {"sub": "7c1f", "name": "Karin Veldhuis"}, {"sub": "9e2a", "name": "Bram Lindenhof"}


@pytest.fixture(scope="module")
def service(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    return start_service(Weighing, CALLERS, ServiceSettings, **issuer.settings)


class Owner:
    """A partner whose people do the one follow-up that there is."""

    def __init__(self, weighing: RunningService, issuer: Issuer) -> None:
        self._weighing, self._issuer = weighing, issuer

    def signed_in(self, who: dict[str, str], organisation: str = POLICE) -> str:
        functions = {HOUSE: ["participant"]}
        return self._issuer.token({**PERSON, **who, "organisation": organisation, "functions": functions})

    def hand_over(self, to: dict[str, str] | None, caller: str) -> Answer:
        body = {"person": to["sub"] if to else None}
        return self._weighing.post(f"/v1/follow-ups/{self.listed()['followUpId']}/person", body, caller)

    def leave(self, who: dict[str, str], caller: str) -> Answer:
        left = {"partner": POLICE, "person": who["sub"]}
        return self._weighing.post("/v1/people/departures", left, caller)

    def listed(self) -> dict[str, Any]:
        [found] = self._weighing.get("/v1/follow-ups").body["items"]
        return dict(found)

    def named(self) -> tuple[str | None, str | None]:
        return self.listed()["person"], self.listed()["personName"]

    def known(self, caller: str = "team") -> list[str]:
        return [each["name"] for each in self._weighing.get("/v1/people", caller).body["items"]]

    def work(self, who: dict[str, str]) -> int:
        return len(self._weighing.get("/v1/work", self.signed_in(who)).body["items"])


@pytest.fixture
def owner(briefing: Briefing, weighing: RunningService, issuer: Issuer) -> Owner:
    assert briefing.decide(briefing.on_agenda(), BILATERAL).status == 201
    return Owner(weighing, issuer)


def test_who_takes_a_follow_up_is_known_from_then_on_and_a_colleague_hands_it_over(owner: Owner) -> None:
    karin, bram = owner.signed_in(KARIN), owner.signed_in(BRAM)
    assert (owner.named(), owner.work(KARIN), owner.work(BRAM)) == ((None, None), 1, 1)
    assert owner.hand_over(BRAM, karin).wrong_fields == ["person"], "nobody knows Bram yet"
    assert owner.hand_over(KARIN, karin).body["person"] == KARIN["sub"]
    assert (owner.named(), owner.known()) == ((KARIN["sub"], KARIN["name"]), [KARIN["name"]])
    assert (owner.work(KARIN), owner.work(BRAM)) == (1, 0)
    assert owner.hand_over(BRAM, bram).status == 201
    assert (owner.work(KARIN), owner.work(BRAM)) == (0, 1)
    assert owner.hand_over(KARIN, "coordinator").status == 201, "the house names somebody who is known"
    assert owner.hand_over(None, bram).status == 201
    assert (owner.named(), owner.work(KARIN), owner.work(BRAM)) == ((None, None), 1, 1)


def test_who_says_that_it_does_follow_ups_is_named_before_it_took_any(owner: Owner, weighing: RunningService) -> None:
    karin, bram = owner.signed_in(KARIN), owner.signed_in(BRAM)
    assert owner.hand_over(BRAM, karin).wrong_fields == ["person"]
    for _ in range(2):
        assert weighing.post("/v1/people", None, bram).body == {
            "partner": POLICE,
            "person": "9e2a",
            "name": BRAM["name"],
        }
    assert owner.known() == [BRAM["name"]]
    assert owner.hand_over(BRAM, karin).status == 201
    assert (owner.named(), owner.work(KARIN), owner.work(BRAM)) == ((BRAM["sub"], BRAM["name"]), 0, 1)
    assert weighing.post("/v1/people", None, "team").status == 403, "nobody of the house does one"


def test_people_of_another_partner_neither_name_nor_see_anybody(owner: Owner) -> None:
    stranger = owner.signed_in(BRAM, LEIDEN)
    assert owner.hand_over(KARIN, owner.signed_in(KARIN)).status == 201
    assert owner.hand_over(BRAM, stranger).status == 404
    assert (owner.known(stranger), owner.known(owner.signed_in(BRAM))) == ([], [KARIN["name"]])
    assert owner.leave(KARIN, stranger).wrong_fields == ["person"]
    assert owner.hand_over(BRAM, "coordinator").wrong_fields == ["person"]


def test_what_somebody_was_to_do_who_left_is_the_partners_again_and_shows_as_such(owner: Owner) -> None:
    assert owner.hand_over(KARIN, owner.signed_in(KARIN)).status == 201
    assert owner.leave(KARIN, owner.signed_in(BRAM)).status == 201
    assert (owner.named(), owner.known(), owner.work(BRAM)) == ((KARIN["sub"], None), [], 1)
    assert owner.leave(KARIN, "team").wrong_fields == ["person"]


def test_colleagues_find_in_their_work_what_is_overdue_and_nobody_takes_what_is_reported(
    owner: Owner, weighing: RunningService
) -> None:
    assert owner.hand_over(KARIN, owner.signed_in(KARIN)).status == 201
    weighing.as_owner.execute("UPDATE follow_ups SET due_on = '2026-01-05'")
    assert owner.work(BRAM) == 1
    weighing.as_owner.execute("UPDATE follow_ups SET due_on = %s", [DUE])
    [told] = weighing.announced("referrals.weighed.v1")[0]["data"]["followUps"]
    follow_up_id = told["followUpId"]
    assert KARIN["sub"] not in str(told)
    assert (
        weighing.post(f"/v1/follow-ups/{follow_up_id}/report", {"state": "done"}, owner.signed_in(KARIN)).status == 201
    )
    late = weighing.post(f"/v1/follow-ups/{follow_up_id}/person", {"person": None}, owner.signed_in(BRAM))
    assert (late.status, late.wrong_fields) == (409, ["followUpId"])


PLACED = BILATERAL | {
    **{"decision": "no_follow_up", "reason": "placed_elsewhere"},
    "followUps": [{"what": "follow_running_plan", "owner": POLICE, "dueOn": DUE}],
}


def move(weighing: RunningService, owner: str, caller: str) -> Answer:
    [found] = weighing.get("/v1/follow-ups").body["items"]
    return weighing.post(f"/v1/follow-ups/{found['followUpId']}/owner", {"owner": owner}, caller)


def test_a_follow_up_of_the_case_holder_goes_with_the_case_and_stays_the_decisions(
    briefing: Briefing, weighing: RunningService, issuer: Issuer
) -> None:
    referral_id, owner = briefing.on_agenda(), Owner(weighing, issuer)
    assert briefing.decide(referral_id, PLACED).status == 201
    karin, receiving = owner.signed_in(KARIN), owner.signed_in(BRAM, LEIDEN)
    assert owner.hand_over(KARIN, karin).status == 201
    assert move(weighing, LEIDEN, receiving).status == 404, "the partner that does it now gives it, or the house"
    assert move(weighing, "nobody", "coordinator").wrong_fields == ["owner"]
    assert [move(weighing, LEIDEN, karin).status, move(weighing, LEIDEN, "coordinator").status] == [201, 201]
    [found] = weighing.get("/v1/follow-ups", receiving).body["items"]
    assert (found["owner"], found["agreedWith"], found["person"]) == (LEIDEN, POLICE, None)
    assert (owner.work(KARIN), len(weighing.get("/v1/work", receiving).body["items"])) == (0, 1)
    assert briefing.correct(referral_id, PLACED | {"motive": "Het plan loopt."}).status == 201
    assert owner.listed()["owner"] == LEIDEN, "a correction of something else leaves it there"
    assert move(weighing, POLICE, "coordinator").status == 201
    assert (owner.listed()["owner"], owner.listed()["agreedWith"]) == (POLICE, None)


def test_another_follow_up_goes_to_another_partner_by_a_correction_alone(
    owner: Owner, weighing: RunningService
) -> None:
    assert move(weighing, LEIDEN, "coordinator").status == 409
