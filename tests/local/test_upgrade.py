"""`python -m deploy.local up` in a newer checkout, while a partner sends: the whole platform, in real processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pika
import psycopg
import pytest
import requests
from pika.adapters.blocking_connection import BlockingChannel

from deploy.identity.testing import provider_of
from deploy.local.installation import ROOT
from deploy.local.processes import processes_of
from deploy.local.stack import LocalStack
from deploy.rotation import rotate
from tests.local.logins import lets_in, logins

PARTNER, SOURCE = "hollands-midden.nationale-politie", "urn:nld:oin:00000099900000010000:systeem:bvh"
NEW_PARTNER = '\n[[partners]]\nid = "nieuw"\nname = "Nieuw"\nbond = "incidental"\nsource = "urn:nieuw"\n'
NEW_PARTNER += "may_send = []\nmay_get = []\n"
MIGRATION = """\
-- transactional: false
DROP INDEX CONCURRENTLY IF EXISTS referrals_of_the_newer_version;
CREATE INDEX CONCURRENTLY referrals_of_the_newer_version ON referrals (referral_id, subject_id);
"""
NEWER_METRIC = (
    '\n\nfrom prometheus_client import Gauge\n\nGauge("newer_version", "Only the newer version has this").set(1)\n'
)
INFRASTRUCTURE = ("broker", "epmd", "postgres")
SECRET = "SECRET_OF_THE_SHELL"
TEXT = "Zwanenburg-999990019"
STEADY_SECONDS = 1.5


@dataclass
class Partner:
    """Sends notices and keeps count of their receipts. The broker lets nobody in for a moment while it restarts."""

    channel: BlockingChannel
    sent: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)

    def send(self) -> None:
        person = {"kind": "person", "familyName": "Jansen", "birthDate": "1990-02-03", "sex": "man"}
        data = {
            "reference": f"PL-{len(self.sent)}",
            "subject": {**person, "municipality": "Gouda"},
            "arrestedOn": "2015-03-01",
            "offence": f"Diefstal {len(self.sent)}",
        }
        message = {"specversion": "1.0", "id": str(uuid4()), "source": SOURCE, "datacontenttype": "application/json"}
        message |= {"type": "nl.ketenhuis.arrest-notices.submitted.v1", "time": datetime.now(UTC).isoformat()}
        properties = pika.BasicProperties(user_id=PARTNER, content_type="application/cloudevents+json", delivery_mode=2)
        body = json.dumps({**message, "data": data}).encode()
        self.channel.basic_publish(f"partner.{PARTNER}.in", "", body, properties)
        self.sent.append(str(message["id"]))

    def read(self, seconds: float) -> None:
        """Whatever comes, until nothing has come for so long."""
        for method, _, body in self.channel.consume(f"partner.{PARTNER}.out", inactivity_timeout=seconds):
            if method is None:
                return
            answer = json.loads(body)
            assert answer["type"] == "nl.ketenhuis.messages.accepted.v1"
            self.receipts.append(answer["data"]["messageId"])
            self.channel.basic_ack(method.delivery_tag)

    def has_all_receipts(self) -> bool:
        self.read(seconds=0.2)
        return set(self.receipts) >= set(self.sent)


@dataclass(frozen=True)
class Place:
    """A checkout and the platform that is started from it."""

    checkout: Path
    directory: Path

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "deploy.local", "--directory", str(self.directory), *arguments]
        return subprocess.Popen(
            command,
            cwd=self.checkout,
            env={**os.environ, SECRET: "hush"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        started = self.start(*arguments)
        said, _ = started.communicate(timeout=200)
        return started.returncode, said

    @property
    def stack(self) -> LocalStack:
        stack = LocalStack.recorded(self.directory)
        assert stack
        return stack

    def pids(self) -> Mapping[str, int]:
        return {name: state["pid"] for name, state in self.stack.supervisor.states().items()}

    def processes(self) -> list[int]:
        return processes_of(self.stack.installation.directory, self.stack.installation.data)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("newer") / "checkout", tmp_path_factory.mktemp("upgraded") / "stack")
    for part in ("deploy", "desk", "services", "shared", "houses"):
        shutil.copytree(ROOT / part, place.checkout / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", place.checkout)
    try:
        status, said = place.run("up", "--free-ports")
        assert status == 0, said
        yield place
    finally:
        place.run("down", "--delete-data")


@pytest.fixture(scope="module")
def upgrade(place: Place) -> "Upgrade":
    """A newer version came over the platform: a migration, code, a partner in the profile, and new passwords."""
    (place.checkout / "services/intake/migrations/9000.newer.sql").write_text(MIGRATION)
    for service in ("intake", "reporting"):
        with (place.checkout / f"services/{service}/metrics.py").open("a") as metrics:
            metrics.write(NEWER_METRIC)
    with (place.checkout / "houses/hollands-midden.toml").open("a") as profile:
        profile.write(NEW_PARTNER)
    return Upgrade.watch(place)


@dataclass
class Upgrade:
    """What was seen of it. down: how many processes did not run, each time that was asked. logins: before it."""

    partner: Partner
    logins: list[str]
    before: Mapping[str, int]
    status: int
    said: str
    down: list[int]

    @classmethod
    def watch(cls, place: Place) -> "Upgrade":
        partner = Partner(pika.BlockingConnection(pika.URLParameters(place.stack.amqp_url(PARTNER))).channel())
        partner.channel.confirm_delivery()
        logins_before = logins(place.stack)
        rotate(place.directory / "secrets.json", "PASSWORDS", "begin")
        before, down, started = place.pids(), [], place.start("up")
        while started.poll() is None:
            partner.send()
            partner.read(seconds=0.2)
            down.append(sum(pid == 0 for pid in place.pids().values()))
        wait_for(partner.has_all_receipts)
        said = started.stdout.read() if started.stdout else ""
        return cls(partner, logins_before, before, started.returncode, said, down)


def test_every_worker_and_relay_is_replaced_one_at_a_time(place: Place, upgrade: Upgrade) -> None:
    assert upgrade.status == 0, upgrade.said
    after = place.pids()
    assert {name for name, pid in after.items() if pid == upgrade.before[name]} == set(INFRASTRUCTURE)
    assert max(upgrade.down) <= 1
    for service in ("intake", "reporting"):
        assert "newer_version 1.0" in requests.get(f"{place.stack.http_url(service)}/metrics", timeout=10).text


def test_a_partner_that_sends_meanwhile_gets_each_receipt(place: Place, upgrade: Upgrade) -> None:
    assert len(upgrade.partner.sent) > 20
    assert set(upgrade.partner.receipts) == set(upgrade.partner.sent)
    with psycopg.connect(place.stack.database_url("intake")) as connection:
        assert connection.execute("SELECT count(*) FROM parked").fetchone() == (0,)


def test_everybody_but_partners_has_a_new_password_and_the_old_one_is_refused(place: Place, upgrade: Upgrade) -> None:
    assert [url for url in upgrade.logins if lets_in(url)] == []
    assert [url for url in logins(place.stack) if not lets_in(url)] == []
    assert lets_in(place.stack.amqp_url(PARTNER))


def test_the_migration_has_run_and_the_broker_knows_the_new_partner(place: Place, upgrade: Upgrade) -> None:
    with psycopg.connect(place.stack.database_url("intake")) as connection:
        valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'referrals_of_the_newer_version'::regclass"
        assert connection.execute(valid).fetchone() == (True,)
    stack = LocalStack(place.directory, place.stack.installation.ports, place.checkout / "houses")
    pika.BlockingConnection(pika.URLParameters(stack.amqp_url("hollands-midden.nieuw"))).close()


def test_the_persons_who_can_sign_in_are_printed_and_let_in_by_their_functions(place: Place, upgrade: Upgrade) -> None:
    assert place.stack.who_can_sign_in() in upgrade.said
    provider, report = provider_of(place.stack), f"{place.stack.http_url('reporting')}/v1/management-reports/2015"
    tokens = {login: provider.access_token(login) for login in ("tim", "bram")} | {"nobody": "a-token-of-nobody"}
    answers = {
        login: requests.get(report, headers={"Authorization": f"Bearer {token}"}, timeout=10).status_code
        for login, token in tokens.items()
    }
    assert answers == {"tim": 200, "bram": 403, "nobody": 401}


def test_nothing_is_replaced_where_nothing_is_newer(place: Place, upgrade: Upgrade) -> None:
    before = place.pids()
    status, said = place.run("up")
    assert (status, place.pids()) == (0, before)
    assert "is up already" in said


def test_processes_do_not_see_the_environment_of_the_shell(place: Place, upgrade: Upgrade) -> None:
    for name, pid in place.pids().items():
        if name != "postgres":  # writes over its environment
            assert SECRET.encode() not in Path(f"/proc/{pid}/environ").read_bytes(), name


def test_what_crashes_comes_back_as_the_version_that_it_was(place: Place, upgrade: Upgrade) -> None:
    """Though the checkout is newer by now, or broken."""
    code = place.checkout / "services/reporting/service.py"
    text = code.read_text()
    code.write_text("raise SystemExit('of a version that nobody asked for')\n")
    place.stack.kill("reporting")
    time.sleep(STEADY_SECONDS)
    wait_for(lambda: place.stack.is_ready("reporting"))
    code.write_text(text)


def test_a_version_that_does_not_start_leaves_the_others_alone_and_gives_way_again(
    place: Place, upgrade: Upgrade
) -> None:
    before = place.pids()
    code = place.checkout / "services/reporting/service.py"
    text = code.read_text()
    code.write_text("raise SystemExit('cannot start')\n")
    status, said = place.run("up")
    assert status == 1
    assert "reporting did not get ready" in said and "cannot start" in said
    changed = {name for name, pid in place.pids().items() if pid != before[name]}
    code.write_text(text)
    status, said = place.run("up")
    assert (status, changed) == (0, {"reporting"}), said
    assert place.stack.is_up()


def test_a_killed_supervisor_is_followed_by_another_on_the_same_ports_and_data(place: Place, upgrade: Upgrade) -> None:
    ports, keys = place.stack.installation.ports, (place.directory / "secrets.json").read_text()
    supervisor = place.stack.supervisor.pid
    assert supervisor
    os.kill(supervisor, signal.SIGKILL)
    status, said = place.run("up")
    assert status == 0, said
    assert place.stack.installation.ports == ports
    assert (place.directory / "secrets.json").read_text() == keys
    assert referrals(place) > 0


def test_no_log_holds_what_a_partner_wrote(place: Place, upgrade: Upgrade) -> None:
    """Anywhere in a message or beside it, and whatever is wrong with the message."""
    type = "nl.ketenhuis.arrest-notices.submitted.v1"
    right: dict[str, Any] = {"specversion": "1.0", "id": f"{TEXT} 1", "source": SOURCE, "type": type}
    wrong = [{**right, name: TEXT} for name in (*right, "time", "data", "datacontenttype", "correlationid", TEXT)]
    wrong += [{**right, "data": {"reference": TEXT, "subject": {TEXT: TEXT}, "offence": [TEXT], TEXT: TEXT}}]
    bodies = [
        TEXT.encode(),
        TEXT.encode() + b"\xff",
        json.dumps(TEXT).encode(),
        *(json.dumps(each).encode() for each in wrong),
    ]
    properties = pika.BasicProperties(
        user_id=PARTNER,
        content_type=TEXT,
        correlation_id=TEXT,
        message_id=TEXT,
        type=TEXT,
        app_id=TEXT,
        headers={TEXT: TEXT, "x-death": TEXT},
        delivery_mode=2,
    )
    with pika.BlockingConnection(pika.URLParameters(place.stack.amqp_url(PARTNER))) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        for body in bodies:
            channel.basic_publish(f"partner.{PARTNER}.in", "", body, properties)
            channel.basic_publish(
                f"partner.{PARTNER}.in",
                "",
                body,
                pika.BasicProperties(expiration="1", headers=properties.headers),
            )
    wait_for(lambda: parked(place) >= len(bodies))
    logs = [log for log in (place.directory / "logs").rglob("*") if log.is_file()]
    assert {"intake.log", "intake-relay.log", "broker.log", "postgres.log"} <= {log.name for log in logs}
    assert [log.name for log in logs if TEXT.encode() in log.read_bytes()] == []


def parked(place: Place) -> int:
    with psycopg.connect(place.stack.database_url("intake")) as connection:
        found = connection.execute("SELECT count(*) FROM parked").fetchone()
    assert found
    return int(found[0])


def test_stop_keeps_the_data(place: Place, upgrade: Upgrade) -> None:
    status, said = place.run("stop")
    assert status == 0, said
    assert place.processes() == []
    assert (place.stack.installation.data / "PG_VERSION").exists()


def referrals(place: Place) -> int:
    with psycopg.connect(place.stack.database_url("intake")) as connection:
        found = connection.execute("SELECT count(*) FROM referrals").fetchone()
    assert found
    return int(found[0])


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)
