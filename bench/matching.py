"""Whether intake joins and proposes the right records: `python -m bench.matching`.

Tells intake of a made-up population, in one process with its database and without a broker, lets it look for doubles,
and compares with the truth: two people joined without anybody's word, doubles that were found, time for a notice.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4, uuid5

import orjson
import psycopg

from bench.population import Population, Told
from bench.private_cluster import private_databases
from bench.table import table
from bench.taking import take_all, unit_on
from services.intake.matches.handlers import propose_matches
from services.intake.unit import Unit
from shared.messaging import Delivery
from shared.messaging.entrypoint import BATCH_SIZE
from shared.postgres.lasting import LastingConnection

PEOPLE, PLANTED, SEED = 100_000, 5_000, 17
USER, SOURCE = "hollands-midden.nationale-politie", "urn:nld:oin:00000099900000010000:systeem:bvh"
NAMESPACE = UUID(int=17)
OF_ONE_PERSON = ("double", "slip", "wrong BSN")
"""Planted notices about a person who is known already."""
SAME_PERSON, PROPOSED, WAITS, NEW = "joined", "proposed", "waits", "new"
"""waits: as an identity conflict, until a person decides. new: registered as somebody else; right for a twin."""


@dataclass(frozen=True)
class Result:
    """wrong: records with statements on two people. found: by kind of planted notice, what became of it.

    taking, looking: milliseconds a notice, in the median batch and on average.
    """

    wrong: int
    found: dict[str, Counter[str]]
    taking: float
    looking: float

    @property
    def share_found(self) -> float:
        """Of the doubles, in percent."""
        counts = sum((self.found[kind] for kind in OF_ONE_PERSON), Counter[str]())
        return 100 * (1 - counts[NEW] / counts.total())


def measured(people: int, planted: int, seed: int = SEED) -> Result:
    """Tell a fresh intake of everybody, and look what it made of it."""
    told = list(Population(seed, people, planted).notices())
    with (
        TemporaryDirectory() as directory,
        private_databases(Path(directory)) as databases,
        databases.migrated("intake") as database,
        LastingConnection.connect(database.url, autocommit=True) as connection,
    ):
        taking = _tell(connection, told)
        looking = _look(connection)
        connection.execute("ANALYZE")
        return _compared(connection, told, taking=taking, looking=looking / len(told))


def _tell(connection: psycopg.Connection[Any], told: Sequence[Told]) -> float:
    """Milliseconds a notice in the median batch."""
    took = []
    for first in range(0, len(told), BATCH_SIZE):
        batch = [_delivery(number, told[number]) for number in range(first, min(first + BATCH_SIZE, len(told)))]
        began = time.perf_counter()
        take_all(connection, batch)
        took.append(1000 * (time.perf_counter() - began) / len(batch))
    return median(took)


def _look(connection: psycopg.Connection[Any]) -> float:
    """Milliseconds until every record was compared with those that are alike."""

    @contextmanager
    def begin() -> Iterator[Unit]:
        with connection.transaction():
            unit = unit_on(connection, uuid4())
            yield unit
            unit.flush()

    began = time.process_time()
    propose_matches(begin)
    return 1000 * (time.process_time() - began)


def _delivery(number: int, told: Told) -> Delivery:
    data = {"reference": f"M-{number}", "subject": told.details, "arrestedOn": "2026-01-05", "offence": "burglary"}
    document = {
        "specversion": "1.0",
        "id": str(uuid5(NAMESPACE, str(number))),
        "source": SOURCE,
        "type": "nl.ketenhuis.arrest-notices.submitted.v1",
        "time": "2026-01-06T09:00:00+01:00",
        "datacontenttype": "application/json",
        "data": data,
    }
    return Delivery(queue=f"intake.from.{USER}", body=orjson.dumps(document), user_id=USER)


def _compared(connection: psycopg.Connection[Any], told: Sequence[Told], **times: float) -> Result:
    subjects = dict(
        connection.execute(
            "SELECT message_id, subject_id FROM referrals UNION "
            "SELECT told_again.message_id, subject_id FROM told_again JOIN referrals USING (referral_id)"
        ).fetchall()
    )
    pairs = {frozenset(pair) for pair in connection.execute("SELECT subject_id, other_id FROM matches").fetchall()}
    found = {kind: Counter[str]() for kind in dict.fromkeys(each.planted for each in told if each.planted)}
    people: dict[UUID, set[int]] = {}
    first: dict[int, UUID] = {}
    for number, each in enumerate(told):
        subject = subjects.get(uuid5(NAMESPACE, str(number)))
        if subject:
            people.setdefault(subject, set()).add(each.person)
        if each.planted:
            found[each.planted][_became(subject, first.get(each.person), pairs)] += 1
        elif subject:
            first[each.person] = subject
    return Result(sum(len(persons) > 1 for persons in people.values()), found, **times)


def _became(subject: UUID | None, known: UUID | None, pairs: set[frozenset[UUID]]) -> str:
    if subject is None:
        return WAITS
    if subject == known:
        return SAME_PERSON
    return PROPOSED if frozenset((subject, known)) in pairs else NEW


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m bench.matching")
    arguments.add_argument("--people", type=int, default=PEOPLE)
    arguments.add_argument("--planted", type=int, default=PLANTED)
    given = arguments.parse_args()
    result = measured(given.people, given.planted)
    sys.stdout.write(
        table({kind: dict(became) for kind, became in result.found.items()}, [SAME_PERSON, PROPOSED, WAITS, NEW])
    )
    sys.stdout.write(
        f"{result.wrong} records with two people; {result.share_found:.1f} % of the doubles found; "
        f"{result.taking:.2f} ms a notice in the median batch, {result.looking:.2f} ms of Python to look for doubles\n"
    )


if __name__ == "__main__":
    main()
