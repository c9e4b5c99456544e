"""The audit log of a running service: what stands in it, and who may read it."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from shared import crash_points
from shared.audit.store import AuditStore
from shared.crash_points import CrashPoint
from shared.web.tests.plans import CASE, Desk, assert_problem

TOLD = "SELECT operation, object_kind, object_id, status, actor FROM audit_log ORDER BY id"


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.query(TOLD)


def test_a_command_is_told_with_who_gave_it_and_what_became_of_it(desk: Desk) -> None:
    plan = desk.new_plan()
    assert desk.post(f"{plan}/end").status_code == 204
    [(*_, made), ended] = desk.query(
        "SELECT at > now() - interval '1 minute', action, operation, object_kind, object_id, case_id, status,"
        " actor, actor_name, organisation, origin, house, correlation_id FROM audit_log ORDER BY id"
    )
    assert ended[:-1] == (
        True,
        "direct plans",
        "end_plan",
        "plans",
        plan.rpartition("/")[2],
        None,
        204,
        "director",
        "director",
        "hollands-midden",
        "token-file",
        "hollands-midden",
    )
    assert ended[-1] != made


def test_the_entry_of_a_command_is_of_its_transaction(desk: Desk) -> None:
    desk.new_plan()
    assert desk.query("SELECT plan.xmin::text::bigint = transaction FROM plan, audit_log") == [(True,)]


def test_a_plain_look_up_is_not_told(desk: Desk) -> None:
    plan = desk.new_plan()
    assert desk.get(plan).status_code == 200
    assert [operation for operation, *_ in told(desk)] == ["make_plan"]


def test_a_look_up_of_a_name_is_told_with_what_it_names(desk: Desk) -> None:
    plan = desk.new_plan()
    assert desk.get(f"{plan}/holder").status_code == 200
    assert told(desk)[1:] == [("name_holder", "holders", "ggd", 200, "director")]
    assert desk.query("SELECT case_id FROM audit_log WHERE operation = 'name_holder'") == [(CASE,)]


def test_a_command_about_several_objects_has_an_entry_for_each(desk: Desk) -> None:
    plans = [desk.new_plan().rpartition("/")[2] for _ in range(3)]
    assert desk.post("/v1/holders/ggd/end").status_code == 204
    assert sorted(told(desk)[3:]) == sorted(("end_plans", "plans", id, 204, "director") for id in plans)


def test_a_repeated_command_has_one_entry(desk: Desk) -> None:
    key = uuid4()
    for _ in range(3):
        assert desk.make(key=key).status_code == 201
    assert [status for *_, status, _ in told(desk)] == [201]


@pytest.mark.parametrize("point", [CrashPoint.BEFORE_COMMAND_COMMIT, CrashPoint.AFTER_COMMAND_COMMIT])
def test_a_process_that_dies_leaves_no_command_without_its_entry_and_no_entry_without_its_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, point: CrashPoint
) -> None:
    class Died(Exception):
        pass

    def die(passed: CrashPoint) -> None:
        if passed is point:
            raise Died

    with monkeypatch.context() as dying:
        dying.setattr(crash_points, "passing", die)
        assert_problem(desk.make(key=uuid4()), 500)
    committed = point is CrashPoint.AFTER_COMMAND_COMMIT
    assert (len(desk.holders()), len(told(desk))) == (committed, committed)


def test_what_is_refused_is_told(desk: Desk) -> None:
    plan, unknown = desk.new_plan(), uuid4()
    id, key = plan.rpartition("/")[2], uuid4()
    assert_problem(desk.post(f"/v1/plans/{unknown}/end"), 404, "planId")
    assert_problem(desk.post(f"{plan}/holder", {"holder": "ggd"}, match='"9"'), 412, "If-Match")
    assert_problem(desk.make("nobody", key=key), 422, "holder")
    assert_problem(desk.post(f"{plan}/end", caller="reader"), 403)
    assert_problem(desk.get(f"/v1/plans/{unknown}"), 404, "planId")
    assert_problem(desk.get(plan, "reader"), 403)
    assert told(desk)[1:] == [
        ("end_plan", "plans", str(unknown), 404, "director"),
        ("hand_over", "plans", id, 412, "director"),
        ("make_plan", "plans", "", 422, "director"),
        ("end_plan", "plans", id, 403, "reader"),
        ("show_plan", "plans", str(unknown), 404, "director"),
        ("show_plan", "plans", id, 403, "reader"),
    ]
    assert desk.holders() == ["ggd"]


@pytest.mark.parametrize("path", ["/v1/plans", "/v1/elsewhere", "/health/live", "/v1/plans/x/end"])
def test_a_request_of_nobody_or_for_nothing_is_not_told(desk: Desk, path: str) -> None:
    desk.post(path, {}, caller="nobody")
    desk.post("/v1/plans", {"holder": 7}, key=uuid4())
    assert told(desk) == []


@pytest.mark.parametrize("text", ["Jansen", "999990019", "Jan%20Jansen", "1990-13", "12345678"])
def test_nothing_that_may_be_of_a_subject_stands_in_the_log(desk: Desk, text: str) -> None:
    assert_problem(desk.post(f"/v1/holders/{text}/end"), 404, "holder")
    desk.make("nobody", key=uuid4())
    assert [object_id for _, _, object_id, *_ in told(desk)] == ["…", ""]
    assert desk.query("SELECT count(*) FROM audit_log WHERE audit_log::text ~ 'Jansen|999990019|nobody'") == [(0,)]


def test_what_cannot_be_told_is_not_refused_either(desk: Desk, owner: Any) -> None:
    """Whoever looks for ids of others must not do so unseen."""
    owner.execute("ALTER TABLE audit_log ADD CHECK (status <> 404)")
    assert_problem(desk.get(f"/v1/plans/{uuid4()}"), 500)


def test_a_privacy_officer_reads_the_log_of_the_own_house_and_stands_in_it(desk: Desk) -> None:
    plan = desk.new_plan()
    [entry] = desk.get("/v1/audit", "privacy").json()["items"]
    assert UUID(entry.pop("correlationId"))
    assert entry.pop("at")
    assert entry == {
        "id": 1,
        "action": "direct plans",
        "operation": "make_plan",
        "objectKind": "plans",
        "objectId": "",
        "caseId": None,
        "result": "done",
        "status": 201,
        "actor": "director",
        "actorName": "director",
        "organisation": "hollands-midden",
        "origin": "token-file",
        "standingInFor": None,
        "refusals": None,
    }
    assert desk.get("/v1/audit", "privacy-elsewhere").json()["items"] == []
    assert_problem(desk.get("/v1/audit"), 403)
    desk.post(f"{plan}/end", caller="reader")
    items = desk.get("/v1/audit", "privacy").json()["items"]
    assert [(each["operation"], each["result"], each["actor"]) for each in items] == [
        ("end_plan", "refused", "reader"),
        ("audit_log", "refused", "director"),
        ("audit_log", "done", "privacy"),
        ("make_plan", "done", "director"),
    ]


def test_who_is_refused_time_and_again_is_told_a_few_times_and_then_counted(
    desk: Desk, owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.audit.store.MOST_REFUSALS", 3)
    for _ in range(8):
        assert_problem(desk.post(f"/v1/plans/{uuid4()}/end"), 404, "planId")
    assert len(told(desk)) == 3
    owner.execute("UPDATE audit_refusals SET hour = hour - interval '1 hour'")
    AuditStore(owner).close_hours()
    entry, *_ = desk.get("/v1/audit", "privacy").json()["items"]
    assert (entry["operation"], entry["objectId"], entry["refusals"]) == ("end_plan", "…", 5)


def test_the_log_is_read_in_pages_by_case_actor_and_day(desk: Desk, owner: Any) -> None:
    plan = desk.new_plan()
    desk.get(f"{plan}/holder")
    for _ in range(3):
        desk.make(caller="colleague", key=uuid4())
    owner.execute("UPDATE audit_log SET at = '2026-03-29 00:30+01' WHERE id = 3")
    owner.execute("UPDATE audit_log SET at = '2026-03-29 23:30+02' WHERE id = 4")

    def ids(**query: object) -> list[int]:
        return [each["id"] for each in desk.get("/v1/audit", "privacy", actor="colleague", **query).json()["items"]]

    assert ids() == [5, 4, 3]
    assert ids(day="2026-03-29") == [4, 3]
    assert ids(day="2026-03-28") == []
    of_case = desk.get("/v1/audit", "privacy", caseId=str(CASE)).json()["items"]
    assert [each["operation"] for each in of_case] == ["name_holder"]
    first = desk.get("/v1/audit", "privacy", actor="colleague", limit=2).json()
    assert ([each["id"] for each in first["items"]], first["next"]) == ([5, 4], 4)
    assert ids(before=4) == [3]
