"""People sign in at the provider of the local stack and meet the desk with real services behind it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pika
import psycopg
import pytest
import requests

from deploy.identity.testing import provider_of
from deploy.local import ports
from deploy.local.stack import LocalStack
from shared.postgres.roles import owner_of
from shared.testing.browser import Window, assert_accessible, assert_fits, opened
from shared.testing.waiting import wait_until
from tests.end_to_end.signing_in import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GGD = "hollands-midden.ggd-hollands-midden"
REFERRAL = Path("services/intake/messages/examples/partners/current-referrals.submitted.v1.json").read_bytes()
REASON = "Het recht op de tabel is terug"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    directory = tmp_path_factory.mktemp("signing-in") / "stack"
    services = ("intake", "weighing", "reporting")
    with LocalStack(directory, ports.free(), services=services, for_people=True) as stack:
        yield stack


@pytest.mark.parametrize("window", [Window(320), Window(java_script=False)], ids=str)
def test_a_member_of_the_weighing_team_signs_in_and_out(browser: "Browser", stack: LocalStack, window: Window) -> None:
    with opened(browser, window) as page:
        sign_in(page, stack, "marijke")
        for service_that_is_down in ("Overleggen", "Nazorg"):
            page.get_by_text(service_that_is_down, exact=True).wait_for()
        page.goto(f"{stack.installation.desk_url}/briefings")
        assert page.get_by_role("link", name="Extra briefing toevoegen").count() == 2  # one of each sub-region
        page.get_by_role("button", name="Uitloggen").click()
        page.get_by_role("button", name="Afmelden").click()
        page.get_by_role("heading", name="U bent afgemeld").wait_for()
        page.goto(f"{stack.installation.desk_url}/briefings")
        page.get_by_label("Wachtwoord").wait_for()


def test_an_operator_sees_how_the_platform_is(browser: "Browser", stack: LocalStack) -> None:
    with opened(browser, Window()) as page:
        sign_in(page, stack, "joris")
        page.get_by_role("link", name="Beheer").click()
        page.get_by_role("heading", name="Doorvoer").wait_for()
        assert "weighing" in page.get_by_role("main").inner_text()
        page.get_by_text("verzoeken van mensen in de laatste vijf minuten").wait_for()
        page.get_by_text("GB vrij").wait_for()
        page.get_by_role("link", name="Processen").click()
        assert page.get_by_text("Sessies en concepten blijven").is_visible()


def test_somebody_of_a_partner_finds_only_what_is_for_that_function(browser: "Browser", stack: LocalStack) -> None:
    with opened(browser, Window()) as page:
        sign_in(page, stack, "bram")
        pages = page.get_by_role("navigation").get_by_role("link").all_inner_texts()
        assert pages == ["Mijn werk", "Vervolgacties", "Uitvragen", "Contactpersonen", "Over mij"]
        answer = page.goto(f"{stack.installation.desk_url}/briefings")
        assert answer is not None
        assert answer.status == 403


def test_an_operator_mends_a_message_that_failed_and_its_sender_gets_an_answer(
    browser: "Browser", stack: LocalStack
) -> None:
    in_table_of_referrals(stack, "REVOKE INSERT ON referrals FROM intake")
    send(stack, GGD, REFERRAL)
    with opened(browser, Window(390)) as page:
        sign_in(page, stack, "joris")
        page.get_by_text("Berichten wachten op een beheerder").wait_for()
        page.get_by_role("link", name="Beheer", exact=True).click()
        page.get_by_text("Uit ggd-hollands-midden (hollands-midden) apart gezet: 1").wait_for()
        page.get_by_role("link", name="Bekijk ze").click()
        page.get_by_text("1 bericht in 1 groep").wait_for()
        assert "ggd-hollands-midden" in page.locator("#groups").inner_text()
        page.get_by_role("link", name="unexpected").click()
        page.locator("#messages th a").click()
        page.get_by_text("Niet het bericht is fout, maar de dienst").wait_for()
        assert page.get_by_text("failed unexpectedly (InsufficientPrivilege)").is_visible()
        assert page.get_by_role("link", name="In de handleiding: MessagesParked").is_visible()
        assert_fits(page)
        assert_accessible(page)
        in_table_of_referrals(stack, "GRANT INSERT ON referrals TO intake")
        page.get_by_label("Waarom doet u dit?").fill(REASON)
        page.get_by_role("button", name="Opnieuw aanbieden").click()
        page.get_by_text("1 bericht is opnieuw aangeboden").wait_for()
        page.get_by_text("Er zijn er geen.").wait_for()
    [receipt] = answers(stack, GGD)
    assert receipt["type"] == "nl.ketenhuis.messages.accepted.v1"
    assert receipt["data"]["messageId"] == json.loads(REFERRAL)["id"]
    assert receipt["data"]["referralId"]
    assert ("replay_parked_message", "Joris Kalkman", "hollands-midden", "done") in who_did_what(stack, "intake")


def test_who_is_asked_about_somebody_answers_the_question_and_others_find_nothing_of_it(
    browser: "Browser", stack: LocalStack
) -> None:
    referral = json.loads(REFERRAL) | {"id": str(uuid4())}
    referral["data"] |= {"reference": "another", "concern": "Klopt 's nachts bij buren aan."}
    referral["data"]["subject"] = {"kind": "family", "familyName": "Zonneveld", "municipality": "Gouda"}
    send(stack, GGD, json.dumps(referral).encode())
    with opened(browser, Window()) as page:
        sign_in(page, stack, "bram")
        question = page.get_by_role("link", name="Beantwoord de uitvraag van het huis")
        assert wait_until(lambda: bool(page.reload()) and question.count() == 1, 30)
        question.click()
        page.get_by_role("heading", name="gezin Zonneveld").wait_for()
        to_answer = page.url
        case = f"{stack.installation.desk_url}/cases/{case_of_the_family(stack)}"
        page.goto(case)
        page.get_by_role("heading", name="Wat uw organisatie wordt gevraagd").wait_for()
        assert "GGD" not in page.get_by_role("main").inner_text()
        page.goto(to_answer)
        for service in page.get_by_role("group").all():
            service.get_by_label("Niets bekend", exact=True).check()
        page.get_by_role("button", name="Versturen").click()
        page.get_by_role("heading", name="Te beantwoorden").wait_for()
        assert wait_until(lambda: ("gemeente-gouda",) in who_answered(stack), 30)
    with opened(browser, Window()) as page:
        sign_in(page, stack, "hanneke")
        page.goto(case)
        page.get_by_role("heading", name="Nazorg").wait_for()  # which is down: nobody knows what it would show
        shown = page.get_by_role("main").inner_text()
        assert not [words for words in ("Zonneveld", "uw organisatie", "Gouda") if words in shown]
    assert ("case", "Hanneke Vlietstra", "gemeente-leiden", "refused") in who_did_what(stack, "weighing")
    assert ("show_subjects", "Bram Lindenhof", "gemeente-gouda", "done") in who_did_what(stack, "intake")


def case_of_the_family(stack: LocalStack) -> str:
    with psycopg.connect(stack.installation.settings.database_url("intake", owner_of("intake"))) as connection:
        [(case_id,)] = connection.execute(
            "SELECT case_id FROM subjects WHERE kind = 'family' ORDER BY registered_at DESC LIMIT 1"
        ).fetchall()
    return str(case_id)


def who_answered(stack: LocalStack) -> list[tuple[str]]:
    """The partners of which weighing has an answer."""
    with psycopg.connect(stack.installation.settings.database_url("weighing", owner_of("weighing"))) as connection:
        answered = "SELECT partner FROM information_requests WHERE answered_on IS NOT NULL"
        return connection.execute(answered).fetchall()


def in_table_of_referrals(stack: LocalStack, statement: str) -> None:
    """As somebody would who takes the service's rights away by mistake, and gives them back."""
    with psycopg.connect(stack.installation.settings.database_url("intake", owner_of("intake"))) as connection:
        connection.execute(statement.encode())


def send(stack: LocalStack, partner: str, message: bytes) -> None:
    """As the partner's own system."""
    with closing(pika.BlockingConnection(pika.URLParameters(stack.amqp_url(partner)))) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.basic_publish(f"partner.{partner}.in", "", message, pika.BasicProperties(user_id=partner))


def answers(stack: LocalStack, partner: str) -> list[dict[str, Any]]:
    """The first answer that the partner gets; none if it does not come in 15 seconds."""
    with closing(pika.BlockingConnection(pika.URLParameters(stack.amqp_url(partner)))) as connection:
        channel = connection.channel()
        _, _, body = next(channel.consume(f"partner.{partner}.out", auto_ack=True, inactivity_timeout=15))
        return [json.loads(body)] if body else []


def who_did_what(stack: LocalStack, service: str) -> list[tuple[str, str, str, str]]:
    """As the privacy officer reads it."""
    headers = {"Authorization": f"Bearer {provider_of(stack).access_token('esther')}", "House": "hollands-midden"}
    entries = requests.get(f"{stack.http_url(service)}/v1/audit", headers=headers, timeout=10).json()["items"]
    return [(each["operation"], each["actorName"], each["organisation"], each["result"]) for each in entries]
