"""What was typed is neither lost nor sent twice, and nobody else can send it."""

import re
from threading import Thread

import pytest
from werkzeug.datastructures import MultiDict

from desk.database import Database
from desk.drafts.store import DraftStore
from desk.form_token import FIELD, FormToken
from desk.services import Done
from desk.sessions.cookie import COOKIE
from desk.sessions.rules import Person
from desk.sessions.store import digest_of
from desk.tests.conftest import desk_with
from desk.tests.given import HOUSE, NADIA, Desk, form_token_in
from shared.keys import Keys
from shared.testing.keys import KEY_TEXT, KEYS, key_text
from shared.testing.waiting import wait_until

TRIAL = ("weighing", "/v1/trials")
SOMEBODY_ELSE = Person("p-0002", "Els de Boer", HOUSE, {HOUSE: frozenset({"weighing_team"})})


def words_on(page: str) -> str:
    [words] = re.findall(r'name="words"[^>]*value="([^"]*)"', page)
    return str(words)


@pytest.fixture
def signed_in(desk: Desk) -> Desk:
    desk.sign_in()
    desk.services.answers[TRIAL] = Done({})
    return desk


def test_a_form_that_is_sent_twice_carries_the_same_key(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    for _ in range(2):
        assert signed_in.browser.post("/trial", data={FIELD: token, "words": "yes"}).status_code == 303
    first, second = signed_in.services.commands
    assert first == second


def test_two_tabs_have_keys_of_their_own(signed_in: Desk) -> None:
    for _ in range(2):
        signed_in.send("/trial", "/trial", words="yes")
    first, second = signed_in.services.commands
    assert first[3] != second[3]


def test_a_form_without_an_answer_keeps_its_key_and_its_text(signed_in: Desk) -> None:
    del signed_in.services.answers[TRIAL]
    shown = signed_in.send("/trial", "/trial", words="typed")
    assert "no answer" in shown.text and words_on(shown.text) == "typed"
    token = form_token_in(shown.text, "/trial")
    signed_in.browser.post("/trial", data={FIELD: token, "words": "typed"})
    first, second = signed_in.services.commands
    assert first == second


def test_a_form_with_wrong_fields_loses_nothing(signed_in: Desk) -> None:
    answer = signed_in.send("/trial", "/trial", words="")
    assert answer.status_code == 422
    assert signed_in.services.commands == []


@pytest.mark.parametrize("token", ["", "made up", "bWFkZSB1cA=="])
def test_a_form_that_the_desk_did_not_make_is_refused(signed_in: Desk, token: str) -> None:
    assert signed_in.browser.post("/trial", data={FIELD: token, "words": "yes"}).status_code == 400
    assert signed_in.services.commands == []


def test_a_form_of_somebody_else_is_refused(signed_in: Desk) -> None:
    """A token that an attacker has got for itself is worth nothing in another person's browser."""
    attacker = signed_in.another_browser()
    attacker.sign_in(SOMEBODY_ELSE)
    token = form_token_in(attacker.get("/trial").text, "/trial")
    assert signed_in.browser.post("/trial", data={FIELD: token, "words": "yes"}).status_code == 403
    assert signed_in.services.commands == []


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://localhost:81"])
def test_a_form_from_another_site_is_refused(signed_in: Desk, origin: str) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    answer = signed_in.browser.post("/trial", data={FIELD: token, "words": "yes"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert signed_in.services.commands == []


def test_a_session_that_ends_while_somebody_types_leaves_a_draft(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    signed_in.execute("UPDATE sessions SET used_at = now() - interval '31 minutes'")
    answer = signed_in.browser.post("/trial", data={FIELD: token, "words": "a long story"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=%2Ftrial")
    assert signed_in.services.commands == []
    signed_in.sign_in()
    shown = signed_in.get("/trial").text
    assert "restored" in shown and words_on(shown) == "a long story"


def test_a_draft_is_gone_once_the_form_has_taken_effect(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    signed_in.browser.post("/drafts", data={FIELD: token, "words": "half a sto"})
    assert words_on(signed_in.get("/trial").text) == "half a sto"
    signed_in.browser.post("/trial", data={FIELD: token, "words": "half a story"})
    assert words_on(signed_in.get("/trial").text) == "to begin with"


@pytest.mark.parametrize("path", ["/trial", "/drafts/discard"])
def test_a_draft_that_comes_after_its_form_is_done_with_is_not_kept(signed_in: Desk, path: str) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    assert signed_in.browser.post(path, data={FIELD: token, "words": "half a story"}).status_code == 303
    late = signed_in.browser.post("/drafts", data={FIELD: token, "words": "half a sto"})
    assert (late.status_code, "al verzonden" in late.text) == (409, True)
    assert words_on(signed_in.get("/trial").text) == "to begin with"


def test_a_draft_that_is_written_while_its_form_takes_effect_is_not_kept(signed_in: Desk) -> None:
    token, fields = FormToken.new(NADIA.id, "trial/7", "/trial"), {"words": "half a sto"}
    sending = Thread(
        target=signed_in.browser.post, args=["/trial"], kwargs={"data": {FIELD: token.sealed(KEYS), **fields}}
    )
    with signed_in.database.transaction() as connection:
        DraftStore(connection, KEYS).save(token, MultiDict(fields))
        sending.start()
        waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        assert wait_until(lambda: bool(signed_in.execute(waiting)), 10)
    sending.join()
    assert words_on(signed_in.get("/trial").text) == "to begin with"


def test_a_form_that_was_opened_before_a_deployment_takes_effect_after_it(signed_in: Desk, database: Database) -> None:
    """Of another process, with a new key beside the one that sealed the form, whose form lacks a field."""
    token, cookie = form_token_in(signed_in.get("/trial").text, "/trial"), signed_in.browser.get_cookie(COOKIE)
    assert cookie
    after = desk_with(database, session_key=Keys.parse(f"{key_text(bytes([1] * 32), 2)},{KEY_TEXT}"))
    after.services.answers[TRIAL] = Done({})
    after.browser.set_cookie(COOKIE, cookie.value)
    fields = {FIELD: token, "words": "typed", "no_longer_asked": "also"}
    assert after.browser.post("/trial", data=fields).status_code == 303
    [(_, _, body, _, _)] = after.services.commands
    assert body == {"words": "typed"}


def test_tabs_do_not_overwrite_each_others_drafts(signed_in: Desk) -> None:
    tokens = [form_token_in(signed_in.get("/trial").text, "/trial") for _ in range(2)]
    for token, words in zip(tokens, ["one", "other"], strict=True):
        signed_in.browser.post("/drafts", data={FIELD: token, "words": words})
    assert signed_in.execute("SELECT count(*) FROM drafts") == [(2,)]
    assert words_on(signed_in.get("/trial").text) == "other"


def test_a_draft_is_kept_also_when_the_session_has_ended_and_the_answer_says_so(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    signed_in.execute("DELETE FROM sessions")
    answer = signed_in.browser.post("/drafts", data={FIELD: token, "words": "typed on"})
    assert answer.status_code == 200 and 'href="/trial"' in answer.text
    signed_in.sign_in()
    assert words_on(signed_in.get("/trial").text) == "typed on"


def test_a_draft_is_for_its_person_alone_and_sealed(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    signed_in.browser.post("/drafts", data={FIELD: token, "words": "about Jansen"})
    [(sealed, person)] = signed_in.execute("SELECT sealed, person_id FROM drafts")
    assert b"Jansen" not in bytes(sealed)
    signed_in.sign_in(SOMEBODY_ELSE)
    assert words_on(signed_in.get("/trial").text) == "to begin with"
    assert person != SOMEBODY_ELSE.id


def test_a_draft_can_be_thrown_away(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    signed_in.browser.post("/drafts", data={FIELD: token, "words": "nonsense"})
    answer = signed_in.browser.post("/drafts/discard", data={FIELD: token})
    assert answer.headers["Location"] == "/trial"
    assert words_on(signed_in.get("/trial").text) == "to begin with"


def test_a_draft_that_is_too_large_is_not_kept(signed_in: Desk) -> None:
    token = form_token_in(signed_in.get("/trial").text, "/trial")
    assert signed_in.browser.post("/drafts", data={FIELD: token, "words": "x" * 300_000}).status_code == 409
    assert signed_in.execute("SELECT count(*) FROM drafts") == [(0,)]


def test_a_person_has_fifty_drafts_at_most(signed_in: Desk) -> None:
    for number in range(52):
        token = form_token_in(signed_in.get("/trial").text, "/trial")
        signed_in.browser.post("/drafts", data={FIELD: token, "words": str(number)})
    assert signed_in.execute("SELECT count(*) FROM drafts") == [(50,)]
    assert words_on(signed_in.get("/trial").text) == "51"


def test_the_cookie_is_nowhere_in_the_database(signed_in: Desk) -> None:
    cookie = signed_in.browser.get_cookie("__Host-session")
    assert cookie
    [(digest, sealed)] = signed_in.execute("SELECT digest, sealed FROM sessions")
    assert bytes(digest) == digest_of(cookie.value)
    assert cookie.value.encode() not in bytes(sealed)
