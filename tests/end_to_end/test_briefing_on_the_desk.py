"""A briefing is decided in a browser, on the desk, with the weighing service; intake is down, and nobody waits."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from desk.application import application_of, bearer
from desk.database import Database
from desk.houses import load_houses
from desk.parts import Parts
from desk.services import Services
from desk.sessions.rules import Person
from desk.tests.given import Desk, settings_of
from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, FOCUS, HOUSE, TUESDAY, Briefing
from services.weighing.tests.conftest import CALLERS
from shared.testing.browser import Window, assert_accessible, assert_fits, opened, screenshot
from shared.testing.databases import Databases
from shared.testing.issuer import Issuer, running_issuer
from shared.testing.service import ServiceStarter
from shared.testing.waiting import free_ports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOUSES = Path("houses")
MARIJKE = Person("p-7f3a", "Marijke Visser", HOUSE, {HOUSE: frozenset({"weighing_team"})})
BOARD = f"/briefings/Holland%20Rijnland/{TUESDAY}"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture(scope="module")
def briefing(start_service: ServiceStarter, issuer: Issuer) -> Briefing:
    settings: dict[str, Any] = issuer.settings
    return Briefing(start_service(Weighing, CALLERS, **settings))


@pytest.fixture(scope="module")
def desk(databases: Databases, briefing: Briefing, issuer: Issuer) -> Iterator[Desk]:
    """With Marijke, who has signed in."""
    [port] = free_ports(1)
    weighing = f"http://{briefing.service.address}"
    with databases.migrated("desk") as migrated:
        settings = settings_of(migrated.url, url=f"http://127.0.0.1:{port}", weighing=weighing)
        database, services = Database(migrated.url), Services(settings.services, bearer)
        told: dict[str, Any] = {"services": services, "provider": None}
        app = application_of(Parts(settings=settings, database=database, houses=load_houses(HOUSES), **told))
        server = make_server("127.0.0.1", port, app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        made = Desk(app, database, told["services"], None, app.test_client())
        functions = {house: sorted(those) for house, those in MARIJKE.functions.items()}
        claims = {"sub": MARIJKE.id, "client_id": "desk", "name": MARIJKE.name, "organisation": HOUSE}
        made.sign_in(MARIJKE, access=issuer.token({**claims, "functions": functions}))
        yield made
        server.shutdown()
        services.close()
        database.close()


def choose(page: "Page", referral_id: str, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f'[name="{referral_id}-{name}"]').select_option(value)


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
        choose(page, second, decision="no_follow_up")
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").click()
        assert page.get_by_role("link", name="Kies een reden").is_visible()
        choose(page, second, reason="deferred")
        page.get_by_role("button", name="Alle gekozen besluiten vastleggen").click()
        decisions = page.locator("#decisions")
        assert decisions.get_by_text("Bilateraal afhandelen").is_visible()
        assert decisions.get_by_text("(Nog) geen vervolg: Aangehouden").is_visible()
        assert decisions.get_by_text("Marijke Visser").count() == 2
        assert_fits(page)
        if java_script:
            assert_accessible(page)
    assert {event["data"]["referralId"] for event in briefing.weighed()} == {first, second}
    recorded = [briefing.referral(id).body["earlierDecisions"] for id in (first, second, third)]
    assert [[each["recordedBy"] for each in those] for those in recorded] == [["Marijke Visser"]] * 2 + [[]]


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
    with opened(browser, Window(320), storage_state=desk.state, base_url=address_of(desk)) as page:
        page.goto(BOARD)
        page.get_by_role("link", name="Corrigeren of intrekken").click()
        page.get_by_label("Besluit", exact=True).select_option("voluntary_trajectory")
        page.get_by_label("Wat er niet klopte").first.fill("Verkeerd aangeklikt.")
        assert briefing.correct(one, FOCUS).status == 201
        page.get_by_role("button", name="Besluit corrigeren").click()
        assert page.get_by_text("Iemand anders was u voor").is_visible()
        assert page.locator("#decided").get_by_text("gecorrigeerd door team").is_visible()
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
    assert taken_back == [("team", False), ("Marijke Visser", False), ("Marijke Visser", True)]


def address_of(desk: Desk) -> str:
    parts: Parts = desk.app.extensions["desk"]
    return parts.settings.url
