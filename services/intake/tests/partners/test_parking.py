"""A partner hears what became of its parked message, on a real database."""

import json
from typing import Any

import psycopg
import pytest

from services.intake.partners.reader import Ingress
from services.intake.tests.desk import SEALER, Desk, partners_reader
from services.intake.tests.given import HOUSE, POLICE, delivery, message, notice
from shared.messaging.parked import Author, Parking
from shared.messaging.taking import Taker

BY = Author.at_the_command_line("K. de Boer", "agreed with the police", "replay")


def replay(desk: Desk, document: dict[str, Any]) -> None:
    """Correct the one message that is parked, hand it back, and let intake look at what is postponed."""
    [(id,)] = desk.rows("SELECT id FROM parked")
    with psycopg.connect(desk.url) as connection:
        Parking(connection, SEALER).correct(id, json.dumps(document).encode(), BY)
        Parking(connection, SEALER).replay(id, BY)
    with psycopg.connect(desk.url, autocommit=True) as connection:
        Taker(partners_reader(), SEALER, desk.unit_on).take_postponed(connection, [Ingress(HOUSE, POLICE).queue])


def test_a_partner_gets_the_receipt_of_a_message_that_was_corrected_and_replayed(desk: Desk) -> None:
    wrong = message(notice(offence=None))
    desk.take(delivery(wrong))
    replay(desk, wrong | {"data": notice()})
    [receipt] = desk.told(POLICE, "messages.accepted.v1")
    assert (receipt["messageId"], receipt["reference"]) == (wrong["id"], "PL-1")
    assert len(desk.announced("referrals.registered.v1")) == 1
    assert len(desk.told(POLICE, "messages.refused.v1")) == 1, "it was refused before it was corrected"
    assert desk.parked() == []


@pytest.mark.parametrize("field", ["offence", "reference"])
def test_a_partner_hears_of_the_problems_that_are_left_after_a_replay(desk: Desk, field: str) -> None:
    wrong = message(notice(municipality="Dorp"))
    desk.take(delivery(wrong))
    replay(desk, wrong | {"data": notice(**{field: None})})
    assert desk.parked() == [[f"data.{field}"]]
    _, refusal = desk.told(POLICE, "messages.refused.v1")
    assert refusal["problems"][0]["field"] == f"data.{field}"
    assert desk.told(POLICE, "messages.accepted.v1") == []
