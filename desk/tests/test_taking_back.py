"""A decision on the board that was recorded by mistake: who corrects or withdraws it, and what becomes of it."""

import re
from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, Desk
from desk.tests.given_briefing import BOARD, FIRST, ON, SECOND, answers, decided, decision, referral, taken_back

PAGE = f"{BOARD}/decisions/{FIRST}/1"
REFERRAL = ("weighing", f"/v1/referrals/{FIRST}")
CORRECTION, WITHDRAWAL = (
    ("weighing", f"/v1/referrals/{FIRST}/decisions/1/{what}") for what in ("correction", "withdrawal")
)
STANDING = decision(FIRST)
RIGHT = {
    **{"decision": "escalate", "escalated_to": "mayor", "legal_ground": "covenant", "because": "Verkeerd aangeklikt."},
    **{"attendees": ["nationale-politie", "openbaar-ministerie"]},
}
MEANWHILE = Refused(409, (Problem("recordedAt", "is not that of the decision that counts", "decided_meanwhile"),))


@pytest.fixture
def board(desk: Desk) -> Desk:
    """With a decision that was recorded, and a member of the team who is signed in."""
    desk.sign_in()
    desk.services.answers |= answers(done=[decided(FIRST)])
    desk.services.answers[REFERRAL] = referral(FIRST, earlierDecisions=[STANDING])
    return desk


def correct(desk: Desk, page: str = "", **fields: Any) -> Any:
    """Send the first form of the page, with the moment that it has."""
    page = page or desk.get(PAGE).text
    return desk.post_form(page, PAGE, recorded_at=STANDING["recordedAt"], **{**RIGHT, **fields})


def test_each_decision_on_the_board_leads_to_where_it_is_corrected(board: Desk) -> None:
    assert f'href="{PAGE}"' in board.get(BOARD).text
    coordinator = Person("p-2", "Wim", HOUSE, {HOUSE: frozenset({"information_coordinator"})})
    board.sign_in(coordinator)
    assert f'href="{PAGE}"' in board.get(BOARD).text, "nobody known here may have led the briefing"
    board.services.results[CORRECTION] = Refused(409, (Problem("tabling", "is for the chair", "for_the_chair"),))
    assert "Wie de briefing leidde corrigeert dit" in correct(board).text


def test_what_was_decided_before_stays_visible_with_who_took_it_back_and_why(board: Desk) -> None:
    before = [taken_back(FIRST, decision="focus")]
    board.services.answers |= answers(done=[{**decided(FIRST), "decisionsTakenBack": before}])
    board.services.answers[REFERRAL] = referral(
        FIRST, earlierDecisions=[STANDING], decisionsTakenBack=[*before, taken_back(SECOND, decision="top60")]
    )
    for page in (BOARD, PAGE):
        text = board.get(page).text
        assert "Eerder besloten" in text
        assert "gecorrigeerd door Joris de Wit, 24 nov 2026 11:15: Op de verkeerde melding" in text
    assert text.count("<del>") == 1


def test_the_form_begins_with_the_decision_that_counts(board: Desk) -> None:
    page = board.get(PAGE).text
    assert 'selected value="bilateral"' in page
    assert page.count("checked") == 2
    assert page.count(f'value="{STANDING["recordedAt"]}"') == 2


def test_the_right_decision_is_sent_with_the_reason_and_what_was_seen(board: Desk) -> None:
    board.services.results[CORRECTION] = Done({})
    answer = correct(board)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{BOARD}#decisions")
    [(*to, body, _, _)] = board.services.commands
    assert tuple(to) == CORRECTION
    assert body == {
        **{"decision": "escalate", "escalatedTo": "mayor", "legalGround": "covenant", "briefingOn": ON},
        **{"attendees": RIGHT["attendees"], "because": RIGHT["because"], "recordedAt": STANDING["recordedAt"]},
    }


def test_what_the_team_weighed_stays_unless_it_is_corrected(board: Desk) -> None:
    client = {"wanted": True, "contraIndications": ["safety_risk"], "caseHolderConsulted": False}
    standing = decision(FIRST, decision="focus", criteriaUnknown=["several_chains"], clientAtTable=client, motive="Zo.")
    board.services.answers[REFERRAL] = referral(FIRST, earlierDecisions=[standing])
    page = board.get(PAGE).text
    for chosen in ('selected value="several_chains:unknown"', 'selected value="yes"', ">\r\nZo.</textarea>"):
        assert chosen in page, chosen
    assert 'value="safety_risk" checked' in page


def withdraw(desk: Desk, **fields: str) -> Any:
    name = "withdrawal-form_token"
    [token] = re.findall(rf'name="{name}"[^>]* value="([^"]+)"', desk.get(PAGE).text)
    return desk.browser.post(PAGE, data={name: token, **fields})


def test_a_decision_is_withdrawn_with_a_reason(board: Desk) -> None:
    board.services.results[WITHDRAWAL] = Done({})
    seen = {"withdrawal-recorded_at": STANDING["recordedAt"]}
    assert withdraw(board, **seen).status_code == 422
    assert withdraw(board, **{"withdrawal-because": "Geen besluit.", **seen}).status_code == 303
    [(*to, body, _, _)] = board.services.commands
    assert tuple(to) == WITHDRAWAL
    assert body == {"because": "Geen besluit.", "recordedAt": STANDING["recordedAt"]}


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(board: Desk) -> None:
    problems = (Problem("escalatedTo", "goes not with it", "addressee_not_asked"), Problem("because", "", "a_bsn"))
    board.services.results[CORRECTION] = Refused(422, problems)
    answer = correct(board)
    assert answer.status_code == 422
    assert 'href="#escalated_to"' in answer.text
    assert 'href="#because"' in answer.text
    assert "Verkeerd aangeklikt." in answer.text
    answer = correct(board, because="", decision="")
    assert "2 dingen kloppen nog niet" in answer.text
    assert len(board.services.commands) == 1


def test_who_was_second_sees_both_decisions_and_overwrites_nothing(board: Desk) -> None:
    board.services.results[CORRECTION] = MEANWHILE
    page = board.get(PAGE).text
    now = decision(FIRST, decision="top60", recordedAt=f"{ON}T10:15:00Z", recordedBy="Joris de Wit")
    board.services.answers[REFERRAL] = referral(FIRST, earlierDecisions=[now], decisionsTakenBack=[taken_back(FIRST)])
    answer = correct(board, page)
    assert answer.status_code == 409
    assert "Iemand anders was u voor" in answer.text
    assert "Joris de Wit, 24 nov 2026 11:15" in answer.text
    assert 'selected value="mayor"' in answer.text
    assert f'name="recorded_at" type="hidden" value="{now["recordedAt"]}"' in answer.text


def test_a_decision_that_was_withdrawn_meanwhile_is_said(board: Desk) -> None:
    board.services.results[CORRECTION] = Refused(404, (Problem("tabling", "is no tabling", "unknown_decision"),))
    page = board.get(PAGE).text
    board.services.answers[REFERRAL] = referral(FIRST, decisionsTakenBack=[taken_back(FIRST, withdrawn=True)])
    answer = correct(board, page)
    assert answer.status_code == 422
    assert "telt niet meer" in answer.text
    assert "ingetrokken door Joris de Wit" in answer.text
    assert "Verkeerd aangeklikt." in answer.text
    assert 'name="because"' not in board.get(PAGE).text


def test_a_correction_without_an_answer_can_be_sent_again_as_it_was(board: Desk) -> None:
    board.services.results[CORRECTION] = Missing("weighing", "no_answer")
    answer = correct(board)
    assert answer.status_code == 503
    correct(board, answer.text)
    [first, second] = board.services.commands
    assert first == second


@pytest.mark.parametrize("page", [PAGE.replace("/1", "/2"), PAGE.replace("Holland%20Rijnland", "Midden%20Holland")])
def test_a_decision_of_another_tabling_or_sub_region_does_not_exist(board: Desk, page: str) -> None:
    assert board.get(page).status_code == 404
    board.services.answers[REFERRAL] = Missing("weighing", "not_found")
    assert board.get(PAGE).status_code == 404


def test_the_service_that_does_not_answer_is_said(board: Desk) -> None:
    board.services.answers[REFERRAL] = Missing("weighing", "no_answer")
    page = board.get(PAGE)
    assert (page.status_code, "niet beschikbaar" in page.text) == (200, True)


MANAGER = Person("p-4", "Hans de Groot", HOUSE, {HOUSE: frozenset({"chain_manager"})})


def test_the_chain_manager_finds_what_was_decided_without_an_agenda_and_corrects_it(board: Desk) -> None:
    board.sign_in(MANAGER)
    board.services.answers["weighing", "/v1/agenda"] = Missing("weighing", "not_allowed")
    board.services.answers["intake", "/v1/subjects/names"] = Missing("intake", "not_allowed")
    listed = board.get("/briefings").text
    assert f'href="{BOARD.replace(ON, "2015-03-03")}/decisions"' in listed
    assert f'href="{BOARD}"' not in listed
    page = board.get(f"{BOARD}/decisions").text
    assert "Bilateraal afhandelen" in page
    assert "Yılmaz" not in page
    assert f'href="{PAGE}"' in page
    board.services.results[CORRECTION] = Done({})
    answer = correct(board)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{BOARD}/decisions#decisions")
