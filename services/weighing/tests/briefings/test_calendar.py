"""A briefing is moved, cancelled or added: its referrals and the questions about them go along."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import eventlet
import psycopg
import pytest

from services.weighing.briefings import handlers
from services.weighing.briefings.messages import ChangeBriefing, MoveBriefing
from services.weighing.tests.briefing import BILATERAL, DEFERRED, HOUSE, Briefing
from shared.business_dates import today
from shared.messaging import Conflict
from shared.testing.callers import token_caller
from shared.testing.service import Answer, RunningService
from shared.working_days import is_working_day, working_day_before

HERE = "Holland Rijnland"
COORDINATOR = token_caller("coordinator", HOUSE, {"information_coordinator"})
DAY = timedelta(days=1)


def change(weighing: RunningService, path: str, **body: Any) -> Answer:
    body = {"subRegion": HERE, "because": "The building is closed.", **body}
    return weighing.post(f"/v1/briefings{path}", body)


def coming(weighing: RunningService) -> list[dict[str, Any]]:
    return list(weighing.get("/v1/briefings", subRegion=HERE).body["items"])


def first_ahead(weighing: RunningService) -> tuple[str, str]:
    """The days of two briefings in a row, of which neither is over soon."""
    return coming(weighing)[1]["on"], coming(weighing)[2]["on"]


def free_day(after: str) -> str:
    """A working day after a briefing that is no day of the next one."""
    day = date.fromisoformat(after) + DAY
    while not is_working_day(day):
        day += DAY
    return day.isoformat()


def waiting_for(briefing: Briefing, on: str) -> str:
    """A referral that comes up at this briefing first."""
    referral_id = briefing.on_agenda(receivedOn=(date.fromisoformat(on) - 5 * DAY).isoformat())
    assert briefing.referral(referral_id).body["tableOn"] == on
    return referral_id


def asked_until(briefing: Briefing, referral_id: str) -> str:
    [asked] = briefing.referral(referral_id).body["informationRequests"]
    return str(asked["answerBy"])


def before(day: str) -> str:
    return working_day_before(date.fromisoformat(day)).isoformat()


def test_a_moved_briefing_takes_its_referrals_along_and_partners_have_until_the_new_day(
    briefing: Briefing, weighing: RunningService
) -> None:
    on, following = first_ahead(weighing)
    ours, theirs = waiting_for(briefing, on), waiting_for(briefing, following)
    to = free_day(on)
    moved = change(weighing, f"/{on}/move", to=to)
    assert (moved.status, moved.body["on"], moved.body["byWeekday"], moved.body["waiting"]) == (200, to, on, 1)
    [told] = moved.body["changes"]
    assert (told["on"], told["because"], told["recordedBy"]) == (to, "The building is closed.", "team")
    assert [briefing.referral(each).body["tableOn"] for each in (ours, theirs)] == [to, following]
    assert [asked_until(briefing, each) for each in (ours, theirs)] == [before(to), before(following)]
    [event] = weighing.announced("information-requests.rescheduled.v1")
    assert (event["data"]["referralId"], event["data"]["answerBy"]) == (ours, before(to))
    assert waiting_for(briefing, to)
    assert weighing.get(f"/v1/briefings/{on}", subRegion=HERE).status == 404
    assert change(weighing, f"/{to}/move", to=on).body["on"] == on, "a slip is taken back by moving it back"
    assert briefing.referral(ours).body["tableOn"] == on


def test_a_cancelled_briefing_leaves_its_referrals_to_the_next_one_until_it_is_held_after_all(
    briefing: Briefing, weighing: RunningService
) -> None:
    on, following = first_ahead(weighing)
    ours, theirs = waiting_for(briefing, on), waiting_for(briefing, following)
    assert change(weighing, f"/{on}/cancellation").body["state"] == "cancelled"
    assert [briefing.referral(each).body["tableOn"] for each in (ours, theirs)] == [following] * 2
    assert asked_until(briefing, ours) == before(following)
    assert [(each["on"], each["state"], each["waiting"]) for each in coming(weighing)[1:3]] == [
        (on, "cancelled", 0),
        (following, "planned", 2),
    ]
    assert change(weighing, f"/{on}/cancellation").status == 409
    assert change(weighing, f"/{on}/withdrawal").body["state"] == "planned"
    assert [briefing.referral(each).body["tableOn"] for each in (ours, theirs)] == [on, following]
    assert asked_until(briefing, ours) == before(on)


def test_an_extra_briefing_has_the_referrals_that_were_chosen_for_it_and_no_others(
    briefing: Briefing, weighing: RunningService
) -> None:
    urgent, other = briefing.on_agenda(), briefing.on_agenda()
    extra = free_day(coming(weighing)[0]["on"])
    planned = change(weighing, "", on=extra, referralIds=[urgent])
    assert (planned.status, planned.body["byWeekday"], planned.body["waiting"]) == (201, None, 1)
    assert briefing.agenda(extra) == [urgent]
    assert briefing.referral(other).body["tableOn"] != extra
    assert change(weighing, f"/{extra}/cancellation").status == 200
    assert briefing.referral(urgent).body["tableOn"] == next(
        each["on"] for each in coming(weighing) if each["on"] > extra
    )


def test_who_heard_when_a_deferred_referral_comes_back_hears_the_day_of_the_briefing_that_it_moves_to(
    briefing: Briefing, weighing: RunningService
) -> None:
    deferred, new = briefing.on_agenda(), briefing.on_agenda()
    briefing.decide(deferred, DEFERRED)
    extra = free_day(coming(weighing)[0]["on"])
    change(weighing, "", on=extra, referralIds=[deferred, new])
    change(weighing, f"/{extra}/cancellation")
    on = briefing.referral(deferred).body["tableOn"]
    told = [event["data"] for event in weighing.announced("decisions.corrected.v1")]
    assert [(each["referralId"], each["comesBackOn"]) for each in told] == [(deferred, extra), (deferred, on)]
    more = {"attendees": ["nationale-politie", "openbaar-ministerie", "halt"]}
    assert briefing.correct(deferred, DEFERRED | more).body["comesBackOn"] == on
    assert briefing.referral(deferred).body["tableOn"] == on, "a correction of something else leaves it there"


def test_what_was_chosen_for_an_extra_briefing_stays_there_when_somebody_has_done_what_was_agreed(
    briefing: Briefing, weighing: RunningService
) -> None:
    deferred, extra = briefing.on_agenda(), free_day(coming(weighing)[0]["on"])
    assert briefing.decide(deferred, DEFERRED).status == 201
    assert change(weighing, "", on=extra, referralIds=[deferred]).status == 201
    [agreed] = weighing.get("/v1/follow-ups").body["items"]
    assert weighing.post(f"/v1/follow-ups/{agreed['followUpId']}/report", {"state": "done"}).status == 201
    assert briefing.referral(deferred).body["tableOn"] == extra


def test_at_an_extra_briefing_the_team_decides_on_what_was_chosen_for_it(
    briefing: Briefing, weighing: RunningService
) -> None:
    if not is_working_day(today()) or coming(weighing)[0]["on"] == today().isoformat():
        pytest.skip("no extra briefing can come today")
    urgent, other = briefing.on_agenda(), briefing.on_agenda()
    now = today().isoformat()
    assert change(weighing, "", on=now, referralIds=[urgent]).status == 201
    assert briefing.decide(other, {**BILATERAL, "briefingOn": now}).wrong_fields == ["briefingOn"]
    assert briefing.decide(urgent, {**BILATERAL, "briefingOn": now}).status == 201
    assert change(weighing, f"/{now}/cancellation").status == 409


def test_a_day_that_cannot_have_a_briefing_is_refused_with_the_reason(
    briefing: Briefing, weighing: RunningService
) -> None:
    on, following = first_ahead(weighing)
    sunday = date.fromisoformat(on) + (6 - date.fromisoformat(on).weekday()) * DAY
    christmas = date(today().year + 1, 12, 25)
    refused = {
        day: change(weighing, f"/{on}/move", to=day)
        for day in (sunday.isoformat(), christmas.isoformat(), (today() - DAY).isoformat(), following)
    }
    assert [answer.status for answer in refused.values()] == [422, 422, 422, 409]
    assert {tuple(answer.wrong_fields) for answer in refused.values()} == {("to",)}
    nowhere = change(weighing, f"/{free_day(on)}/move", to=free_day(following))
    assert (nowhere.status, nowhere.wrong_fields) == (404, ["briefingOn"])
    assert change(weighing, f"/{on}/move", to=free_day(on), subRegion="West").wrong_fields == ["subRegion"]


def test_what_was_chosen_for_an_extra_briefing_waits_in_this_sub_region(
    briefing: Briefing, weighing: RunningService
) -> None:
    decided, elsewhere = briefing.on_agenda(), briefing.on_agenda(municipality="Gouda", subRegion="Midden Holland")
    briefing.decide(decided, BILATERAL)
    extra = free_day(coming(weighing)[0]["on"])
    refused = change(weighing, "", on=extra, referralIds=[decided, elsewhere, str(uuid4())])
    assert refused.wrong_fields == ["referralIds[0]", "referralIds[1]", "referralIds[2]"]


def test_a_briefing_at_which_the_team_decided_is_neither_moved_nor_cancelled(
    briefing: Briefing, weighing: RunningService
) -> None:
    briefing.decide(briefing.on_agenda(), BILATERAL)
    assert change(weighing, "/2015-03-10/move", to=free_day(coming(weighing)[0]["on"])).status == 409
    assert change(weighing, "/2015-03-10/cancellation").status == 409


def at_once(weighing: RunningService, *commands: Any) -> list[Any]:
    """What becomes of commands that are all under way before the first takes effect."""

    def run(command: Any) -> Any:
        try:
            with weighing.begin() as unit:
                changed = command(unit)
                eventlet.sleep(0.2)
                return changed
        except Conflict as refusal:
            return refusal

    return [thread.wait() for thread in [eventlet.spawn(run, command) for command in commands]]


def test_of_two_who_change_the_calendar_at_the_same_moment_the_second_sees_what_the_first_did(
    weighing: RunningService,
) -> None:
    on, following = (date.fromisoformat(day) for day in first_ahead(weighing))
    to = date.fromisoformat(free_day(on.isoformat()))
    move = MoveBriefing(sub_region=HERE, to=to, because="A strike.")
    results = at_once(
        weighing,
        lambda unit: handlers.move(COORDINATOR, on, move, unit),
        lambda unit: handlers.move(COORDINATOR, following, move, unit),
    )
    assert [each.problems[0].code for each in results if isinstance(each, Conflict)] == ["two_on_one_day"]


def test_of_two_who_cancel_at_the_same_moment_one_is_told_that_it_is_done(weighing: RunningService) -> None:
    on, _ = (date.fromisoformat(day) for day in first_ahead(weighing))
    cancel = ChangeBriefing(sub_region=HERE, because="A strike.")
    results = at_once(weighing, *[lambda unit: handlers.cancel(COORDINATOR, on, cancel, unit)] * 2)
    assert [each.problems[0].code for each in results if isinstance(each, Conflict)] == ["briefing_cancelled"]


def test_the_database_itself_keeps_two_briefings_of_one_day_out(weighing: RunningService) -> None:
    on, _ = first_ahead(weighing)
    change(weighing, f"/{on}/move", to=free_day(on))
    copy = """INSERT INTO briefings SELECT gen_random_uuid(), house, sub_region, on_day, NULL, state FROM briefings"""
    with psycopg.connect(weighing.database.url) as connection, pytest.raises(psycopg.errors.UniqueViolation):
        connection.execute(copy)
