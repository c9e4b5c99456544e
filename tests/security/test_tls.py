"""With TLS switched on: who has a certificate of the house's CA and a password gets in, and nobody else."""

import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pika
import psycopg
import pytest
from nameko.containers import ServiceContainer
from pika.exceptions import IncompatibleProtocolError, ProbableAuthenticationError

from deploy.certificates import AUTHORITY, LIFE, Certificates, Issued
from deploy.local import ports
from deploy.local.installation import ROOT
from deploy.local.stack import LocalStack
from services.intake.service import Intake
from services.intake.settings import IntakeSettings
from shared.configuration import from_environment
from shared.messaging.entrypoint import BatchQueueConsumer
from shared.messaging.relay_settings import RelaySettings
from shared.runner import nameko_config
from shared.testing.waiting import wait_until
from shared.tls_files import TlsFiles

Connects = Callable[[LocalStack, int], None]

POLICE, HALT = "hollands-midden.nationale-politie", "hollands-midden.halt"
GUIDE = (ROOT / "docs/partners.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    directory = tmp_path_factory.mktemp("tls") / "stack"
    with LocalStack(directory, ports.free(), services=("intake",), tls=True) as stack:
        yield stack


@pytest.fixture(scope="module")
def certificates(stack: LocalStack) -> Certificates:
    assert stack.installation.certificates
    return stack.installation.certificates


@pytest.fixture(scope="module")
def authority(certificates: Certificates) -> Issued:
    """The CA of the stack, for certificates that it should not have signed."""
    return Issued.read(certificates.directory, AUTHORITY)


def log_in(url: str) -> None:
    pika.BlockingConnection(pika.URLParameters(url)).close()


def shown_at_the_broker(stack: LocalStack, tls: TlsFiles) -> str:
    """The URL of a partner that shows this certificate, with the right password."""
    return f"{stack.installation.settings.broker_url(HALT)}?{tls.in_amqp_url()}"


def shown_at_the_database(stack: LocalStack, query: str) -> str:
    """The URL of intake's role with the right password and another query."""
    return f"{stack.database_url('intake').partition('?')[0]}?{query}"


def of_another_authority(stack: LocalStack, name: str, directory: Path) -> TlsFiles:
    others = Certificates(directory)
    others.provide([name], datetime.now(UTC))
    return others.of(name)._replace(ca=stack.installation.directory / "certificates/ca.pem")


def test_a_partner_gets_in_with_its_certificate_and_its_password(stack: LocalStack) -> None:
    log_in(stack.amqp_url(HALT))


def test_a_certificate_without_the_password_does_not_get_in(stack: LocalStack) -> None:
    password = stack.installation.credentials.broker[HALT]
    with pytest.raises(ProbableAuthenticationError):
        log_in(stack.amqp_url(HALT).replace(password, "wrong"))


def test_a_link_in_the_clear_is_refused(stack: LocalStack) -> None:
    with pytest.raises(IncompatibleProtocolError):
        log_in(stack.installation.settings.broker_url(HALT).replace("amqps:", "amqp:"))


def test_a_client_without_a_certificate_is_refused(stack: LocalStack, certificates: Certificates) -> None:
    checks_only = quote(repr({"ca_certs": str(certificates.of(HALT).ca)}))
    with pytest.raises(IncompatibleProtocolError):
        log_in(f"{stack.installation.settings.broker_url(HALT)}?ssl_options={checks_only}")


def test_a_certificate_of_another_authority_is_refused(stack: LocalStack, tmp_path: Path) -> None:
    with pytest.raises(IncompatibleProtocolError):
        log_in(shown_at_the_broker(stack, of_another_authority(stack, HALT, tmp_path / "other")))


@pytest.mark.parametrize(("age", "refused"), [(LIFE + timedelta(days=1), True), (LIFE - timedelta(days=1), False)])
def test_a_certificate_is_refused_once_it_has_expired(
    stack: LocalStack, authority: Issued, certificates: Certificates, age: timedelta, refused: bool
) -> None:
    authority.issue(HALT, datetime.now(UTC) - age).write(certificates.directory, "old")
    with pytest.raises(IncompatibleProtocolError) if refused else nullcontext():
        log_in(shown_at_the_broker(stack, certificates.of("old")))


def test_the_certificate_of_the_server_does_not_serve_a_client(stack: LocalStack, certificates: Certificates) -> None:
    with pytest.raises(IncompatibleProtocolError):
        log_in(shown_at_the_broker(stack, certificates.of("server")))


@contextmanager
def impostor(tls: TlsFiles) -> Iterator[int]:
    """A server that is not the broker, on the port that it gives."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tls.certificate, tls.key)

    def greet(listener: socket.socket) -> None:
        with suppress(OSError):
            while link := listener.accept()[0]:
                with suppress(ssl.SSLError):
                    context.wrap_socket(link, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        greeting = Thread(target=greet, args=(listener,), daemon=True)
        greeting.start()
        yield listener.getsockname()[1]


def worker_connects(stack: LocalStack, port: int) -> None:
    """As intake's worker does it, to this port."""
    settings = from_environment(IntakeSettings, at(port, stack.installation.settings.of_worker("intake")))
    container = ServiceContainer(Intake, nameko_config(settings))
    consumer = next(each for each in container.extensions if isinstance(each, BatchQueueConsumer))
    with consumer.connection as connection:
        connection.connect()


def relay_connects(stack: LocalStack, port: int) -> None:
    settings = from_environment(RelaySettings, at(port, stack.installation.settings.of_relay("intake")))
    pika.BlockingConnection(settings.broker_parameters()).close()


def partner_connects(stack: LocalStack, port: int) -> None:
    log_in(at(port, {"BROKER_URL": stack.amqp_url(HALT)})["BROKER_URL"])


def at(port: int, environment: dict[str, str]) -> dict[str, str]:
    """The environment with another port of the broker."""
    return environment | {"BROKER_URL": re.sub(r"(?<=@127.0.0.1:)\d+", str(port), environment["BROKER_URL"])}


CLIENTS = [worker_connects, relay_connects, partner_connects]


@pytest.mark.parametrize("connects", CLIENTS)
def test_a_client_goes_on_to_the_broker_itself(stack: LocalStack, connects: Connects) -> None:
    connects(stack, stack.installation.ports["broker"])


@pytest.mark.parametrize("connects", CLIENTS)
def test_a_client_does_not_take_a_server_of_another_name_for_the_broker(
    stack: LocalStack, authority: Issued, certificates: Certificates, connects: Connects
) -> None:
    authority.issue("elsewhere", datetime.now(UTC), hosts=("elsewhere",)).write(certificates.directory, "elsewhere")
    with impostor(certificates.of("elsewhere")) as port, pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        connects(stack, port)


@pytest.mark.parametrize("connects", CLIENTS)
def test_a_client_does_not_take_a_partner_for_the_broker(
    stack: LocalStack, certificates: Certificates, connects: Connects
) -> None:
    with impostor(certificates.of(POLICE)) as port, pytest.raises(ssl.SSLCertVerificationError, match="purpose"):
        connects(stack, port)


def test_the_databases_take_only_the_certificate_of_the_role_that_logs_in(
    stack: LocalStack, certificates: Certificates, tmp_path: Path
) -> None:
    foreign = of_another_authority(stack, "intake", tmp_path / "other")
    refused = {
        "in the clear": "sslmode=disable",
        "no certificate": f"sslmode=verify-full&sslrootcert={certificates.of('intake').ca}",
        "another role's": certificates.of("weighing").in_database_url(),
        "another authority's": foreign.in_database_url(),
    }
    psycopg.connect(shown_at_the_database(stack, certificates.of("intake").in_database_url())).close()
    for shown, query in refused.items():
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(shown_at_the_database(stack, query))
            pytest.fail(f"got in: {shown}")


def quick_start(stack: LocalStack) -> subprocess.CompletedProcess[str]:
    """What docs/partners.md tells a partner to do with TLS, on this stack."""
    [example] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    shell = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    shell = shell.replace("build/local", str(stack.installation.directory))
    shell = shell.replace(":5680", f":{stack.installation.ports['broker']}")
    command = ["sh", "-euc", f'{shell}\nexec "$0" -c "$1"', sys.executable, example]
    return subprocess.run(command, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=60)


def test_a_notice_goes_in_and_its_receipt_comes_out_also_after_a_crash_of_the_broker(stack: LocalStack) -> None:
    before = quick_start(stack)
    stack.kill("broker")
    assert wait_until(lambda: not stack.is_ready("intake"), 10)
    assert wait_until(lambda: stack.broker_is_ready() and stack.is_up(), 45)
    for ran in (before, quick_start(stack)):
        assert ran.stderr == ""
        assert ran.stdout.startswith("nl.ketenhuis.messages.accepted.v1")


def test_keys_are_for_their_owner_only(stack: LocalStack) -> None:
    keys = [*stack.installation.directory.rglob("*.key"), *stack.installation.data.rglob("*.key")]
    assert {key.name for key in keys} >= {"ca.key", "server.key", f"{POLICE}.key"}
    assert [key for key in keys if key.stat().st_mode & 0o077] == []


def test_who_comes_later_knows_that_it_is_on(stack: LocalStack) -> None:
    later = LocalStack.recorded(stack.installation.directory)
    assert later
    log_in(later.amqp_url(HALT))
