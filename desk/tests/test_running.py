"""A briefing itself: its day, its seats and how far it is, on the desk."""

from typing import Any

import pytest

from desk.form_token import FIELD, FormToken
from desk.services import Done, Problem, Refused
from desk.tests.given import NADIA, Desk
from desk.tests.given_briefing import BOARD, FIRST, ON, SECOND, answers, item, referral, running, seat
from shared.testing.keys import KEYS

PAGE = f"{BOARD}/running"
PATH = f"/v1/briefings/{ON}"
EXTRA = "/briefings/Holland%20Rijnland/extra"
POLICE = seat("nationale-politie", "A. de Vries", chair=True)


@pytest.fixture
def course(desk: Desk) -> Desk:
    """With a briefing that is planned, and a person who is signed in."""
    desk.sign_in()
    desk.services.answers |= answers(referral(FIRST), referral(SECOND))
    return desk


def sent(desk: Desk, step: str, path: str = PAGE, **fields: str) -> Any:
    """Send the form of a step."""
    name = "extra/Holland Rijnland" if path == EXTRA else f"running/Holland Rijnland/{ON}/{step}"
    token = FormToken.new(NADIA.id, name, path).sealed(KEYS)
    return desk.browser.post(path, data={FIELD: token, **fields})


def test_the_list_says_what_became_of_each_briefing_and_leads_to_its_course(course: Desk) -> None:
    moved = {"on": "2026-12-02", "byWeekday": "2026-12-01", "state": "planned", "waiting": 1, "partners": ["halt"]}
    extra: dict[str, Any] = {"on": "2026-12-04", "byWeekday": None, "state": "planned", "waiting": 1, "partners": []}
    gone = {"on": "2026-12-08", "byWeekday": "2026-12-08", "state": "cancelled", "waiting": 0, "partners": []}
    course.services.answers["weighing", "/v1/briefings"] = {"items": [moved, extra, gone], "past": []}
    page = course.get("/briefings").text
    for words in ("in plaats van 1 dec 2026", "extra", "vervallen", "Halt", "/2026-12-02/running", EXTRA):
        assert words in page, words


def test_a_briefing_is_moved_and_the_page_follows_it(course: Desk) -> None:
    course.services.results["weighing", f"{PATH}/move"] = Done({"on": "2026-11-26"})
    answer = sent(course, "move", **{"move-to": "2026-11-26", "move-because": "Verbouwing."})
    assert answer.headers["Location"].endswith("/2026-11-26/running")
    [(_, _, body, _, _)] = course.services.commands
    assert body == {"subRegion": "Holland Rijnland", "to": "2026-11-26", "because": "Verbouwing."}


def test_a_day_that_cannot_be_is_said_at_its_field(course: Desk) -> None:
    problem = Problem("to", "is a Saturday, a Sunday or a Dutch holiday", "not_a_working_day")
    course.services.results["weighing", f"{PATH}/move"] = Refused(422, (problem,))
    answer = sent(course, "move", **{"move-to": "2026-12-25", "move-because": "Verbouwing."})
    assert answer.status_code == 422
    assert "Kies een werkdag" in answer.text
    assert 'href="#move-to"' in answer.text


def test_seats_are_written_down_with_the_version_that_was_seen(course: Desk) -> None:
    course.services.answers["weighing", f"{PATH}/seats"] = {"version": 4, "seats": [POLICE], "quorum": False}
    course.services.results["weighing", f"{PATH}/seats"] = Done({"version": 5})
    page = course.get(PAGE).text
    assert "A. de Vries" in page
    assert "geen quorum" in page
    fields = {"seat-0-partner": "nationale-politie", "seat-0-name": "A. de Vries", "seat-0-chair": "y"}
    fields |= {"seat-2-name": "Gast", "seat-2-guest": "y", "seat-2-to_item": "3", "version": "4"}
    fields |= {"seat-2-non_disclosure_on": "2026-11-24"}
    assert sent(course, "seats", **fields).status_code == 303
    [(_, _, body, _, version)] = course.services.commands
    assert version == 4
    assert [(each["partner"], each["name"], each["toItem"], each["nonDisclosureOn"]) for each in body["seats"]] == [
        ("nationale-politie", "A. de Vries", None, None),
        (None, "Gast", 3, "2026-11-24"),
    ]


def test_a_wrong_seat_is_named_by_its_place(course: Desk) -> None:
    problem = Problem("seats[1].partner", "is required", "partner_missing")
    course.services.results["weighing", f"{PATH}/seats"] = Refused(422, (problem,))
    fields = {"seat-0-name": "A. de Vries", "seat-0-partner": "halt", "seat-2-name": "Gast", "version": "0"}
    page = sent(course, "seats", **fields).text
    assert "Plaats 3, Namens: Kies een partner, of vink aan dat dit een gast is." in page
    assert 'value="Gast"' in page


def test_an_open_briefing_shows_its_agenda_and_what_is_left(course: Desk) -> None:
    items = [item(FIRST, 1, "decided"), item(SECOND, 2)]
    course.services.answers["weighing", PATH] = running("held", *items)
    course.services.results["weighing", f"{PATH}/settling"] = Refused(409, (Problem("briefingOn", "…", "items_left"),))
    page = course.get(PAGE).text
    for words in (
        "Şükran Yılmaz-van den Heuvel",
        "besloten",
        "niets besloten",
        "Nationale Politie",
        "Briefing afronden",
    ):
        assert words in page, words
    answer = sent(course, "settling")
    assert answer.status_code == 409
    assert "besluit, of schuif ze door" in answer.text
    course.services.results["weighing", f"{PATH}/carrying-over"] = Done({"on": ON})
    chosen = {"carrying-over-referral_ids": SECOND, "carrying-over-because": "Geen tijd."}
    assert sent(course, "carrying-over", **chosen).status_code == 303
    assert course.services.commands[-1][2]["referralIds"] == [SECOND]


def test_a_step_that_is_not_possible_any_more_is_not_taken(course: Desk) -> None:
    course.services.answers["weighing", PATH] = running("settled")
    answer = sent(course, "holding")
    assert answer.status_code == 409
    assert "Deze stap kan niet meer" in answer.text
    assert course.services.commands == []


def test_an_extra_briefing_is_for_the_referrals_that_are_chosen(course: Desk) -> None:
    page = course.get(EXTRA).text
    assert "1. Şükran Yılmaz-van den Heuvel, Aanhoudingsmelding, Leiden" in page
    assert sent(course, "", EXTRA, on="2026-11-25", because="Spoed.").status_code == 422
    course.services.results["weighing", "/v1/briefings"] = Done({"on": "2026-11-25"})
    answer = sent(course, "", EXTRA, on="2026-11-25", because="Spoed.", referral_ids=SECOND)
    assert answer.headers["Location"].endswith("/2026-11-25/running")
    assert course.services.commands[-1][2]["referralIds"] == [SECOND]


def test_where_seats_are_written_down_the_board_asks_nobody_who_is_there(course: Desk) -> None:
    course.services.answers["weighing", f"{PATH}/seats"] = {"version": 4, "seats": [POLICE], "quorum": True}
    course.services.results["weighing", f"{PATH}/decisions"] = Done({"items": []})
    page = course.get(BOARD)
    assert "A. de Vries, Nationale Politie (voorzitter)" in page.text
    assert 'name="attendees"' not in page.text
    fields = {f"{FIRST}-decision": "bilateral", "legal_ground": "covenant", "seated": "1"}
    assert course.post_form(page.text, BOARD, **fields).status_code == 303
    assert course.services.commands[-1][2]["decisions"][0]["attendees"] == []


def test_a_decision_without_its_follow_up_is_marked_and_said_when_the_briefing_is_settled(course: Desk) -> None:
    items = item(FIRST, 1, "decided") | {"lacksFollowUp": True}, item(SECOND, 2, "decided")
    course.services.answers["weighing", PATH] = running("held", *items)
    problem = Problem("briefingOn", "has decisions of which nothing follows yet", "follow_ups_left")
    course.services.results["weighing", f"{PATH}/settling"] = Refused(409, (problem,))
    answer = sent(course, "settling")
    assert answer.text.count("vervolgactie ontbreekt") == 1
    assert "corrigeer de besluiten" in answer.text
