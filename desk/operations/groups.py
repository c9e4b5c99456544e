"""A group of parked messages as a form names it, and what is done with all of its messages."""

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid5

from werkzeug.exceptions import BadRequest

from desk.form_token import FormToken
from desk.services import Done, Missing, Refused, Services

SEPARATOR = "|"
STEPS = ("replays", "discards")
MOST_CALLS = 200
"""Of one form. A call handles 25 messages that are processed again, or 200 that are deleted."""


@dataclass(frozen=True)
class Group:
    """Messages of a house and sender with the same kind and reason, up to the number `newest`."""

    service: str
    house: str
    sender: str
    kind: str
    reason: str
    newest: int

    @classmethod
    def of(cls, text: str) -> "Group":
        """The group that `named` made this text of. Raises BadRequest."""
        try:
            service, house, sender, kind, reason, newest = text.split(SEPARATOR)
            number = int(newest)
        except ValueError:
            raise BadRequest from None
        if not service.isalpha():
            raise BadRequest
        return cls(service=service, house=house, sender=sender, kind=kind, reason=reason, newest=number)

    @staticmethod
    def named(group: Any) -> str:
        """The value of the box of a group, as reporting tells it."""
        return SEPARATOR.join(str(group[name]) for name in ("service", "house", "sender", "kind", "reason", "newest"))


class Taken(NamedTuple):
    """How many messages were handled, and for how many that was not possible. unfinished: there are more to handle."""

    done: int = 0
    left_out: int = 0
    unfinished: bool = False


def take(services: Services, step: str, state: str, why: str, groups: list[Group], token: FormToken) -> Taken | Refused:
    """Process again or delete all messages of the groups, call after call. Stops at the first refusal."""
    taken, calls = Taken(), 0
    for group in groups:
        after: int | None = 0
        while after is not None:
            if calls == MOST_CALLS:
                return taken._replace(unfinished=True)
            answer = _call(services, step, state, why, group, after, token)
            calls += 1
            if isinstance(answer, Refused):
                return answer
            if isinstance(answer, Missing):
                return taken._replace(unfinished=True)
            taken = Taken(taken.done + answer.data["done"], taken.left_out + answer.data["leftOut"])
            after = answer.data["next"]
    return taken


def _call(
    services: Services, step: str, state: str, why: str, group: Group, after: int, token: FormToken
) -> Done | Refused | Missing:
    body = {
        "why": why,
        "state": state,
        "house": group.house,
        "sender": group.sender,
        "kind": group.kind,
        "reason": group.reason,
        "newest": group.newest,
        "after": after,
    }
    path = f"/v1/operations/parked-message-groups/{group.service}/{step}"
    return services.post("reporting", path, body, key=uuid5(token.key, f"{group} {after}"))
