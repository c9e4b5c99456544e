"""What people write about somebody can be read in no table, log or event, and not at all once it is forgotten."""

from typing import Any
from uuid import uuid4

import pytest

from services.aftercare.forgetting import TEXT_COLUMNS
from services.aftercare.service import Aftercare
from services.aftercare.tests.given import BOOKED, DOMAINS, OUTFLOW, PLAN, YEAR, Detainee, euros
from services.aftercare.tests.trajectories.started import wanted
from services.aftercare.tests.wanted_trajectories.needs import closed, raised
from shared.sealed_texts.plain import seal_plain_texts
from shared.testing.planted import WORD, Planter, found
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

SLIP = {"because": "vergissing"}
REPORT: dict[str, Any] = {
    "heldOn": "2015-05-12",
    "needs": ["housing"],
    "offered": True,
    "accepted": True,
    "outcome": "wil graag",
}
REFUSAL = {"refusedOn": "2015-05-20", "reason": "redt zich zelf"}
NEEDED: dict[str, Any] = {"domain": "housing", "bottleneck": "yes", "need": "woonruimte", "referredTo": "een oom"}
WHOLE: dict[str, Any] = PLAN | {"domains": [NEEDED, *(each for each in DOMAINS if each["domain"] != "housing")]}
SOLVED = {"moment": "release", "answeredOn": "2015-07-02", "domains": [{"domain": "housing", "solved": False}]}
NO_TEXTS = frozenset(
    f"{name}.decision"
    for name in (
        "allot",
        "revise_allotment",
        "contribute",
        "budget",
        "close_year",
        "commit",
        "lend",
        "spend",
        "release",
    )
) | {"repay.decision", "write_off.decision", "correct_entry.decision"}
"""The books name the decision behind an entry, and never a person."""
PLACES = {"start_trajectory.municipality", "commit.municipality", "lend.municipality", "contribute.municipality"}
FUND = {"allot.single", "revise_allotment.single"}


@pytest.fixture
def planter() -> Planter:
    return Planter(Aftercare, codes=NO_TEXTS | PLACES | FUND)


@pytest.fixture
def planting(aftercare: RunningService, planter: Planter) -> RunningService:
    return planter.of(aftercare)


def give(planting: RunningService, path: str, *commands: tuple[str, dict[str, Any], int | None]) -> None:
    """Each with the version that it changes, if it must name one."""
    for step, body, version in commands:
        answer = planting.post(f"{path}/{step}", body, version=version)
        assert answer.status in (200, 201, 204), (step, answer.text)


def prepared(planting: RunningService) -> str:
    """The path of a detention of which everything was recorded wrongly, in every way that leaves it standing."""
    person = Detainee(planting)
    path = person.detained()
    give(
        planting,
        path,
        ("refusals", REFUSAL, None),
        ("refusals/correction", REFUSAL | SLIP | {"refusedOn": "2015-05-19"}, None),
        ("refusals/withdrawal", SLIP | {"refusedOn": "2015-05-19"}, None),
        ("plan", WHOLE, 0),
        ("plan/correction", WHOLE | SLIP | {"madeOn": "2015-06-02"}, 1),
        ("follow-ups", SOLVED, None),
        ("follow-ups/correction", SOLVED | SLIP | {"answeredOn": "2015-07-03"}, None),
        ("follow-ups/withdrawal", SLIP | {"moment": "release", "answeredOn": "2015-07-03"}, None),
        ("plan/withdrawal", SLIP, 2),
        ("plan", WHOLE, 0),
        ("withdrawal", SLIP | {"on": "2015-06-10", "reason": "mistake"}, None),
        ("withdrawal/withdrawal", SLIP, None),
    )
    asked = {"provider": "exodus", "askedOn": "2015-03-04"}
    conversation = planting.post(f"{path}/conversations", asked).body["conversationId"]
    give(
        planting,
        f"/v1/conversations/{conversation}",
        ("report", REPORT, None),
        ("report/correction", REPORT | SLIP | {"heldOn": "2015-05-13"}, None),
        ("report/withdrawal", SLIP, None),
    )
    planting.post(f"{path}/conversations", {"report": REPORT | {"heldOn": "2015-05-14"}})
    separated(person, path)
    called_done(planting, str(person.case_id))
    guided(planting, str(person.case_id))
    housed(planting, str(person.case_id))
    return path


def separated(person: Detainee, path: str) -> None:
    transfer = {"institution": "pi_krimpen_aan_den_ijssel", "detainedOn": "2015-04-20", "registeredOn": "2015-04-21"}
    notice = person.notify(expectedReleaseOn="2015-09-01", **transfer).rpartition("/")[2]
    assert wait_until(lambda: notice in person.service.get(path).text, 10, interval=0.02)
    give(person.service, path, (f"notices/{notice}/separation", SLIP, None))


def called_done(planting: RunningService, case_id: str) -> None:
    need = {"caseId": case_id, "followUpId": str(uuid4())}
    raised(planting, need)
    closed(planting, need, "done")
    path = f"/v1/wanted-trajectories/{need['followUpId']}"
    explanation = {"noneBecause": "heeft al werk"}
    assert wait_until(lambda: planting.post(f"{path}/explanation", explanation).status == 201, 10, interval=0.1)


def guided(planting: RunningService, case_id: str) -> None:
    path = f"/v1/trajectories/{planting.post('/v1/trajectories', wanted(caseId=case_id)).body['trajectoryId']}"
    for step, body in (
        ("stages", {"stage": "intake", "on": "2015-03-10"}),
        ("stages/correction", SLIP | {"wrongStage": "intake", "stage": "intake", "on": "2015-03-09"}),
        ("stages/withdrawal", SLIP | {"stage": "intake"}),
        ("transports", {"on": "2015-03-05"}),
        ("transports/correction", SLIP | {"wrongOn": "2015-03-05", "on": "2015-03-04"}),
        ("transports/withdrawal", SLIP | {"on": "2015-03-04"}),
        ("ending", {"on": "2015-06-20", "result": "completed"}),
        ("ending/correction", SLIP | {"on": "2015-05-20", "result": "dropped_out"}),
        ("ending/withdrawal", SLIP),
    ):
        give(planting, path, (step, body, planting.get(path).body["version"]))


def housed(planting: RunningService, case_id: str) -> None:
    asked = {"caseId": case_id, "transitionHouse": "gouda", "askedOn": "2015-03-04"}
    stay = planting.post("/v1/stays", asked).body["stayId"]
    give(
        planting,
        f"/v1/stays/{stay}",
        ("beginning", {"on": "2015-03-10"}, None),
        ("beginning/correction", SLIP | {"on": "2015-03-11"}, None),
        ("ending", {"on": "2015-04-10"}, None),
        ("ending/correction", SLIP | {"on": "2015-04-11"}, None),
        ("ending/withdrawal", SLIP, None),
        ("beginning/withdrawal", SLIP, None),
    )


def booked(planting: RunningService) -> None:
    allotted = BOOKED | {"outflow": OUTFLOW}
    contributed = planting.post(
        f"{YEAR}/contributions", BOOKED | {"municipality": "Gouda", "amount": euros("100")}, "manager"
    )
    entry = contributed.body["entryId"]
    for path, body in (
        (f"{YEAR}/allotments", allotted),
        (f"{YEAR}/allotments/correction", allotted | SLIP | {"outflow": OUTFLOW | {"Gouda": 100}}),
        (f"/v1/ledger-entries/{entry}/correction", BOOKED | SLIP),
    ):
        answer = planting.post(path, body, "manager")
        assert answer.status == 201, answer.text


def test_every_text_can_be_read_by_who_may_and_in_no_table_or_event(
    planting: RunningService, planter: Planter, capfd: pytest.CaptureFixture[str]
) -> None:
    path = prepared(planting)
    booked(planting)
    assert planter.not_planted == {"confirm_no_breach.because", "write_off.because"}
    shown = planting.get(path).text
    assert shown.count(WORD) > 10
    assert "sealed:" not in shown + planting.get("/v1/ledger-entries", caller="manager").text
    assert found(planting) == []
    assert WORD not in "".join(capfd.readouterr())


def test_what_stood_in_the_clear_before_is_sealed_and_reads_the_same(planting: RunningService) -> None:
    path = prepared(planting)
    booked(planting)
    for table in TEXT_COLUMNS:
        planting.as_owner.execute(f"ALTER TABLE {table.table} DISABLE TRIGGER USER".encode())
        for column in table.columns:
            plain = f"UPDATE {table.table} SET {column} = '{WORD}' WHERE {column} <> ''"
            planting.as_owner.execute(plain.encode())
        planting.as_owner.execute(f"ALTER TABLE {table.table} ENABLE TRIGGER USER".encode())
    tables = {table.table for table in TEXT_COLUMNS}
    assert tables - set(found(planting)) == {"breach_confirmations", "detentions"}  # of which none has a text now
    before = planting.get(path).body
    seal_plain_texts(planting.begin, TEXT_COLUMNS)
    assert found(planting) == []
    assert planting.get(path).body == before


def test_the_texts_of_somebody_who_is_forgotten_are_gone(planting: RunningService) -> None:
    path = prepared(planting)
    case_id = planting.get(path).body["caseId"]
    data = {"subjectId": str(uuid4()), "forgottenOn": "2017-03-01"}
    planting.send("intake", "subjects.forgotten.v1", data, case_id=case_id)
    assert wait_until(lambda: WORD not in planting.get(path).text, 10, interval=0.02)
    [[left]] = planting.as_service.execute("SELECT count(*) FROM sealed_texts WHERE sealed <> ''").fetchall()
    assert left == 0
