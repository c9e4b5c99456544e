"""The board of a briefing: what it sends, and what becomes of it when something is wrong."""

from datetime import date
from typing import Any

import pytest

from desk.services import Done, Missing, Problem, Refused
from desk.tests.given import Desk
from desk.tests.given_briefing import (
    BOARD,
    DECISIONS,
    FIRST,
    ON,
    SECOND,
    answers,
    decided,
    referral,
)

TEAM = {"attendees": ["nationale-politie", "openbaar-ministerie"], "legal_ground": "covenant"}
COMMAND = ("weighing", DECISIONS)


def sent(desk: Desk, **fields: Any) -> Any:
    return desk.send(BOARD, BOARD, **{**TEAM, **fields})


def of(referral_id: str, **fields: Any) -> dict[str, Any]:
    return {f"{referral_id}-{name}": value for name, value in fields.items()}


def test_decisions_that_are_made_are_sent_together_and_once(board: Desk) -> None:
    board.services.results[COMMAND] = Done({"items": []})
    page = board.get(BOARD)
    first = of(FIRST, decision="no_follow_up", reason="not_fitting", rerouted_to="veilig_thuis")
    fields = {**TEAM, **first, **of(SECOND, decision="focus", criteria=["several_chains"])}
    for _ in range(2):
        answer = board.post_form(page.text, BOARD, **fields)
        assert answer.status_code == 303
    [once, twice] = board.services.commands
    assert once == twice
    assert once[:3] == (
        *COMMAND,
        {
            "decisions": [
                {
                    **{"referralId": FIRST, "decision": "no_follow_up", "reason": "not_fitting"},
                    **{"reroutedTo": "veilig_thuis", "attendees": TEAM["attendees"], "legalGround": "covenant"},
                },
                {
                    **{"referralId": SECOND, "decision": "focus", "criteria": ["several_chains"]},
                    **{"attendees": TEAM["attendees"], "legalGround": "covenant"},
                },
            ]
        },
    )


def test_one_is_recorded_and_what_was_typed_about_others_stays(board: Desk) -> None:
    board.services.results[COMMAND] = Done({"items": []})
    typed = {**of(FIRST, decision="bilateral"), **of(SECOND, decision="escalate", escalated_to="mayor")}
    answer = sent(board, **typed, only=FIRST)
    assert answer.headers["Location"] == f"{BOARD}#referral-{SECOND}"
    [(*_, body, _, _)] = board.services.commands
    assert [each["referralId"] for each in body["decisions"]] == [FIRST]
    page = board.get(BOARD).text
    assert 'selected value="mayor"' in page
    assert 'selected value="bilateral"' not in page


def test_who_sat_at_the_table_before_is_chosen_already(board: Desk) -> None:
    board.services.answers |= answers(referral(FIRST), done=[decided(SECOND)])
    page = board.get(BOARD).text
    assert page.count("checked") == 2
    assert 'selected value="covenant"' in page


def test_what_is_wrong_stands_on_top_and_at_its_field_and_nothing_typed_is_lost(board: Desk) -> None:
    problems = (
        Problem("decisions[1].reason", "is required with this decision", "reason_missing"),
        Problem("decisions[0].attendees", "too few", "too_few_partners"),
        Problem("decisions[1].attendees", "too few", "too_few_partners"),
        Problem("decisions[0].criteria[0]", "is not known", "unknown_code"),
    )
    board.services.results[COMMAND] = Refused(422, problems)
    typed = {**of(FIRST, decision="focus", criteria="several_chains"), **of(SECOND, decision="no_follow_up")}
    answer = sent(board, **typed)
    assert answer.status_code == 422
    page = answer.text
    assert "3 dingen kloppen nog niet" in page
    assert f'href="#{SECOND}-reason">' in page
    assert 'href="#attendees-0">' in page
    assert f'href="#{FIRST}-criteria-0">' in page
    assert "Pieter de Groot, Reden: Kies een reden." in page.replace("\n", "")
    assert 'selected value="focus"' in page
    assert 'selected value="no_follow_up"' in page


def test_a_day_that_is_none_is_said_before_anything_is_sent(board: Desk) -> None:
    answer = sent(board, **of(FIRST, decision="no_follow_up", reason="deferred", comes_back_on="31-02-2027"))
    assert answer.status_code == 422
    assert 'value="31-02-2027"' in answer.text
    assert board.services.commands == []


@pytest.mark.parametrize("fields", [{}, {"attendees": []}])
def test_nothing_is_sent_without_a_decision(board: Desk, fields: dict[str, Any]) -> None:
    answer = sent(board, **of(FIRST, reason="deferred"), **fields)
    assert answer.status_code == 422
    assert "Kies een besluit" in answer.text
    assert 'selected value="deferred"' in answer.text
    assert board.services.commands == []


def test_who_was_second_sees_both_decisions(board: Desk) -> None:
    board.services.results[COMMAND] = Refused(
        409, (Problem("decisions[0].briefingOn", "has another decision already", "already_weighed"),)
    )
    page = board.get(BOARD).text
    board.services.answers |= answers(referral(SECOND), done=[decided(FIRST)])
    typed = {**of(FIRST, decision="escalate", escalated_to="mayor"), **of(SECOND, decision="focus")}
    answer = board.post_form(page, BOARD, **TEAM, **typed)
    assert answer.status_code == 409
    assert "Bilateraal afhandelen (Marijke Visser, 24 nov 2026 10:05)" in answer.text
    assert "Opschalen" in answer.text
    assert "Burgemeester" in answer.text
    assert 'selected value="focus"' in answer.text
    assert f'name="{FIRST}-decision"' not in answer.text


def test_whoever_goes_back_and_decides_otherwise_sees_what_was_recorded(board: Desk) -> None:
    board.services.results[COMMAND] = Done({"items": []})
    page = board.get(BOARD).text
    assert board.post_form(page, BOARD, **TEAM, **of(FIRST, decision="bilateral")).status_code == 303
    board.services.answers |= answers(referral(SECOND), done=[decided(FIRST)])
    board.services.results[COMMAND] = Refused(422, (Problem("Idempotency-Key", "was used", "key_used_before"),))
    otherwise = board.post_form(page, BOARD, **TEAM, **of(FIRST, decision="escalate", escalated_to="mayor"))
    once, again = board.services.commands
    assert once[3] == again[3]
    assert otherwise.status_code == 422
    for words in ("al vastgelegd", "Bilateraal afhandelen (Marijke Visser", "Burgemeester"):
        assert words in otherwise.text, words


def test_two_tabs_record_each_their_own_decisions(board: Desk) -> None:
    board.services.results[COMMAND] = Done({"items": []})
    tabs = {referral_id: board.get(BOARD).text for referral_id in (FIRST, SECOND)}
    for referral_id, page in tabs.items():
        assert board.post_form(page, BOARD, **TEAM, **of(referral_id, decision="bilateral")).status_code == 303
    sent_ids = [[each["referralId"] for each in body["decisions"]] for _, _, body, _, _ in board.services.commands]
    assert sent_ids == [[FIRST], [SECOND]]


def test_a_command_without_an_answer_can_be_sent_again_as_it_was(board: Desk) -> None:
    board.services.results[COMMAND] = Missing("weighing", "no_answer")
    answer = sent(board, **of(FIRST, decision="bilateral"))
    assert answer.status_code == 503
    assert "niet bekend of dit is vastgelegd" in answer.text
    board.post_form(answer.text, BOARD, **TEAM, **of(FIRST, decision="bilateral"))
    [first, second] = board.services.commands
    assert first == second


def test_what_criteria_suggest_is_asked_of_the_service_and_nothing_is_recorded(board: Desk) -> None:
    board.services.answers["weighing", "/v1/suggestions"] = {"criteriaMet": True}
    answer = sent(board, **of(FIRST, criteria="several_chains"), suggest=FIRST)
    assert answer.status_code == 200
    assert "Het team besluit" in answer.text
    assert board.services.commands == []


def test_nothing_is_decided_before_the_day_of_the_briefing(board: Desk) -> None:
    path = BOARD.replace(ON, "2199-11-26")
    page = board.get(path).text
    assert "Yılmaz" in page
    assert "-decision" not in page


def test_the_draft_is_there_after_the_session_has_ended(board: Desk) -> None:
    page = board.get(BOARD).text
    board.execute("DELETE FROM sessions")
    answer = board.post_form(page, BOARD, **TEAM, **of(SECOND, decision="voluntary_trajectory"))
    assert answer.headers["Location"].startswith("/sign-in?")
    board.sign_in()
    page = board.get(BOARD).text
    assert 'selected value="voluntary_trajectory"' in page
    assert page.count("checked") == 2


def test_a_follow_up_is_sent_with_the_decision_that_needs_it_and_what_is_wrong_stands_at_its_fields(
    board: Desk,
) -> None:
    """Where one follow-up alone goes with a decision, nobody has to choose it."""
    problems = (
        Problem("decisions[0].followUps[0].dueOn", "is no working day", "no_working_day"),
        Problem("decisions[0].followUps[0].otherPartner", "is the owner", "same_partner"),
    )
    board.services.results["weighing", DECISIONS] = Refused(422, problems)
    agreed = {"owner": "nationale-politie", "other_partner": "nationale-politie", "due_on": "2026-12-05"}
    page = sent(board, **of(FIRST, decision="bilateral", **agreed)).text
    [decision] = board.services.commands[-1][2]["decisions"]
    assert decision["followUps"] == [
        {
            "what": "settle_bilaterally",
            "owner": "nationale-politie",
            "otherPartner": "nationale-politie",
            "dueOn": date(2026, 12, 5),
        }
    ]
    assert f'href="#{FIRST}-due_on"' in page
    assert f'href="#{FIRST}-other_partner"' in page
    assert "Kies een werkdag." in page


def test_what_the_team_weighed_is_sent_with_its_decision(board: Desk) -> None:
    board.services.results[COMMAND] = Done({"items": []})
    findings = ["several_chains", "affects_surroundings:not_met", "municipality_lacks_means:unknown", ""]
    client = {"client_wanted": "no", "contra_indications": ["red_rag"], "case_holder_consulted": "y"}
    typed = {"criteria": findings, **client, "motive": "Samen verder."}
    assert sent(board, **of(FIRST, decision="focus", **typed)).status_code == 303
    [(*_, body, _, _)] = board.services.commands
    assert body["decisions"] == [
        {
            **{"referralId": FIRST, "decision": "focus", "motive": "Samen verder.", "criteria": ["several_chains"]},
            **{"criteriaNotMet": ["affects_surroundings"], "criteriaUnknown": ["municipality_lacks_means"]},
            "clientAtTable": {"wanted": False, "contraIndications": ["red_rag"], "caseHolderConsulted": True},
            **{"attendees": TEAM["attendees"], "legalGround": "covenant"},
        }
    ]


def test_what_speaks_against_the_client_goes_with_whether_the_client_joins(board: Desk) -> None:
    answer = sent(board, **of(FIRST, decision="focus", contra_indications=["red_rag"]))
    assert answer.status_code == 422
    assert f'href="#{FIRST}-client_wanted"' in answer.text
    assert board.services.commands == []


def test_what_is_wrong_with_a_finding_or_the_client_stands_at_its_field(board: Desk) -> None:
    problems = (
        Problem("decisions[0].criteriaUnknown[0]", "is named already", "criterion_twice"),
        Problem("decisions[0].clientAtTable", "goes not with it", "client_not_asked"),
    )
    board.services.results[COMMAND] = Refused(422, problems)
    page = sent(board, **of(FIRST, decision="bilateral", criteria="several_chains:unknown", client_wanted="yes")).text
    assert f'href="#{FIRST}-criteria-0"' in page
    assert f'href="#{FIRST}-client_wanted"' in page
    assert 'selected value="several_chains:unknown"' in page
