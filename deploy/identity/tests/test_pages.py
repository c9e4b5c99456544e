"""The provider's pages in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.identity.testing import Provider, Visit
from deploy.identity.tests.stand_in import desk
from shared.testing.browser import Window, assert_accessible, assert_fits, look_at, opened, screenshot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WITHOUT_SCRIPTS = Window(320, java_script=False)


def test_the_sign_in_page_is_for_everybody(browser: Browser, identity_provider: Provider) -> None:
    look_at(browser, Visit(identity_provider).address(), "sign-in")


def test_a_browser_gets_to_the_desk_and_out_again_without_javascript(
    browser: Browser, identity_provider: Provider
) -> None:
    """Through forms that lead from the provider to the desk, which a content security policy may forbid."""
    provider, visit = identity_provider, Visit(identity_provider)
    with desk(provider.desk_url) as told, opened(browser, WITHOUT_SCRIPTS) as page:
        page.goto(visit.address())
        page.get_by_label("Gebruikersnaam").fill("esther")
        page.get_by_label("Wachtwoord").fill(provider.password("esther"))
        page.get_by_role("button", name="Aanmelden").click()
        assert page.url.startswith(f"{provider.desk_url}/signed-in?code=")
        id_token = visit.tokens(page.url)["id_token"]
        page.goto(visit.way_out(id_token))
        screenshot(page, "sign-out")
        page.get_by_role("button", name="Afmelden").click()
        assert page.url == f"{provider.desk_url}/signed-out?state=a-state"
        assert told.get(timeout=10)


def test_a_wrong_password_is_said_where_everybody_notices_it(browser: Browser, identity_provider: Provider) -> None:
    with opened(browser, Window(320)) as page:
        page.goto(Visit(identity_provider).address())
        page.get_by_label("Gebruikersnaam").fill("wouter")
        page.get_by_label("Wachtwoord").fill("wrong")
        page.get_by_role("button", name="Aanmelden").click()
        assert "horen niet bij elkaar" in page.get_by_role("alert").inner_text()
        assert page.get_by_label("Gebruikersnaam").input_value() == "wouter"
        screenshot(page, "sign-in-refused")
        assert_fits(page)
        assert_accessible(page)
