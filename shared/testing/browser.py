"""Pages in Debian's Chromium, as people meet them: on a phone and on a screen, in light and in dark, by keyboard, and
without JavaScript.

`look_at` does all of it for one page. Screenshots go into build/screenshots, for a person to look at: axe finds no word
that is broken in the middle and no page that is ugly.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from eventlet.hubs import get_hub
from greenlet import getcurrent, greenlet

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright

Scheme = Literal["light", "dark"]
ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build/screenshots"
AXE = Path(__file__).with_name("vendored") / "axe-core/axe.min.js"
LOOKING = Path(__file__).with_name("looking.js")
PHONES, SCREEN, HEIGHT = (320, 390), 1440, 800
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# As root Chromium runs only without its sandbox. It is to send nothing to anybody but the pages that are tested.
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@dataclass(frozen=True, slots=True)
class Window:
    """How somebody looks at a page."""

    width: int = SCREEN
    scheme: Scheme = "light"
    java_script: bool = True

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}{'' if self.java_script else '-without-javascript'}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a screen. For one module only: as long as Playwright runs, no other asyncio loop can."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make test installs it."
    with _playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield launched
        launched.close()


@contextmanager
def _playwright() -> Iterator[Playwright]:
    """Playwright beside eventlet, which makes its hub the parent of every greenlet that waits for something.

    So the hub goes on when Playwright's greenlet has ended, and not the greenlet that stops Playwright.
    """
    from playwright.sync_api import sync_playwright

    manager = sync_playwright()
    try:
        yield manager.start()
    finally:
        _resume_when_ended(manager._dispatcher_fiber, getcurrent())
        manager.__exit__()


def _resume_when_ended(ended: greenlet, waiting: greenlet) -> None:
    """Have the hub go on with one greenlet when another has ended."""
    if ended.dead:
        waiting.switch()
    else:
        get_hub().schedule_call_global(0.01, _resume_when_ended, ended, waiting)


@contextmanager
def opened(browser: Browser, window: Window, **options: Any) -> Iterator[Page]:
    """An empty page of somebody whom the browser does not know. options: others of Playwright's `new_context`.

    Fails if a script failed, or if a page wanted anything that its Content-Security-Policy forbids.
    """
    context = browser.new_context(
        viewport={"width": window.width, "height": HEIGHT},
        color_scheme=window.scheme,
        java_script_enabled=window.java_script,
        reduced_motion="reduce",
        locale="nl-NL",
        **options,
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    try:
        yield page
        assert complaints == []
    finally:
        context.close()


def look_at(browser: Browser, address: str, name: str, **options: Any) -> None:
    """A page in every window. name: of its screenshots. options: those of `opened`, `storage_state` for a session.

    One page is changed, since opening another costs as much as all that is asked of it but for axe. What axe finds
    hangs on the colours, and on whether a list is a table; where things are and in which order, on the width alone.
    """
    phone, other_phone, screen = Window(PHONES[0]), Window(PHONES[1]), Window()
    in_the_dark = Window(scheme="dark")
    with opened(browser, phone, **options) as page:
        page.goto(address)
        for window in (phone, other_phone, screen, in_the_dark):
            change_to(page, window)
            if window in (phone, in_the_dark):
                screenshot(page, f"{name}-{window}")
                assert_accessible(page)
            assert_fits(page)
        for window in (screen, phone):
            change_to(page, window)
            assert_usable_by_keyboard(page)
        forbid_scripts(page)
        page.goto(address)
        assert_fits(page)


def change_to(page: Page, window: Window) -> None:
    """Make the window another one, and wait until the page has been drawn in it."""
    page.set_viewport_size({"width": window.width, "height": HEIGHT})
    page.emulate_media(color_scheme=window.scheme)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def forbid_scripts(page: Page) -> None:
    """As in a context without JavaScript, from the next page on."""
    page.context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})


def screenshot(page: Page, name: str) -> None:
    """Write build/screenshots/<name>.png, the whole page."""
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def assert_fits(page: Page) -> None:
    """Nothing is scrolled sideways, nothing sticks out, and no word that fits on a line is broken."""
    _assert_none(_ask(page, "overflowing()"))
    _assert_none(_ask(page, "brokenWords()"))


def assert_accessible(page: Page) -> None:
    """axe finds nothing against WCAG 2.2 AA, nor against what it calls best practice."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # preload: reads every style sheet once more, for a rule about films and one that is not among these.
    found = page.evaluate("rules => axe.run({runOnly: rules, preload: false})", RULES)
    _assert_none([_violation(each) for each in found["violations"]])


def assert_usable_by_keyboard(page: Page) -> None:
    """The Tab key reaches every control in the order of the page, and one sees where it is."""
    count = len(_ask(page, "stops().map(told)"))
    walked: list[dict[str, Any]] = []
    while len(walked) < count:
        walked += _next_stop(page, walked[-1]["stop"] if walked else -1)
    first = walked[0]["stop"]
    assert [each["stop"] for each in walked] == [(first + step) % count for step in range(count)]
    _assert_none([each["told"] for each in walked if not (each["ring"] and each["uncovered"])])


def _next_stop(page: Page, before: int) -> list[dict[str, Any]]:
    """Press Tab until another stop has the focus: a field for a date takes several."""
    for _ in range(5):
        page.keyboard.press("Tab")
        now: dict[str, Any] = _ask(page, "focused()")
        if now["stop"] not in (before, -1):
            return [now]
    raise AssertionError(f"The Tab key does not lead on from {now['told']}.")


def _assert_none(found: list[str]) -> None:
    assert not found, "\n".join(found)


def _ask(page: Page, question: str) -> Any:
    return page.evaluate(f"(() => {{ {LOOKING.read_text(encoding='utf-8')}\nreturn {question}; }})()")


def _is_complaint(message: ConsoleMessage) -> bool:
    """Other errors on the console, such as an answer with status 422, may be what a test is about."""
    return message.type == "error" and "Content Security Policy" in message.text


def _violation(found: dict[str, Any]) -> str:
    places = [" ".join(map(str, node["target"])) for node in found["nodes"]]
    return f"{found['id']}: {found['help']}: {places}"
