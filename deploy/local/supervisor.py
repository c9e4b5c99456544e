"""supervisord: its configuration, and talking to it over its socket."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.credentials import write_private
from deploy.local.processes import mark_of
from shared.testing.program import Program

SOCKET_PATH_LIMIT = 90  # the kernel's is 107, and supervisord adds a suffix while it makes the socket

SUPERVISORD = """\
[supervisord]
pidfile = {directory}/supervisord.pid
logfile = {directory}/logs/supervisord.log
childlogdir = {directory}/logs
user = {user}

[unix_http_server]
file = {socket}
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""

GROUP = """
[group:{name}]
programs = {programs}
priority = {priority}
"""

# A process that cannot start, say because the broker is just being restarted, is tried for more than an hour.
PROGRAM = """
[program:{program.name}]
command = {command}
directory = {program.directory}
environment = {environment}
autostart = {autostart}
autorestart = true
startretries = 100
stopsignal = {signal}
killasgroup = true
stopwaitsecs = 30
redirect_stderr = true
stdout_logfile = {log}
stdout_logfile_maxbytes = 20MB
stdout_logfile_backups = 1
"""


@dataclass(frozen=True)
class Group:
    """Programs that start and stop together; groups stop in the reverse of the order they are given in."""

    name: str
    programs: Sequence[Program]
    autostart: bool


@dataclass(frozen=True)
class Supervisor:
    """The supervisor of the stack in `directory`."""

    directory: Path

    def log_of(self, process: str) -> Path:
        return self.directory / "logs" / f"{process}.log"

    def configure(self, groups: Sequence[Group]) -> None:
        """Writes the configuration, which holds passwords, for its owner only."""
        (self.directory / "logs").mkdir(exist_ok=True)
        parts = [SUPERVISORD.format(directory=self.directory, socket=self.socket, user=os.geteuid())]
        for priority, group in enumerate(groups, start=1):
            names = ",".join(program.name for program in group.programs)
            parts.append(GROUP.format(name=group.name, programs=names, priority=priority))
            parts.extend(self._section(program, group.autostart) for program in group.programs)
        write_private(self._configuration, "".join(parts).replace("%", "%%"))

    def start(self) -> None:
        """Starts it in the background, and the groups that start by themselves."""
        command = [sys.executable, "-m", "supervisor.supervisord", "-c", str(self._configuration)]
        environment = {**os.environ, **mark_of(self.directory)}
        subprocess.run(command, env=environment, cwd=self.directory, check=True)  # noqa: S603

    def start_group(self, name: str) -> None:
        self._ask().startProcessGroup(name, False)

    def stop_process(self, name: str) -> None:
        """Stops one as the supervisor stops all, and waits; it stays down until it is started."""
        self._ask().stopProcess(self._full_name(name))

    def start_process(self, name: str) -> None:
        self._ask().startProcess(self._full_name(name), False)

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

    def _full_name(self, name: str) -> str:
        return f"{self.states()[name]['group']}:{name}"

    def _ask(self) -> Any:
        return ServerProxy("http://localhost", SupervisorTransport(serverurl=f"unix://{self.socket}")).supervisor

    def _section(self, program: Program, autostart: bool) -> str:
        return PROGRAM.format(
            program=program,
            command=" ".join(_quoted(argument) for argument in program.command),
            environment=",".join(f"{key}={_quoted(value)}" for key, value in program.environment.items()),
            autostart=str(autostart).lower(),
            signal=program.stop_signal.name.removeprefix("SIG"),
            log=self.log_of(program.name),
        ) + (f"user = {program.user}\n" if program.user else "")


def _quoted(text: str) -> str:
    return f'"{text}"'
