"""From a partner's system to its own queue and back, and what people see, through the real broker."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from services.intake.tests.given import INDEX_KEY, MASTER_KEY
from services.intake.tests.partner_system import HOUSE, ROOT, system_of
from shared.testing.keys import KEY_TEXT
from shared.testing.program import Program, running
from shared.testing.service import RunningService, ServiceStarter
from shared.testing.waiting import free_ports, wait_until

EXAMPLES = ROOT / "services/intake/messages/examples/partners"
CALLERS = {
    "director": {"house": HOUSE.id, "roles": ["process_director"]},
    "officer": {"house": HOUSE.id, "roles": ["intake_officer"]},
    "elsewhere": {"house": "elsewhere", "roles": ["process_director"]},
    "privacy": {"house": HOUSE.id, "roles": ["privacy_officer"]},
    "administrator": {"house": HOUSE.id, "roles": ["chain_manager"]},
}
PATHS = {
    "/v1/work",
    "/v1/cases/{caseId}",
    "/v1/cases/{caseId}/disclosures",
    "/v1/referrals",
    "/v1/referrals/{referralId}",
    "/v1/referrals/{referralId}/withdrawal",
    "/v1/referrals/{referralId}/worry",
    "/v1/held-back",
    "/v1/contributions",
    "/v1/information-requests/answers",
    "/v1/information-requests/{requestId}/answer",
    "/v1/bij-questions",
    "/v1/bij-questions/{questionId}",
    "/v1/bij-questions/{questionId}/answer",
    "/v1/bij-questions/{questionId}/answer/correction",
    "/v1/subjects/discussed",
    "/v1/subjects/like",
    "/v1/subjects/names",
    "/v1/subjects/{subjectId}",
    "/v1/subjects/{subjectId}/alike",
    "/v1/contact-moments",
    "/v1/contact-cards",
    "/v1/contact-cards/{contactCardId}/changes",
    "/v1/contact-cards/{contactCardId}/removal",
    "/v1/contact-moments/{contactMomentId}",
    "/v1/contact-moments/{contactMomentId}/answer",
    "/v1/contact-moments/{contactMomentId}/changes",
    "/v1/contact-moments/{contactMomentId}/withdrawal",
    "/v1/subjects/{subjectId}/relations",
    "/v1/relations",
    "/v1/relations/{relationId}/end",
    "/v1/relations/{relationId}/withdrawal",
    "/v1/forgettings",
    "/v1/forgettings/{forgettingId}/decision",
    "/v1/matches",
    "/v1/matches/{matchId}",
    "/v1/matches/{matchId}/decisions",
    "/v1/feedback",
    "/v1/told-feedback",
    "/v1/feedback/{feedbackId}",
    "/v1/feedback/{feedbackId}/caller",
    "/v1/feedback/{feedbackId}/outcome",
    "/v1/feedback/{feedbackId}/outcome/withdrawal",
    "/v1/sealed-messages/replays",
    "/v1/sealed-referrals",
    "/v1/sealed-referrals/{referralId}",
    "/v1/sealed-referrals/{referralId}/unsealing",
    "/v1/identity-conflicts",
    "/v1/identity-conflicts/{referralId}",
    "/v1/identity-conflicts/{referralId}/decision",
}
"""What intake offers, but the audit log and parked messages."""


@pytest.fixture(scope="module")
def intake(start_service: ServiceStarter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    """The service in this process, its relay in another."""
    service = start_service(Intake, CALLERS, IntakeSettings, master_key=MASTER_KEY, index_key=INDEX_KEY)
    with running(relay_of(service), tmp_path_factory.mktemp("relay") / "log"):
        yield service


def relay_of(service: RunningService) -> Program:
    return Program(
        name="intake-relay",
        command=[sys.executable, "-m", "shared.messaging.relay", "intake"],
        directory=ROOT,
        environment={
            "DATABASE_URL": service.database.url,
            "BROKER_URL": service.broker.url("intake-relay"),
            "MESSAGE_KEY": KEY_TEXT,
            "RELAY_HTTP_ADDRESS": f"127.0.0.1:{free_ports(1)[0]}",
        },
    )


def example(type: str, **subject: Any) -> Any:
    """A partner's example with an id of its own; subject: what is other about it than in the example."""
    document = json.loads((EXAMPLES / f"{type}.json").read_text(encoding="utf-8"))
    document["id"] = str(uuid4())
    if subject:
        document["data"]["subject"] |= subject
    return document


def subject_of(intake: RunningService, referral_id: str) -> str:
    return str(intake.get(f"/v1/referrals/{referral_id}").body["subjectId"])


def at_focus(intake: RunningService, referral_id: str) -> str:
    """The subject of a referral, whose case was opened at the focus meeting."""
    referral = intake.get(f"/v1/referrals/{referral_id}").body
    opened = {"tableCaseId": str(uuid4()), "referralId": referral_id, "table": "focus", "openedOn": "2015-06-01"}
    intake.send("meetings", "table-cases.opened.v1", opened, case_id=UUID(referral["caseId"]))
    is_open = "SELECT FROM openings WHERE case_id = %s AND purpose = 'focus'"
    assert wait_until(lambda: intake.as_service.execute(is_open, [referral["caseId"]]).fetchall() != [], 5)
    return str(referral["subjectId"])


def test_each_partner_gets_its_own_receipts_with_its_own_reference(intake: RunningService) -> None:
    arrest, detention = example("arrest-notices.submitted.v1"), example("detention-notices.submitted.v1")
    with system_of("nationale-politie", intake.broker) as police, system_of("dji", intake.broker) as prisons:
        police.send(arrest)
        prisons.send(detention)
        [to_police], [to_prisons] = police.received(1), prisons.received(1)
    assert to_police["type"] == to_prisons["type"] == "nl.ketenhuis.messages.accepted.v1"
    assert to_police["data"]["messageId"] == arrest["id"]
    assert to_prisons["data"]["messageId"] == detention["id"]
    assert to_prisons["data"]["reference"] == "TULP-4411"
    assert to_police["subject"] == to_prisons["subject"], "both are about one person, so about one case"


def test_nothing_that_a_partner_sends_stops_the_next_message(intake: RunningService) -> None:
    right = example("arrest-notices.submitted.v1")
    with system_of("nationale-politie", intake.broker) as police:
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
    assert wait_until(lambda: len(intake.parked()) == 11, 5)


def test_a_partner_that_misses_a_number_gets_the_same_messages_again(intake: RunningService) -> None:
    request = example("replays.requested.v1")
    with system_of("nationale-politie", intake.broker) as police:
        for _ in range(3):
            police.send(example("arrest-notices.submitted.v1"))
        first, *missed = police.received(3)
        police.send(request | {"data": {"fromSequence": int(missed[0]["sequence"])}})
        *again, receipt = sorted(police.received(3), key=lambda message: int(message["sequence"]))
    assert again == missed
    assert receipt["data"] == {"messageId": request["id"]}
    numbers = [int(message["sequence"]) for message in (first, *missed, receipt)]
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_who_a_subject_is_is_shown_for_a_purpose_and_that_is_kept(intake: RunningService) -> None:
    referral_id = referred(intake)
    assert intake.get(f"/v1/subjects/{subject_of(intake, referral_id)}", purpose="focus").status == 404
    subject_id = at_focus(intake, referral_id)
    shown = intake.get(f"/v1/subjects/{subject_id}", purpose="focus")
    assert shown.status == 200
    assert shown.body["details"] == {
        "kind": "person",
        "familyName": "Visser",
        "birthDate": "2001-05-06",
        "municipality": "Leiden",
    }
    with psycopg.connect(intake.database.url) as connection:
        kept = connection.execute(
            "SELECT disclosed_to, purpose FROM disclosures WHERE subject_id = %s", [subject_id]
        ).fetchall()
    assert kept == [("director", "focus")]
    seen = intake.get(f"/v1/cases/{shown.body['caseId']}/disclosures", "privacy").body
    [look] = seen["items"]
    assert (look["name"], look["organisation"], look["purpose"], seen["next"]) == ("director", HOUSE.id, "focus", None)
    told = [entry for entry in intake.audited("show_subject") if entry[1] == subject_id]
    assert told[1:] == [("subjects", subject_id, UUID(shown.body["caseId"]), 200, "director")]


def test_a_name_is_not_shown_without_a_purpose_or_to_somebody_else(intake: RunningService) -> None:
    path = f"/v1/subjects/{subject_of(intake, referred(intake))}"
    assert intake.get(path).status == 400
    for purpose in ("curiosity", "intake", "briefing", "information_request"):
        refused = intake.get(path, purpose=purpose)
        assert (refused.status, refused.body["errors"][0]["code"]) == (403, "purpose_not_allowed")
    assert intake.get(path, purpose="focus", caller="elsewhere").status == 404
    assert intake.get(path, purpose="focus", caller="administrator").status == 403
    assert intake.get(path, purpose="focus", caller="stranger").status == 401
    assert intake.get(f"/v1/subjects/{uuid4()}", purpose="focus").status == 404
    entries = [entry for entry in intake.audited("show_subject") if entry[1] == path.rpartition("/")[2]]
    assert [(status, actor) for *_, status, actor in entries][-6:] == [
        *[(403, "director")] * 4,
        (404, "elsewhere"),
        (403, "administrator"),
    ]


def test_the_names_of_a_whole_session_come_in_one_look(intake: RunningService) -> None:
    other = BY_HAND | {"subject": BY_HAND["subject"] | {"familyName": "Bakker"}}
    ids = [at_focus(intake, referred(intake, by_hand)) for by_hand in (BY_HAND, other)]
    asked = {"subjectIds": [ids[1], str(uuid4()), ids[0], ids[1]], "purpose": "focus"}
    shown = intake.post("/v1/subjects/names", asked)
    assert (shown.status, "no-store" in shown.headers["Cache-Control"]) == (200, True)
    assert shown.body == {"items": [intake.get(f"/v1/subjects/{id}", purpose="focus").body for id in reversed(ids)]}


def test_no_names_come_for_too_many_or_nobody_or_for_a_purpose_of_others(intake: RunningService) -> None:
    one = {"subjectIds": [subject_of(intake, referred(intake))], "purpose": "focus"}
    for wrong in ([], [str(uuid4()) for _ in range(201)]):
        refused = intake.post("/v1/subjects/names", one | {"subjectIds": wrong})
        assert (refused.status, refused.wrong_fields) == (400, ["subjectIds"])
    refused = intake.post("/v1/subjects/names", one | {"purpose": "briefing"})
    assert (refused.status, refused.body["errors"][0]["code"]) == (403, "purpose_not_allowed")
    assert intake.post("/v1/subjects/names", one, "elsewhere").status == 404


def test_a_referral_is_shown_without_what_was_written_in_it(intake: RunningService) -> None:
    shown = intake.get(f"/v1/referrals/{referred(intake)}")
    assert shown.body["referrer"] == "halt"
    assert "shoplifting" not in shown.text
    assert "Visser" not in shown.text


def test_a_referral_by_hand_is_checked_against_the_house(intake: RunningService) -> None:
    wrong = BY_HAND | {"referrer": "nobody", "subject": {"kind": "person", "municipality": "Amsterdam"}}
    answer = intake.post("/v1/referrals", wrong, "officer")
    assert answer.status == 422
    assert set(answer.wrong_fields) == {"referrer", "subject.municipality"}
    assert intake.post("/v1/referrals", BY_HAND, caller="director").status == 403


def test_a_referral_by_hand_that_is_sent_again_after_a_lost_answer_is_registered_once(intake: RunningService) -> None:
    before, key = registered(intake), uuid4()
    first, again = (intake.post("/v1/referrals", BY_HAND, "officer", key=key) for _ in range(2))
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert registered(intake) == before + 1
    shown = intake.get(f"/v1/referrals/{first.body['referralId']}").body
    assert (shown["recordedBy"], shown["recordedAt"] is None) == ("officer", False)


def registered(intake: RunningService) -> int:
    """How many referrals there are."""
    with psycopg.connect(intake.database.url) as connection:
        return len(connection.execute("SELECT FROM referrals").fetchall())


BY_HAND: dict[str, Any] = {
    "referrer": "halt",
    "receivedOn": "2015-03-02",
    "subject": {"kind": "person", "familyName": "Visser", "birthDate": "2001-05-06", "municipality": "Leiden"},
    "concern": "Repeated shoplifting",
}


def referred(intake: RunningService, by_hand: dict[str, Any] = BY_HAND) -> str:
    """A referral by phone."""
    answer = intake.post("/v1/referrals", by_hand, "officer")
    assert answer.status == 201
    return str(answer.body["referralId"])


def test_the_service_describes_itself_and_is_ready(intake: RunningService) -> None:
    assert intake.get("/health/ready").status == 200
    paths = [path for path in intake.get("/openapi.json").body["paths"] if path.startswith("/v1")]
    assert {path for path in paths if not path.startswith(("/v1/audit", "/v1/parked-message"))} == PATHS
    assert f'intake_refused_total{{house="{HOUSE.id}",partner="nationale-politie"}}' in intake.get("/metrics").text


def test_an_officer_records_who_belongs_with_whom_and_both_show_it(intake: RunningService) -> None:
    subject_id = intake.get(f"/v1/referrals/{referred(intake)}", "officer").body["subjectId"]
    mother = {"municipality": "Leiden", "familyName": "Bos", "givenNames": "Els", "birthDate": "1960-01-02"}
    relation = {"subjectId": subject_id, "about": mother, "role": "parent", "since": "1990-01-01"}
    kept = intake.post("/v1/relations", relation, "officer")
    assert (kept.status, intake.post("/v1/relations", relation, "officer").body) == (201, kept.body)
    [seen] = intake.get(f"/v1/subjects/{subject_id}/relations", "officer", purpose="intake").body["items"]
    assert (seen["role"], seen["other"]["details"]["familyName"]) == ("parent", "Bos")
    path = f"/v1/relations/{kept.body['relationId']}"
    assert intake.post(f"{path}/end", {"until": "2015-01-01"}, "officer").status == 204
    assert intake.post(f"{path}/end", {"until": "2015-01-01"}, "officer").status == 409
    assert intake.post(f"{path}/withdrawal", {"because": "Verkeerde moeder."}, "officer").status == 204
    [seen_back] = intake.get(f"/v1/subjects/{seen['other']['subjectId']}/relations", "officer", purpose="intake").body[
        "items"
    ]
    assert (seen_back["role"], seen_back["until"], seen_back["because"]) == ("child", "2015-01-01", "Verkeerde moeder.")


def test_who_of_a_partner_can_be_called_is_kept_and_each_change_stands_in_the_audit_log(intake: RunningService) -> None:
    card = {"name": "Nadia Ouarraki", "phone": "071-516 51 65"}
    kept = intake.post("/v1/contact-cards", {**card, "partner": "gemeente-leiden"}, "officer", key=uuid4())
    assert kept.status == 201
    [seen] = intake.get("/v1/contact-cards").body["items"]
    assert (seen["partner"], seen["card"]["phone"], seen["keptBy"]) == ("gemeente-leiden", "071-516 51 65", "officer")
    id = kept.body["contactCardId"]
    refused = intake.post(f"/v1/contact-cards/{id}/changes", {**card, "phone": "geen"}, "officer", version=1)
    assert (refused.status, refused.wrong_fields) == (400, ["phone"])
    assert intake.post(f"/v1/contact-cards/{id}/changes", {**card, "hours": "ma"}, "officer", version=1).status == 200
    assert intake.post(f"/v1/contact-cards/{id}/removal", None, "director").status == 403
    assert intake.post(f"/v1/contact-cards/{id}/removal", {}, "officer").status == 204
    assert intake.get("/v1/contact-cards").body["items"] == []
    for operation in ("add_contact_card", "change_contact_card", "remove_contact_card"):
        assert ("contact-cards", id, None, "officer") in [(*row[:3], row[4]) for row in intake.audited(operation)]


def test_the_example_of_the_page_for_partners_works_as_it_stands_there(intake: RunningService) -> None:
    guide = ROOT / "docs/partners.md"
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
