"""Every part of the templates in Chromium: see build/screenshots/gallery-*.png."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug import Request, Response
from werkzeug.serving import make_server

from desk.look import STATIC
from desk.tests.gallery.pages import error_page, gallery, swapping_page
from shared.testing.browser import (
    Window,
    look_at,
    opened,
)
from shared.testing.waiting import free_ports

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PAGES: dict[str, Callable[[], str]] = {
    "gallery": gallery,
    "gallery-wrong": lambda: gallery(wrong=True),
    "swapping": swapping_page,
}


@Request.application
def answer(request: Request) -> Response:
    """The pages by their names, answers by their status, and the static files, under the policy of the desk."""
    if request.path.startswith("/static/"):
        file = STATIC / request.path.removeprefix("/static/")
        return Response(file.read_bytes(), mimetype=TYPES[file.suffix])
    if request.path.startswith("/answers/"):
        status = int(request.path.removeprefix("/answers/"))
        return Response(error_page() if status == 500 else "after", status, mimetype="text/html")
    if request.path == "/drafts":
        return Response(f"chair: {request.form['chair']}", mimetype="text/html")
    page = PAGES[request.path.strip("/")]()
    return Response(page, mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the pages are."""
    [port] = free_ports(1)
    server = make_server("127.0.0.1", port, answer, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}"
    server.shutdown()


@pytest.mark.parametrize("name", ["gallery", "gallery-wrong"])
def test_every_part_can_be_used_by_everybody_in_every_window(browser: "Browser", address: str, name: str) -> None:
    look_at(browser, f"{address}/{name}", name)


def test_the_error_summary_has_the_focus_and_leads_to_the_field(browser: "Browser", address: str) -> None:
    with opened(browser, Window(java_script=False)) as page:
        page.goto(f"{address}/gallery-wrong")
        assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "outcome-0"


@pytest.fixture
def swapping(browser: "Browser", address: str) -> Iterator["Page"]:
    """A page whose buttons ask for a part of it."""
    with opened(browser, Window()) as page:
        page.goto(f"{address}/swapping")
        yield page


@pytest.mark.parametrize("status", ["200", "409", "422"])
def test_an_answer_takes_the_place_of_its_part_also_if_it_says_what_is_wrong(swapping: "Page", status: str) -> None:
    swapping.get_by_role("button", name=status).click()
    swapping.get_by_text("after").wait_for()
    assert swapping.locator("#item").inner_text() == "after"


def test_the_page_of_an_error_takes_the_place_of_the_content_alone(swapping: "Page") -> None:
    swapping.get_by_role("button", name="500").click()
    swapping.get_by_role("heading", name="Dit ging niet").wait_for()
    assert swapping.locator("main").count() == swapping.locator("header").count() == 1
    assert swapping.get_by_text("Willemijn van der Schaaf-Oosterhuis").is_visible()


def test_a_desk_that_does_not_answer_is_told_until_it_does(swapping: "Page") -> None:
    notice = swapping.locator("#unreachable")
    assert not notice.is_visible()
    swapping.context.set_offline(True)
    swapping.get_by_role("button", name="200").click()
    notice.wait_for()
    swapping.context.set_offline(False)
    swapping.get_by_role("button", name="200").click()
    swapping.get_by_text("after").wait_for()
    assert not notice.is_visible()


def test_an_error_behind_the_back_of_somebody_who_types_leaves_what_is_typed(swapping: "Page") -> None:
    swapping.get_by_label("Typed").press_sequentially("a")
    swapping.locator("#unreachable").wait_for()
    assert swapping.get_by_label("Typed").input_value() == "a"


def test_what_is_typed_in_a_form_is_kept_while_it_is_typed(browser: "Browser", address: str) -> None:
    with opened(browser, Window()) as page:
        page.goto(f"{address}/gallery")
        page.get_by_label("Voorzitter").press_sequentially("Ruben")
        page.get_by_text("chair: Ruben").wait_for()
