"""`python -m deploy.rotation <secrets.json> <key> <step>`: one step in the rotation of a key, or of the API tokens.

Each step changes the file alone. After each step the processes are started again, one after the other, with the new
settings (docs/keys.md).
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_urlsafe

from deploy.credentials import INTAKE_KEYS, Credentials, draw_key, write_private

MESSAGE_KEY, API_TOKENS = "MESSAGE_KEY", "API_TOKENS"


class WrongStep(Exception):
    """The step does not follow on the one before."""


def begun(keys: str) -> str:
    """A new key beside the key in use: every process can open what the new one is going to seal."""
    if "," in keys:
        raise WrongStep("this key is being rotated already")
    return f"{keys},{draw_key(_number(keys) + 1)}"


def switched(keys: str) -> str:
    """The new key in use, and the old one beside it."""
    old, comma, new = keys.partition(",")
    if not comma or _number(new) < _number(old):
        raise WrongStep("begin first: no new key stands behind the key in use")
    return f"{new},{old}"


def ended(keys: str) -> str:
    """The new key alone."""
    new, comma, old = keys.partition(",")
    if not comma or _number(new) < _number(old):
        raise WrongStep("switch first: no old key stands behind the key in use")
    return new


STEPS: dict[str, Callable[[str], str]] = {"begin": begun, "switch": switched, "end": ended}


def rotated(credentials: Credentials, key: str, step: str) -> Credentials:
    """The credentials after this step. MESSAGE_KEY: those of all services. Raises WrongStep."""
    if key == API_TOKENS:
        return _with_tokens(credentials, step)
    change = STEPS[step]
    if key == MESSAGE_KEY:
        changed = {service: change(keys) for service, keys in credentials.message_keys.items()}
        return replace(credentials, message_keys=changed)
    return replace(credentials, intake_keys=credentials.intake_keys | {key: change(credentials.intake_keys[key])})


def _with_tokens(credentials: Credentials, step: str) -> Credentials:
    """begin: new tokens, and those in use stay valid. end: the new ones alone."""
    former = credentials.former_tokens
    if step == "switch" or (step == "begin") == bool(former):
        raise WrongStep("tokens are rotated in two steps: begin and end")
    if step == "end":
        return replace(credentials, former_tokens={})
    drawn = {house: {role: token_urlsafe() for role in tokens} for house, tokens in credentials.tokens.items()}
    return replace(credentials, tokens=drawn, former_tokens=credentials.tokens)


def _number(key: str) -> int:
    """A key of the time before numbers comes before the first."""
    number, colon, _ = key.partition(":")
    return int(number) if colon else 0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.rotation", description=__doc__)
    parser.add_argument("secrets", type=Path)
    parser.add_argument("key", choices=(MESSAGE_KEY, *INTAKE_KEYS, API_TOKENS))
    parser.add_argument("step", choices=STEPS)
    asked = parser.parse_args()
    try:
        credentials = rotated(Credentials.read(asked.secrets), asked.key, asked.step)
    except WrongStep as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_private(asked.secrets, json.dumps(asdict(credentials), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
