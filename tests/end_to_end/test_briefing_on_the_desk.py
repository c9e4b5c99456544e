"""A briefing is decided in a browser, on the desk, with the weighing service; intake is down, and nobody waits."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from desk.application import application_of, bearer
from desk.database import Database
from desk.form_token import FIELD, FormToken
from desk.houses import load_houses
from desk.parts import Parts
from desk.services import Services
from desk.sessions.rules import Person
from desk.tests.given import Desk, settings_of
from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, DUE, FOCUS, HOUSE, TUESDAY, Briefing
from services.weighing.tests.conftest import CALLERS
from shared.testing.browser import SCREENSHOTS, Window, assert_accessible, assert_fits, opened, screenshot
from shared.testing.databases import Databases
from shared.testing.issuer import Issuer, running_issuer
from shared.testing.keys import KEYS
from shared.testing.service import ServiceStarter
from shared.testing.waiting import free_ports
from tests.security.two_houses import NEIGHBOUR, NEIGHBOURS_PARTNERS, SHIPPED, neighbours_whole_profile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MARIJKE = Person("p-7f3a", "Marijke Visser", HOUSE, {HOUSE: frozenset({"weighing_team"})})
SAMIRA = Person("p-3c44", "Samira Haddad", "nationale-politie", {HOUSE: frozenset({"participant"})})
NEIGHBOUR_OF_THEM = Person("p-2b81", "Els de Boer", NEIGHBOUR, {NEIGHBOUR: frozenset({"weighing_team"})})
BOARD = f"/briefings/Holland%20Rijnland/{TUESDAY}"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profiles of the house and of a neighbour, which has sub-regions of the same names."""
    directory = shutil.copytree(SHIPPED, tmp_path_factory.mktemp("profiles") / "houses")
    (directory / f"{NEIGHBOUR}.toml").write_text(neighbours_whole_profile())
    return directory


@pytest.fixture(scope="module")
def briefing(start_service: ServiceStarter, issuer: Issuer, houses: Path) -> Briefing:
    settings: dict[str, Any] = issuer.settings
    return Briefing(start_service(Weighing, CALLERS, houses=houses, **settings))


@pytest.fixture(scope="module")
def desk(databases: Databases, briefing: Briefing, issuer: Issuer, houses: Path) -> Iterator[Desk]:
    """With Marijke, who has signed in."""
    [port] = free_ports(1)
    weighing = f"http://{briefing.service.address}"
    with databases.migrated("desk") as migrated:
        settings = settings_of(migrated.url, url=f"http://127.0.0.1:{port}", weighing=weighing)
        database, services = Database(migrated.url), Services(settings.services, bearer)
        told: dict[str, Any] = {"services": services, "provider": None}
        app = application_of(Parts(settings=settings, database=database, houses=load_houses(houses), **told))
        server = make_server("127.0.0.1", port, app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        made = Desk(app, database, told["services"], None, app.test_client())
        made.sign_in(MARIJKE, access=issuer.token(claims_of(MARIJKE)))
        yield made
        server.shutdown()
        services.close()
        database.close()


def claims_of(person: Person) -> dict[str, Any]:
    """Of the person's access token."""
    functions = {house: sorted(those) for house, those in person.functions.items()}
    named = {"sub": person.id, "client_id": "desk", "name": person.name, "organisation": person.organisation}
    return {**named, "functions": functions}


def decide(desk: Desk, person: Person, referral_id: str) -> TestResponse:
    """Send the board with a decision on this referral, whether or not the board shows it."""
    token = FormToken.new(person.id, f"briefing/Holland Rijnland/{TUESDAY}", BOARD).sealed(KEYS)
    attendees = [*NEIGHBOURS_PARTNERS[:2]] if person is NEIGHBOUR_OF_THEM else BILATERAL["attendees"]
    team = {"attendees": attendees, "legal_ground": "covenant"}
    return desk.browser.post(BOARD, data={FIELD: token, f"{referral_id}-decision": "bilateral", **team})


def choose(page: "Page", referral_id: str, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f'[name="{referral_id}-{name}"]').select_option(value)


def agree(page: "Page", referral_id: str, **fields: str) -> None:
    """Say that the police does something by a day that is to come."""
    choose(page, referral_id, owner="nationale-politie", **fields)
    page.locator(f'[name="{referral_id}-due_on"]').fill(DUE)


@pytest.mark.parametrize("java_script", [True, False], ids=["with-javascript", "without-javascript"])
def test_two_decisions_are_recorded_under_the_name_of_the_person(
    browser: "Browser", desk: Desk, briefing: Briefing, java_script: bool
) -> None:
    briefing.service.forget()
    first, second, third = (briefing.on_agenda() for _ in range(3))
    window = Window(390, java_script=java_script)
    with opened(browser, window, storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(BOARD)
        assert page.get_by_text("De namen zijn nu niet beschikbaar").is_visible()
        page.get_by_label("Nationale Politie").first.check()
        page.get_by_label("Openbaar Ministerie").first.check()
        page.get_by_label("Grondslag").select_option("covenant")
        choose(page, first, decision="bilateral")
        agree(page, first, other_partner="gemeente-leiden")
        choose(page, second, decision="no_follow_up")
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").click()
        assert page.get_by_role("link", name="Kies een reden").is_visible()
        choose(page, second, reason="deferred")
        agree(page, second, follow_up="ask_supervisor", question="meeting_needed", asked_of="gemeente-leiden")
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").dblclick()
        decisions = page.locator("#decisions")
        decisions.get_by_text("Marijke Visser").first.wait_for()
        assert "Bilateraal afhandelen" in decisions.inner_text()
        assert decisions.get_by_text("(Nog) geen vervolg: Aangehouden").is_visible()
        assert decisions.get_by_text("Marijke Visser").count() == 2
        assert_fits(page)
        if java_script:
            assert_accessible(page)
    assert sorted(event["data"]["referralId"] for event in briefing.weighed()) == sorted([first, second])
    recorded = [briefing.referral(id).body["earlierDecisions"] for id in (first, second, third)]
    assert [[each["recordedBy"] for each in those] for those in recorded] == [["Marijke Visser"]] * 2 + [[]]


def test_a_briefing_of_thirty_items_is_prepared_held_and_settled(
    browser: "Browser", desk: Desk, briefing: Briefing
) -> None:
    briefing.service.forget()
    items = [briefing.on_agenda() for _ in range(30)]
    with opened(browser, Window(390), storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(f"{BOARD}/running")
        page.get_by_role("button", name="Agenda vaststellen").click()
        page.locator("#agenda").wait_for()
        assert page.locator("#agenda tbody tr").count() == 30
        page.get_by_role("button", name="Briefing openen").click()
        page.get_by_text("Leg vast wie voorzitter is").first.wait_for()
        for row, (partner, name) in enumerate({"nationale-politie": "Marijke Visser", "dji": "B. de Boer"}.items()):
            page.locator(f'[name="seat-{row}-partner"]').select_option(partner)
            page.locator(f'[name="seat-{row}-name"]').fill(name)
        page.locator('[name="seat-0-chair"]').check()
        page.locator('[name="seat-1-to_item"]').fill("29")
        page.get_by_role("button", name="Vastleggen wie er zit").click()
        page.locator("#seats").get_by_text("✓ quorum").wait_for()
        page.get_by_role("button", name="Briefing openen").click()
        page.get_by_role("button", name="Briefing afronden").click()
        page.get_by_text("besluit, of schuif ze door").first.wait_for()
        screenshot(page, "course-of-thirty")
        assert_fits(page)
        assert_accessible(page)
        page.get_by_role("link", name="naar het bord").click()
        page.get_by_label("Grondslag").select_option("covenant")
        numbered = {item["referralId"]: item["number"] for item in course_of(briefing)["items"]}
        for id in items:
            choose(page, id, decision="aftercare" if numbered[id] < 30 else "")
        weigh(page, items[0])
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").click()
        page.get_by_text("Besluiten (29)").wait_for()
        page.get_by_role("link", name="Wie er zit, dag en verloop").click()
        page.get_by_text("Doorschuiven naar de volgende briefing").click()
        page.get_by_role("checkbox", name="30.").check()
        page.locator('[name="carrying-over-because"]').fill("Geen tijd meer.")
        page.get_by_role("button", name="Doorschuiven").click()
        page.get_by_text("verplaatst").first.wait_for()
        page.get_by_role("button", name="Briefing afronden").click()
        page.get_by_text("afgerond").first.wait_for()
    settled = course_of(briefing)
    assert (settled["state"], [len(item["partners"]) for item in settled["items"]]) == ("settled", [2] * 29 + [1])
    assert {tuple(event["data"]["attendees"]) for event in briefing.weighed()} == {("nationale-politie", "dji")}
    [weighed] = [event["data"] for event in briefing.weighed() if event["data"].get("clientAtTable")]
    client = {"wanted": False, "contraIndications": ["safety_risk"], "caseHolderConsulted": True}
    assert (weighed["clientAtTable"], weighed["criteriaUnknown"]) == (client, ["several_life_domains"])
    [recorded] = briefing.referral(items[0]).body["earlierDecisions"]
    assert recorded["motive"] == "Eerst rust, dan pas aan tafel."


def weigh(page: "Page", referral_id: str) -> None:
    """Say of an item what the team weighed besides its decision."""
    part = page.locator(f"#referral-{referral_id}")
    choose(page, referral_id, client_wanted="no")
    part.get_by_label("risico voor iemands veiligheid").check()
    part.get_by_label("De casushouder is hierover gevraagd").check()
    part.get_by_text("Criteria, informatie, motivering").click()
    part.get_by_label("Meerdere problemen op meer dan één leefgebied").select_option("onbekend")
    part.get_by_label("Motivering").fill("Eerst rust, dan pas aan tafel.")
    part.screenshot(path=SCREENSHOTS / "what-the-team-weighed.png")
    assert_fits(page)
    assert_accessible(page)


def course_of(briefing: Briefing) -> dict[str, Any]:
    return dict(briefing.service.get(f"/v1/briefings/{TUESDAY}", subRegion="Holland Rijnland").body)


def test_who_comes_second_sees_both_decisions(browser: "Browser", desk: Desk, briefing: Briefing) -> None:
    briefing.service.forget()
    one = briefing.on_agenda()
    with opened(browser, Window(), storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(BOARD)
        page.get_by_label("Nationale Politie").first.check()
        page.get_by_label("Openbaar Ministerie").first.check()
        page.get_by_label("Grondslag").select_option("covenant")
        choose(page, one, decision="voluntary_trajectory")
        assert briefing.decide(one, BILATERAL).status == 201
        page.get_by_role("button", name="Dit besluit vastleggen").click()
        assert page.get_by_text("Iemand anders was u voor").is_visible()
        both = page.locator(f"#referral-{one}")
        assert both.get_by_text("Bilateraal afhandelen (team").is_visible()
        assert both.get_by_text("Vrijwillig traject inzetten").is_visible()
    [decision] = briefing.referral(one).body["earlierDecisions"]
    assert decision["decision"] == "bilateral"


def test_a_decision_is_corrected_and_nobody_else_s_correction_is_overwritten(
    browser: "Browser", desk: Desk, briefing: Briefing
) -> None:
    briefing.service.forget()
    one = briefing.on_agenda()
    briefing.decide(one, BILATERAL)
    briefing.led_by(MARIJKE.name)
    with opened(browser, Window(320), storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(BOARD)
        page.get_by_role("link", name="Corrigeren of intrekken").click()
        page.get_by_label("Besluit", exact=True).select_option("voluntary_trajectory")
        page.get_by_label("Vervolgactie").select_option("start_voluntary_trajectory")
        page.get_by_label("Samen met").select_option("")
        page.get_by_label("Huisvesting").check()
        page.get_by_label("Wat er niet klopte").first.fill("Verkeerd aangeklikt.")
        assert briefing.correct(one, FOCUS).status == 201
        page.get_by_role("button", name="Besluit corrigeren").click()
        assert page.get_by_text("Iemand anders was u voor").is_visible()
        assert page.locator("#decided").get_by_text("gecorrigeerd door coordinator").is_visible()
        screenshot(page, "correction")
        assert page.get_by_label("Besluit", exact=True).input_value() == "voluntary_trajectory"
        assert_fits(page)
        assert_accessible(page)
        page.get_by_role("button", name="Besluit corrigeren").click()
        decisions = page.locator("#decisions")
        assert decisions.get_by_text("Eerder besloten").is_visible()
        assert decisions.get_by_text("gecorrigeerd door Marijke Visser").is_visible()
        page.get_by_role("link", name="Corrigeren of intrekken").click()
        page.get_by_text("Het team heeft niets besloten").click()
        page.get_by_label("Wat er niet klopte").last.fill("Geen besluit genomen.")
        page.get_by_role("button", name="Besluit intrekken").click()
        assert page.locator(f"#referral-{one}").get_by_text("ingetrokken").is_visible()
    known = briefing.referral(one).body
    assert known["earlierDecisions"] == []
    taken_back = [(each["takenBackBy"], each["withdrawn"]) for each in known["decisionsTakenBack"]]
    assert taken_back == [("coordinator", False), ("Marijke Visser", False), ("Marijke Visser", True)]
    briefing.led_by()


def test_a_bilateral_decision_names_who_does_what_and_the_owners_people_report_it_done(
    browser: "Browser", desk: Desk, briefing: Briefing, issuer: Issuer
) -> None:
    briefing.service.forget()
    one = briefing.on_agenda()
    with opened(browser, Window(), storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(BOARD)
        page.get_by_label("Nationale Politie").first.check()
        page.get_by_label("Openbaar Ministerie").first.check()
        page.get_by_label("Grondslag").select_option("covenant")
        choose(page, one, decision="bilateral")
        page.get_by_role("button", name="Dit besluit vastleggen").click()
        assert page.get_by_role("link", name="Zeg wie wat doet, en tot wanneer").is_visible()
        agree(page, one, other_partner="gemeente-leiden")
        screenshot(page, "follow-up-on-the-board")
        page.get_by_role("button", name="Dit besluit vastleggen").click()
        page.locator("#decisions").get_by_text("Marijke Visser").first.wait_for()
    police = desk.another_browser()
    police.sign_in(SAMIRA, access=issuer.token(claims_of(SAMIRA)))
    with opened(browser, Window(390), storage_state=police.state, base_url=address_of(desk)) as page:
        page.goto("/follow-ups")
        assert page.get_by_text("Bilateraal afhandelen met Gemeente Leiden").first.is_visible()
        assert_fits(page)
        assert_accessible(page)
        page.get_by_label("Opmerking").fill("Besproken met de wijkagent.")
        page.get_by_role("button", name=re.compile("^Uitgevoerd")).click()
        page.get_by_text("Besproken met de wijkagent.").wait_for()
        assert page.get_by_text("Er staat niets open.").is_visible()
    assert "Besproken met de wijkagent." in desk.get("/follow-ups").text
    [reported] = briefing.service.announced("follow-ups.reported.v1")
    assert (reported["data"]["referralId"], reported["data"]["state"]) == (one, "done")


def test_what_is_of_another_house_does_not_exist_and_the_attempts_stand_in_the_audit_log(
    desk: Desk, briefing: Briefing, issuer: Issuer
) -> None:
    briefing.service.forget()
    case_id, no_case, no_referral = uuid4(), uuid4(), str(uuid4())
    referral_id = briefing.on_agenda(case_id=case_id)
    stranger = desk.another_browser()
    stranger.sign_in(NEIGHBOUR_OF_THEM, access=issuer.token(claims_of(NEIGHBOUR_OF_THEM)))
    assert referral_id not in stranger.get(BOARD).text
    shown = [seen(stranger.get(f"/cases/{id}"), id) for id in (case_id, no_case)]
    refused = [seen(decide(stranger, NEIGHBOUR_OF_THEM, id), id) for id in (referral_id, no_referral)]
    assert shown[0] == shown[1]
    assert refused[0] == refused[1]
    assert refused[0][0] == 422
    assert briefing.weighed() == []
    query = "SELECT house, operation, status FROM audit_log WHERE actor = %s ORDER BY id"
    attempts = briefing.service.as_service.execute(query, [NEIGHBOUR_OF_THEM.id]).fetchall()
    assert attempts == [(NEIGHBOUR, "case", 404)] * 2 + [(NEIGHBOUR, "decide_together", 422)] * 2


def seen(answer: TestResponse, id: object) -> tuple[int, str]:
    """What somebody sees who asks for this id, but for the id and what is sealed in forms."""
    return answer.status_code, re.sub(rf'value="[\w=-]{{60,}}"|{id}', "", answer.text)


def test_a_worthless_token_gets_nothing_through_the_desk(
    desk: Desk, briefing: Briefing, issuer: Issuer, subtests: pytest.Subtests
) -> None:
    briefing.service.forget()
    referral, browser = briefing.on_agenda(), desk.another_browser()
    for name, token in issuer.worthless(claims_of(MARIJKE)):
        browser.sign_in(MARIJKE, access=token)
        with subtests.test(name):
            assert [browser.get(page).status_code for page in ("/briefings", BOARD)] == [403, 403]
            assert decide(browser, MARIJKE, referral).status_code == 403
    assert briefing.weighed() == []


def address_of(desk: Desk) -> str:
    parts: Parts = desk.app.extensions["desk"]
    return parts.settings.url
