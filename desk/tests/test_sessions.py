"""A session opens for one browser, ends in time, and tells nothing to who reads the database."""

from datetime import timedelta

import pytest

from desk.form_token import FIELD
from desk.language import day
from desk.parts import NAME
from desk.provider.tokens import Logout
from desk.sessions import rules
from desk.sessions.cookie import COOKIE
from desk.tests.given import HOUSE, IN_TWO_HOUSES, NADIA, OTHER_HOUSE, STAND_IN, STANDS_IN, Desk, form_token_in
from desk.upkeep import clean_up


def is_signed_in(desk: Desk) -> bool:
    return desk.get("/about-me").status_code == 200


@pytest.mark.parametrize(
    "aged",
    ["used_at = now() - interval '31 minutes'", "ends_at = now() - interval '1 second'"],
    ids=["idle for half an hour", "ten hours old"],
)
def test_a_session_ends_by_itself(desk: Desk, aged: str) -> None:
    desk.sign_in()
    assert is_signed_in(desk)
    desk.execute(f"UPDATE sessions SET {aged}")
    assert not is_signed_in(desk)


def test_a_session_in_use_goes_on(desk: Desk) -> None:
    desk.sign_in()
    desk.execute("UPDATE sessions SET used_at = now() - interval '29 minutes'")
    assert is_signed_in(desk)
    assert desk.execute("SELECT now() - used_at < interval '1 minute' FROM sessions") == [(True,)]


def test_a_session_lasts_ten_hours_at_most(desk: Desk) -> None:
    desk.sign_in()
    assert desk.execute("SELECT ends_at - began_at FROM sessions")[0][0].total_seconds() == 36_000


@pytest.mark.parametrize("cookie", ["", "made-up", "é"])
def test_a_made_up_cookie_opens_nothing(desk: Desk, cookie: str) -> None:
    desk.sign_in()
    desk.browser.set_cookie(COOKIE, cookie)
    assert not is_signed_in(desk)


def test_whoever_reads_the_database_finds_no_name_and_no_token(desk: Desk) -> None:
    desk.sign_in(access="an-access-token", refresh="a-refresh-token")
    [row] = desk.execute("SELECT sessions::text FROM sessions")
    [(sealed,)] = desk.execute("SELECT sealed FROM sessions")
    for secret in (NADIA.name, "an-access-token", "a-refresh-token"):
        assert secret not in row[0] and secret.encode() not in bytes(sealed)


def test_tokens_cannot_be_moved_to_another_session(desk: Desk) -> None:
    desk.sign_in()
    other = desk.another_browser()
    other.sign_in(IN_TWO_HOUSES)
    desk.execute("UPDATE sessions SET sealed = (SELECT sealed FROM sessions WHERE person_id = %s)", NADIA.id)
    assert is_signed_in(desk)
    assert not is_signed_in(other)


def test_a_session_sealed_with_a_key_that_is_gone_is_none(desk: Desk) -> None:
    desk.sign_in()
    desk.execute("UPDATE sessions SET sealed = 'key 0009'::bytea || sealed")
    assert not is_signed_in(desk)


def test_signing_out_ends_the_session_and_goes_on_to_the_provider(desk: Desk) -> None:
    desk.sign_in()
    cookie = desk.browser.get_cookie(COOKIE)
    answer = desk.send("/about-me", "/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://identity.test/end")
    assert desk.browser.get_cookie(COOKIE) is None
    assert [tokens.refresh for tokens in desk.provider.revoked] == ["refresh"]
    assert cookie
    desk.browser.set_cookie(COOKIE, cookie.value)
    assert not is_signed_in(desk)


def test_signing_out_works_while_the_provider_is_away(desk: Desk) -> None:
    desk.sign_in()
    page = desk.get("/about-me").text
    desk.provider.away = True
    answer = desk.browser.post("/sign-out", data={FIELD: form_token_in(page, "/sign-out")})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signed-out")
    assert desk.get("/signed-out").status_code == 200
    assert desk.execute("SELECT count(*) FROM sessions") == [(0,)]


def test_signing_out_everywhere_ends_all_sessions_of_the_person_alone(desk: Desk) -> None:
    phone, somebody_else = desk.another_browser(), desk.another_browser()
    for browser in (desk, phone):
        browser.sign_in()
    somebody_else.sign_in(IN_TWO_HOUSES)
    desk.send("/about-me", "/sign-out-everywhere")
    assert [is_signed_in(browser) for browser in (desk, phone, somebody_else)] == [False, False, True]
    assert len(desk.provider.revoked) == 2


def test_over_mij_lists_my_sessions_and_nobody_elses(desk: Desk) -> None:
    desk.another_browser().sign_in()
    desk.another_browser().sign_in(IN_TWO_HOUSES)
    desk.sign_in()
    assert desk.get("/about-me").text.count('role="rowheader"') == 2


@pytest.mark.parametrize(
    ("person", "session", "stays"),
    [(NADIA.id, None, False), (None, "at-provider", False), (NADIA.id, "another", True), ("another", None, True)],
)
def test_the_provider_ends_sessions(desk: Desk, person: str | None, session: str | None, stays: bool) -> None:
    desk.sign_in()
    [(now,)] = desk.execute("SELECT now()")
    desk.provider.logout = Logout(person, session, now)
    assert desk.browser.post("/back-channel-logout", data={"logout_token": "signed"}).status_code == 200
    assert is_signed_in(desk) == stays


def test_an_old_word_of_the_provider_ends_no_newer_session(desk: Desk) -> None:
    [(before,)] = desk.execute("SELECT now() - interval '2 minutes'")
    desk.sign_in()
    desk.provider.logout = Logout(NADIA.id, None, before)
    desk.browser.post("/back-channel-logout", data={"logout_token": "signed"})
    assert is_signed_in(desk)


def test_whoever_is_not_the_provider_ends_nothing(desk: Desk) -> None:
    desk.sign_in()
    assert desk.browser.post("/back-channel-logout", data={"logout_token": "forged"}).status_code == 400
    assert is_signed_in(desk)


def test_somebody_with_two_houses_chooses_one_first_and_may_choose_again(desk: Desk) -> None:
    desk.sign_in(IN_TWO_HOUSES)
    answer = desk.get("/trial")
    assert answer.headers["Location"] == "/house?next=%2Ftrial"
    for house in (HOUSE, OTHER_HOUSE):
        answer = desk.send("/house", "/house", capacity=house, page="/trial")
        assert answer.headers["Location"] == "/trial"
        assert desk.get("/trial").status_code == 200
        assert desk.execute("SELECT house FROM sessions") == [(house,)]


@pytest.mark.parametrize("house", ["elsewhere", ""])
def test_nobody_chooses_a_house_without_a_function_there(desk: Desk, house: str) -> None:
    desk.sign_in(IN_TWO_HOUSES)
    assert desk.send("/house", "/house", capacity=house).status_code == 404
    assert desk.execute("SELECT house FROM sessions") == [(None,)]


def test_who_stands_in_chooses_it_sees_it_on_each_page_and_has_those_functions_alone(desk: Desk) -> None:
    desk.sign_in(STAND_IN)
    assert desk.get("/trial").headers["Location"] == "/house?next=%2Ftrial"
    until = day(STANDS_IN.until or "")
    assert desk.send("/house", "/house", capacity=STANDS_IN.id, page="/about-me").status_code == 303
    page = desk.get("/about-me").text
    assert page.count(f"waarneming: lid van het weegteam, tot en met {until}") == 2
    assert "p-absent" not in page
    assert ('href="/briefings"' in page, 'href="/operations/"' in page) == (True, False)
    assert desk.get("/trial/acting").text == f"{HOUSE} p-absent"
    desk.send("/house", "/house", capacity=HOUSE)
    assert desk.get("/trial/acting").text == f"{HOUSE} None"


def test_standing_in_ends_by_itself_also_in_a_session_that_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.sign_in(STAND_IN)
    desk.send("/house", "/house", capacity=STANDS_IN.id)
    assert STANDS_IN.until
    monkeypatch.setattr(rules, "today", lambda: STANDS_IN.until + timedelta(days=1))
    assert desk.get("/trial/acting").text == f"{HOUSE} None"
    assert "waarneming" not in desk.get("/about-me").text


def test_what_has_ended_is_deleted_now_and_then(desk: Desk) -> None:
    desk.sign_in()
    desk.another_browser().sign_in()
    desk.execute("UPDATE sessions SET ends_at = now() WHERE id = (SELECT id FROM sessions LIMIT 1)")
    desk.execute(
        "INSERT INTO drafts VALUES ('p', 'f', gen_random_uuid(), '', now() - interval '8 days'),"
        " ('p', 'f', gen_random_uuid(), '', now())"
    )
    assert clean_up(desk.app.extensions[NAME]) == 2
    assert desk.execute("SELECT count(*) FROM sessions") == desk.execute("SELECT count(*) FROM drafts") == [(1,)]
