"""Beheer in a browser: on a phone and on a screen, by keyboard, and without JavaScript."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from desk.language import HOME
from desk.services import Done, Missing
from desk.tests.given import Desk
from desk.tests.operations.told import PAST, REPORTING, signed_in
from shared.testing.browser import Window, look_at, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = {
    "operations": "/operations",
    "operations-minutes": "/operations?span=minutes&service=intake",
    "operations-partners": "/operations/partners?day=2026-03-02",
    "operations-processes": "/operations/processes",
    "operations-problems": "/operations/problems",
    "operations-manual": "/operations/manual",
    "operations-parked": "/operations/parked",
    "operations-group": "/operations/parked/intake?state=waiting&sender=hollands-midden.halt&reason=unexpected_error",
    "operations-message": "/operations/parked/intake/4711",
    "operations-gone": "/operations/parked/intake/4712",
}


Opener = Callable[[str, Window], AbstractContextManager["Page"]]


@pytest.fixture
def operator(served: tuple[Desk, str]) -> Desk:
    desk, _ = served
    operator = signed_in(desk)
    operator.services.answers[(REPORTING, "/v1/operations/parked-messages/intake/4712")] = Missing(
        REPORTING, "not_found"
    )
    return operator


@pytest.fixture
def opens(browser: "Browser", served: tuple[Desk, str], operator: Desk) -> Opener:
    """Opens a page of Beheer, as the operator."""
    _, address = served

    @contextmanager
    def opens(path: str, window: Window) -> Iterator["Page"]:
        with opened(browser, window, storage_state=operator.state) as page:
            page.goto(address + path)
            yield page

    return opens


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_used_by_everybody_in_every_window(
    served: tuple[Desk, str], operator: Desk, browser: "Browser", name: str
) -> None:
    _, address = served
    look_at(browser, address + PAGES[name], name, storage_state=operator.state)


def test_the_plot_is_drawn_and_read_off_by_keyboard(opens: Opener) -> None:
    with opens("/operations", Window()) as page:
        plot = page.locator("[data-plot]")
        assert plot.locator("canvas").count() == 1
        plot.focus()
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        read = plot.locator(".u-value").all_inner_texts()
        last = PAST["moments"][-1 - 3]
        assert read == [f"{datetime.fromtimestamp(last, HOME):%H:%M}", "6", "9"]  # of both services together


def test_what_waits_is_seen_to_without_a_mouse_and_without_javascript(operator: Desk, opens: Opener) -> None:
    step = (REPORTING, "/v1/operations/parked-message-groups/intake/replays")
    operator.services.answers[step] = Done({"done": 3, "leftOut": 0, "next": None})
    with opens("/operations/parked", Window(320, java_script=False)) as page:
        page.locator("[name=groups]").first.focus()
        page.keyboard.press("Space")
        page.locator("[name=why]").focus()
        page.keyboard.type("De fout is hersteld")
        page.keyboard.press("Enter")
        assert "3 berichten zijn opnieuw aangeboden" in page.locator("[role=status]").inner_text()


def test_the_figures_keep_up_to_date_unless_somebody_is_in_them(opens: Opener) -> None:
    mark = "for (const id of ['rates', 'queues-to_partner']) document.getElementById(id).dataset.old = ''"
    come_back = "document.dispatchEvent(new Event('visibilitychange'))"
    with opens("/operations", Window()) as page:
        page.locator("summary", has_text="Naar partners").click()
        page.evaluate(mark)
        page.evaluate("document.getElementById('plot').dataset.plot = ''")
        page.evaluate(come_back)
        page.wait_for_selector("#rates:not([data-old])")
        assert page.locator("details[open] #queues-to_partner:not([data-old])").count() == 1
        assert page.locator("#plot[data-plot*=moments] canvas").count() == 1
        page.locator("#state a").first.focus()
        page.evaluate(mark)
        page.evaluate(come_back)
        page.wait_for_timeout(1500)
        assert page.locator("#rates[data-old]").count() == 1
        assert page.evaluate("document.activeElement.closest('#state') !== null")
