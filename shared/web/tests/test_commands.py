"""Repeated and concurrent commands, to a running service with a real database."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import eventlet
import pytest
import requests
from eventlet.event import Event

from shared import crash_points
from shared.crash_points import CrashPoint
from shared.testing.waiting import wait_until
from shared.web import command
from shared.web.tests.plans import CALLERS, DIRECT, HELD, Desk, Holder, assert_problem, hand_over


@pytest.fixture
def gate() -> Iterator[Event]:
    """A gate: commands that make a plan wait until the gate is opened by `send`."""
    gate = Event()
    HELD.append(gate)
    yield gate
    HELD.clear()


def told(answer: requests.Response) -> tuple[Any, ...]:
    kept = ("Content-Type", "Content-Length", "ETag", "Location")
    return answer.status_code, answer.content, [answer.headers.get(name) for name in kept]


def test_a_command_whose_answer_was_lost_has_one_effect_and_gets_the_same_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(point: CrashPoint) -> None:
        if point is CrashPoint.AFTER_COMMAND_COMMIT:
            raise ConnectionError

    key = uuid4()
    with monkeypatch.context() as until_sent_again:
        until_sent_again.setattr(crash_points, "passing", lost)
        assert_problem(desk.make(key=key), 500)
    second, third = desk.make(key=key), desk.make(key=f'"{key}"')
    assert second.status_code == 201
    assert told(second) == told(third)
    assert second.headers["Idempotency-Replayed"] == third.headers["Idempotency-Replayed"] == "true"
    assert desk.query("SELECT plan_id::text FROM plan") == [(second.json()["planId"],)]


def test_the_first_answer_is_not_said_to_be_a_repetition(desk: Desk) -> None:
    assert "Idempotency-Replayed" not in desk.make(key=uuid4()).headers


def test_of_two_at_the_same_moment_the_second_waits_and_gets_the_answer_of_the_first(desk: Desk, gate: Event) -> None:
    key = uuid4()
    both = [eventlet.spawn(desk.make, key=key) for _ in range(2)]
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO commands%'"
    assert wait_until(lambda: bool(desk.query(waiting)), 5)
    gate.send()
    first, second = (each.wait() for each in both)
    assert told(first) == told(second)
    assert {"Idempotency-Replayed" in answer.headers for answer in (first, second)} == {True, False}
    assert desk.holders() == ["ggd"]


def test_of_two_at_the_same_moment_the_second_is_carried_out_when_the_first_is_refused(desk: Desk, gate: Event) -> None:
    key = uuid4()
    both = [eventlet.spawn(desk.make, "nobody", key=key)]
    assert wait_until(lambda: bool(desk.query("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction'")), 5)
    both.append(eventlet.spawn(desk.make, "ggd", key=key))
    gate.send()
    assert [each.wait().status_code for each in both] == [422, 201]
    assert desk.holders() == ["ggd"]


def test_the_same_key_with_other_content_is_refused(desk: Desk) -> None:
    key = uuid4()
    plan = f"/v1/plans/{desk.make(key=key).json()['planId']}"
    assert_problem(desk.make("police", key=key), 422, "Idempotency-Key")
    assert_problem(desk.post(f"{plan}/end", key=key), 422, "Idempotency-Key")
    assert desk.holders() == ["ggd"]


def test_a_refused_command_left_nothing_and_may_be_mended_under_its_key(desk: Desk) -> None:
    key = uuid4()
    assert_problem(desk.make("nobody", key=key), 422, "holder")
    assert desk.query("SELECT * FROM commands") == []
    assert desk.make("ggd", key=key).status_code == 201
    assert desk.holders() == ["ggd"]


def test_a_key_of_another_caller_is_another_key(desk: Desk) -> None:
    key = uuid4()
    for caller in CALLERS:
        answer = desk.make(caller, caller, key=key)
        assert (answer.status_code, answer.json()["holder"]) == (201, caller)
    assert desk.holders() == sorted(CALLERS)


@pytest.mark.parametrize("key", [None, "", "jansen", f"{uuid4()}, {uuid4()}"])
def test_a_command_that_needs_a_key_is_refused_without_a_usable_one(desk: Desk, key: str | None) -> None:
    assert_problem(desk.make(key=key), 400, "Idempotency-Key")
    assert desk.holders() == []


def test_a_command_that_needs_no_key_takes_one(desk: Desk) -> None:
    path, key = f"{desk.new_plan()}/end", uuid4()
    first, second = desk.post(path, key=key), desk.post(path, key=key)
    assert told(first) == told(second)
    assert first.status_code == 204
    assert_problem(desk.post(path), 404, "planId")


def test_an_answer_that_is_passed_through_is_kept_with_its_headers(desk: Desk) -> None:
    key = uuid4()
    first, second = (desk.post("/v1/letters", {"holder": "ggd"}, key=key) for _ in range(2))
    assert first.headers["Location"].startswith("/v1/letters/")
    assert told(first) == told(second)


def test_an_answer_is_kept_sealed(desk: Desk) -> None:
    answer = desk.make("Jansen", key=uuid4())
    [(row, body)] = desk.query("SELECT commands::text, body FROM commands")
    assert "Jansen" in answer.text
    assert "Jansen" not in row
    assert b"Jansen" not in body


def test_a_version_is_told_as_etag_and_a_change_gives_the_next(desk: Desk) -> None:
    plan = desk.new_plan()
    seen = desk.get(plan)
    assert (seen.headers["ETag"], seen.json()["version"]) == ('"1"', 1)
    changed = desk.post(f"{plan}/holder", {"holder": "police"}, match=seen.headers["ETag"])
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')


def test_of_two_that_change_the_same_version_at_the_same_moment_one_is_told_to_look_again(desk: Desk) -> None:
    plan = desk.new_plan()
    both = [eventlet.spawn(desk.post, f"{plan}/holder", {"holder": each}, match='"1"') for each in ("a", "b")]
    answers = sorted((each.wait() for each in both), key=lambda answer: answer.status_code)
    assert answers[0].status_code == 200
    assert_problem(answers[1], 412, "If-Match")
    assert desk.get(plan).json() == answers[0].json()


def test_a_change_sent_again_under_its_key_is_answered_though_its_version_no_longer_stands(desk: Desk) -> None:
    path, key = f"{desk.new_plan()}/holder", uuid4()
    first, second = (desk.post(path, {"holder": "police"}, key=key, match='"1"') for _ in range(2))
    assert told(first) == told(second)
    assert first.status_code == 200


def test_a_change_must_say_what_was_seen(desk: Desk) -> None:
    assert_problem(desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}), 428)


@pytest.mark.parametrize("match", ["", "1", "*", 'w/"1"', "W/1", '"one"', '"1", "2"', f'"{"9" * 30}"'])
def test_what_is_no_etag_of_one_version_is_a_bad_request(desk: Desk, match: str) -> None:
    assert_problem(desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}, match=match), 400, "If-Match")


def test_a_version_that_a_proxy_made_weak_is_that_version(desk: Desk) -> None:
    plan = desk.new_plan()
    assert desk.post(f"{plan}/holder", {"holder": "police"}, match='W/"1"').status_code == 200
    assert_problem(desk.post(f"{plan}/holder", {"holder": "dji"}, match='W/"1"'), 412, "If-Match")


def test_any_version_is_refused_with_what_would_be_right(desk: Desk) -> None:
    refused = desk.post(f"{desk.new_plan()}/holder", {"holder": "police"}, match="*")
    [problem] = refused.json()["errors"]
    assert problem == {
        "field": "If-Match",
        "reason": 'is * for any version; name the version that was read, such as "3"',
        "code": "any_version",
    }


def test_a_change_whose_answer_has_no_version_can_not_be_offered() -> None:
    with pytest.raises(ValueError, match="no field `version`"):
        command(action=DIRECT, gives=Holder, versioned=True)(hand_over.function)
