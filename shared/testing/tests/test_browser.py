"""The rig sees what it is there to see: each page here has one fault."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from shared.testing.browser import (
    PHONES,
    Window,
    assert_accessible,
    assert_fits,
    assert_usable_by_keyboard,
    look_at,
    opened,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = "<!doctype html><html lang='nl'><title>Test</title><body style='margin: 8px'><main><h1>Test</h1>{}</main>"
SOUND = "<p>Een <a href='#x'>verwijzing</a> en een <button>knop</button></p>"
FAULTS = [
    (assert_fits, "<p style='width: 400px'>breed</p>", "the page is 4.. px wide"),
    (assert_fits, "<p style='position: relative; left: -20px'>weg</p>", "sticks out of the window"),
    (assert_fits, "<p style='width: 30px; overflow: hidden'>verantwoordelijk</p>", "is too narrow"),
    (assert_fits, "<p style='height: 10px'>een<br>twee</p>", "is too low"),
    (assert_fits, "<p style='width: 60px; overflow-wrap: anywhere'>gemeentehuis</p>", "gemeentehuis"),
    (assert_accessible, "<p style='color: #aaa'>grijs</p>", "color-contrast"),
    (assert_accessible, "<input>", "label"),
    (assert_usable_by_keyboard, "<button style='outline: none'>knop</button>", "<button> knop"),
    (assert_usable_by_keyboard, "<button onfocus='this.blur()'>knop</button>", "does not lead on"),
    (
        assert_usable_by_keyboard,
        "<button>onder</button><div style='position: fixed; inset: 0; background: white'></div>",
        "<button> onder",
    ),
    (
        assert_usable_by_keyboard,
        "<button>een</button><button tabindex='1'>twee</button><button>drie</button>",
        r"\[1, 0, 2\]",
    ),
]


@pytest.mark.parametrize(("check", "content", "told"), FAULTS, ids=[told for _, _, told in FAULTS])
def test_a_fault_is_found(browser: "Browser", check: Callable[["Page"], None], content: str, told: str) -> None:
    with opened(browser, Window(PHONES[0])) as page:
        page.set_content(PAGE.format(content))
        with pytest.raises(AssertionError, match=told):
            check(page)


def test_a_page_without_faults_passes(browser: "Browser") -> None:
    with opened(browser, Window(PHONES[0])) as page:
        page.set_content(PAGE.format(SOUND))
        assert_fits(page)
        assert_accessible(page)
        assert_usable_by_keyboard(page)


def test_what_only_shows_without_scripts_is_looked_at_too(browser: "Browser") -> None:
    page = PAGE.format(f"{SOUND}<noscript><p style='width: 400px'>breed</p></noscript>")
    with pytest.raises(AssertionError, match=r"the page is 4.. px wide"):
        look_at(browser, f"data:text/html,{quote(page)}", "without-scripts")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            "<meta http-equiv='Content-Security-Policy' content=\"style-src 'none'\"><p style='color: red'>rood</p>",
            "style",
        ),
        ("<script>throw new Error('broken')</script>", "broken"),
    ],
)
def test_what_the_policy_forbids_and_a_script_that_fails_are_told(browser: "Browser", content: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told), opened(browser, Window()) as page:
        page.set_content(content)
