"""What is urgent, linked or settled beforehand, on the desk; and one decision on all that is settled."""

import pytest

from desk.services import Done, Problem, Refused
from desk.tests.given import Desk
from desk.tests.given_briefing import BOARD, DECISIONS, FIRST, SECOND, THIRD, answers, mark, referral, seat, written

PAGE, SETTLED = f"{BOARD}/marks/{FIRST}", f"{BOARD}/settled"
COMMAND = ("weighing", f"/v1/referrals/{FIRST}/marks")
WHY = "Jeugdbescherming is er al mee bezig."


STATED = {
    "urgent": True,
    "consent": "no",
    "organisations": ["neighbourhood_team", "nationale-politie"],
    "measures": [{"kind": "area_ban", "startedOn": None, "endsOn": "2026-12-31"}],
    "contributionIds": [THIRD],
}


@pytest.fixture
def board(desk: Desk) -> Desk:
    desk.sign_in()
    desk.services.answers |= answers(referral(FIRST, stated=STATED), referral(SECOND), referral(THIRD))
    risks = written(THIRD, "Heeft een mes bij zich.", kind="risks")
    desk.services.answers["intake", "/v1/contributions"] = {"items": [risks]}
    noted = [mark(FIRST, urgent=True, linkedWith=[SECOND]), mark(SECOND, settledBeforehand=WHY)]
    desk.services.answers["weighing", "/v1/marks"] = {"items": [*noted, mark(THIRD, settledBeforehand=WHY)]}
    return desk


def test_the_board_says_what_is_particular_and_leads_to_what_is_discussed_together(board: Desk) -> None:
    page = board.get(BOARD).text
    for words in (
        "urgent",
        "stemt niet in",
        "Wijkteam, Nationale Politie",
        "Gebiedsverbod",
        "Heeft een mes",
        WHY,
        "samen met",
        f"#referral-{SECOND}",
        f'href="{PAGE}"',
        f'href="{SETTLED}"',
    ):
        assert words in page, words


def test_what_is_noted_is_sent_and_leads_back_to_the_item(board: Desk) -> None:
    board.services.results[COMMAND] = Done({})
    assert "checked" in board.get(PAGE).text
    answer = board.send(PAGE, PAGE, urgent="y", linked_with=THIRD, settled_beforehand=" ")
    assert answer.headers["Location"].endswith(f"#referral-{FIRST}")
    assert board.services.commands[-1][2] == {"urgent": True, "linkedWith": [THIRD], "settledBeforehand": None}


def test_what_does_not_wait_at_this_briefing_has_no_notes(board: Desk) -> None:
    board.services.answers["weighing", "/v1/agenda"] = {"items": [referral(SECOND)], "next": None}
    assert board.get(PAGE).status_code == 404


def test_one_decision_is_recorded_on_all_that_is_settled_beforehand(board: Desk) -> None:
    board.services.answers["weighing", f"{DECISIONS.removesuffix('decisions')}seats"] = {
        **{"version": 1, "quorum": True},
        "seats": [seat("nationale-politie", "A. de Vries")],
    }
    board.services.results["weighing", DECISIONS] = Done({"items": []})
    decided = {"decision": "no_follow_up", "reason": "placed_elsewhere", "legal_ground": "covenant", "seated": "1"}
    agreed = {"follow_up": "follow_running_plan", "owner": "nationale-politie", "due_on": "2026-12-08"}
    assert 'name="due_on"' in board.get(SETTLED).text
    assert board.send(SETTLED, SETTLED, **decided, **agreed).status_code == 303
    sent = board.services.commands[-1][2]["decisions"]
    assert [(each["referralId"], each["reason"], each["attendees"]) for each in sent] == [
        (id, "placed_elsewhere", []) for id in (SECOND, THIRD)
    ]
    assert {each["what"] for decision in sent for each in decision["followUps"]} == {"follow_running_plan"}


def test_the_one_decision_asks_who_does_what_as_each_decision_does(board: Desk) -> None:
    page = board.get(SETTLED).text
    assert 'name="follow_up"' in page
    assert 'name="due_on"' in page


def test_what_is_wrong_with_the_one_decision_is_said_once(board: Desk) -> None:
    problems = tuple(Problem(f"decisions[{n}].reason", "is required", "reason_missing") for n in range(2))
    board.services.results["weighing", DECISIONS] = Refused(422, problems)
    decided = {"decision": "no_follow_up", "legal_ground": "covenant", "attendees": "nationale-politie"}
    page = board.send(SETTLED, SETTLED, **decided)
    assert page.status_code == 422
    assert page.text.count("Kies een reden.") == 1
