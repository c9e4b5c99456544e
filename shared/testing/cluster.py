"""A PostgreSQL cluster of one's own: its own directory and port, on 127.0.0.1 only, with passwords."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from shared.testing.program import Program
from shared.tls_files import SERVER, TlsFiles

SUPERUSER = "postgres"
MEMORY = Path("/dev/shm")  # noqa: S108  a directory in it has an owner, as it has elsewhere

CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
max_connections = 120
# Small, as tools that add up processes count it once for every connection; the kernel caches the rest.
shared_buffers = 16MB
max_wal_size = 256MB
log_line_prefix = '%m [%p] %q%u@%d '
log_error_verbosity = terse
timezone = 'UTC'
log_timezone = 'UTC'
"""
# A commit survives the loss of the machine, or only that of the processes.
DURABLE = "fsync = on\n"
NOT_DURABLE = "fsync = off\nfull_page_writes = off\n"
OVER_TLS = """\
ssl = on
ssl_ca_file = 'ca.pem'
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
"""
# Who may come in, and how; with a certificate, it must be that of the role.
IN_THE_CLEAR_ONLY = "host all all 127.0.0.1/32 scram-sha-256\n"
OVER_TLS_ONLY = "hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-full\n"


@dataclass(frozen=True)
class Cluster:
    """A private cluster that keeps its data in `place_for(directory)`. Call `prepare`, then run its `program`.

    tls: gives the files of the server and of each role, to be reached over TLS only. durable: whether a commit waits
    for the disk. Without that, data survive `kill -9` of every process, but not the loss of the machine.
    former_password: the superuser's, until the running server is given the new one.
    """

    directory: Path
    port: int
    password: str
    tls: Callable[[str], TlsFiles] | None = None
    durable: bool = True
    former_password: str = ""

    def prepare(self) -> None:
        """Makes the cluster unless it is there, and writes its settings."""
        data = self.data
        if not data.exists():
            _initialise(data, self.password)
        configuration = CONFIGURATION.format(port=self.port) + (DURABLE if self.durable else NOT_DURABLE)
        if self.tls:
            _take_over(self.tls(SERVER), data)
            configuration += OVER_TLS
        (data / "postgresql.auto.conf").write_text(configuration)
        (data / "pg_hba.conf").write_text(OVER_TLS_ONLY if self.tls else IN_THE_CLEAR_ONLY)

    @property
    def data(self) -> Path:
        return place_for(self.directory)

    @property
    def program(self) -> Program:
        return Program(
            name="postgres",
            command=[str(_binaries() / "postgres"), "-D", str(self.data)],
            directory=self.data,
            user=_user(),
            stop_signal=signal.SIGINT,  # does not wait for clients to leave
        )

    @property
    def configuration(self) -> tuple[Path, ...]:
        """The files that the server reads when it starts."""
        return (self.data / "postgresql.auto.conf", self.data / "pg_hba.conf")

    def url(self, database: str = "postgres", role: str = SUPERUSER, password: str | None = None) -> str:
        url = f"postgresql://{role}:{password or self.password}@127.0.0.1:{self.port}/{database}"
        return f"{url}?{self.tls(role).in_database_url()}" if self.tls else url

    def is_ready(self) -> bool:
        """Whether it lets the superuser in."""
        return any(map(_is_let_in, filter(None, (self.url(), self.former_url))))

    @property
    def former_url(self) -> str:
        """With the former password; empty without one."""
        return self.url(password=self.former_password) if self.former_password else ""

    def unlock(self) -> None:
        """Removes the lock file of a server that was killed; only for who knows that none runs.

        PostgreSQL takes the killed one for alive as long as nobody has reaped it, in a container perhaps for ever.
        """
        (self.data / "postmaster.pid").unlink(missing_ok=True)


def _is_let_in(url: str) -> bool:
    with suppress(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=5).close()
        return True
    return False


def _initialise(data: Path, password: str) -> None:
    """Makes it beside its place first, so that one that was broken off is never taken for a whole one."""
    unfinished, user = _unfinished(data), _user()
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    with tempfile.NamedTemporaryFile("w") as password_file:
        password_file.write(password)
        password_file.flush()
        if user:
            shutil.chown(unfinished, user, user)
            shutil.chown(password_file.name, user, user)
        _initdb(unfinished, Path(password_file.name), user)
    unfinished.rename(data)


def _take_over(tls: TlsFiles, data: Path) -> None:
    """Copies a server's files to where its user reads them; PostgreSQL refuses a key that others might read."""
    for source, name in ((tls.ca, "ca.pem"), (tls.certificate, "server.pem"), (tls.key, "server.key")):
        copy = data / name
        copy.touch(mode=0o600)
        copy.write_bytes(source.read_bytes())
        if user := _user():
            shutil.chown(copy, user, user)


def remove_cluster(directory: Path) -> None:
    """Deletes the cluster of this directory, which must not run."""
    data = place_for(directory)
    for each in (data, _unfinished(data)):
        shutil.rmtree(each, ignore_errors=True)


def _unfinished(data: Path) -> Path:
    return data.with_name(f"{data.name}.unfinished")


def place_for(directory: Path) -> Path:
    """Where a cluster for this directory lives: there, or at the home of the user postgres.

    PostgreSQL refuses to run as root, so root's clusters belong to the user postgres, who cannot enter what lies below
    a directory that is closed to others, such as /root. What is to be in memory stays there, outside that directory.
    """
    if _user() is None or all(parent.stat().st_mode & stat.S_IXOTH for parent in _existing(directory)):
        return directory
    digest = sha256(str(directory.absolute()).encode()).hexdigest()[:12]
    open_to_it = MEMORY if MEMORY in directory.parents else Path(pwd.getpwnam(SUPERUSER).pw_dir)
    return open_to_it / f"cluster-{digest}"


def _existing(directory: Path) -> list[Path]:
    return [parent for parent in directory.absolute().parents if parent.exists()]


def _user() -> str | None:
    return SUPERUSER if os.geteuid() == 0 else None


def _initdb(data: Path, password_file: Path, user: str | None) -> None:
    subprocess.run(  # noqa: S603
        [
            str(_binaries() / "initdb"),
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
        ],
        cwd=data,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        check=True,
        capture_output=True,
    )


def _binaries() -> Path:
    """The newest PostgreSQL that Debian has put on this machine."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    found = sorted(versions, key=lambda path: int(path.parts[-3]))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed: run make install.")
    return found[-1].parent
