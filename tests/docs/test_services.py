"""A service's README has the tables that follow from its code; `cog --check` compares them."""

import pytest

from docs.declared import SERVICES, service_class
from shared.web import AUDIT, COMMON, PARKING, Offer
from shared.web.openapi import offers_of
from tests.docs.markdown import ROOT, rows_about

TABLES = ("events", "endpoints", "settings", "metrics")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("service", SERVICES)
def test_a_readme_has_the_table_as_the_code_writes_it(service: str, table: str) -> None:
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    assert f'<!-- [[[cog from docs.tables import {table}; {table}("{service}") ]]] -->' in text


@pytest.mark.parametrize("service", SERVICES)
def test_a_readme_says_what_may_go_wrong_in_the_world_and_who_notices(service: str) -> None:
    happenings = rows_about("what happens", ROOT / "services" / service / "README.md")
    noticed = [row for row in happenings if "who notices" in row]
    assert len(noticed) > 5 and all(row["who notices"] and row["what becomes of it"] for row in noticed)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_offers_what_all_services_offer(service: str) -> None:
    offered = {endpoint(offer) for offer in offers_of(service_class(service))}
    assert offered > {endpoint(offer.at(route)) for route, offer in (COMMON | AUDIT | PARKING).items()}


def test_the_endpoints_for_parked_messages_are_told_to_operators() -> None:
    told = {row["endpoint"] for row in rows_about("endpoint", ROOT / "docs/operators.md")}
    assert told == {endpoint(offer.at(route)) for route, offer in PARKING.items()}


def endpoint(offer: Offer) -> str:
    return f"{offer.method} {offer.route}"
