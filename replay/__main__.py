"""`python -m replay prepare|play|compare|leave`: a house profile that fits a year, the year played on the local stack,
its report beside the published figures, and decisions left to people."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from deploy.local.__main__ import DIRECTORY
from deploy.local.installation import ROOT
from deploy.local.stack import LocalStack
from replay.account import read_account
from replay.compare import compare, exit_status, figures, in_published_shape
from replay.house import load_house
from replay.leave import leave
from replay.left import as_lines, left_to_do
from replay.planner import plan
from replay.players.platform import Desk, Platform, PlayFailed
from replay.players.play import Play, Players
from replay.profile import prepare
from replay.published import FUND, PublishedError, Year, read_year
from replay.script import CannotPlan, Script
from replay.table import as_text
from shared.configuration import ProfilesError

SETTLE_SECONDS = 20.0
"""A report that differs and has not changed for so long will not change any more."""
FAILED, WRONG_INPUT = 1, 2


def main() -> int:
    """The command line; gives the exit status."""
    asked = _arguments()
    try:
        year = _playable(read_year(asked.year))
        if asked.command == "prepare":
            _say(f"Profile of the house: {prepare(year, asked.shipped, asked.houses)}")
            return 0
        stack = _stack(asked.directory)
        house = load_house(stack.installation.houses / f"{year.house}.toml")
        if asked.command == "leave":
            _say(leave(stack, house, year.year))
            return 0
        script = plan(year, house)
        if asked.command == "play":
            play(script, stack)
        return show_report(year, script, stack, asked.report or ROOT / "build" / f"report-{year.year}.json")
    except (PublishedError, ProfilesError, CannotPlan, NotUp) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_INPUT
    except PlayFailed as error:
        sys.stderr.write(f"The replay stopped: {error}\n")
        return FAILED


class NotUp(Exception):
    """No platform to play on."""


def play(script: Script, stack: LocalStack) -> None:
    """Play the year, and show how far it is."""
    performance = Play(script, Players.of(stack, script.house))
    with tqdm(total=performance.length, desc=f"{script.house.house} {script.year.year}", unit=" steps") as progress:
        for done in performance.perform():
            progress.update(done)


def show_report(year: Year, script: Script, stack: LocalStack, file: Path) -> int:
    """Print the report beside the published figures, and who can sign in; write the report; gives the exit status."""
    report = settled_report(stack, script)
    file.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps(in_published_shape(year, report), ensure_ascii=False, indent=1)
    file.write_text(f"{written}\n", encoding="utf-8")
    lines = compare(year, script, report)
    _say(as_text(lines, script))
    _say(as_lines(left_to_do(stack, year.house)))
    _say(f"Report: {file}\n{stack.who_can_sign_in()}")
    return exit_status(lines)


def settled_report(platform: Platform, script: Script) -> dict[str, Any]:
    """The report once it shows what was played, or once it no longer changes."""
    reader = Desk(platform, script.year.house, "reporting", "reader")
    aimed = {figure: count for figure, count in figures(script.year.as_published()).items() if count}
    before: dict[str, Any] = {}
    changed_at = time.monotonic()
    while time.monotonic() - changed_at < SETTLE_SECONDS:
        report: dict[str, Any] = reader.get(f"/v1/management-reports/{script.year.year}")
        if script.fund_year and (published := script.year.account):
            report[FUND] = asdict(read_account(platform, script.year.house, script.year.year, published))
        if aimed.items() <= figures(report).items():
            return report
        if report != before:
            before, changed_at = report, time.monotonic()
        time.sleep(0.5)
    return before


def _stack(directory: Path) -> LocalStack:
    stack = LocalStack.recorded(directory)
    if stack is None or not stack.is_up():
        raise NotUp("The platform is not up: `make up` starts it.")
    return stack


def _playable(year: Year) -> Year:
    """The year, when it has passed: nobody can report what is in the future."""
    if year.year >= datetime.now(UTC).year:
        raise CannotPlan(f"{year.year} is not over yet, so it cannot be played")
    return year


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m replay", description=__doc__)
    parser.add_argument("command", choices=["prepare", "play", "compare", "leave"])
    parser.add_argument("--year", type=Path, required=True, help="the published year's file")
    parser.add_argument("--shipped", type=Path, default=ROOT / "houses", help="prepare: the shipped profiles")
    parser.add_argument(
        "--houses", type=Path, default=ROOT / "build" / "houses", help="prepare: where the profiles to run with go"
    )
    parser.add_argument("--directory", type=Path, default=DIRECTORY, help="where the local stack's files are")
    parser.add_argument("--report", type=Path, help="where the report goes (default: build/report-<year>.json)")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
