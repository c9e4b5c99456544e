"""What the weighing team writes about somebody can be read in no table, log or event, and not once it is forgotten."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from services.weighing.forgetting import TEXT_COLUMNS
from services.weighing.service import Weighing
from services.weighing.tests.briefing import BILATERAL, FOCUS, NEXT_TUESDAY, SECONDS, TUESDAY, Briefing
from services.weighing.tests.briefings.test_calendar import change, first_ahead, free_day, waiting_for
from services.weighing.tests.briefings.test_holding import POLICE, PROSECUTOR, sit
from shared.sealed_texts.plain import seal_plain_texts
from shared.testing.planted import WORD, Planter, found
from shared.testing.service import RunningService
from shared.testing.waiting import wait_until

HERE = {"subRegion": "Holland Rijnland"}
REASONED = FOCUS | {"motive": "Alleen samen komt hier iets van."}
BECAUSE = {"because": "vergissing"}
PEOPLE = frozenset({"hand_over_follow_up.person", "leave.person"})
"""Ids of people whom weighing knows; others are refused."""


@pytest.fixture
def planter() -> Planter:
    return Planter(Weighing, codes=PEOPLE)


@pytest.fixture
def planting(weighing: RunningService, planter: Planter) -> RunningService:
    return planter.of(weighing)


def weighed(planting: RunningService, case_id: UUID) -> str:
    """A referral of the case that was decided on twice, beside one that was carried over."""
    briefing = Briefing(planting)
    wrong, left = briefing.on_agenda(case_id=case_id), briefing.on_agenda()
    noted = {"urgent": True, "settledBeforehand": "Is al geregeld."}
    assert planting.post(f"/v1/referrals/{wrong}/marks", noted).status in (200, 204)
    held = f"/v1/briefings/{TUESDAY}"
    assert sit(planting, POLICE, PROSECUTOR).status == 200
    assert planting.post(f"{held}/holding", HERE).status == 200
    assert briefing.decide(wrong, REASONED).status == 201
    assert briefing.correct(wrong, BILATERAL | {"motive": "Toch niet."}).status == 201
    reported(planting)
    again = briefing.on_agenda(case_id=case_id)
    assert briefing.decide_together({again: REASONED}).status in (200, 201)
    assert briefing.withdraw(again).status == 201
    carried = HERE | BECAUSE | {"referralIds": [left]}
    assert planting.post(f"{held}/carrying-over", carried).status == 200
    return wrong


def reported(planting: RunningService) -> None:
    [followed] = planting.get("/v1/follow-ups").body["items"]
    report = f"/v1/follow-ups/{followed['followUpId']}/report"
    assert planting.post(report, {"state": "not_done", "remark": "Niemand thuis."}).status in (200, 201)
    assert planting.post(f"{report}/correction", {"state": "done", "remark": "Toch wel."}).status in (200, 201)


def planned(planting: RunningService) -> None:
    """Briefings that somebody moved, cancelled, added and took back."""
    first, second = first_ahead(planting)
    chosen = waiting_for(Briefing(planting), first)
    assert change(planting, f"/{second}/move", to=free_day(second)).status == 200
    assert change(planting, f"/{first}/cancellation").status == 200
    assert change(planting, f"/{first}/withdrawal").status == 200
    assert change(planting, "", on=free_day(first), referralIds=[chosen]).status == 201


def overridden(planting: RunningService) -> None:
    guarded = Briefing(planting).on_agenda(municipality="Katwijk", kind="current_referral", receivedOn=NEXT_TUESDAY)
    assert planting.post(f"/v1/referrals/{guarded}/guards/local_approach/override", BECAUSE).status == 204


def test_every_text_can_be_read_by_who_may_and_in_no_table_or_event(
    planting: RunningService, planter: Planter, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = weighed(planting, uuid4())
    planned(planting)
    overridden(planting)
    assert planter.not_planted == set()
    shown = planting.get(f"/v1/referrals/{wrong}").text + planting.get(f"/v1/briefings/{TUESDAY}", **HERE).text
    assert shown.count(WORD) >= 4
    assert "sealed:" not in shown
    assert found(planting) == []
    assert WORD not in "".join(capfd.readouterr())


def test_what_stood_in_the_clear_before_is_sealed_and_reads_the_same(planting: RunningService) -> None:
    wrong = weighed(planting, uuid4())
    paths: list[tuple[str, dict[str, Any]]] = [(f"/v1/referrals/{wrong}", {}), (f"/v1/briefings/{TUESDAY}", HERE)]
    planting.as_owner.execute(f"UPDATE decisions_taken_back SET because = '{WORD}', because_text = NULL".encode())
    planting.as_owner.execute(f"UPDATE briefing_changes SET because = '{WORD}' WHERE because <> ''".encode())
    assert len(found(planting)) == len(TEXT_COLUMNS)
    before = [planting.get(path, **query).body for path, query in paths]
    seal_plain_texts(planting.begin, TEXT_COLUMNS)
    assert found(planting) == []
    assert [planting.get(path, **query).body for path, query in paths] == before


def test_of_somebody_who_is_forgotten_nobody_sees_with_whom_they_belonged(planting: RunningService) -> None:
    case_id, child, family = uuid4(), uuid4(), uuid4()
    for subject_id, other_id in ((child, family), (uuid4(), child), (uuid4(), family)):
        related = {"relationId": str(uuid4()), "kind": "member", "subjectId": str(subject_id), "otherId": str(other_id)}
        planting.send("intake", "relations.changed.v1", related | {"otherCaseId": str(uuid4())}, case_id=case_id)
    planting.send("intake", "suspects.recognised.v1", {"listedOn": "2017-02-28"}, case_id=case_id)
    assert wait_until(lambda: kept(planting) == (3, 1), SECONDS, interval=0.02)
    data = {"subjectId": str(child), "forgottenOn": "2017-03-01"}
    planting.send("intake", "subjects.forgotten.v1", data, case_id=case_id)
    assert wait_until(lambda: kept(planting) == (1, 0), SECONDS, interval=0.02)


def kept(planting: RunningService) -> tuple[int, int]:
    """How many relations, and how many suspects."""
    query = "SELECT (SELECT count(*) FROM relations), (SELECT count(*) FROM suspects)"
    [[relations, suspects]] = planting.as_service.execute(query).fetchall()
    return relations, suspects


def test_the_texts_of_somebody_who_is_forgotten_are_gone_with_those_of_the_briefings(planting: RunningService) -> None:
    case_id = uuid4()
    wrong = weighed(planting, case_id)
    data = {"subjectId": str(uuid4()), "forgottenOn": "2017-03-01"}
    planting.send("intake", "subjects.forgotten.v1", data, case_id=case_id)
    assert wait_until(lambda: WORD not in planting.get(f"/v1/referrals/{wrong}").text, SECONDS, interval=0.02)
    assert WORD not in planting.get(f"/v1/briefings/{TUESDAY}", **HERE).text
    [[left]] = planting.as_service.execute("SELECT count(*) FROM sealed_texts WHERE sealed <> ''").fetchall()
    assert left == 0
