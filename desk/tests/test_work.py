"""Mijn werk: what waits for a person in every service and house."""

from typing import Any

import pytest

from desk.services import Look, Missing
from desk.tests.given import HOUSE, IN_TWO_HOUSES, NADIA, OTHER_HOUSE, SERVICES, Desk
from desk.tests.given_briefing import BOARD, ON

CASE = "818f2c3e-7a4b-7c1d-9e2f-0000000003ab"


def item(kind: str, **differently: Any) -> dict[str, Any]:
    common = {"kind": kind, "objectId": CASE, "caseId": CASE, "municipality": None, "dueOn": None}
    return {**common, "since": "2026-11-20", "overdue": False, "count": None, **differently}


BRIEFING = item("briefing", objectId="Holland Rijnland", caseId=None, dueOn=ON, count=12)
MOMENT = item("monitoring_moment", municipality="Gouda", dueOn="2026-11-18", overdue=True)
SESSION = item("table_case_without_session")


def work(*items: Any, following: str | None = None) -> dict[str, Any]:
    return {"items": list(items), "next": following}


@pytest.fixture
def tasks(desk: Desk) -> Desk:
    """Of somebody of the weighing team, for whom nothing waits at intake and reporting."""
    desk.services.answers |= {
        ("weighing", "/v1/work"): work(BRIEFING),
        ("meetings", "/v1/work"): work(SESSION, MOMENT),
        **{(service, "/v1/work"): Missing(service, "not_allowed") for service in ("intake", "aftercare", "reporting")},
    }
    desk.sign_in()
    return desk


def test_it_is_the_first_page(tasks: Desk) -> None:
    assert tasks.get("/").headers["Location"] == "/work"
    assert tasks.get("/work").text.index("Mijn werk") < tasks.get("/work").text.index("Briefing")


def test_what_is_overdue_comes_first_then_what_is_due_first(tasks: Desk) -> None:
    page = tasks.get("/work").text.partition("<table")[2]
    moment, briefing, session = map(page.index, ("Vraag de casushouder", "Besluit op de briefing", "Plan een zitting"))
    assert moment < briefing < session
    assert page.count("badge--error") == 1
    assert "(12)" in page


def test_one_kind_of_work_can_be_chosen_of_those_that_occur(tasks: Desk) -> None:
    assert '<option value="briefing">Besluit op de briefing</option>' in tasks.get("/work").text
    chosen = tasks.get("/work?kind=briefing").text
    assert '<option value="briefing" selected>' in chosen
    assert f'href="{BOARD}"' in chosen
    assert f'href="/cases/{CASE}"' not in chosen


def test_the_work_on_one_municipality_can_be_chosen_and_what_is_of_none(tasks: Desk) -> None:
    assert '<option value="Gouda">Gouda</option>' in tasks.get("/work").text
    chosen = tasks.get("/work?municipality=Gouda").text.partition("<table")[2]
    assert "Vraag de casushouder" in chosen
    assert "Plan een zitting" not in chosen
    other = tasks.get("/work?municipality=-").text
    assert '<option value="-" selected>geen gemeente</option>' in other
    assert "Plan een zitting" in other.partition("<table")[2]
    assert "Vraag de casushouder" not in other.partition("<table")[2]
    assert 'href="/work">Alles tonen' in other


def test_the_first_hundred_of_what_waits_are_shown_and_that_there_is_more_is_said(tasks: Desk) -> None:
    tasks.services.answers["weighing", "/v1/work"] = work(*[item("follow_up")] * 101)
    page = tasks.get("/work?kind=follow_up").text
    assert "Wat op u wacht (101)" in page
    assert page.partition("<table")[2].count("<tr") == 101, "with the head"
    assert "Er is meer" in page


def test_a_task_leads_to_where_it_is_done(tasks: Desk) -> None:
    tasks.services.answers["intake", "/v1/work"] = work(item("parked_messages", objectId="intake", caseId=None))
    page = tasks.get("/work").text
    assert f'href="{BOARD}"' in page
    assert f'href="/cases/{CASE}"' in page
    assert 'href="/operations/parked"' in page
    tasks.services.answers["weighing", "/v1/work"] = work(item("late_answer"), item("late_running_there"))
    assert tasks.get("/work").text.count(f'href="/questions/{CASE}"') == 2


def test_where_nothing_can_wait_for_somebody_nothing_is_said(tasks: Desk) -> None:
    assert "niet beschikbaar" not in tasks.get("/work").text


@pytest.mark.parametrize("reason", ["no_answer", "failed"])
def test_a_service_that_does_not_answer_is_named(tasks: Desk, reason: str) -> None:
    tasks.services.answers["meetings", "/v1/work"] = Missing("meetings", reason)
    page = tasks.get("/work").text
    assert "Overleggen" in page
    assert "niet beschikbaar" in page
    assert "Besluit op de briefing" in page


def test_more_than_is_shown_is_said(tasks: Desk) -> None:
    tasks.services.answers["weighing", "/v1/work"] = work(BRIEFING, following="further")
    assert "Er is meer" in tasks.get("/work").text


def test_each_service_is_asked_for_each_house_and_a_task_leads_over_the_choice_of_its_house(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sign_in(IN_TWO_HOUSES)
    asked: list[Look] = []

    def get_all(looks: dict[str, Look]) -> dict[str, Any]:
        asked.extend(looks.values())
        return {name: work(BRIEFING) if look.service == "weighing" else work() for name, look in looks.items()}

    monkeypatch.setattr(desk.services, "get_all", get_all)
    page = desk.get("/work").text
    everything = {(service, house) for service in SERVICES for house in (HOUSE, OTHER_HOUSE)}
    assert {(look.service, look.house) for look in asked} == everything
    assert page.count("/house?next=/briefings/") == 2
    assert "Midden-Land" in page


def test_nothing_waits(desk: Desk) -> None:
    desk.sign_in(NADIA)
    for service in SERVICES:
        desk.services.answers[service, "/v1/work"] = work()
    assert "Er wacht niets op u" in desk.get("/work").text
