"""Somebody signs in at the desk of a local stack."""

from typing import TYPE_CHECKING

from deploy.identity.testing import provider_of
from deploy.local.stack import LocalStack

if TYPE_CHECKING:
    from playwright.sync_api import Page


def sign_in(page: "Page", stack: LocalStack, login: str) -> None:
    """As one of persons.toml; ends at *Mijn werk*."""
    page.goto(stack.installation.desk_url)
    page.get_by_label("Gebruikersnaam").fill(login)
    page.get_by_label("Wachtwoord").fill(provider_of(stack).password(login))
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("heading", name="Mijn werk", exact=True).wait_for()
