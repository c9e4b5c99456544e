"""What holds for every page, whatever is on it."""

import re

import pytest

from desk.tests.given import NADIA, Desk

ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize("path", ["/about-me", "/nowhere", "/health/ready"])
def test_every_answer_says_what_a_browser_may_do_with_it(desk: Desk, path: str) -> None:
    desk.sign_in()
    headers = desk.get(path).headers
    assert {name: headers[name] for name in ALWAYS} == ALWAYS
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self' http://identity.test"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_the_desk_is_ready_with_its_database_and_lives_without(desk: Desk, without_database: Desk) -> None:
    assert desk.get("/health/ready").status_code == 200
    assert without_database.get("/health/ready").status_code == 503
    assert without_database.get("/health/live").status_code == 200


def test_a_page_asks_whoever_is_not_signed_in_to_do_so_and_remembers_the_page(desk: Desk) -> None:
    answer = desk.get("/about-me")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=%2Fabout-me")


def test_a_part_of_a_page_makes_the_whole_browser_sign_in(desk: Desk) -> None:
    answer = desk.get("/about-me", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=%2Fabout-me")


def test_a_page_says_who_is_signed_in(desk: Desk) -> None:
    desk.sign_in()
    assert NADIA.name in desk.get("/about-me").text


def test_an_error_page_says_a_correlation_id_and_nothing_of_the_error(desk: Desk) -> None:
    desk.sign_in()
    desk.app.view_functions["about_me.show"] = lambda: str(1 / 0)
    answer = desk.get("/about-me")
    assert answer.status_code == 500
    assert re.findall("<code>(.*)</code>", answer.text) == [answer.headers["X-Correlation-Id"]]
    assert "division" not in answer.text and "Traceback" not in answer.text


def test_an_error_page_repeats_nothing_of_the_address(desk: Desk) -> None:
    answer = desk.get("/nowhere/Jansen")
    assert answer.status_code == 404
    assert "Jansen" not in answer.text


def test_figures_name_routes_and_no_addresses(desk: Desk) -> None:
    desk.get("/nowhere/Jansen")
    text = desk.get("/metrics").text
    assert 'desk_requests_total{method="GET",route="unknown",status="404"}' in text
    assert "Jansen" not in text
