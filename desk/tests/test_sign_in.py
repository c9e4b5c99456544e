"""Signing in, as far as the desk is concerned; test_with_provider.py signs in with a real provider."""

import pytest
from werkzeug.test import TestResponse

from desk.attempts import MOST, WINDOW_SECONDS, Attempts
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, NADIA, Desk


def come_back(desk: Desk, state: str = "a-state") -> TestResponse:
    return desk.get(f"/signed-in?code=a-code&state={state}")


def test_whoever_signs_in_comes_back_to_the_page_that_was_asked_for(desk: Desk) -> None:
    assert desk.get("/sign-in?next=/trial").headers["Location"] == "http://identity.test/auth"
    answer = come_back(desk)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/trial")
    assert NADIA.name in desk.get("/about-me").text


@pytest.mark.parametrize(
    "page",
    [
        "//evil.test",
        "/\\evil.test",
        "http://evil.test",
        "javascript:alert(1)",
        "evil.test",
        "/\t/evil.test",
        "/a\nb",
        "",
    ],
)
def test_no_address_sends_anybody_to_another_site(desk: Desk, page: str) -> None:
    desk.get("/sign-in", query_string={"next": page})
    assert come_back(desk).headers["Location"] == "/"


def test_the_cookie_is_for_this_host_and_no_script(desk: Desk) -> None:
    desk.get("/sign-in")
    answer = come_back(desk)
    [cookie] = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith(f"{COOKIE}=")]
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_an_answer_without_its_beginning_in_this_browser_signs_nobody_in(desk: Desk) -> None:
    desk.another_browser().get("/sign-in")
    assert come_back(desk).status_code == 400
    assert desk.browser.get_cookie(COOKIE) is None


def test_an_answer_with_another_state_signs_nobody_in(desk: Desk) -> None:
    desk.get("/sign-in")
    assert come_back(desk, "another").status_code == 400
    assert desk.browser.get_cookie(COOKIE) is None


def test_an_answer_is_taken_once(desk: Desk) -> None:
    desk.get("/sign-in")
    assert come_back(desk).status_code == 303
    assert come_back(desk).status_code == 400
    assert NADIA.name in desk.get("/about-me").text


def test_signing_in_gives_a_new_session_whatever_the_browser_brings(desk: Desk) -> None:
    """Nobody can give another person a cookie and come in behind them."""
    desk.sign_in(Person("p-attacker", "M. Allory", HOUSE, {}))
    brought = desk.browser.get_cookie(COOKIE)
    assert brought
    desk.get("/sign-in")
    come_back(desk)
    attacker = desk.another_browser()
    attacker.browser.set_cookie(COOKIE, brought.value)
    assert attacker.get("/about-me").status_code == 303
    assert NADIA.name in desk.get("/about-me").text


def test_many_beginnings_do_not_fill_the_cookie_jar(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    states = iter(range(20))
    begin = desk.provider.begin
    monkeypatch.setattr(
        desk.provider, "begin", lambda page: (begin(page)[0], begin(page)[1]._replace(state=str(next(states))))
    )
    for _ in range(12):
        desk.get("/sign-in")
    kept = [state for state in range(12) if come_back(desk, str(state)).status_code == 400]
    assert 12 - len(kept) <= 6


def test_the_provider_is_away_and_a_page_says_so(desk: Desk) -> None:
    desk.provider.away = True
    answer = desk.get("/sign-in")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_an_address_may_try_so_often_in_a_minute(desk: Desk) -> None:
    answers = [desk.get("/sign-in").status_code for _ in range(MOST + 1)]
    assert answers == [*[303] * MOST, 429]


def test_attempts_are_counted_by_address_and_forgotten_after_a_minute() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    assert all(attempts.allow("one") for _ in range(MOST))
    assert not attempts.allow("one")
    assert attempts.allow("other")
    now = WINDOW_SECONDS
    assert attempts.allow("one")
