"""People sign in at the provider of the local stack and meet the desk with real services behind it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from deploy.identity.testing import provider_of
from deploy.local import ports
from deploy.local.stack import LocalStack
from shared.testing.browser import Window, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    directory = tmp_path_factory.mktemp("signing-in") / "stack"
    services = ("intake", "weighing", "reporting")
    with LocalStack(directory, ports.free(), services=services, for_people=True) as stack:
        yield stack


def sign_in(page: "Page", stack: LocalStack, login: str) -> None:
    page.goto(stack.installation.desk_url)
    page.get_by_label("Gebruikersnaam").fill(login)
    page.get_by_label("Wachtwoord").fill(provider_of(stack).password(login))
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("heading", name="Mijn werk", exact=True).wait_for()


@pytest.mark.parametrize("window", [Window(320), Window(java_script=False)], ids=str)
def test_a_member_of_the_weighing_team_signs_in_and_out(browser: "Browser", stack: LocalStack, window: Window) -> None:
    with opened(browser, window) as page:
        sign_in(page, stack, "marijke")
        for service_that_is_down in ("Overleggen", "Nazorg"):
            page.get_by_text(service_that_is_down, exact=True).wait_for()
        page.goto(f"{stack.installation.desk_url}/briefings")
        assert page.get_by_text("Er wacht geen melding op een briefing.").count() == 2
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


def test_somebody_of_a_partner_finds_only_what_is_for_that_function(browser: "Browser", stack: LocalStack) -> None:
    with opened(browser, Window()) as page:
        sign_in(page, stack, "bram")
        assert page.get_by_role("navigation").get_by_role("link").all_inner_texts() == ["Mijn werk", "Over mij"]
        answer = page.goto(f"{stack.installation.desk_url}/briefings")
        assert answer is not None
        assert answer.status == 403
