"""After a replay somebody of the weighing team signs in and decides on what was left, and the report follows."""

import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from deploy.local.stack import LocalStack
from replay.compare import COUNTED, figures
from replay.players.platform import Desk
from replay.published import read_year
from shared.business_dates import today
from shared.testing.browser import Window, assert_accessible, opened, screenshot
from shared.testing.waiting import wait_until
from shared.working_days import next_working_day
from tests.end_to_end.playing import SMALL_YEAR, Ending
from tests.end_to_end.signing_in import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

YEAR = read_year(SMALL_YEAR)
LEFT = re.compile(r"decision: 1\..* until (?P<login>\w+) \((?P<name>.+)\) signs in and decides: (?P<board>\S+)")
ONE_REFERRAL = {
    "weighed_referrals": 1,
    "decisions": 1,
    "age_class": 1,
    "sex": 1,
    "under_treatment": 2,
    "by_municipality": 2,
}
"""In how many figures a referral counts, by the kind of figure: in the last two at the briefing, and in the total.

Its person counts as well (`unique_subjects`), unless the year has another referral about the same person.
"""


@pytest.fixture(scope="module")
def left(stack: LocalStack, small_year: Ending) -> re.Match[str]:
    """What `replay leave` tells."""
    where = ["--year", str(SMALL_YEAR), "--directory", str(stack.installation.directory)]
    command = [sys.executable, "-m", "replay", "leave", *where]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    told = LEFT.search(said)
    assert told, said
    return told


def lacking(stack: LocalStack) -> dict[str, int]:
    """By figure, how much less the management report counts than was published."""
    report = Desk(stack, YEAR.house, "reporting", "reader").get(f"/v1/management-reports/{YEAR.year}")
    published, counted = figures(YEAR.as_published()), figures(report)
    differences = {figure: int(count - counted.get(figure, 0)) for figure, count in published.items()}
    return {figure: less for figure, less in differences.items() if less and figure.split(".")[0] in COUNTED}


def agree(page: "Page") -> None:
    """Fill in what the decision asks of a follow-up, if it needs one."""
    for nth, label in enumerate(("Vervolgactie", "Eigenaar", "Samen met", "Besproken in"), 1):
        if (field := page.get_by_label(label, exact=True)).is_visible():
            field.select_option(index=nth)
    if (domain := page.get_by_label("Huisvesting", exact=True)).is_visible():
        domain.check()
    if (day := page.get_by_label("Uiterlijk", exact=True)).is_visible():
        day.fill(next_working_day(today()).isoformat())


@pytest.mark.timeout(400)
def test_who_decides_on_what_the_last_briefing_left_makes_the_report_whole(
    browser: "Browser", stack: LocalStack, left: re.Match[str]
) -> None:
    assert wait_until(lambda: bool(lacking(stack)), 30)
    lacks = lacking(stack)
    assert Counter(figure.split(".")[0] for figure in lacks) - Counter(unique_subjects=1) == ONE_REFERRAL
    assert set(lacks.values()) == {1}
    with opened(browser, Window()) as page:
        sign_in(page, stack, left["login"])
        page.goto(left["board"])
        screenshot(page, "last-briefing")
        assert_accessible(page)
        decision, _, reason = page.locator("del").last.inner_text().partition(": ")
        page.get_by_label("Besluit", exact=True).select_option(label=decision)
        if reason:
            page.get_by_label("Reden", exact=True).select_option(label=reason)
        agree(page)
        page.get_by_role("button", name="Dit besluit vastleggen").click()
        page.locator("#decisions").get_by_text(left["name"]).wait_for()
        screenshot(page, "last-briefing-decided")
    assert wait_until(lambda: not lacking(stack), 30), lacking(stack)
