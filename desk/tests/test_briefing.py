"""The board of a briefing: what it shows, and what it says is missing."""

from collections.abc import Mapping
from typing import Any

import pytest

from desk.briefing.choices import written_options
from desk.services import Look, Missing
from desk.tests.given import Desk
from desk.tests.given_briefing import (
    BOARD,
    FIRST,
    ON,
    SECOND,
    THIRD,
    answers,
    asked,
    decided,
    decision,
    page_of,
    referral,
    seat,
    service_answer,
    subject_of,
    written,
)


def test_the_briefings_of_each_sub_region_lead_to_their_boards(board: Desk) -> None:
    page = board.get("/briefings").text
    assert "Holland Rijnland" in page
    assert "Midden Holland" in page
    assert f'href="{BOARD}"' in page
    assert "dinsdag 24 november 2026" in page
    assert page.count("/2015-03-03") == 2  # of each sub-region one


def test_a_referral_is_shown_with_all_that_the_team_weighs(board: Desk) -> None:
    earlier = decision(FIRST, decision="no_follow_up", reason="deferred", comesBackOn=ON, briefingOn="2026-11-10")
    withdrawn = {"decision": decision(FIRST, decision="escalate", escalatedTo="mayor"), "withdrawn": True}
    requests = [
        asked(answeredOn="2026-11-20", involved=["work_and_income"]),
        asked(partner="ggd-hollands-midden"),
        asked(voidOn="2026-11-10"),
    ]
    known = {"earlierDecisions": [earlier], "decisionsTakenBack": [withdrawn], "suspectSince": "2026-11-20"}
    shown = referral(FIRST, informationRequests=requests, **known)
    board.services.answers |= answers({**shown, "ageClass": "18_to_23"})
    page = board.get(BOARD).text
    for words in (
        *("Şükran Yılmaz-van den Heuvel", "Aanhoudingsmelding", "18 tot 23", "Leiden", "Nationale Politie"),
        *("Werk en inkomen", "20 nov 2026", "nog geen antwoord", "GGD", "besloten zonder het antwoord"),
        *("geen vervolg: Aangehouden, komt terug op 24 nov 2026", "Opschalen: Burgemeester", "ingetrokken"),
        "Bij ZSM loopt een zaak van deze persoon; het huis weet dat sinds 20 nov 2026.",
    ):
        assert words in page, words


def test_the_answer_of_each_service_is_shown_with_its_text(board: Desk) -> None:
    services = [
        service_answer("housing", contributionId=THIRD),
        service_answer("debt_counselling", "may_not_share", ground="no_consent"),
    ]
    request = asked(answeredOn="2026-11-20", services=services, contactId=SECOND)
    board.services.answers |= answers(referral(FIRST, informationRequests=[request]))
    texts = [written(THIRD, "Heeft een huurachterstand.", kind="answer"), written(SECOND, "Nadia", kind="answer")]
    board.services.answers["intake", "/v1/contributions"] = {"items": texts}
    page = board.get(BOARD).text
    for words in ("Wonen: Bekend", "Heeft een huurachterstand.", "Mag niet delen (Geen toestemming", "Nadia"):
        assert words in page, words


def test_of_a_board_one_municipality_can_be_chosen_of_those_that_occur(board: Desk) -> None:
    items = [referral(FIRST), referral(SECOND, municipality="Katwijk")]
    board.services.answers["weighing", "/v1/agenda"] = page_of(*items)
    assert "<option>Katwijk</option>" in board.get(BOARD).text
    board.services.answers["weighing", "/v1/agenda"] = page_of(items[1])
    chosen = board.get(f"{BOARD}?municipality=Katwijk").text
    assert "<option selected>Katwijk</option>" in chosen
    assert f'action="{BOARD}?municipality=Katwijk"' in chosen


def test_the_board_shows_which_guests_have_not_signed_non_disclosure(board: Desk) -> None:
    guests = [seat(None, "B. Bezoeker", guest=True), seat(None, "C. Gast", guest=True, nonDisclosureOn=ON)]
    told = {"version": 3, "seats": guests, "quorum": True}
    board.services.answers["weighing", f"/v1/briefings/{ON}/seats"] = told
    page = board.get(BOARD).text
    assert page.count("geheimhouding niet getekend") == 1
    assert page.index("B. Bezoeker") < page.index("geheimhouding niet getekend") < page.index("C. Gast")


def test_the_options_that_referrals_have_in_common_are_written_once(board: Desk) -> None:
    many = (referral(f"018f2c3e-7a4b-7c1d-9e2f-{number:012}") for number in range(30))
    board.services.answers["weighing", "/v1/agenda"] = page_of(*many)
    written_options.cache_clear()
    page = board.get(BOARD).text
    assert page.count("<select") == 16 * 30 + 1
    # ground, decision, reason, destination, addressee, follow-up, partner, question, of whom, client, five criteria
    assert written_options.cache_info().misses == 15


def test_names_and_texts_of_all_come_in_one_look_each_for_the_briefing(
    board: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.services.answers |= answers(referral(FIRST), referral(SECOND), done=[decided(THIRD)])
    looked: list[Look] = []
    told = board.services.get_all

    def get_all(looks: Mapping[str, Look]) -> dict[str, Any]:
        looked.extend(looks.values())
        return told(looks)

    monkeypatch.setattr(board.services, "get_all", get_all)
    board.get(BOARD)
    names, texts = [look for look in looked if look.service == "intake"]
    assert texts.body == {"contributionIds": [FIRST, SECOND, THIRD], "purpose": "briefing"}
    assert names.body == {"subjectIds": [subject_of(each) for each in (FIRST, SECOND, THIRD)], "purpose": "briefing"}


def test_what_the_referrer_wrote_is_shown_and_what_it_corrected_too(board: Desk) -> None:
    texts = [written(FIRST, "Slaapt in zijn auto.", "Slaapt bij een vriend.", kind="concern")]
    board.services.answers["intake", "/v1/contributions"] = {"items": texts}
    page = board.get(BOARD).text
    for words in ("Zorg (aanleiding)", "Slaapt in zijn auto.", "Slaapt bij een vriend.", "tekst gecorrigeerd"):
        assert words in page, words
    assert page.index("bij een vriend") < page.index("in zijn auto")


def test_the_board_says_that_the_texts_are_missing_and_goes_on(board: Desk) -> None:
    board.services.answers["intake", "/v1/contributions"] = Missing("intake", "no_answer")
    page = board.get(BOARD).text
    assert "Wat er geschreven is" in page
    assert "Yılmaz" in page


def test_what_runs_at_a_table_is_shown_with_its_holder_and_answer_and_what_is_missing_is_said(board: Desk) -> None:
    [item, *_] = board.services.answers["weighing", "/v1/agenda"]["items"]
    page = board.get(BOARD).text
    assert "In behandeling" not in page
    unheld = page.count("Deze persoon heeft nu geen casushouder")
    nothing = dict.fromkeys(("nextSessionOn", "nextMomentOn", "askedUntil", "answer", "answeredOn"))
    runs = {"caseId": item["caseId"], "table": "focus", "openedOn": "2026-09-01", "caseHolder": None, **nothing}
    held = {"caseHolder": "reclassering-nederland", "nextSessionOn": "2026-12-01", "askedUntil": "2026-11-20"}
    answered = held | {"answer": "overtaken", "answeredOn": "2026-11-19"}
    told = {"items": [runs, runs | held, runs | answered]}
    board.services.answers["meetings", "/v1/running-table-cases"] = told
    page = board.get(BOARD).text
    assert page.count("Deze persoon heeft nu geen casushouder") == unheld - 1, "there is a case holder to ask"
    for words in ("nog geen plan", "Reclassering Nederland", "1 dec 2026", "20 nov 2026", "Het plan is achterhaald"):
        assert words in page, words
    board.services.answers["meetings", "/v1/running-table-cases"] = Missing("meetings", "no_answer")
    assert "nu niet beschikbaar" in board.get(BOARD).text


@pytest.mark.parametrize(("reason", "words"), [("not_allowed", "zonder namen"), ("no_answer", "niet beschikbaar")])
def test_the_board_goes_on_without_names(board: Desk, reason: str, words: str) -> None:
    board.services.answers["intake", "/v1/subjects/names"] = Missing("intake", reason)
    page = board.get(BOARD).text
    assert "Yılmaz" not in page
    assert "Melding 2" in page
    assert words in page
    assert f'name="{FIRST}-decision"' in page


@pytest.mark.parametrize(("reason", "status"), [("not_allowed", 403), ("not_found", 404)])
def test_a_board_that_is_not_for_this_person_tells_nothing(board: Desk, reason: str, status: int) -> None:
    board.services.answers["weighing", "/v1/agenda"] = Missing("weighing", reason)
    answer = board.get(BOARD)
    assert answer.status_code == status
    assert "Te besluiten" not in answer.text


@pytest.mark.parametrize("path", ["/briefings/Nergens/2026-11-24", "/briefings/Holland%20Rijnland/today"])
def test_there_is_no_board_of_another_sub_region_or_of_no_day(board: Desk, path: str) -> None:
    assert board.get(path).status_code == 404


def test_the_agenda_that_does_not_come_is_said(board: Desk) -> None:
    board.services.answers["weighing", "/v1/agenda"] = Missing("weighing", "no_answer")
    assert "niet beschikbaar" in board.get(BOARD).text


def test_what_the_team_weighed_is_shown_with_the_decision(board: Desk) -> None:
    client = {"wanted": False, "contraIndications": ["red_rag"], "caseHolderConsulted": True}
    found = {"criteriaNotMet": ["several_chains"], "criteriaUnknown": ["municipality_lacks_means"]}
    told = decided(FIRST, decision="focus", **found, clientAtTable=client, motive="Samen verder.")
    before = decision(
        SECOND, decision="focus", briefingOn="2026-11-10", clientAtTable=client, motive="Eerder besproken."
    )
    board.services.answers |= answers(referral(SECOND, earlierDecisions=[before]), done=[told])
    page = board.get(BOARD).text
    for words in (
        "Criteria waaraan niet is voldaan",
        "niets bekend",
        "casushouder is",
        "Samen verder.",
        "Eerder besproken.",
    ):
        assert words in page, words
    assert page.count("nee; rode lap") == 2
