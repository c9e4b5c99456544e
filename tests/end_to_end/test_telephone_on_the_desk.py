"""At the desk, with intake: a call taken in within a minute, a merge taken back, a sealed referral seen by its role."""

import time
from collections.abc import Iterator
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
from desk.tests.given import HOUSE, Desk, settings_of
from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from services.intake.tests.given import INDEX_KEY, MASTER_KEY
from shared.testing.browser import Window, assert_accessible, assert_fits, opened, screenshot
from shared.testing.databases import Databases
from shared.testing.issuer import Issuer, running_issuer
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import free_ports, wait_until
from tests.end_to_end.test_briefing_on_the_desk import claims_of
from tests.security.two_houses import SHIPPED

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OMAR = Person("p-22bb", "Omar Aziz", HOUSE, {HOUSE: frozenset({"intake_officer"})})
ILSE = Person("p-11aa", "Ilse de Jong", HOUSE, {HOUSE: frozenset({"intake_officer"})})
MOST_FIELDS, MOST_SECONDS = 8, 60
YARA = Person("p-77cc", "Yara de Wit", HOUSE, {HOUSE: frozenset({"theme_role"})})
CALLERS = {"officer": {"house": HOUSE, "roles": ["intake_officer"]}}
SECONDS_FOR_A_PERSON = 5
"""So long a person takes to fill in one field, beside what the browser takes."""


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer() as running:
        yield running


@pytest.fixture(scope="module")
def intake(start_service: ServiceStarter, issuer: Issuer) -> RunningService:
    settings: dict[str, Any] = issuer.settings
    keys = {"master_key": MASTER_KEY, "index_key": INDEX_KEY}
    return start_service(Intake, CALLERS, IntakeSettings, houses=SHIPPED, match_seconds=0.2, **keys, **settings)


@pytest.fixture(scope="module")
def desk(databases: Databases, intake: RunningService, issuer: Issuer) -> Iterator[Desk]:
    """With Ilse, who has signed in."""
    [port] = free_ports(1)
    with databases.migrated("desk") as migrated:
        url = f"http://127.0.0.1:{port}"
        settings = settings_of(migrated.url, url=url, intake=f"http://{intake.address}")
        database, services = Database(migrated.url), Services(settings.services, bearer)
        told: dict[str, Any] = {"services": services, "provider": None}
        app = application_of(Parts(settings=settings, database=database, houses=load_houses(SHIPPED), **told))
        server = make_server("127.0.0.1", port, app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        made = Desk(app, database, told["services"], None, app.test_client())
        made.sign_in(ILSE, access=issuer.token(claims_of(ILSE)))
        yield made
        server.shutdown()
        services.close()
        database.close()


def call(page: "Page", *, given_names: str) -> int:
    """Write down what a neighbourhood team tells. Returns how many fields were filled in or chosen."""
    page.get_by_label("Wat wordt er verteld").fill("Hij slaapt sinds een week in zijn auto en dreigt met geweld.")
    page.get_by_text("Wie belt er").click()
    page.get_by_role("textbox", name="Andere organisatie").fill("Wijkteam Noord")
    page.get_by_text("Over wie gaat het").click()
    page.get_by_label("Voornamen").first.fill(given_names)
    page.get_by_label("Achternaam").first.press_sequentially("Zwartenberg")
    page.get_by_label("Geboortedatum").first.fill("1990")
    page.locator("#municipality").select_option("Leiden")
    page.get_by_label("Melding", exact=True).check()
    return 7


@pytest.mark.parametrize("java_script", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_call_of_a_neighbourhood_team_is_taken_in_under_a_minute(
    browser: "Browser", desk: Desk, intake: RunningService, java_script: bool
) -> None:
    address, began = str(desk.app.extensions["desk"].settings.url), time.monotonic()
    name = "Piet" if java_script else "Jan"
    window = Window(390, java_script=java_script)
    with opened(browser, window, storage_state=desk.state, base_url=address) as page:
        page.goto("/contact-moments/new")
        fields = call(page, given_names=name)
        page.get_by_role("button", name="Opslaan").click()
        page.get_by_text("Vastgelegd", exact=True).wait_for()
        took = time.monotonic() - began
        page.get_by_text("Sorteren of verbeteren").click()
        page.get_by_role("link", name=f"{name} Zwartenberg").wait_for()  # the house knows this person from now on
        assert_fits(page)
        if java_script:
            assert_accessible(page)
            screenshot(page, "call-taken")
    assert fields <= MOST_FIELDS
    assert took + fields * SECONDS_FOR_A_PERSON < MOST_SECONDS
    registered = intake.as_service.execute("SELECT referrer FROM referrals ORDER BY referral_id").fetchall()
    assert registered[-1] == ("gemeente-leiden",)


def test_whom_the_house_knows_appears_while_a_name_is_typed(browser: "Browser", desk: Desk) -> None:
    address = str(desk.app.extensions["desk"].settings.url)
    with opened(browser, Window(390), storage_state=desk.state, base_url=address) as page:
        page.goto("/contact-moments/new")
        call(page, given_names="Klaas")
        page.get_by_role("button", name="Opslaan").click()
        page.get_by_text("Vastgelegd", exact=True).wait_for()
        page.goto("/contact-moments/new")
        page.get_by_text("Over wie gaat het").click()
        page.get_by_label("Voornamen").first.fill("Klaas")
        page.get_by_label("Achternaam").first.press_sequentially("Zwartenberg")
        page.get_by_text("Klaas Zwartenberg").wait_for()


def refer(intake: RunningService, family_name: str) -> None:
    """Register a referral by hand about somebody of this family name."""
    who = {"kind": "person", "givenNames": "Bram", "birthDate": "1988-04-05", "sex": "man", "municipality": "Leiden"}
    referral = {"referrer": "gemeente-leiden", "receivedOn": "2026-11-02", "reference": "G-1", "concern": "Zorgen."}
    answer = intake.post("/v1/referrals", referral | {"subject": who | {"familyName": family_name}}, "officer")
    assert answer.status == 201, answer.body


def decide(page: "Page", button: str, because: str, decided: str) -> None:
    """decided: what the page says of it from then on."""
    page.get_by_label("Waarom").fill(because)
    page.get_by_role("button", name=button).click()
    page.get_by_text(decided).wait_for()
    page.get_by_text(because).wait_for()


def test_a_merge_is_taken_back_and_a_second_person_confirms_it(
    browser: "Browser", desk: Desk, intake: RunningService, issuer: Issuer
) -> None:
    for family_name in ("Kerkhoven", "Kerkhovne"):
        refer(intake, family_name)
    assert wait_until(lambda: bool(intake.get("/v1/matches", "officer").body["waiting"]), 20)
    address = str(desk.app.extensions["desk"].settings.url)
    with opened(browser, Window(390), storage_state=desk.state, base_url=address) as page:
        page.goto("/matches")
        page.get_by_role("link", name="heel waarschijnlijk één").click()
        page.get_by_text("Kerkhovne").first.wait_for()
        decide(page, "Voeg samen", "Zelfde moeder.", "Samengevoegd, Ilse de Jong")
        decide(page, "Vraag om ze te scheiden", "Toch twee broers.", "Om scheiding gevraagd, Ilse de Jong")
        page.get_by_text("iemand anders moet haar bevestigen").wait_for()
        pair = page.url
    colleague = desk.another_browser()
    colleague.sign_in(OMAR, access=issuer.token(claims_of(OMAR)))
    with opened(browser, Window(390), storage_state=colleague.state, base_url=address) as page:
        page.goto(pair)
        decide(page, "Bevestig", "Ik heb beide gesproken.", "Gescheiden, Omar Aziz")
    for type in ("subjects.merged.v1", "subjects.separated.v1"):
        assert len(intake.announced(type)) == 1


def test_a_referral_that_is_sealed_is_seen_by_the_role_of_its_theme_alone(
    browser: "Browser", desk: Desk, intake: RunningService, issuer: Issuer
) -> None:
    refer(intake, "Geheimbeek")
    [*_, (case_id,)] = intake.as_service.execute(
        "SELECT case_id FROM referrals JOIN subjects USING (subject_id) ORDER BY referral_id"
    ).fetchall()
    address = str(desk.app.extensions["desk"].settings.url)
    colleague = desk.another_browser()
    colleague.sign_in(YARA, access=issuer.token(claims_of(YARA)))
    with opened(browser, Window(390), storage_state=colleague.state, base_url=address) as page:
        page.goto(f"/cases/{case_id}")
        page.get_by_role("link", name="afschermen").click()
        page.get_by_label("Waarom").fill("Werft vrienden.")
        page.get_by_role("button", name="Afschermen").click()
        page.get_by_role("heading", name="Bram Geheimbeek").wait_for()
        page.get_by_text("Zorgen.").wait_for()
        assert_fits(page)
        assert_accessible(page)
        screenshot(page, "sealed-referral")
        sealed = page.url
        page.get_by_role("link", name="Thema-postvak").last.click()
        page.get_by_text("later afgeschermd").wait_for()
        assert_fits(page)
        assert_accessible(page)
        screenshot(page, "theme-inbox")
    with opened(browser, Window(390), storage_state=desk.state, base_url=address) as page:
        for path in (sealed, "/theme-inbox"):
            answer = page.goto(path)
            assert answer and answer.status == 403
        page.goto(f"/cases/{case_id}")  # the other services are down, and may know the case
        assert "Geheimbeek" not in page.content() and "Gemeente Leiden" not in page.content()


def test_a_mother_whom_the_house_does_not_know_is_recorded_and_ended(
    browser: "Browser", desk: Desk, intake: RunningService
) -> None:
    refer(intake, "Molenaar")
    address = str(desk.app.extensions["desk"].settings.url)
    with opened(browser, Window(390), storage_state=desk.state, base_url=address) as page:
        page.goto("/matches")
        page.get_by_label("Achternaam").fill("Molenaar")
        page.get_by_label("Geboortedatum").fill("5-4-1988")
        page.get_by_role("button", name="Zoeken").click()
        page.get_by_role("link", name="Molenaar, 5 april 1988").click()
        page.get_by_role("link", name="Toevoegen, beëindigen of herstellen").click()
        page.get_by_label("Achternaam").fill("Molenaar-Vos")
        page.get_by_label("Gemeente").select_option("Gouda")
        page.get_by_role("button", name="Zoeken").click()
        page.get_by_label("Geen van deze").check()
        page.get_by_label("ouder", exact=True).check()
        page.get_by_role("button", name="Vastleggen").click()
        page.get_by_role("link", name="beëindigen of herstellen").click()
        page.get_by_label("Tot en met").fill("2026-11-01")
        page.get_by_role("button", name="Leg het einde vast").click()
        page.get_by_text("tot en met 1 nov 2026").wait_for()
        page.get_by_role("link", name="Molenaar-Vos, Gouda", exact=True).click()
        page.get_by_text("kind", exact=True).wait_for()
    assert [event["data"].get("until") for event in intake.announced("relations.changed.v1")] == [None, "2026-11-01"]
