"""A list of suspects through the whole platform: of people whom the house does not know nothing stays anywhere."""

import json
import os
import subprocess
from contextlib import closing, suppress
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pika
import psycopg
import pytest

from deploy.local.stack import LocalStack
from shared.business_dates import today
from shared.testing.waiting import wait_until
from tests.end_to_end.playing import Ending

POLICE, PROSECUTOR = "hollands-midden.nationale-politie", "hollands-midden.openbaar-ministerie"
EXAMPLES = Path("services/intake/messages/examples/partners")
PLANTED = {"bsn": "999990032", "familyName": "Quispelaar", "givenNames": "Zenobius", "birthDate": "1981-12-24"}
TRACES = [trace for said in PLANTED.values() for trace in (said.encode(), said.encode().hex().encode())]


@pytest.fixture(scope="module")
def answers(stack: LocalStack, small_year: Ending) -> list[str]:
    """The types of the answers to what the prosecutor sends of somebody known and of somebody unknown: a list, the same
    list again, and lists with mistakes.
    """
    notice = _example("arrest-notices.submitted.v1")
    known = {name: notice["data"]["subject"][name] for name in PLANTED}
    right, wrong, misspelled = _list(known, PLANTED), _list(PLANTED, {"bsn": "1"}), _list(PLANTED)
    misspelled["type"] = "nl.ketenhuis.suspects-list.submitted.v1"
    assert _answers(stack, POLICE, notice) == ["messages.accepted.v1"]
    return _answers(stack, PROSECUTOR, right, right, wrong, misspelled, json.dumps(_list(PLANTED))[:-1])


def test_whoever_is_known_reaches_the_services_that_show_it(stack: LocalStack, answers: list[str]) -> None:
    assert answers == ["messages.accepted.v1"] * 2 + ["messages.refused.v1"] * 3
    for service in ("weighing", "meetings"):
        assert wait_until(partial(_is_noted, stack, service), 10), service


def test_of_anybody_else_nothing_stands_in_a_backup_a_log_a_file_of_the_databases_or_a_queue(
    stack: LocalStack, answers: list[str]
) -> None:
    installation = stack.installation
    backup = _backup(stack)
    assert b"listed_suspects" in backup
    assert _traces(backup) == []
    directories = (installation.directory, installation.data)
    files = {path for each in directories for path in each.rglob("*") if path.is_file() and not path.is_symlink()}
    files -= {*installation.broker.directory.glob("data/*/quorum/**/*")}  # which the broker writes over as it goes on
    assert {"intake.log", "PG_VERSION"} < {path.name for path in files}
    assert [str(path) for path in files if _traces(_content(path))] == []
    waiting = installation.broker.control("list_queues", "-p", "ketenhuis", "--no-table-headers", "name", "messages")
    assert f"intake.from.{PROSECUTOR}\t0" in waiting


def test_no_service_keeps_the_body_of_a_list_that_was_refused(stack: LocalStack, answers: list[str]) -> None:
    with psycopg.connect(stack.database_url("intake")) as connection:
        parked = connection.execute(
            "SELECT octet_length(body) < 64, problems->-1->>2 FROM parked WHERE queue = %s",
            [f"intake.from.{PROSECUTOR}"],
        ).fetchall()
    assert parked == [(True, "not_kept")] * 3


def _example(type: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"{type}.json").read_text())
    return document | {"id": str(uuid4())}


def _list(*suspects: dict[str, Any]) -> dict[str, Any]:
    data = {"reference": "ZSM-1", "listedOn": str(today()), "suspects": suspects}
    return _example("suspect-lists.submitted.v1") | {"data": data}


def _answers(stack: LocalStack, partner: str, *messages: dict[str, Any] | str) -> list[str]:
    """The types of the answers to messages that a partner's own system sends, in alphabetical order."""
    with closing(pika.BlockingConnection(pika.URLParameters(stack.amqp_url(partner)))) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        for message in messages:
            body = message if isinstance(message, str) else json.dumps(message)
            channel.basic_publish(f"partner.{partner}.in", "", body, pika.BasicProperties(user_id=partner))
        received = channel.consume(f"partner.{partner}.out", auto_ack=True, inactivity_timeout=15)
        bodies = (body for _, _, body in takewhile(lambda each: each[2], received))
        types = (json.loads(body)["type"].removeprefix("nl.ketenhuis.") for body in bodies)
        answers = (type for type in types if type.startswith("messages."))  # feedback may come between them
        return sorted(islice(answers, len(messages)))


def _content(path: Path) -> bytes:
    """Nothing of a file that is gone: PostgreSQL takes its cache of the catalog away, and writes it anew."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return b""


def _is_noted(stack: LocalStack, service: str) -> bool:
    with psycopg.connect(stack.database_url(service)) as connection:
        return connection.execute("SELECT listed_on FROM suspects").fetchall() == [(today(),)]


def _backup(stack: LocalStack) -> bytes:
    url = stack.installation.cluster.url()
    command = ["pg_dumpall", "--dbname", url]
    return subprocess.run(
        command, env={**os.environ, "PGPASSWORD": urlsplit(url).password or ""}, stdout=subprocess.PIPE, check=True
    ).stdout


def _traces(content: bytes) -> list[bytes]:
    return [trace for trace in TRACES if trace in content]
