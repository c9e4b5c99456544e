"""The pages in Chromium, in every window, with much on them: see build/screenshots."""

from typing import TYPE_CHECKING

import pytest

from desk.services import Missing, Problem, Refused
from desk.tests.given import IN_TWO_HOUSES, STAND_IN, Desk
from desk.tests.given_briefing import (
    BOARD,
    DECISIONS,
    FIRST,
    ON,
    SECOND,
    THIRD,
    answers,
    asked,
    decided,
    decision,
    guard,
    item,
    mark,
    referral,
    running,
    seat,
    taken_back,
    written,
)
from desk.tests.given_contact import CONFLICT_PAGE, OTHER, answered, besides, moment_of_family
from desk.tests.given_contact import PAGE as CONTACT
from desk.tests.given_contact import PATH as CONTACT_PATH
from desk.tests.given_contact import answers as contact_answers
from desk.tests.test_bij_questions import DAAN, corrected
from desk.tests.test_bij_questions import DIRECTOR as BIJ_DIRECTOR
from desk.tests.test_bij_questions import PAGE as BIJ_QUESTION
from desk.tests.test_bij_questions import answers as of_bij_questions
from desk.tests.test_cases import INVOLVED, LATE_PAGE, NOT_TOLD, PAGE, PATH, RUNNING, TOLD
from desk.tests.test_contact import ILSE
from desk.tests.test_disclosures import PAGE as DISCLOSURES
from desk.tests.test_disclosures import PRIVACY
from desk.tests.test_disclosures import answers as of_disclosures
from desk.tests.test_discussed import PETRA
from desk.tests.test_feedback import OFFICER
from desk.tests.test_feedback import PAGE as OWED_PAGE
from desk.tests.test_feedback import answers as of_feedback
from desk.tests.test_forgettings import ASK as ASK_FORGETTING
from desk.tests.test_forgettings import PAGE as FORGET
from desk.tests.test_forgettings import answers as forgettings
from desk.tests.test_guards import BEFORE
from desk.tests.test_matches import PAGE as MATCH_PAGE
from desk.tests.test_matches import answers as of_matches
from desk.tests.test_relations import PAGE as RELATIONS_PAGE
from desk.tests.test_relations import answers as of_relations
from desk.tests.test_repeats import DIRECTOR
from desk.tests.test_taking_back import MANAGER
from desk.tests.test_work import BRIEFING, MOMENT, SESSION, work
from desk.tests.test_zsm_advices import NADIA, READ
from desk.tests.test_zsm_advices import PAGE as ADVISE
from desk.tests.test_zsm_advices import answers as of_advices
from shared.testing.browser import Window, assert_accessible, assert_fits, look_at, opened, screenshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LONG = referral(
    SECOND,
    kind="current_referral",
    municipality="Kaag & Braassem",
    referrer="reclassering-nederland",
    tabling=2,
    informationRequests=[
        asked(
            partner="gemeente-kaag-en-braassem", answeredOn="2026-11-20", involved=["work_and_income", "social_support"]
        ),
        asked(partner="ggd-hollands-midden", answeredOn="2026-11-24", involved=[], late=True),
    ],
    earlierDecisions=[
        decision(SECOND, briefingOn="2026-11-10", decision="no_follow_up", reason="deferred", comesBackOn=ON)
    ],
    decisionsTakenBack=[{"decision": decision(SECOND, decision="escalate", escalatedTo="mayor"), "withdrawn": True}],
    guards=[guard(code="veilig_thuis", effect="no_own_action", saidBefore=BEFORE)],
)
OLDER = "Slaapt in zijn auto achter het winkelcentrum. Belt geregeld de wijkagent.\nWil geen hulp."
NEWER = OLDER.replace("Wil geen hulp", "Vraagt sinds deze week zelf om hulp, het liefst van iemand die hij kent")
DONE = [decided(THIRD, decision="focus", criteria=["several_life_domains", "several_chains"])]


@pytest.fixture
def desk_at(served: tuple[Desk, str]) -> tuple[Desk, str]:
    """With a person who is signed in, and a briefing."""
    desk, address = served
    desk.sign_in()
    desk.services.answers |= answers(referral(FIRST), LONG, done=DONE)
    return desk, address


def test_who_saw_what(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(PRIVACY)
    desk.services.answers |= of_disclosures(next=6)
    look_at(browser, address + DISCLOSURES, "who-saw-what", storage_state=desk.state)


def test_the_list_of_briefings(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    look_at(browser, f"{address}/briefings", "briefings", storage_state=desk.state)


def test_the_board(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    desk.services.answers["intake", "/v1/contributions"]["items"][0] = written(FIRST, OLDER, NEWER, kind="concern")
    look_at(browser, address + BOARD, "board", storage_state=desk.state)


def test_the_course_of_a_briefing_with_its_seats(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    police = seat("nationale-politie", "A. de Vries-van den Heuvel", chair=True)
    seats = [police, seat(None, "B. Bezoeker", guest=True, toItem=1)]
    told = {"state": "prepared", "on": ON, "because": "Verbouwing.", "recordedBy": "Marijke Visser"}
    changes = [{**told, "recordedAt": f"{ON}T09:05:00Z"}]
    desk.services.answers |= {
        ("weighing", f"/v1/briefings/{ON}"): running(
            "held", item(THIRD, 1, "decided"), item(FIRST, 2), changes=changes
        ),
        ("weighing", f"/v1/briefings/{ON}/seats"): {"version": 3, "seats": seats, "quorum": False},
    }
    look_at(browser, f"{address}{BOARD}/running", "running", storage_state=desk.state)
    desk.services.answers["weighing", "/v1/marks"] = {"items": [mark(FIRST, urgent=True, linkedWith=[SECOND])]}
    look_at(browser, address + BOARD, "board-with-seats", storage_state=desk.state)


def test_notes_about_items(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    noted = [mark(FIRST, urgent=True, linkedWith=[SECOND]), mark(SECOND, settledBeforehand="Er is al een plan.")]
    desk.services.answers["weighing", "/v1/marks"] = {"items": noted}
    look_at(browser, f"{address}{BOARD}/marks/{FIRST}", "marks", storage_state=desk.state)
    look_at(browser, f"{address}{BOARD}/settled", "settled-beforehand", storage_state=desk.state)


def test_an_extra_briefing(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    look_at(browser, f"{address}/briefings/Holland%20Rijnland/extra", "extra-briefing", storage_state=desk.state)


def test_a_decision_that_was_recorded_by_mistake(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    desk.services.answers["weighing", f"/v1/referrals/{THIRD}"] = referral(
        THIRD, earlierDecisions=[DONE[0]["decision"]], decisionsTakenBack=[taken_back(THIRD, decision="top60")]
    )
    look_at(browser, f"{address}{BOARD}/decisions/{THIRD}/1", "decided", storage_state=desk.state)
    desk.sign_in(MANAGER)
    look_at(browser, f"{address}{BOARD}/decisions", "decisions", storage_state=desk.state)


def test_the_telephone_form_and_what_waits_to_be_sorted(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(ILSE)
    desk.services.answers |= contact_answers() | {
        ("intake", CONTACT_PATH): answered()
        | {"state": "received", "telling": moment_of_family()["telling"] | besides()}
    }
    for name, path in {"telephone": "/contact-moments/new", "contact-moments": "/contact-moments"}.items():
        look_at(browser, address + path, name, storage_state=desk.state)
    look_at(browser, address + CONTACT, "contact-moment", storage_state=desk.state)
    look_at(browser, address + CONFLICT_PAGE, "identity-conflict", storage_state=desk.state)
    look_at(browser, f"{address}/referrals/{OTHER}/withdrawal", "referral-withdrawal", storage_state=desk.state)
    look_at(browser, f"{address}/referrals/{OTHER}/worry", "referral-worry", storage_state=desk.state)
    desk.services.answers |= forgettings()
    for name, path in {"forgettings": "/forgettings", "forgetting": FORGET, "ask-forgetting": ASK_FORGETTING}.items():
        look_at(browser, address + path, name, storage_state=desk.state)


def test_my_work(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    desk.services.answers |= {("weighing", "/v1/work"): work(BRIEFING), ("meetings", "/v1/work"): work(MOMENT, SESSION)}
    look_at(browser, f"{address}/work", "work", storage_state=desk.state)


def test_who_stands_in_chooses_it_and_sees_it(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    desk.sign_in(STAND_IN)
    with opened(browser, Window(320), storage_state=desk.state, base_url=address) as page:
        page.goto("/house?next=/about-me")
        assert_fits(page)
        assert_accessible(page)
        page.get_by_role("button", name="waarneming").click()
        assert page.locator("header").get_by_text("waarneming: lid van het weegteam").is_visible()
        screenshot(page, "standing-in")
        assert_fits(page)
        assert_accessible(page)


def test_a_case(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    desk.services.answers |= {(service, PATH): told for service, told in TOLD.items()}
    desk.services.answers |= {(service, f"{PATH}/running"): {"items": [item]} for service, item in RUNNING.items()}
    desk.sign_in(OFFICER)
    texts = [written(id, OLDER, kind="answer") for id in (FIRST, SECOND, THIRD)]
    desk.services.answers["intake", "/v1/contributions"] = {"items": texts}
    look_at(browser, address + PAGE, "case", storage_state=desk.state)
    desk.sign_in(DIRECTOR)
    look_at(browser, address + PAGE + LATE_PAGE, "late-information", storage_state=desk.state)


def test_a_part_of_a_case(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    parts = {(service, PATH): NOT_TOLD[service] | {"involvement": INVOLVED[service]} for service in INVOLVED}
    desk.services.answers |= parts | {("intake", PATH): Missing("intake", "not_allowed")}
    look_at(browser, address + PAGE, "part-of-a-case", storage_state=desk.state)


def test_about_me(browser: "Browser", desk_at: tuple[Desk, str]) -> None:
    desk, address = desk_at
    look_at(browser, f"{address}/about-me", "about-me", storage_state=desk.state)


def test_the_choice_of_a_house(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(IN_TWO_HOUSES)
    look_at(browser, f"{address}/house", "house", storage_state=desk.state)


@pytest.mark.parametrize(
    ("name", "path"), [("signed-out", "/signed-out"), ("sign-in-failed", "/signed-in"), ("unavailable", "/sign-in")]
)
def test_a_page_for_whoever_is_not_signed_in(
    browser: "Browser", served: tuple[Desk, str], name: str, path: str
) -> None:
    desk, address = served
    desk.provider.away = name == "unavailable"
    look_at(browser, address + path, name)


@pytest.mark.parametrize(("name", "path"), [("not-allowed", "/operations"), ("not-found", "/nowhere")])
def test_an_error_page_for_whoever_is_signed_in(
    browser: "Browser", desk_at: tuple[Desk, str], name: str, path: str
) -> None:
    desk, address = desk_at
    desk.services.answers["reporting", "/v1/operations"] = Missing("reporting", "not_allowed")
    look_at(browser, address + path, name, storage_state=desk.state)


@pytest.mark.parametrize("window", [Window(320), Window(1440, "dark"), Window(390, java_script=False)], ids=str)
def test_the_board_with_what_is_wrong(browser: "Browser", desk_at: tuple[Desk, str], window: Window) -> None:
    desk, address = desk_at
    desk.services.results["weighing", DECISIONS] = Refused(
        409,
        (
            Problem("decisions[0].reason", "is required with this decision", "reason_missing"),
            Problem("decisions[1].briefingOn", "has another decision already", "already_weighed"),
        ),
    )
    with opened(browser, window, storage_state=desk.state) as page:
        page.goto(address + BOARD)
        page.locator(f'[name="{FIRST}-decision"]').select_option("no_follow_up")
        page.locator(f'[name="{SECOND}-decision"]').select_option("voluntary_trajectory")
        desk.services.answers |= answers(referral(FIRST), done=[*DONE, decided(SECOND)])
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").click()
        screenshot(page, f"board-wrong-{window}")
        assert page.get_by_text("Iemand anders was u voor").is_visible()
        assert_fits(page)
        if window.java_script:
            assert_accessible(page)
        page.get_by_role("link", name="Kies een reden").click()
        assert page.evaluate("document.activeElement.id" if window.java_script else "0") in (f"{FIRST}-reason", 0)


def test_who_is_still_to_hear_and_one_of_them(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(OFFICER)
    desk.services.answers |= of_feedback()
    look_at(browser, f"{address}/feedback", "feedback", storage_state=desk.state)
    look_at(browser, address + OWED_PAGE, "feedback-one", storage_state=desk.state)


def test_possible_doubles_and_two_records_side_by_side(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(OFFICER)
    desk.services.answers |= of_matches()
    look_at(browser, f"{address}/matches", "matches", storage_state=desk.state)
    look_at(browser, address + MATCH_PAGE, "match", storage_state=desk.state)
    desk.services.answers |= of_relations()
    look_at(browser, address + RELATIONS_PAGE, "relations", storage_state=desk.state)


def test_what_zsm_asks_and_reads(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(PETRA)
    desk.services.answers |= of_advices()
    look_at(browser, f"{address}/discussed", "discussed", storage_state=desk.state)
    look_at(browser, address + READ, "zsm-advice", storage_state=desk.state)
    desk.sign_in(NADIA)
    look_at(browser, address + ADVISE, "zsm-advise", storage_state=desk.state)


def test_what_a_mandated_contact_asks(browser: "Browser", served: tuple[Desk, str]) -> None:
    desk, address = served
    desk.sign_in(DAAN)
    desk.services.answers |= of_bij_questions()
    look_at(browser, f"{address}/bij-questions", "bij-questions", storage_state=desk.state)
    desk.sign_in(BIJ_DIRECTOR)
    desk.services.answers["intake", f"/v1{BIJ_QUESTION}"] = corrected()
    look_at(browser, address + BIJ_QUESTION, "bij-question", storage_state=desk.state)
