"""The local stack with sign-in but without services: it comes back from whatever happens, and leaves nothing behind."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pika
import psycopg
import pytest
import requests

from deploy import rotation
from deploy.identity.testing import Visit, provider_of
from deploy.local import ports
from deploy.local.installation import ROOT, Installation
from deploy.local.migrations import migrate
from deploy.local.ports import PortsError
from deploy.local.processes import kill_all, processes_of
from deploy.local.stack import HOUSES, LocalStack, NotReplaceable
from shared.testing.waiting import wait_until
from tests.local.logins import lets_in, logins


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    # deep enough that a socket's path would be too long here
    directory = tmp_path_factory.mktemp("stack") / ("deep" * 12) / ("deeper" * 8)
    with LocalStack(directory, ports.free(), services=(), for_people=True) as stack:
        yield stack


@pytest.fixture
def notes(stack: LocalStack) -> str:
    """The URL of a database with a table that holds one row."""
    owner = stack.installation.settings.of_migration("intake")["MIGRATION_DATABASE_URL"]
    with psycopg.connect(owner) as connection:
        connection.execute("DROP TABLE IF EXISTS notes")
        connection.execute("CREATE TABLE notes AS SELECT 'kept' AS words")
    return stack.database_url("intake")


def processes(stack: LocalStack) -> list[int]:
    return processes_of(stack.installation.directory, stack.installation.data)


def rotate(stack: LocalStack, secret: str, step: str) -> None:
    rotation.rotate(stack.installation.directory / "secrets.json", secret, step)


def test_a_partner_can_log_in_with_its_password(stack: LocalStack) -> None:
    pika.BlockingConnection(pika.URLParameters(stack.amqp_url("hollands-midden.halt"))).close()


def test_only_their_owner_reads_files_with_secrets(stack: LocalStack) -> None:
    drawn = stack.installation.credentials
    secrets = [secret for secret in (*drawn.broker.values(), *drawn.clients.values()) if len(secret) > 20]
    for path in stack.installation.directory.rglob("*"):
        if path.is_file() and "postgres" not in path.parts and any(s in path.read_text("latin1") for s in secrets):
            assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0, path


def test_only_their_owner_reads_logs(stack: LocalStack) -> None:
    logs = list((stack.installation.directory / "logs").iterdir())
    assert {stat.S_IMODE(log.stat().st_mode) for log in logs} == {0o600}


def test_replicas_have_names_and_addresses_of_their_own(stack: LocalStack) -> None:
    prepared = stack.installation
    programs = Installation(prepared.directory, ports.free(replicas=2), HOUSES).service_programs(["intake"], replicas=2)
    assert [each.name for each in programs] == ["intake", "intake.2", "intake-relay", "intake-relay.2"]
    addresses = [each.environment.get("HTTP_ADDRESS") or each.environment["RELAY_HTTP_ADDRESS"] for each in programs]
    assert len(set(addresses)) == len(programs)


def test_a_worker_reads_no_modules_that_look_up_names(stack: LocalStack) -> None:
    worker, _ = stack.installation.service_programs(["intake"])
    asked = "import eventlet, sys; eventlet.monkey_patch(); sys.exit('dns' in sys.modules)"
    subprocess.run([worker.command[0], "-W", "ignore", "-c", asked], env=worker.environment, check=True)


def test_reporting_is_told_of_every_replica(stack: LocalStack) -> None:
    several = Installation(stack.installation.directory, ports.free(replicas=2), HOUSES)
    targets = several.settings.of_worker("reporting")["SCRAPE_TARGETS"].split(",")
    wanted = {f"intake=http://127.0.0.1:{several.ports[name]}/metrics" for name in ("intake", "intake.2")}
    assert wanted < set(targets)
    assert len(targets) == 21


def test_aftercare_is_not_told_to_watch_today_where_past_years_are_played(stack: LocalStack) -> None:
    assert stack.installation.settings.of_worker("aftercare")["WATCH_SECONDS"] == "0"


def test_data_survive_the_death_of_every_process(stack: LocalStack, notes: str) -> None:
    kill_all(lambda: processes(stack))
    stack.up()
    with psycopg.connect(notes) as connection:
        assert connection.execute("SELECT words FROM notes").fetchall() == [("kept",)]


def test_credentials_stay_the_same_over_a_restart_but_for_what_is_rotated(stack: LocalStack) -> None:
    before = logins(stack)
    rotate(stack, "PASSWORDS", "begin")
    secrets = (stack.installation.directory / "secrets.json").read_text()
    stack.up()
    assert (stack.installation.directory / "secrets.json").read_text() == secrets
    assert [url for url in before if lets_in(url)] == []
    rotate(stack, "PASSWORDS", "end")
    assert stack.upgrade() == []


def test_it_comes_up_after_only_the_supervisor_has_died(stack: LocalStack) -> None:
    supervisor = stack.supervisor.pid
    assert supervisor is not None
    os.kill(supervisor, signal.SIGKILL)
    stack.up()
    assert stack.is_up()


@pytest.mark.parametrize("process", ["postgres", "broker", "identity"])
def test_a_crashed_process_is_started_again(stack: LocalStack, process: str) -> None:
    before = stack.supervisor.states()[process]["pid"]
    stack.kill(process)
    checks = {"postgres": stack.installation.cluster.is_ready, "broker": stack.broker_is_ready}
    is_back = checks.get(process, lambda: stack.is_ready(process))
    assert wait_until(lambda: stack.supervisor.states()[process]["pid"] not in (0, before), 30)
    assert wait_until(is_back, 30)


def test_the_broker_keeps_its_messages_over_a_crash(stack: LocalStack) -> None:
    def channel(user: str) -> pika.adapters.blocking_connection.BlockingChannel:
        return pika.BlockingConnection(pika.URLParameters(stack.amqp_url(user))).channel()

    partner = channel("hollands-midden.halt")
    partner.confirm_delivery()
    partner.basic_publish("partner.hollands-midden.halt.in", "", b"{}", pika.BasicProperties(delivery_mode=2))
    stack.kill("broker")
    assert wait_until(lambda: not stack.broker_is_ready(), 10)
    assert wait_until(stack.broker_is_ready, 30)
    deliveries = channel("intake").consume("intake.from.hollands-midden.halt", inactivity_timeout=10)
    assert next(deliveries)[2] == b"{}"


def test_parked_messages_are_seen_to_with_the_settings_of_the_stack(stack: LocalStack) -> None:
    migrate(["intake"], stack.installation.settings, ROOT)

    def parking(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "deploy.local", "--directory", str(stack.installation.directory), "parking"]
        ran = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
        return ran.returncode, ran.stdout + ran.stderr

    assert parking("intake", "list") == (0, "intake: nothing is parked\n")
    who_and_why = ("--who", "K. de Boer", "--why", "agreed with the police")
    assert parking("intake", "discard", "12", *who_and_why) == (2, "intake: no message 12 is parked here\n")
    assert parking("nobody", "list")[0] == 2


def test_the_audit_log_is_checked_with_the_settings_of_the_stack(stack: LocalStack) -> None:
    recorded = LocalStack.recorded(stack.installation.directory)
    assert recorded
    migrate(recorded.services, stack.installation.settings, ROOT)

    def audit(*arguments: str) -> tuple[int, list[str]]:
        command = [sys.executable, "-m", "deploy.local", "--directory", str(stack.installation.directory), "audit"]
        ran = subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)
        return ran.returncode, (ran.stdout + ran.stderr).splitlines()

    unchanged = "0 rows are as they were written; 0 wait for a seal; there is no seal"
    assert audit() == (0, [f"{service}: {unchanged}" for service in recorded.services])
    assert audit("check", "intake") == (0, [f"intake: {unchanged}"])
    assert audit("seal", "intake") == (0, ["intake: 0 seals added"])


def test_a_running_platform_takes_new_passwords_and_refuses_the_old_ones(stack: LocalStack, notes: str) -> None:
    before, partner = logins(stack), stack.amqp_url("hollands-midden.halt")
    pids = {name: state["pid"] for name, state in stack.supervisor.states().items()}
    open_before = pika.BlockingConnection(pika.URLParameters(stack.amqp_url("intake")))
    with open_before, psycopg.connect(notes, autocommit=True) as database:
        rotate(stack, "PASSWORDS", "begin")
        assert stack.upgrade() == ["desk"]  # the only process of this stack that has a password
        assert [url for url in before if lets_in(url)] == []
        assert [url for url in logins(stack) if not lets_in(url)] == []
        assert lets_in(partner)
        database.execute("SELECT 1")
        open_before.channel()
    rotate(stack, "PASSWORDS", "end")
    assert stack.upgrade() == []
    now = {name: state["pid"] for name, state in stack.supervisor.states().items()}
    assert {name for name, pid in now.items() if pid != pids[name]} == {"desk"}


def test_the_broker_takes_another_cookie_while_it_runs(stack: LocalStack) -> None:
    broker = stack.installation.broker
    before = (broker.directory / ".erlang.cookie").read_text()
    try:
        broker.take_cookie("another-cookie")
        assert "another-cookie" in broker.control("eval", "erlang:get_cookie().")
        (broker.directory / ".erlang.cookie").write_text(before)
        with pytest.raises(RuntimeError):
            broker.control("status")
    finally:
        (broker.directory / ".erlang.cookie").write_text("another-cookie")
        broker.take_cookie(before)


def test_who_can_sign_in_is_printed_and_can(stack: LocalStack) -> None:
    assert re.search(rf"samira +{provider_of(stack).password('samira')}  Samira Haddouchi", stack.who_can_sign_in())
    assert provider_of(stack).access_token("samira")


def test_nobody_can_sign_in_where_nobody_asked_for_it(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "stack", ports.free(), HOUSES)
    installation.prepare()
    assert LocalStack(installation.directory, installation.ports).who_can_sign_in() == ""
    assert installation.credentials.persons == {}
    assert "OIDC_ISSUER" not in installation.settings.of_worker("intake")
    installation.remove()


def test_services_are_told_the_provider_whose_tokens_they_take(stack: LocalStack) -> None:
    told = stack.installation.settings.of_worker("intake")
    discovery = requests.get(f"{told['OIDC_ISSUER']}/.well-known/openid-configuration", timeout=10).json()
    assert (discovery["issuer"], discovery["jwks_uri"]) == (told["OIDC_ISSUER"], told["OIDC_KEYS_URL"])


def test_a_new_signing_key_is_taken_over_and_everybody_stays_signed_in(stack: LocalStack) -> None:
    provider = provider_of(stack)
    visit = Visit(provider)
    visit.sign_in("samira")
    [old] = provider.published_keys()
    for step, keys in (("begin", 2), ("switch", 2), ("end", 1)):
        rotate(stack, "IDENTITY_KEY", step)
        assert stack.upgrade() == []
        assert wait_until(lambda keys=keys: len(provider.published_keys()) == keys, 10)  # type: ignore[misc]
    assert provider.published_keys() != [old]
    assert visit.open().headers["Location"].startswith(provider.desk_url)


def test_who_could_sign_in_still_can_after_the_command_is_run_again(stack: LocalStack) -> None:
    recorded = LocalStack.recorded(stack.installation.directory)
    assert recorded
    assert recorded.who_can_sign_in() == stack.who_can_sign_in()


def test_a_partner_gets_a_new_password_without_anybody_else(stack: LocalStack) -> None:
    partner, others = stack.amqp_url("hollands-midden.halt"), logins(stack)
    rotate(stack, "hollands-midden.halt", "begin")
    assert lets_in(partner)
    stack.upgrade()
    assert not lets_in(partner)
    assert lets_in(stack.amqp_url("hollands-midden.halt"))
    assert logins(stack) == others


def test_programs_that_are_no_part_of_this_version_are_left_alone_and_named(stack: LocalStack) -> None:
    configuration = stack.installation.directory / "supervisord.conf"
    configuration.write_text(f"{configuration.read_text()}\n[program:another]\ncommand = sleep 600\n")
    stack.supervisor.changes()
    stack.supervisor.replace("another")
    before = {name: state["pid"] for name, state in stack.supervisor.states().items()}
    with pytest.raises(NotReplaceable, match=r"(?s)another .* make stop && make up"):
        stack.upgrade()
    assert {name: state["pid"] for name, state in stack.supervisor.states().items()} == before
    stack.up()


def test_the_broker_is_replaced_when_its_configuration_is_another(stack: LocalStack, notes: str) -> None:
    before = {name: state["pid"] for name, state in stack.supervisor.states().items()}
    advanced = stack.installation.broker.directory / "advanced.config"
    advanced.write_text("[{rabbit, [{quorum_tick_interval, 4000}]}].\n")
    assert stack.upgrade() == ["broker"]
    assert stack.upgrade() == []
    after = {name: state["pid"] for name, state in stack.supervisor.states().items()}
    assert {name for name, pid in after.items() if pid != before[name]} == {"broker"}
    advanced.unlink()


def test_each_name_is_a_platform_of_its_own() -> None:
    def lines(*arguments: str) -> str:
        return subprocess.run(["make", "-n", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert "--directory 'build/local' up\n" in re.sub(" +\n", "\n", lines("up"))
    assert "--directory 'build/second' up" in lines("up", "NAME=second")
    assert "--free-ports" in lines("up", "NAME=second")
    for command in ("stop", "down", "status"):
        assert f"--directory 'build/second' {command}" in lines(command, "NAME=second")
    with pytest.raises(subprocess.CalledProcessError):
        lines("down", "NAME=../..")


def test_down_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    directory = tmp_path / "stack"
    with LocalStack(directory, ports.free(), services=()) as stack:
        data = stack.installation.data
        assert len(processes(stack)) > 5
    assert not processes(stack)
    assert not directory.exists()
    assert not data.exists()
    assert not stack.supervisor.socket.exists()


STARTED_AND_KILLED = """
import os, signal, sys
from pathlib import Path
from deploy.local import ports
from deploy.local.stack import LocalStack
stack = LocalStack(Path(sys.argv[1]), ports.free(), services=())
{start}
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def left_behind(tmp_path: Path) -> Iterator[Callable[[str], LocalStack]]:
    """`left_behind("stack.up()")`: a stack, after the process that started it in that way was killed."""
    directory = tmp_path / "stack"

    def left_behind(start: str) -> LocalStack:
        command = [sys.executable, "-c", STARTED_AND_KILLED.format(start=start), str(directory)]
        assert subprocess.run(command, cwd=ROOT, timeout=100).returncode == -signal.SIGKILL
        return LocalStack.recorded(directory) or LocalStack(directory, ports.free(), services=())

    yield left_behind
    LocalStack(directory, ports.free(), services=()).down()


def test_a_stack_that_was_up_for_a_block_goes_with_the_process_of_the_block(
    left_behind: Callable[[str], LocalStack],
) -> None:
    stack = left_behind("stack.__enter__()")
    assert wait_until(lambda: not processes(stack) and not stack.installation.directory.exists(), 30)
    assert not stack.installation.data.exists()


def test_a_stack_that_was_brought_up_stays_without_the_process_that_did_it(
    left_behind: Callable[[str], LocalStack],
) -> None:
    stack = left_behind("stack.up()")
    time.sleep(1)  # a guard would need less
    assert stack.broker_is_ready() and stack.installation.cluster.is_ready()


def test_a_taken_port_is_named_with_who_wants_it_and_what_to_do(tmp_path: Path) -> None:
    wanted = ports.free()
    with socket.socket() as other:
        other.bind(("127.0.0.1", wanted["postgres"]))
        other.listen()
        with pytest.raises(PortsError) as refused:
            LocalStack(tmp_path, wanted, services=()).up()
    for word in (str(wanted["postgres"]), "postgres", "KETENHUIS_POSTGRES_PORT"):
        assert word in str(refused.value)


def test_a_port_can_be_set_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENHUIS_INTAKE_RELAY_PORT", "9123")
    assert ports.configured() == {**ports.DEFAULTS, "intake-relay": 9123}
    monkeypatch.setenv("KETENHUIS_INTAKE_RELAY_PORT", "many")
    with pytest.raises(PortsError, match="KETENHUIS_INTAKE_RELAY_PORT"):
        ports.configured()
