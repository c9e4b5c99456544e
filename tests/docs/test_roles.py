"""The roles of people: what tokens are drawn for, what endpoints ask for, and what the page on security says."""

from deploy.credentials import ROLES
from shared.web.openapi import offers_of
from tests.contract.declared import SERVICES, service_class
from tests.docs.markdown import ROOT, rows_about


def test_every_role_that_there_is_stands_on_the_page_on_security() -> None:
    assert [row["API role"] for row in rows_about("API role", ROOT / "docs/security.md")] == list(ROLES)


def test_every_role_opens_something_and_no_endpoint_asks_for_another() -> None:
    asked = {role for service in SERVICES for offer in offers_of(service_class(service)) for role in offer.action.roles}
    assert asked == set(ROLES)
