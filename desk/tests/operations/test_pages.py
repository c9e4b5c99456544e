"""What an operator sees and does on Beheer."""

import re
from typing import Any

import pytest

from desk.operations.overview import plot, plot_of_minutes, rates, upkeep
from desk.services import Done, Missing, Refused
from desk.services import Problem as ServicesProblem
from desk.tests.given import HOUSE, NADIA, Desk
from desk.tests.operations.told import DOWN, NOW, PAST, REPORTING, WAITING, group, problem, signed_in
from desk.tests.operations.told import MESSAGE as TOLD

PAGES = ["", "/partners", "/processes", "/problems", "/manual", "/parked", "/parked/intake", "/parked/intake/4711"]
STEP = (REPORTING, "/v1/operations/parked-message-groups/intake/replays")
WHY = "De fout is hersteld"


@pytest.fixture
def operator(desk: Desk) -> Desk:
    return signed_in(desk)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_with_all_its_answers_and_without_any(operator: Desk, page: str) -> None:
    assert "nu niet beschikbaar" not in operator.get(f"/operations{page}").text
    operator.services.answers.clear()
    shown = operator.get(f"/operations{page}")
    assert (shown.status_code, "nu niet beschikbaar" in shown.text) == (200, True)


def test_beheer_is_in_the_navigation_of_operators_only(operator: Desk) -> None:
    assert ">Beheer</a>" in operator.get("/about-me").text
    operator.sign_in(NADIA)
    assert ">Beheer</a>" not in operator.get("/about-me").text


def test_a_problem_brings_what_to_do_and_where_the_manual_says_more(operator: Desk) -> None:
    page = operator.get("/operations").text
    assert "halt (hollands-midden) haalt berichten niet op" in page
    assert 'href="/operations/manual#PartnerDoesNotFetch"' in page
    assert 'id="PartnerDoesNotFetch"' in operator.get("/operations/manual").text


def test_throughput_comes_before_what_is_set_aside(operator: Desk) -> None:
    headings = re.findall(r'id="([\w-]+)-heading"', operator.get("/operations").text)
    assert headings == ["throughput", "set-aside", "services", "upkeep"]


def test_rates_are_of_now_and_of_the_same_time_a_week_before() -> None:
    assert [(rate.name, rate.now, rate.messages, rate.week_before) for rate in rates(NOW, PAST)] == [
        ("intake", 12.5, 12_345, 11_001),
        ("meetings", 12.5, 12_345, 11_001),
    ]
    assert [rate.messages for rate in rates(NOW, Missing(REPORTING, "no_answer"))] == [None, None]


def test_what_runs_out_is_told_with_what_is_not_known_here(operator: Desk) -> None:
    wrong = [problem(DOWN, *each) for each in (("intake-relay", "certificate_ends"), ("weighing", "backup_old"))]
    facts = {fact.name: (fact.told, fact.wanting) for fact in upkeep({**NOW, "problems": wrong})}
    assert list(facts.values()) == [
        ("41,3 GB vrij; met minder dan 2 GB neemt de berichtenmakelaar niets aan", False),
        (None, False),
        ("het eerste verloopt op 20 mrt 2026 10:00, van intake-relay", True),
        ("2 mrt 2026 02:04", False),
        ("26 feb 2026 02:04", True),
        ("er is geen bekend", True),
    ]
    assert "hier niet bekend" in operator.get("/operations").text
    nothing: dict[str, Any] = {"disks": [], "certificate": None, "backups": []}
    assert {fact.told for fact in upkeep({**NOW, "upkeep": nothing})} == {None}


def test_the_desk_says_how_it_is_itself(operator: Desk) -> None:
    page = " ".join(operator.get("/operations").text.split())
    assert "1204 verzoeken van mensen in de laatste vijf minuten, 1,2% daarvan mislukte" in page
    assert "Sessies en concepten blijven" in operator.get("/operations/processes").text


def test_the_plot_is_of_one_service_or_of_the_sum_of_all() -> None:
    one, both = plot(PAST, "intake"), plot(PAST, "")
    assert one and both
    assert (both["now"][0], both["now"][-1]) == (2 * one["now"][0], None)
    assert plot({**PAST, "services": []}, "") == {"moments": PAST["moments"], "now": [], "before": []}


def test_the_last_five_minutes_are_drawn_as_they_were_measured(operator: Desk) -> None:
    one, both = plot_of_minutes(NOW, "intake"), plot_of_minutes(NOW, "")
    assert one and both
    assert (one["now"][:2], both["now"][:2], both["before"][:2]) == ([10.0, 11.0], [13.5, 14.5], [None, None])
    assert both["moments"] == tuple(point[0] for point in NOW["throughput"])
    assert plot_of_minutes({**NOW, "throughput": []}, "") is None
    drawn = operator.get("/operations?span=minutes").text
    assert "1772446500.0" in drawn and "1772442000" not in drawn


def test_each_service_and_queue_says_what_came_went_waits_and_is_put_off(operator: Desk) -> None:
    page = " ".join(re.sub("<[^>]+>", " ", operator.get("/operations").text).split())
    assert "meetings ✕ doorgever antwoordt niet 120.345 98.000 0 0 3" in page
    assert "Naar partners (1): 1.200 in, 1.150 uit, 50 wachten, 0 apart gezet, het oudste al 26 uur" in page
    assert "halt (hollands-midden) 1.200 1.150 50 0 0 26 uur" in page


def test_what_keeps_itself_up_to_date_can_be_held_still(operator: Desk) -> None:
    assert "every 10s" in operator.get("/operations").text
    assert "every 10s" not in operator.get("/operations?still=1").text


def named(reason: str = "unexpected_error") -> str:
    told = next(each for each in WAITING["items"] if each["reason"] == reason)
    return "|".join(str(told[name]) for name in ("service", "house", "sender", "kind", "reason", "newest"))


def act(operator: Desk, **fields: Any) -> Any:
    given = {"state": "waiting", "step": "replays", "why": WHY, "groups": named()}
    return operator.send("/operations/parked", "/operations/parked", **given | fields)


def test_all_messages_of_several_groups_are_processed_again_call_after_call(operator: Desk) -> None:
    answers = iter([{"done": 25, "leftOut": 0, "next": 30}, {"done": 5, "leftOut": 1, "next": None}] * 2)
    operator.services.answers[STEP] = Done({})
    post = operator.services.post
    operator.services.post = lambda *args, **options: post(*args, **options) and Done(next(answers))  # type: ignore
    sent = act(operator, groups=[named(), named("unknown_detention")])
    assert sent.headers["Location"] == "/operations/parked?state=waiting&step=replays&done=60&left=2"
    bodies = [body for _, _, body, _, _ in operator.services.commands]
    assert [(body["reason"], body["after"], body["newest"]) for body in bodies] == [
        ("unexpected_error", 0, 4711),
        ("unexpected_error", 30, 4711),
        ("unknown_detention", 0, 12),
        ("unknown_detention", 30, 12),
    ]
    assert len({key for _, _, _, key, _ in operator.services.commands}) == 4
    page = operator.get(sent.headers["Location"]).text
    assert "60 berichten zijn opnieuw aangeboden" in page and "Bij 2 berichten kon dat niet" in page


@pytest.mark.parametrize(
    ("wrong", "said"), [({"why": ""}, "Zeg waarom u dit doet"), ({"groups": []}, "Kies minstens één groep")]
)
def test_without_a_reason_or_a_group_nothing_is_done_and_nothing_is_lost(
    operator: Desk, wrong: dict[str, Any], said: str
) -> None:
    answer = act(operator, **wrong)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert operator.services.commands == []
    assert WHY in answer.text or " checked" in answer.text


@pytest.mark.parametrize("groups", ["intake", "in/take|a|b|c|d|1", "intake|a|b|c|d|x"])
def test_what_is_no_group_is_refused(operator: Desk, groups: str) -> None:
    assert act(operator, groups=groups).status_code == 400
    assert operator.services.commands == []


def test_what_a_service_refuses_is_said(operator: Desk) -> None:
    operator.services.answers[STEP] = Refused(409, (ServicesProblem("", "The message is not parked.", "gone"),))
    answer = act(operator)
    assert (answer.status_code, "The message is not parked." in answer.text) == (422, True)


def test_a_service_that_does_not_answer_leaves_the_rest_to_be_done(operator: Desk) -> None:
    assert act(operator).headers["Location"].endswith("done=0&left=0&more=1")


def test_what_was_answered_stands_apart(operator: Desk) -> None:
    page = operator.get("/operations/parked?state=answered").text
    assert "niemand hoeft iets te doen" in page
    counted = {**WAITING, "items": [group("unknown_field", kind=None, newest=None)]}
    operator.services.answers[(REPORTING, "/v1/operations/parked-message-groups")] = counted
    page = operator.get("/operations/parked?state=counted").text
    assert "unknown_field" in page and 'type="checkbox"' not in page
    assert operator.get("/operations/parked?state=other").status_code == 404


MESSAGE = "/operations/parked/intake/4711"
PATH = "/v1/operations/parked-messages/intake/4711"


@pytest.mark.parametrize(
    ("particular", "said", "may_be_processed_again"),
    [
        ({}, "Niet het bericht is fout, maar de dienst", True),
        ({"kind": "exhausted"}, "Het wachtte op iets dat niet kwam", True),
        ({"kind": "rejected"}, "Bel de afzender", True),
        ({"kind": "rejected", "sender": "services"}, "De ene dienst weigert wat de andere meldde", True),
        ({"kind": "rejected", "sender": f"unknown:intake.from.{HOUSE}.halt"}, "AMQP-eigenschap user_id", False),
        ({"kind": "rejected", "answered": True}, "niemand hoeft iets te doen", True),
    ],
)
def test_a_message_brings_what_to_do_by_its_kind_and_sender(
    operator: Desk, particular: dict[str, Any], said: str, may_be_processed_again: bool
) -> None:
    operator.services.answers[(REPORTING, PATH)] = TOLD | particular
    page = operator.get(MESSAGE).text
    assert said in page and 'href="/operations/manual#MessagesParked"' in page
    assert "<code>data.tabling</code>" in page and "<code>not_an_integer</code>" in page
    assert ('value="replays"' in page) == may_be_processed_again


def test_one_message_is_processed_again(operator: Desk) -> None:
    operator.services.answers[(REPORTING, f"{PATH}/replays")] = Done(None)
    answer = operator.send(MESSAGE, MESSAGE, step="replays", why=WHY)
    assert answer.headers["Location"] == "/operations/parked?step=replays&done=1"
    assert [command[1:3] for command in operator.services.commands] == [(f"{PATH}/replays", {"why": WHY})]


def test_a_parking_officer_opens_and_corrects_a_message(operator: Desk) -> None:
    operator.services.answers[(REPORTING, f"{PATH}/openings")] = Done({"body": '{"tabling": "often"}'})
    operator.services.answers[(REPORTING, f"{PATH}/corrections")] = Done(None)
    opened = operator.send(MESSAGE, MESSAGE, step="openings", why=WHY).text
    assert "{\n  &#34;tabling&#34;: &#34;often&#34;\n}" in opened
    [token] = re.findall(r'name="correction-form_token"[^>]*value="([^"]+)"', opened)
    fields = {"correction-form_token": token, "correction-why": WHY}
    wrong = operator.browser.post(f"{MESSAGE}/correction", data=fields | {"correction-body": "often"})
    assert (wrong.status_code, "geen JSON-object" in wrong.text) == (422, True)
    right = operator.browser.post(f"{MESSAGE}/correction", data=fields | {"correction-body": '{"tabling": 2}'})
    assert right.headers["Location"] == f"{MESSAGE}?corrected=1"
    assert "staat nog apart: bied het nu opnieuw aan" in operator.get(right.headers["Location"]).text
    assert operator.services.commands[-1][1:3] == (f"{PATH}/corrections", {"why": WHY, "message": {"tabling": 2}})


def test_a_message_says_how_it_is_built_and_what_is_wrong_with_it(operator: Desk) -> None:
    page = operator.get(MESSAGE).text
    assert "tekst, lengte 5" in page and "getal, lengte 4" in page and "ja of nee" in page
    assert page.count("en nog 2</p>") == 1 and "en nog 2500" in page
    operator.services.answers[(REPORTING, PATH)] = {**TOLD, "structure": None, "unreadable": "The body is no JSON."}
    page = operator.get(MESSAGE).text
    assert "812 bytes die niet te lezen zijn:" in page and "The body is no JSON." in page


def test_a_group_says_whose_it_is_and_how_much_is_wrong_with_each_message(operator: Desk) -> None:
    page = operator.get("/operations/parked/intake?house=hollands-midden&kind=unexpected&reason=unexpected_error").text
    told = re.findall(r"<dd[^>]*>(.+?)</dd>", page)
    assert told == ["intake", "hollands-midden"]
    assert "en nog 2" in page


@pytest.mark.parametrize(("status", "said"), [(413, "te groot"), (412, "niet gelukt")])
def test_a_refusal_without_reasons_is_said_in_the_desks_words(operator: Desk, status: int, said: str) -> None:
    operator.services.answers[(REPORTING, f"{PATH}/replays")] = Refused(status)
    answer = operator.send(MESSAGE, MESSAGE, step="replays", why=WHY)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_message_that_is_gone_says_so(operator: Desk) -> None:
    operator.services.answers[(REPORTING, PATH)] = Missing(REPORTING, "not_found")
    gone = operator.get(MESSAGE)
    assert (gone.status_code, "Dit bericht staat niet apart" in gone.text) == (404, True)
    assert operator.get("/operations/parked/elsewhere/1").status_code == 404
    assert operator.get("/operations/problems?cursor=x").status_code == 404


def test_the_day_of_each_partner_has_its_last_message_and_what_it_did_not_fetch(operator: Desk) -> None:
    page = " ".join(operator.get("/operations/partners?day=2026-03-02").text.split())
    assert "maandag 2 maart 2026" in page and "nooit gezien" in page
    assert "50, het oudste al 26 uur" in page
