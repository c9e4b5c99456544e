"""One round: traffic flows, something strikes, everything comes to rest, and the oracle is asked."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from deploy.kubernetes.manifests import memory_of_a_process
from deploy.local.installation import ROOT
from shared.testing.waiting import wait_until
from tests.fault.arena import Arena
from tests.fault.oracle.complaints import complaints
from tests.fault.oracle.digest import digest
from tests.fault.oracle.memory import too_large
from tests.fault.oracle.starvation import starved
from tests.fault.oracle.stores import Bookmark, Databases, Stores, connected, what_is_left
from tests.fault.oracle.witness import Witness

PEOPLE = 18
"""So many bring all that there is to bring."""
FLOWS_SECONDS = 60.0
COMES_TO_REST_SECONDS = 300.0
"""How long after the strike the round may take; players give up what they wait for after 90."""
STANDS_STILL_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.5

Strike = Callable[[Arena], None]


@dataclass(frozen=True)
class Ending:
    """How a round ended: what the oracle complains of, the report's year and digest, how much was sent and heard.

    done: each kind of thing that people of the house did. starved: who was answered too late. That counts where others
    take what there is, not where a part is broken.
    """

    year: int
    complaints: tuple[str, ...]
    starved: tuple[str, ...]
    digest: str
    done: frozenset[str]
    sent: int
    heard: int
    seconds: float


class Traffic:
    """The partners and the people of the house, in a process of their own."""

    def __init__(self, process: "subprocess.Popen[bytes]", words: Path, record: Path) -> None:
        self._process = process
        self._words = words
        self._record = record

    def wait_for(self, word: str, seconds: float, times: int = 1) -> None:
        """Raises TimeoutError when it does not say so in time, or has ended."""
        wait_until(lambda: self._said(word) >= times or self._process.poll() is not None, seconds)
        if self._said(word) < times:
            raise TimeoutError(f"the traffic did not say «{word}» in {seconds:.0f} seconds")

    def has_said(self, word: str) -> bool:
        return self._said(word) > 0

    def go_on(self) -> None:
        """The strike is over: who waited may begin."""
        self._tell("struck")

    def witness(self) -> Witness:
        """What it has seen until now."""
        before = self._said("recorded")
        self._tell("record")
        self.wait_for("recorded", 30, before + 1)
        return Witness.read(self._record)

    def _tell(self, word: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{word}\n".encode())
        self._process.stdin.flush()

    def _said(self, word: str) -> int:
        return self._words.read_text().split().count(word)


def play(arena: Arena, number: int, strike: Strike, people: int = PEOPLE) -> Ending:
    """Play a round that is struck once traffic flows."""
    arena.memory.begin()
    began = time.monotonic()
    with connected(arena.database_urls()) as databases:
        bookmark = Bookmark.of(databases)
    with _traffic(arena, number, people) as traffic:
        traffic.wait_for("flowing", FLOWS_SECONDS)
        try:
            strike(arena)
        finally:  # also when it failed: the next round must not hear of this one
            traffic.go_on()
            with connected(arena.database_urls()) as databases:
                witness, found = _at_rest(arena, databases, traffic, bookmark)
    return Ending(
        year=witness.year,
        complaints=(*found, *too_large(arena.memory.taken(), memory_of_a_process())),
        starved=tuple(starved(witness)),
        digest=digest_of_report(arena, witness.house, witness.year),
        done=frozenset(deed.what for deed in witness.done),
        sent=len(witness.sent),
        heard=len(witness.heard),
        seconds=time.monotonic() - began,
    )


def _at_rest(arena: Arena, databases: Databases, traffic: Traffic, bookmark: Bookmark) -> tuple[Witness, list[str]]:
    """What the oracle finds once nothing moves any more: nothing, twice in a row, or what stood still for a while.

    Traffic of which nothing is wrong is waited for: after a long strike its own links take their time. The stores are
    read when nothing waits for its turn, and once more after the broker was asked: who recovers while the broker is
    asked empties a queue whose effects the look before could not see.
    """
    deadline = time.monotonic() + COMES_TO_REST_SECONDS
    before: list[str] | None = None
    since = time.monotonic()
    empty = False
    while True:
        late = time.monotonic() > deadline
        if what_is_left(databases) and not late:
            before = None
            time.sleep(LOOK_AGAIN_SECONDS)
            continue
        played = traffic.has_said("played")
        witness = traffic.witness()
        told = witness.strangers, witness.sealed
        stores = Stores.read(databases, witness.house, witness.year, bookmark, *told)
        found = complaints(witness, stores)
        if found != before or stores.left:
            before, since, empty = found, time.monotonic(), False
        is_over = bool(played or found) and not stores.left
        stands_still = is_over and time.monotonic() - since > (STANDS_STILL_SECONDS if found else 0.0)
        if late or (stands_still and empty):
            empty = empty or arena.queues_are_empty()
            unfinished = {"the traffic has not come to its end": played, "queues are not empty": empty}
            return witness, found + [what for what, is_done in unfinished.items() if not is_done]
        empty = stands_still and arena.queues_are_empty()
        time.sleep(LOOK_AGAIN_SECONDS)


@contextmanager
def _traffic(arena: Arena, number: int, people: int) -> Iterator[Traffic]:
    place = arena.stack.installation.directory.parent / f"round-{number}"
    place.mkdir()
    words, record = place / "words", place / "witness.json"
    directory = str(arena.stack.installation.directory)
    command = [sys.executable, "-m", "tests.fault.traffic", directory, str(number), str(people), str(record)]
    with (
        words.open("wb") as output,
        (place / "errors").open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=output, stderr=errors) as process,
    ):
        try:
            yield Traffic(process, words, record)
        finally:
            process.kill()


def digest_of_report(arena: Arena, house: str, year: int) -> str:
    """The digest of a year's report as it stands now."""
    stack = arena.stack
    response = requests.get(
        f"{stack.http_url('reporting')}/v1/management-reports/{year}",
        headers={"Authorization": f"Bearer {stack.token(house, 'reader')}"},
        timeout=30,
    )
    response.raise_for_status()
    return digest(response.json())
