"""`python -m tests.cases FILE [--running]`: one case, step by step, on a platform of its own or on the running one."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from deploy.local import ports
from deploy.local.__main__ import DIRECTORY
from deploy.local.stack import LocalStack, NotReady
from replay.players.platform import PlayFailed
from tests.cases.case import BadCase, at, read_case
from tests.cases.runner import Taken, running

AS_EXPECTED, NOT_AS_EXPECTED, NO_CASE = 0, 1, 2


def main() -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__)
    parser.add_argument("file", type=Path, help="the case, or a folder with its input.json")
    parser.add_argument("--running", action="store_true", help="on the platform that `make up` started")
    asked = parser.parse_args()
    try:
        case = read_case(asked.file)
        with _platform(running=asked.running) as platform, running(platform, case) as runner:
            wrong = sum(_tell(taken) for taken in runner.steps())
    except (BadCase, PlayFailed, NotReady, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return NO_CASE
    _say(f"{wrong} values are not as expected." if wrong else "Nothing is otherwise than expected.")
    return NOT_AS_EXPECTED if wrong else AS_EXPECTED


@contextmanager
def _platform(*, running: bool) -> Iterator[LocalStack]:
    if running:
        stack = LocalStack.recorded(DIRECTORY)
        if stack is None or not stack.is_up():
            raise BadCase("the platform is not up: `make up` starts it")
        yield stack
        return
    _say("Starting a platform for this case; this takes about half a minute.")
    with TemporaryDirectory() as directory, LocalStack(Path(directory) / "stack", ports.free()) as stack:
        yield stack


def _tell(taken: Taken) -> int:
    """Print a step; gives how many values are not as expected."""
    _say(f"- {taken.put} {taken.step.says}".rstrip())
    shown = {path: at(path, taken.gave) for path in taken.step.show}
    if not shown or at("errors", taken.gave):
        shown = taken.gave
    if shown != {}:
        _say(f"    {json.dumps(shown, ensure_ascii=False)}")
    for sentence in taken.wrong:
        _say(f"    NOT AS EXPECTED: {sentence}")
    return len(taken.wrong)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
