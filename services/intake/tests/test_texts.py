"""What partners and people write at the door can be read in no table, and leaves in no event."""

from typing import Any
from uuid import UUID

import psycopg

from services.intake.contact_moments import handlers as contact_moments
from services.intake.contact_moments.messages import RecordContactMoment
from services.intake.tests.assigned import given_assignment
from services.intake.tests.desk import SEALER, Desk
from services.intake.tests.given import CONTACT, HOUSE, ITEMISING, POLICE, PROVIDER, notice
from services.intake.tests.information_requests.test_requests import KNOWN, PER_SERVICE, issued
from services.intake.withdrawals.handlers import withdraw_by_hand
from shared.schemas import StrictSchema, schema_of
from shared.testing.outbox import outbox_of
from shared.testing.planted import WORD, tables_with_word


def said(desk: Desk, partner: Any, type: str, data: dict[str, Any]) -> None:
    desk.send(data, partner, type=type)
    assert desk.wrong_fields(partner) == []


def test_no_text_of_a_document_can_be_read_in_a_table(desk: Desk) -> None:
    subject = {"kind": "person", "municipality": "Dorp", "familyName": "Jansen"}
    desk.send(notice(offence=f"inbraak {WORD}", subject=subject))
    asked = issued(desk, "stad", asked=[{"service": "housing"}])
    referral_id = asked["referralId"]
    answer = {"requestId": asked["requestId"], "answeredOn": "2015-06-01", "services": [KNOWN | {"text": WORD}]}
    said(desk, ITEMISING, PER_SERVICE, answer)
    said(desk, CONTACT, "current-referrals.submitted.v1", {"reference": "C-1", "subject": subject, "concern": WORD})
    withdrawn = {"reference": "W-1", "referralId": str(referral_id), "because": f"vergissing {WORD}"}
    said(desk, POLICE, "referral-withdrawals.submitted.v1", withdrawn)
    held = {"heldOn": "2015-06-01", "needs": ["debts"], "offered": True, "accepted": False, "outcome": WORD}
    reported = {"reference": "X", "assignmentId": given_assignment(desk)} | held
    said(desk, PROVIDER, "conversation-reports.submitted.v1", reported)
    recorded: RecordContactMoment = schema_of(RecordContactMoment, StrictSchema).load({"text": WORD})
    with desk.unit() as unit:
        contact_moments.record(HOUSE.id, recorded, "Ilse", unit)
    second = desk.notice(familyName="Visser")
    [(of_second,)] = desk.rows("SELECT referral_id FROM referrals WHERE subject_id = %s", second)
    with desk.unit() as unit:
        withdraw_by_hand(HOUSE.id, UUID(str(of_second)), WORD, by="Ilse", unit=unit)
    with psycopg.connect(desk.url) as connection:
        assert tables_with_word(connection) == []
        assert [row["routing_key"] for row in outbox_of(connection, SEALER) if WORD in str(row["event"])] == []
