"""Tokens are renewed when they are needed, once, whatever tabs do at the same moment."""

from datetime import UTC, datetime, timedelta
from threading import Thread

from desk.form_token import FIELD
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import Person
from desk.tests.given import HOUSE, NADIA, OTHER_HOUSE, Desk, form_token_in


def in_seconds(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def token_of(desk: Desk) -> str:
    """With which a page would ask a service now."""
    return desk.get("/trial/token").text


def test_a_token_is_renewed_shortly_before_its_end(desk: Desk) -> None:
    desk.sign_in(expires_at=in_seconds(30))
    assert [token_of(desk), token_of(desk)] == ["renewed", "renewed"]
    assert [tokens.refresh for tokens in desk.provider.renewals] == ["refresh"]


def test_two_tabs_at_once_renew_a_token_once(desk: Desk) -> None:
    desk.sign_in(expires_at=in_seconds(30))
    cookie = desk.browser.get_cookie(COOKIE)
    assert cookie
    tabs = [desk.another_browser() for _ in range(4)]
    tokens: list[str] = []
    for tab in tabs:
        tab.browser.set_cookie(COOKIE, cookie.value)
    threads = [Thread(target=lambda tab=tab: tokens.append(token_of(tab))) for tab in tabs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tokens == ["renewed"] * 4
    assert len(desk.provider.renewals) == 1


def test_a_token_is_used_to_its_end_while_the_provider_is_away(desk: Desk) -> None:
    desk.provider.away = True
    desk.sign_in(expires_at=in_seconds(30))
    assert token_of(desk) == "access"
    desk.sign_in(expires_at=in_seconds(-1))
    assert desk.get("/trial/token").status_code == 503
    desk.provider.away = False
    assert token_of(desk) == "renewed"


def test_a_renewal_tells_which_functions_a_person_has_now(desk: Desk) -> None:
    desk.sign_in(expires_at=in_seconds(30))
    desk.provider.signs_in = Person(NADIA.id, NADIA.name, HOUSE, {OTHER_HOUSE: frozenset({"reader"})})
    token_of(desk)
    page = desk.get("/about-me").text
    assert "lezer" in page and "weegteam" not in page


def test_a_session_that_the_provider_no_longer_renews_ends_and_what_was_typed_is_kept(desk: Desk) -> None:
    desk.sign_in(expires_at=in_seconds(30))
    token = form_token_in(desk.get("/trial").text, "/trial")
    desk.provider.refuses_renewal = True
    answer = desk.browser.post("/trial", data={FIELD: token, "words": "a long story"})
    assert answer.headers["Location"] == "/sign-in?next=%2Ftrial"
    assert desk.services.commands == []
    assert desk.execute("SELECT count(*) FROM sessions") == [(0,)]
    desk.sign_in()
    assert "a long story" in desk.get("/trial").text
