"""`python -m deploy.rotation <secrets.json> <secret> <step>`: one step in the rotation of a key, passwords or tokens.

`secret` is a key, `API_TOKENS`, `PASSWORDS` (all but those of partners and of invented persons), or a partner's user at
the broker, such as `hollands-midden.halt`. Each step changes the file alone; docs/keys.md says how the platform takes
it over.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_urlsafe

from deploy.credentials import INTAKE_KEYS, MASTER_KEY, Credentials, draw_key, write_private

MESSAGE_KEY, SESSION_KEY, IDENTITY_KEY = "MESSAGE_KEY", "SESSION_KEY", "IDENTITY_KEY"
API_TOKENS, PASSWORDS = "API_TOKENS", "PASSWORDS"


class WrongStep(Exception):
    """The step does not follow on the one before."""


class UnknownSecret(Exception):
    """Neither a key, nor tokens, nor passwords, nor a partner's user has this name."""


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


def rotate(file: Path, secret: str, step: str) -> None:
    """Do this step in the file. Raises WrongStep or UnknownSecret, and then changes nothing."""
    credentials = rotated(Credentials.read(file), secret, step)
    write_private(file, json.dumps(asdict(credentials), indent=1))


def rotated(credentials: Credentials, secret: str, step: str) -> Credentials:
    """The credentials after this step; MESSAGE_KEY and MASTER_KEY of all services. Raises WrongStep, UnknownSecret."""
    if secret == API_TOKENS:
        return _with_tokens(credentials, step)
    if secret == PASSWORDS:
        return _with_passwords(credentials, step)
    if secret in _partners(credentials):
        return _with_password(credentials, secret, step)
    change = STEPS[step]
    if secret == MESSAGE_KEY:
        return replace(credentials, message_keys=_changed(credentials.message_keys, change))
    if secret == MASTER_KEY:
        return replace(credentials, master_keys=_changed(credentials.master_keys, change))
    if secret == SESSION_KEY:
        return replace(credentials, session_key=change(credentials.session_key))
    if secret == IDENTITY_KEY and credentials.identity_key:
        return replace(credentials, identity_key=change(credentials.identity_key))
    if secret not in INTAKE_KEYS:
        known = (MESSAGE_KEY, MASTER_KEY, *INTAKE_KEYS, SESSION_KEY, IDENTITY_KEY, API_TOKENS, PASSWORDS)
        raise UnknownSecret(f"{secret} is no secret: {', '.join(known)}")
    return replace(credentials, intake_keys=credentials.intake_keys | {secret: change(credentials.intake_keys[secret])})


def _changed(keys: Mapping[str, str], change: Callable[[str], str]) -> dict[str, str]:
    """keys: by service."""
    return {service: change(key) for service, key in keys.items()}


def _with_tokens(credentials: Credentials, step: str) -> Credentials:
    """begin: new tokens, and those in use stay valid. end: the new ones alone."""
    _check_follows(step, credentials.former_tokens)
    if step == "end":
        return replace(credentials, former_tokens={})
    tokens = {house: _drawn(tokens) for house, tokens in credentials.tokens.items()}
    return replace(credentials, tokens=tokens, former_tokens=credentials.tokens)


def _with_passwords(credentials: Credentials, step: str) -> Credentials:
    """begin: new passwords; the superusers' former ones are kept to enter with. end: the new ones alone."""
    _check_follows(step, credentials.former_postgres)
    if step == "end":
        return replace(credentials, former_postgres={})
    return replace(
        credentials,
        postgres=_drawn(credentials.postgres),
        former_postgres=credentials.postgres,
        databases=_drawn(credentials.databases),
        broker=credentials.broker | _drawn(credentials.broker.keys() - _partners(credentials)),
        cookie=token_urlsafe(),
    )


def _with_password(credentials: Credentials, partner: str, step: str) -> Credentials:
    """A partner's new password."""
    if step != "begin":
        raise WrongStep("a partner's password is rotated in one step: begin")
    return replace(credentials, broker=credentials.broker | _drawn([partner]))


def _check_follows(step: str, former: Mapping[str, object]) -> None:
    """Raises WrongStep."""
    if step == "switch" or (step == "begin") == bool(former):
        raise WrongStep("tokens and passwords are rotated in two steps: begin and end")


def _drawn(names: Iterable[str]) -> dict[str, str]:
    return {name: token_urlsafe() for name in names}


def _partners(credentials: Credentials) -> set[str]:
    """The broker's users that belong to a house: `<house>.<partner>`."""
    return {user for user in credentials.broker if user.partition(".")[0] in credentials.tokens}


def _number(key: str) -> int:
    """A key of the time before numbers comes before the first."""
    number, colon, _ = key.partition(":")
    return int(number) if colon else 0


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.rotation", description=__doc__)
    parser.add_argument("secrets", type=Path)
    parser.add_argument("secret")
    parser.add_argument("step", choices=STEPS)
    asked = parser.parse_args()
    try:
        rotate(asked.secrets, asked.secret, asked.step)
    except (WrongStep, UnknownSecret) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
