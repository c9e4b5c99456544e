"""A small year comes in with and without sealed referrals: everybody but a theme's role sees the same, to the letter.

So does the role of one theme, whatever came in of another.

Intake alone sees a sealed referral, and all that leaves it is compared: so are the agenda, tables, reports and figures
of the other services, which know nothing but these events. Operators see what intake counts, and what waits there.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest

from deploy.credentials import ROLES
from replay.house import House, load_house
from replay.planner import plan
from replay.players.letters import Letter, submission, wrong
from replay.published import read_year
from replay.script import Referral
from services.intake.accepting import ACCEPTS
from services.intake.matches.handlers import propose_matches
from services.intake.partners.reader import PartnerReader
from services.intake.profile import load_houses
from services.intake.service import OFFERS, Intake
from services.intake.settings import IntakeSettings
from shared.messaging import Delivery
from shared.messaging.brake import Brake
from shared.messaging.entrypoint import Batch
from shared.messaging.sealing import Sealer
from shared.messaging.slices import SLICES
from shared.messaging.storage import MessageStore
from shared.testing.keys import KEYS
from shared.testing.outbox import outbox_of
from shared.testing.service import RunningService, ServiceStarter
from shared.web import AUDIT, PARKING
from tests.end_to_end.playing import SMALL_YEAR
from tests.security.two_houses import SHIPPED

HOUSE = "hollands-midden"
THEME, MISSPELT = "radicalisation", "misspelt"
ROLE_OF = {THEME: "theme_role", "trafficking": "theme_role_trafficking"}
ANOTHER_THEME = """
[[sealed_themes]]
code = "trafficking"
name = "Mensenhandel"
role = "theme_role_trafficking"
"""
CALLERS = {role: {"house": HOUSE, "roles": [role]} for role in {*ROLES, *ROLE_OF.values()}}
OTHERS = sorted(set(ROLES) - {*ROLE_OF.values()})
BATCH, OF_THE_SAME_PEOPLE, REFUSED, ASKED = 50, 25, 3, 10
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COUNTED = re.compile(r"^((?:intake|messaging|http)_\w+(?:_total|_count|_messages_sum)(?:\{.*\})?) (\S+)$", re.MULTILINE)
QUEUE_WAITED = re.compile(r"^messaging_queue_waiting_seconds\{queue=\"(\S+)\"\}", re.MULTILINE)
OF_TIME = re.compile(r"cpu_seconds|batch_(?:seconds|messages)_count")
"""What differs from run to run: how long work takes, and into how many batches it falls."""
OFFERED = [offer.split()[1] for offer in OFFERS | AUDIT | PARKING if offer.startswith("GET ")]
LISTS = [path for path in OFFERED if "<" not in path and "sealed" not in path]
OF_ONE = [path for path in OFFERED if "<uuid" in path and "sealed" not in path]


class Told(NamedTuple):
    """A message of a partner. theme: None if it is open."""

    letter: Letter
    theme: str | None


@dataclass(frozen=True)
class Intaken:
    """An intake that has taken in letters. counters: what it counted meanwhile, by metric and labels.

    waiting: how many events wait for the relay, and how many messages of each queue are parked and postponed.
    """

    service: RunningService
    counters: dict[str, float]
    waiting: list[tuple[int, ...]]

    def ids(self, *, sealed: bool) -> list[str]:
        """Of referrals, of whom they are about, and of their cases, in the order in which they came in."""
        query = (
            "SELECT referral_id, subject_id, case_id FROM referrals JOIN subjects USING (subject_id)"
            " WHERE sealed = %s ORDER BY referral_id LIMIT %s"
        )
        return [str(id) for row in self.service.as_service.execute(query, [sealed, ASKED]).fetchall() for id in row]


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house that ships, with another theme, which has a role of its own."""
    directory = tmp_path_factory.mktemp("houses")
    shipped = (SHIPPED / f"{HOUSE}.toml").read_text()
    (directory / f"{HOUSE}.toml").write_text(shipped + ANOTHER_THEME)
    return directory


@pytest.fixture(scope="module")
def house(houses: Path) -> House:
    return load_house(houses / f"{HOUSE}.toml")


@pytest.fixture(scope="module")
def letters(house: House) -> list[Told]:
    """In the order of their days: also some of each theme on people who are referred openly."""
    script = plan(read_year(SMALL_YEAR), house)
    by_message = [referral for referral in script.referrals if referral.channel is None]
    told = [(each.received_on, submission(each, house), _sealed_at_once(each)) for each in by_message]
    known = [referral for referral in by_message if not referral.theme and referral.kind == "arrest_notice"]
    of_themes = [(theme, each) for theme in ROLE_OF for each in known[:OF_THE_SAME_PEOPLE]]
    of_themes += [(MISSPELT, each) for each in known[:REFUSED]]
    told += [(each.received_on, _sealed(submission(each, house), theme), theme) for theme, each in of_themes]
    [first, *_] = [each for each in by_message if each.kind == "current_referral" and not each.theme]
    wrongs = [each for each in script.wrong_messages if each.partner == first.partner]
    told += [(each.on, wrong(each, first, house), None) for each in wrongs]
    return [Told(letter, theme) for _, letter, theme in sorted(told, key=lambda each: each[0])]


def _sealed_at_once(referral: Referral) -> str | None:
    """What is sealed later comes in open."""
    return None if referral.sealed_on else referral.theme


def _sealed(notice: Letter, theme: str) -> Letter:
    """Of the same partner and person as an arrest notice, and with its reference."""
    document = json.loads(notice.body)
    data = {"reference": document["data"]["reference"], "subject": document["data"]["subject"]}
    data |= {"concern": "Werft vrienden.", "theme": theme}
    id = uuid4()
    document |= {"id": str(id), "type": "nl.ketenhuis.current-referrals.submitted.v1", "data": data}
    return Letter(notice.partner, id, json.dumps(document).encode())


@pytest.fixture(scope="module")
def without(start_service: ServiceStarter, houses: Path, letters: list[Told]) -> Intaken:
    return _intaken(start_service, houses, [each for each in letters if not each.theme])


@pytest.fixture(scope="module")
def with_one_theme(start_service: ServiceStarter, houses: Path, letters: list[Told], without: Intaken) -> Intaken:
    return _intaken(start_service, houses, [each for each in letters if each.theme in (None, THEME, MISSPELT)])


@pytest.fixture(scope="module")
def with_sealed(start_service: ServiceStarter, houses: Path, letters: list[Told], with_one_theme: Intaken) -> Intaken:
    intaken = _intaken(start_service, houses, letters)
    assert len(intaken.ids(sealed=True)) == 3 * ASKED
    return intaken


def _look(service: RunningService, role: str, expected: int) -> None:
    """The theme's role looks at what came in sealed."""
    inbox = service.get("/v1/sealed-referrals", role).body["items"]
    assert len(inbox) == expected > OF_THE_SAME_PEOPLE
    for item in inbox:
        shown = service.get(f"/v1/sealed-referrals/{item['referralId']}", role)
        assert shown.status == 200 and shown.body["texts"]


def _intaken(start_service: ServiceStarter, houses: Path, letters: Sequence[Told]) -> Intaken:
    """A new intake takes these letters, in batches as they come; the themes' roles look at those that are sealed."""
    keys = {"index_key": KEYS, "match_seconds": 0.0}
    service = start_service(Intake, CALLERS, IntakeSettings, houses=houses, **keys)
    before = _counters(service)
    deliveries = [_delivery(each) for each in letters]
    reader = PartnerReader(ACCEPTS, load_houses(houses), Sealer(KEYS))
    while deliveries:
        batch = Batch(reader, [], deliveries[:BATCH], Brake())
        service.units.take(batch)
        assert batch.settled
        deliveries = deliveries[batch.stint.taken :]
    propose_matches(service.begin)
    for theme, role in ROLE_OF.items():
        if of_theme := sum(each.theme == theme for each in letters):
            _look(service, role, of_theme)
    counted = {name: value - before.get(name, 0.0) for name, value in _counters(service).items()}
    return Intaken(service, {name: value for name, value in counted.items() if value}, _waiting(service, letters))


def _delivery(told: Told) -> Delivery:
    """published_at: of a sealed one, so that the gauge of how long it waited would say so."""
    user, published_at = f"{HOUSE}.{told.letter.partner}", 1 if told.theme else None
    return Delivery(queue=f"intake.from.{user}", body=told.letter.body, user_id=user, published_at=published_at)


def _counters(service: RunningService) -> dict[str, float]:
    found = COUNTED.findall(service.get("/metrics").text)
    return {name: float(value) for name, value in found if not OF_TIME.search(name)}


def _waiting(service: RunningService, letters: Sequence[Told]) -> list[tuple[int, ...]]:
    store = MessageStore(service.as_service, Sealer(KEYS))
    queues = sorted({_delivery(each).queue for each in letters if not each.theme})
    of_queues = [(each.parked, each.postponed) for each in store.set_aside(queues)]
    return [store.outbox_waiting(SLICES)[:1], *of_queues]


class Plain:
    """Makes texts of two intakes the same: an id has the number of its first occurrence, and a moment of today none."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._now = re.compile(rf"{datetime.now(UTC):%Y-%m-%d}T[0-9:.]+(?:Z|\+00:00)")

    def __call__(self, text: str) -> str:
        text = UUIDS.sub(lambda id: self._numbers.setdefault(id[0], f"#{len(self._numbers)}"), text)
        return self._now.sub("now", text)


def told(intaken: Intaken, hidden: set[str]) -> Iterator[tuple[str, str]]:
    """All that leaves intake, and to whom, but for the receipts of what came in sealed."""
    for row in outbox_of(intaken.service.as_service, Sealer(KEYS)):
        if row["event"]["data"].get("messageId") not in hidden:
            yield row["routing_key"], json.dumps(row["event"])


def shown(intaken: Intaken, people: Sequence[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """What each other role is told, of lists, of what is open, and of people by their names."""
    service, ids = intaken.service, intaken.ids(sealed=False)
    for role in OTHERS:
        for path in LISTS:
            yield f"{role} {path}", service.get(path, role).text
    for path in OF_ONE:
        for id in ids:
            yield f"{role_for(path)} {path}", _one(service, path, id)
    asked: dict[str, Any] = {"subjectIds": ids, "purpose": "intake"}
    yield "names", service.post("/v1/subjects/names", asked, "intake_officer").text
    for about in people:
        asked = {"about": about, "purpose": "intake"}
        yield str(about), service.post("/v1/subjects/like", asked, "intake_officer").text


def role_for(path: str) -> str:
    """One of those that may look; if it may, the intake officer, who sees most."""
    roles = OFFERS[f"GET {path}"].action.roles - {*ROLE_OF.values()}
    return "intake_officer" if "intake_officer" in roles else min(roles)


def _one(service: RunningService, path: str, id: str) -> str:
    query = {"purpose": "intake"} if "subjects" in path else {}
    return service.get(re.sub("<[^>]+>", id, path), role_for(path), **query).text


def people_in(letters: list[Told]) -> list[dict[str, str]]:
    """Those of whom something came in sealed, as somebody may describe them."""
    told = (json.loads(each.letter.body)["data"]["subject"] for each in letters if each.theme)
    return [{name: who[name] for name in ("familyName", "givenNames", "birthDate") if name in who} for who in told]


def test_all_that_leaves_intake_is_the_same(letters: list[Told], without: Intaken, with_sealed: Intaken) -> None:
    hidden = {str(each.letter.id) for each in letters if each.theme}
    one, other = Plain(), Plain()
    expected = [(to, one(event)) for to, event in told(without, set())]
    assert len(expected) > len(letters)
    assert [(to, other(event)) for to, event in told(with_sealed, hidden)] == expected


def test_each_other_role_is_shown_the_same(letters: list[Told], without: Intaken, with_sealed: Intaken) -> None:
    one, other = Plain(), Plain()
    people = people_in(letters)
    expected = [(asked, one(_numbered(answer))) for asked, answer in shown(without, people)]
    found = [(asked, other(_numbered(answer))) for asked, answer in shown(with_sealed, people)]
    for theirs, ours in zip(found, expected, strict=True):
        assert theirs == ours
    assert sum(answer.count("familyName") for _, answer in expected) > OF_THE_SAME_PEOPLE


def _numbered(answer: str) -> str:
    """Without the numbers of entries of the audit log: all houses draw them from one row, and so does what failed."""
    return re.sub(r'"(id|next)":\d+', r'"\1":0', answer)


def test_the_role_of_a_theme_is_shown_the_same_whatever_came_in_of_another(
    with_one_theme: Intaken, with_sealed: Intaken
) -> None:
    one, other = Plain(), Plain()
    expected = [(path, one(_numbered(answer))) for path, answer in shown_of_theme(with_one_theme)]
    found = [(path, other(_numbered(answer))) for path, answer in shown_of_theme(with_sealed)]
    for theirs, ours in zip(found, expected, strict=True):
        assert theirs == ours
    service, [of_another, *_] = with_sealed.service, _inbox(with_sealed, ROLE_OF["trafficking"])
    ids = (of_another, str(UUID(int=0)))
    answers = [service.get(f"/v1/sealed-referrals/{id}", ROLE_OF[THEME]) for id in ids]
    assert [answer.status for answer in answers] == [404, 404]


def shown_of_theme(intaken: Intaken) -> Iterator[tuple[str, str]]:
    """All lists that the role of one theme may ask for, and each referral of the theme."""
    role = ROLE_OF[THEME]
    for path in OFFERED:
        if "<" not in path:
            yield path, intaken.service.get(path, role).text
    for id in _inbox(intaken, role):
        yield "one of the theme", intaken.service.get(f"/v1/sealed-referrals/{id}", role).text


def _inbox(intaken: Intaken, role: str) -> list[str]:
    return [item["referralId"] for item in intaken.service.get("/v1/sealed-referrals", role).body["items"]]


def test_what_is_sealed_is_as_what_does_not_exist(with_sealed: Intaken) -> None:
    service, nothing, ids = with_sealed.service, str(UUID(int=0)), with_sealed.ids(sealed=True)
    for path in OF_ONE:
        answers = {_one(service, path, id).replace(id, nothing) for id in (*ids[:9], nothing)}
        assert len({re.sub(r'"(instance|correlationId)":"[^"]*"', "", answer) for answer in answers}) == 1, path
    for ids_of in ({"subjectIds": ids}, {"subjectIds": [nothing]}):
        asked = ids_of | {"purpose": "intake"}
        assert service.post("/v1/subjects/names", asked, "intake_officer").body == {"items": []}
    for purpose, role in (("intake", "intake_officer"), ("briefing", "weighing_team")):
        texts = {"contributionIds": ids, "caseIds": ids[:9], "purpose": purpose}
        assert service.post("/v1/contributions", texts, role).body == {"items": []}


def test_no_figure_counts_what_is_sealed(without: Intaken, with_sealed: Intaken) -> None:
    for metric in (
        "intake_referrals_total",
        "messaging_consumed_total",
        "messaging_batch_messages_sum",
        "http_requests",
    ):
        assert any(name.startswith(metric) for name in without.counters), metric
    assert with_sealed.counters == without.counters
    assert with_sealed.waiting == without.waiting
    waited = [queue for queue in QUEUE_WAITED.findall(with_sealed.service.get("/metrics").text) if HOUSE in queue]
    assert not waited, "only sealed letters said since when they waited"
