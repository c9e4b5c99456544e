"""Cleans up after a process that is killed and so cannot do it itself. Linux only."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

# `read` succeeds when the block has ended in order and fails at the end of its input: when the writer is gone.
WAIT = 'read -r ended || exec "$@"'


@contextmanager
def guarded(command: Sequence[str | Path], directory: Path) -> Iterator[None]:
    """Run the command in the directory if this process is killed inside the block.

    A guard waits at the other end of a pipe. The kernel closes the pipe when this process ends, however it ends. The
    guard is in a session of its own, so that a signal to the process group of this process does not reach the guard.
    """
    with subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", WAIT, "guard", *command],
        cwd=directory,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as guard:
        try:
            yield
        finally:
            assert guard.stdin is not None
            with suppress(BrokenPipeError):  # somebody has ended the guard
                guard.stdin.write(b"ended\n")
                guard.stdin.flush()
