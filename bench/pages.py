"""How long the desk's pages take, with many cases stored, beside a platform that carries referrals.

`python -m bench.pages`: people of several functions sign in over HTTP, as a browser does, and ask for one page after
the other, each many times, some a second. Meanwhile partners send referrals and the weighing team decides. Puts its
figures into build/bench.json.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from html import unescape
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import cycle, islice
from math import ceil
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

import requests
from psycopg import sql

from bench.contenders.platform import Platform
from bench.ground import Ground
from bench.running import Warm, warm
from bench.stored import store
from bench.table import table
from bench.upkeep import RESULTS
from bench.work import FIRST_BRIEFING, Task, Work
from deploy.identity.testing import provider_of
from deploy.local.stack import LocalStack
from deploy.topology import DESK
from shared.business_dates import today
from shared.postgres import load_queries

CASES, TIMES = 200_000, 60
PAGES_A_SECOND, REFERRALS_A_SECOND = 3.0, 5.0
"""The rate of each; that of the referrals is the busiest hour of a whole country, several times over."""
TARGET = 300.0
"""The p95 of each page, in milliseconds."""
ON_AGENDA, REFUSED = 250, 200
"""Referrals that wait for a decision, more than one page of a board holds; messages of which half wait for a person."""
SOME = 10
"""Cases of one kind, looked at in turns."""
PATIENCE_SECONDS = 30.0
QUERIES = load_queries(Path(__file__).with_name("pages.sql"))
WAITED = re.compile(r'^desk_call_seconds_sum\{service="(\w+)"\} (\S+)$', re.MULTILINE)
NOT_ANSWERED = re.compile(r'^desk_calls_total\{end="(?:no_answer|failed)".*\} (\S+)$', re.MULTILINE)
UNANSWERED = "unanswered"
LINK = re.compile(r'href="([^"]+)"')


class Page(NamedTuple):
    """Who asks for it, and under which addresses, in turns."""

    login: str
    paths: Sequence[str]


@dataclass(frozen=True)
class Figures:
    """p50, p95: milliseconds from the question to the last byte. kilobytes: of the page, without what it refers to.

    services: milliseconds of it for which the desk waited for each service; it asks several at once. unanswered: how
    many of its questions they did not answer, so that a part of the page was missing.
    """

    p50: float
    p95: float
    kilobytes: float
    services: Mapping[str, float]
    unanswered: int

    @property
    def is_soon(self) -> bool:
        return self.p95 < TARGET and not self.unanswered


class Person:
    """Somebody who is signed in at the desk."""

    def __init__(self, stack: LocalStack, login: str) -> None:
        provider, self._desk = provider_of(stack), stack.installation.desk_url
        cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http",)))  # on loopback, as browsers do
        self._browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(cookies))
        form = urlencode({"login": login, "password": provider.password(login)}).encode()
        with self._browser.open(f"{self._desk}/about-me", timeout=PATIENCE_SECONDS) as sign_in:
            sent = Request(sign_in.url, form, {"Origin": provider.issuer})  # noqa: S310
        with self._browser.open(sent, timeout=PATIENCE_SECONDS) as came_back:
            assert came_back.url == f"{self._desk}/about-me", f"{login} is not signed in"

    def open(self, path: str) -> bytes:
        """The page. Raises OSError, also for an error page."""
        with self._browser.open(self._desk + path, timeout=PATIENCE_SECONDS) as answer:
            content: bytes = answer.read()
        return content

    def links(self, path: str, beginning: str) -> list[str]:
        """The links of a page that begin so."""
        found = (unescape(link) for link in LINK.findall(self.open(path).decode()))
        return [link for link in found if link.startswith(beginning)]


def measure(ground: Ground, cases: int = CASES, times: int = TIMES) -> dict[str, Figures]:
    """The figures of each page, which is asked so many times. The ground is one for people. Raises Stuck."""
    with warm(ground, Platform(ground), partial(_fill, ground, cases)) as running:
        _let_wait(running)
        pages = dict(_pages(ground))
        people = {login: Person(ground.stack, login) for login in {page.login for page in pages.values()}}
        return {
            name: _asked(running, seed, people[page.login], page.paths, times)
            for seed, (name, page) in enumerate(pages.items(), start=10)
        }


def told(figures: Mapping[str, Figures]) -> str:
    """For people."""
    rows = {
        name: {"p50": each.p50, "p95": each.p95, "KB": each.kilobytes, **each.services}
        for name, each in figures.items()
    }
    late = [name for name, each in figures.items() if not each.is_soon]
    kept = f"Late or without a part: {', '.join(late)}." if late else "Each page keeps to it."
    return (
        f"milliseconds of a page beside {REFERRALS_A_SECOND:.0f} referrals a second, and of it for each service\n"
        f"{table(rows)}\nThe p95 of each page is to be under {TARGET:.0f} ms. {kept}\n"
    )


def _fill(ground: Ground, cases: int) -> None:
    """Cases that are done, and what the past of a house leaves for its people."""
    ground.empty()
    store(ground, cases)
    house = ground.house
    for service, query in QUERIES.items():
        with ground.superuser(service) as connection:
            connection.execute("SET session_replication_role = replica")  # no look at each reference
            connection.execute(query, {"house": house.house, "partners": list(house.partners)})
            connection.execute("VACUUM ANALYZE")


def _let_wait(running: Warm) -> None:
    """Referrals on which nobody decides, and messages that are refused; half of these wait for a person."""
    ground, driver = running.ground, running.driver
    tasks = Work(ground.house, seed=2).tasks(ON_AGENDA + REFUSED)
    for number, task in enumerate(tasks):
        driver.send(task if number < ON_AGENDA else _with_unknown_field(task))
    with ground.superuser("weighing") as weighing, ground.superuser("intake") as intake:
        on_agenda = "SELECT count(*) >= %s FROM referrals WHERE table_on IS NOT NULL"
        ground.wait_for(lambda: weighing.execute(on_agenda, (ON_AGENDA,)).fetchone() == (True,), "the agenda")
        parked = "SELECT count(*) >= %s FROM parked"
        ground.wait_for(lambda: intake.execute(parked, (REFUSED,)).fetchone() == (True,), "refusals")
        intake.execute("UPDATE parked SET answered = mod(id, 2) = 0")


def _with_unknown_field(task: Task) -> Task:
    body = json.loads(task.body)
    body["data"]["unknown"] = True
    return task._replace(body=json.dumps(body).encode())


def _pages(ground: Ground) -> Iterator[tuple[str, Page]]:
    """Each page of the desk, as those see it who have most on it."""
    for login, who in {
        "samira": "intake officer",
        "marijke": "weighing team",
        "ruben": "process director",
        "ilse": "aftercare coordinator",
        "joris": "operator",
        "lotte": "three functions",
    }.items():
        yield f"Mijn werk, {who}", Page(login, ["/work"])
    full, held = _boards(ground)
    yield "Briefings", Page("marijke", ["/briefings"])
    yield "Briefing, a full board", Page("marijke", [full])
    yield "Briefing, one that was held", Page("marijke", [held])
    driven, stored = FIRST_BRIEFING.year, FIRST_BRIEFING.year - 1
    yield "Zaak, at a table", Page("ruben", _cases(ground, "meetings", "table_cases", "opened_on", driven))
    yield "Zaak, detained", Page("ilse", _cases(ground, "aftercare", "detentions", "registered_on", driven))
    yield "Zaak, of before", Page("ilse", _cases(ground, "aftercare", "detentions", "registered_on", stored))
    yield "Zaak, three functions", Page("lotte", _cases(ground, "weighing", "referrals", "received_on", driven))
    group, message = _parked(ground)
    for name, path in {
        "Beheer": "/operations",
        "Beheer, a week": "/operations?span=week",
        "Beheer, set aside": "/operations/parked",
        "Beheer, refused and answered": "/operations/parked?state=answered",
        "Beheer, a group": group,
        "Beheer, a message": message,
        "Beheer, partners": "/operations/partners",
        "Beheer, processes": "/operations/processes",
        "Beheer, what there was": "/operations/problems",
        "Beheer, manual": "/operations/manual",
    }.items():
        yield name, Page("joris", [path])
    yield "Over mij", Page("marijke", ["/about-me"])


def _boards(ground: Ground) -> tuple[str, str]:
    """Of the sub-region for which most waits: all that can be decided now, and the first briefing that was held."""
    with ground.superuser("weighing") as connection:
        [[fullest]] = connection.execute(
            "SELECT sub_region FROM referrals WHERE table_on IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
        [[held]] = connection.execute(
            "SELECT min(briefing_on) FROM decisions WHERE briefing_on >= %s", (FIRST_BRIEFING,)
        )
    return f"/briefings/{quote(fullest)}/{today()}", f"/briefings/{quote(fullest)}/{held}"


def _cases(ground: Ground, service: str, table: str, day: str, year: int) -> list[str]:
    """The pages of some cases of a year."""
    query = "SELECT DISTINCT case_id FROM {} WHERE extract(year FROM {}) = {} LIMIT {}"
    parts = sql.Identifier(table), sql.Identifier(day), sql.Literal(year), sql.Literal(SOME)
    with ground.superuser(service) as connection:
        found = connection.execute(sql.SQL(query).format(*parts)).fetchall()
    return [f"/cases/{case_id}" for (case_id,) in found]


def _parked(ground: Ground) -> tuple[str, str]:
    """A group of messages that wait, and one of them."""
    operator = Person(ground.stack, "joris")
    group = operator.links("/operations/parked", "/operations/parked/")[0]
    return group, operator.links(group, "/operations/parked/intake/")[0]


def _asked(running: Warm, seed: int, person: Person, paths: Sequence[str], times: int) -> Figures:
    """A page is asked so many times while referrals flow."""
    tasks = Work(running.ground.house, seed).tasks(ceil(times / PAGES_A_SECOND * REFERRALS_A_SECOND))
    before = _calls(running.ground.stack)
    with ThreadPoolExecutor(1) as pool:
        carried = pool.submit(running.driver.carry, tasks, REFERRALS_A_SECOND)
        took, sizes = zip(*_answers(person, islice(cycle(paths), times)), strict=True)
        carried.result()
    grown = _calls(running.ground.stack) - before
    hundredths = quantiles(took, n=100, method="inclusive")
    return Figures(
        p50=hundredths[49],
        p95=hundredths[94],
        kilobytes=sum(sizes) / times / 1000,
        services={name: 1000 * seconds / times for name, seconds in grown.items() if name != UNANSWERED},
        unanswered=int(grown[UNANSWERED]),
    )


def _answers(person: Person, paths: Iterable[str]) -> Iterator[tuple[float, int]]:
    """Of each page the milliseconds that it took, and its bytes. One after the other, so many a second at most."""
    due = time.perf_counter()
    for path in paths:
        time.sleep(max(0.0, due - time.perf_counter()))
        due += 1 / PAGES_A_SECOND
        began = time.perf_counter()
        size = len(person.open(path))
        yield 1000 * (time.perf_counter() - began), size


def _calls(stack: LocalStack) -> Counter[str]:
    """Seconds for which the desk waited for each service so far, and how many calls were not answered."""
    counted = requests.get(f"{stack.http_url(DESK)}/metrics", timeout=PATIENCE_SECONDS).text
    calls = Counter({UNANSWERED: sum(float(number) for number in NOT_ANSWERED.findall(counted))})
    calls.update({service: float(seconds) for service, seconds in WAITED.findall(counted)})
    return calls


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.pages")
    arguments.add_argument("--cases", type=int, default=CASES, help="how many are stored")
    arguments.add_argument("--times", type=int, default=TIMES, help="how often each page is asked")
    given = arguments.parse_args()
    with (
        TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as directory,
        Ground(Path(directory), for_people=True) as ground,
    ):
        figures = measure(ground, given.cases, given.times)
    sys.stdout.write(told(figures))
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps({**results, "pages": {name: asdict(each) for name, each in figures.items()}}, indent=1)
    )


if __name__ == "__main__":
    main()
