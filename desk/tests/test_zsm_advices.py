"""ZSM-advies: the case holder writes it, and whoever may read it reads it."""

from typing import Any

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.test_discussed import PETRA

ADVICE = "018f2c3e-7a4b-7c1d-9e2f-0000000000c1"
TABLE_CASE = "018f2c3e-7a4b-7c1d-9e2f-0000000000c2"
PAGE, READ = f"/zsm-advices/on/{TABLE_CASE}", f"/zsm-advices/{ADVICE}"
PATH = "meetings", f"/v1/table-cases/{TABLE_CASE}/zsm-advices"
TYPED = {"sketch": "Woont bij zijn moeder.", "measures": "Locatieverbod."}
NADIA = Person("p-6001", "Nadia Ouarraki", "gemeente-gouda", {HOUSE: frozenset({"case_holder"})})
SHOWN: dict[str, Any] = {
    **{"adviceId": ADVICE, "tableCaseId": TABLE_CASE, "caseId": TABLE_CASE, "writtenOn": "2026-11-27"},
    **{"writtenBy": "Nadia Ouarraki", **TYPED},
}


def answers() -> dict[tuple[str, str], Any]:
    return {("meetings", f"/v1{READ}"): SHOWN}


def test_the_case_holder_writes_an_advice_and_hears_why_there_is_none(desk: Desk) -> None:
    desk.sign_in(NADIA)
    desk.services.results[PATH] = Refused(409, (Problem("tableCaseId", "has no plan", "no_plan"),))
    refused = desk.send(PAGE, PAGE, **TYPED)
    assert (refused.status_code, "De zaak heeft nog geen plan" in refused.text) == (409, True)
    assert "Woont bij zijn moeder." in refused.text
    desk.services.results[PATH] = Done(SHOWN)
    assert desk.send(PAGE, PAGE, **TYPED).location == "/work"
    assert desk.send(PAGE, PAGE, sketch="x").status_code == 422


def test_whoever_may_reads_the_advice_and_the_prosecutor_finds_it_by_asking(desk: Desk) -> None:
    desk.sign_in(PETRA)
    desk.services.answers |= answers()
    page = desk.get(READ).text
    assert [words for words in (*TYPED.values(), "Nadia Ouarraki", "27 nov 2026") if words not in page] == []
    found = {"discussed": True, "askFor": "process_director", "adviceId": ADVICE}
    desk.services.results["intake", "/v1/subjects/discussed"] = Done(found)
    assert READ in desk.send("/discussed", "/discussed", bsn="999990019", why="custody").text
    desk.services.answers["meetings", f"/v1{READ}"] = Missing("meetings", "not_found")
    assert desk.get(READ).status_code == 404
    assert desk.get(PAGE).status_code == 403
