"""supervisord: its configuration, and talking to it over its socket."""

import os
import subprocess
import tempfile
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.credentials import write_private
from deploy.local.processes import mark_of
from deploy.local.version import PYTHON
from shared.testing.program import Program, inherited
from shared.testing.waiting import wait_until

STOP_SECONDS = 60
LOG_MEGABYTES = 20
GONE: Mapping[str, Any] = {"pid": 0, "statename": "UNKNOWN"}
SOCKET_PATH_LIMIT = 90  # the kernel's is 107, and supervisord adds a suffix while it makes the socket

SUPERVISORD = """\
[supervisord]
pidfile = {directory}/supervisord.pid
logfile = {directory}/logs/supervisord.log
childlogdir = {directory}/logs
umask = 077
user = {user}

[unix_http_server]
file = {socket}
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

# A process that cannot start, say because the broker is just being restarted, is tried for more than an hour.
PROGRAM = """
[program:{program.name}]
command = {command}
directory = {program.directory}
environment = {environment}
priority = {priority}
autostart = {autostart}
autorestart = true
startretries = 100
stopsignal = {signal}
killasgroup = true
stopwaitsecs = 30
redirect_stderr = true
stdout_logfile = {log}
stdout_logfile_maxbytes = {megabytes}MB
stdout_logfile_backups = 1
"""


@dataclass(frozen=True)
class Changes:
    """Names of the programs of which the configuration was written anew since they were started."""

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]


@dataclass(frozen=True)
class Supervisor:
    """The supervisor of the stack in `directory`. Each program is a group of its own, so that it can be replaced."""

    directory: Path

    def log_of(self, process: str) -> Path:
        return self.directory / "logs" / f"{process}.log"

    def configure(self, infrastructure: Sequence[Program], processes: Sequence[Program]) -> None:
        """Writes the configuration, which holds passwords, for its owner only. The infrastructure starts by itself."""
        (self.directory / "logs").mkdir(exist_ok=True)
        parts = [
            SUPERVISORD.format(directory=self.directory, socket=self.socket, user=os.geteuid()),
            *(self._section(program, autostart=True) for program in infrastructure),
            *(self._section(program, autostart=False) for program in processes),
        ]
        write_private(self._configuration, "".join(parts).replace("%", "%%"))

    def start(self) -> None:
        """Starts it in the background, and the programs that start by themselves."""
        command = [PYTHON, "-m", "supervisor.supervisord", "-c", str(self._configuration)]
        environment = inherited() | mark_of(self.directory)
        subprocess.run(command, env=environment, cwd=self.directory, umask=0o077, check=True)  # noqa: S603

    def stop_process(self, name: str) -> None:
        """Stops one as the supervisor stops all, and waits; it stays down until it is started."""
        self._ask().stopProcess(name)

    def start_process(self, name: str) -> None:
        self._ask().startProcess(name, False)

    def stop_together(self, names: Collection[str]) -> None:
        """Stops those of these processes that run, at once, and waits."""
        states = self.states()
        for name in states.keys() & names:
            with suppress(Fault):  # it does not run
                self._ask().stopProcess(f"{states[name]['group']}:{name}", False)
        wait_until(lambda: not any(self.states().get(name, GONE)["pid"] for name in names), STOP_SECONDS)

    def changes(self) -> Changes:
        """What `configure` has changed; nothing of it takes effect before `replace`."""
        return Changes(*self._ask().reloadConfig()[0])

    def replace(self, name: str) -> None:
        """Stops a process and starts it as it is configured now."""
        ask = self._ask()
        if name in self.states():
            with suppress(Fault):  # it does not run
                ask.stopProcess(name)
            ask.removeProcessGroup(name)
        ask.addProcessGroup(name)
        with suppress(Fault):  # it starts by itself
            ask.startProcess(name, False)

    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """supervisord's view of each process by name (`statename`, `pid`, …); empty when it does not run."""
        try:
            return {info["name"]: info for info in self._ask().getAllProcessInfo()}
        except (OSError, Fault):
            return {}

    @property
    def pid(self) -> int | None:
        """The process id it wrote down, whether or not it still runs."""
        try:
            return int((self.directory / "supervisord.pid").read_text())
        except (OSError, ValueError):
            return None

    def forget(self) -> None:
        """Removes what a killed supervisor leaves behind."""
        self.socket.unlink(missing_ok=True)
        (self.directory / "supervisord.pid").unlink(missing_ok=True)

    @property
    def socket(self) -> Path:
        """In the directory, or in the temporary directory when the path would be too long for a socket."""
        near = self.directory / "supervisor.sock"
        if len(str(near)) <= SOCKET_PATH_LIMIT:
            return near
        digest = sha256(str(self.directory).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"supervisor-{digest}.sock"

    @property
    def _configuration(self) -> Path:
        return self.directory / "supervisord.conf"

    def _ask(self) -> Any:
        return ServerProxy("http://localhost", SupervisorTransport(serverurl=f"unix://{self.socket}")).supervisor

    def _section(self, program: Program, autostart: bool) -> str:
        return PROGRAM.format(
            program=program,
            command=" ".join(_quoted(argument) for argument in program.command),
            environment=",".join(f"{key}={_quoted(value)}" for key, value in program.environment.items()),
            autostart=str(autostart).lower(),
            priority=1 if autostart else 2,
            signal=program.stop_signal.name.removeprefix("SIG"),
            log=self.log_of(program.name),
            megabytes=LOG_MEGABYTES,
        ) + (f"user = {program.user}\n" if program.user else "")


def _quoted(text: str) -> str:
    return f'"{text}"'
