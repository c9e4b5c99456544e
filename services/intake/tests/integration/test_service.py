"""From a partner's system to its own queue and back, and what people see, through the real broker."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from services.intake.tests.integration.running import HOUSE, RunningIntake, running_intake
from shared.testing.databases import Databases
from shared.testing.setup import RunningBroker
from shared.testing.waiting import wait_until

EXAMPLES = Path(__file__).resolve().parents[2] / "messages/examples/partners"


@pytest.fixture(scope="module")
def intake(
    databases: Databases, broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningIntake]:
    """One for all tests of the module: starting and stopping takes seconds."""
    broker.purge()
    with (
        databases.migrated("intake") as database,
        running_intake(database.url, broker, tmp_path_factory.mktemp("intake")) as running,
    ):
        yield running


def example(type: str, **subject: Any) -> Any:
    """A partner's example with an id of its own, about this subject."""
    document = json.loads((EXAMPLES / f"{type}.json").read_text(encoding="utf-8"))
    document["id"] = str(uuid4())
    document["data"]["subject"] |= subject
    return document


def subject_of(intake: RunningIntake, referral_id: str) -> str:
    return str(intake.get(f"/v1/referrals/{referral_id}").json()["subjectId"])


def test_each_partner_gets_its_own_receipts_with_its_own_reference(intake: RunningIntake) -> None:
    arrest, detention = example("arrest-notices.submitted.v1"), example("detention-notices.submitted.v1")
    with intake.system_of("nationale-politie") as police, intake.system_of("dji") as prisons:
        police.send(arrest)
        prisons.send(detention)
        [to_police], [to_prisons] = police.received(1), prisons.received(1)
    assert to_police["type"] == to_prisons["type"] == "nl.ketenhuis.messages.accepted.v1"
    assert to_police["data"]["messageId"] == arrest["id"]
    assert to_prisons["data"]["messageId"] == detention["id"]
    assert to_prisons["data"]["reference"] == "TULP-4411"
    assert to_police["subject"] == to_prisons["subject"], "both are about one person, so about one case"


def test_nothing_that_a_partner_sends_stops_the_next_message(intake: RunningIntake) -> None:
    right = example("arrest-notices.submitted.v1")
    with intake.system_of("nationale-politie") as police:
        for body in (b"", b"\xff", b"{", b"[" * 5000, b"[" * 60_000, b"x" * 70_000, json.dumps("text").encode()):
            police.send(body)
        police.send({"id": "1"})
        police.send(right | {"source": "urn:nld:somebody-else", "id": str(uuid4())})
        police.send(example("arrest-notices.submitted.v1", municipality="Amsterdam", bsn="123456789"))
        police.send(example("arrest-notices.submitted.v1"), user_id=None)
        police.send(right)
        *refused, accepted = police.received(11)
    assert accepted["data"]["messageId"] == right["id"]
    assert {answer["type"] for answer in refused} == {"nl.ketenhuis.messages.refused.v1"}
    assert {problem["field"] for problem in refused[-1]["data"]["problems"]} == {
        "data.subject.municipality",
        "data.subject.bsn",
    }
    assert wait_until(lambda: parked(intake) == 11, 5)


def parked(intake: RunningIntake) -> int:
    with psycopg.connect(intake.database_url) as connection:
        return len(connection.execute("SELECT FROM parked").fetchall())


def test_who_a_subject_is_is_shown_for_a_purpose_and_that_is_kept(intake: RunningIntake) -> None:
    subject_id = subject_of(intake, referred(intake))
    shown = intake.get(f"/v1/subjects/{subject_id}", purpose="focus")
    assert shown.status_code == 200
    assert shown.json()["details"]["familyName"] == "Visser"
    with psycopg.connect(intake.database_url) as connection:
        kept = connection.execute(
            "SELECT disclosed_to, purpose FROM disclosures WHERE subject_id = %s", [subject_id]
        ).fetchall()
    assert kept == [("director", "focus")]


def test_a_name_is_not_shown_without_a_purpose_or_to_somebody_else(intake: RunningIntake) -> None:
    path = f"/v1/subjects/{subject_of(intake, referred(intake))}"
    assert intake.get(path).status_code == 400
    assert intake.get(path, purpose="curiosity").status_code == 422
    assert intake.get(path, purpose="focus", caller="elsewhere").status_code == 404
    assert intake.get(path, purpose="focus", caller="administrator").status_code == 403
    assert intake.get(path, purpose="focus", caller="stranger").status_code == 401
    assert intake.get(f"/v1/subjects/{uuid4()}", purpose="focus").status_code == 404


def test_a_referral_is_shown_without_what_was_written_in_it(intake: RunningIntake) -> None:
    shown = intake.get(f"/v1/referrals/{referred(intake)}")
    assert shown.json()["referrer"] == "halt"
    assert "shoplifting" not in shown.text
    assert "Visser" not in shown.text


def test_a_referral_by_hand_is_checked_against_the_house(intake: RunningIntake) -> None:
    wrong = BY_HAND | {"referrer": "nobody", "subject": {"kind": "person", "municipality": "Amsterdam"}}
    answer = intake.post("/v1/referrals", wrong)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"referrer", "subject.municipality"}
    assert intake.post("/v1/referrals", BY_HAND, caller="director").status_code == 403


BY_HAND = {
    "referrer": "halt",
    "receivedOn": "2015-03-02",
    "subject": {"kind": "person", "familyName": "Visser", "birthDate": "2001-05-06", "municipality": "Leiden"},
    "concern": "Repeated shoplifting",
}


def referred(intake: RunningIntake) -> str:
    """A referral by phone."""
    answer = intake.post("/v1/referrals", BY_HAND)
    assert answer.status_code == 201
    return str(answer.json()["referralId"])


def test_the_service_describes_itself_and_is_ready(intake: RunningIntake) -> None:
    assert intake.get("/health/ready").status_code == 200
    assert {path for path in intake.get("/openapi.json").json()["paths"] if path.startswith("/v1")} == {
        "/v1/referrals",
        "/v1/referrals/{referralId}",
        "/v1/subjects/{subjectId}",
    }
    assert f'intake_refused_total{{house="{HOUSE.id}",partner="nationale-politie"}}' in intake.get("/metrics").text


def test_the_example_of_the_page_for_partners_works_as_it_stands_there(intake: RunningIntake) -> None:
    guide = Path(__file__).resolve().parents[4] / "docs/partners.md"
    [example] = re.findall(r"```python\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    environment = {
        "PARTNER": "hollands-midden.nationale-politie",
        "SOURCE": HOUSE.partners["nationale-politie"].source,
        "AMQP_URL": intake.broker.url("hollands-midden.nationale-politie"),
    }
    ran = subprocess.run([sys.executable, "-c", example], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.stderr == ""
    assert ran.stdout.startswith("nl.ketenhuis.messages.accepted.v1")
    assert '"reference": "PL1500-2015-000123"' in ran.stdout
