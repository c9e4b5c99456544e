"""What the outside world saw of a round: what it sent, what it heard, what it did."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NO_USER_ID = "no user_id"
ABOVE_COMMITMENT = "an invoice above its commitment"
"""It is judged by aftercare, so it is refused and does not stand parked."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A message that the broker confirmed at least once.

    id: None when nobody can read it. person, number: whose referral it brings, and which of theirs. wrong: the kind of
    poison, None for a right message. times: how often it went out on purpose. weighed: whether what it brings comes to
    a briefing. about: the information request that it answers, the assignment that it reports on, or the case of a
    suspect whom it lists. sealed: of a referral that is sealed later, or was sealed until somebody unsealed it.
    stranger: the name of whom it lists besides. invoice, amount: an invoice's number, and euros. confirmed_at: seconds
    since 1970.
    """

    id: str | None
    user: str
    type: str
    person: str | None = None
    number: int | None = None
    wrong: str | None = None
    times: int = 1
    weighed: bool = False
    about: str | None = None
    sealed: bool = False
    stranger: str | None = None
    invoice: str | None = None
    amount: str | None = None
    confirmed_at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One arrival at a partner; of a repeated event there are several. sequence: its number on the user's stream.

    at: seconds since 1970.
    """

    user: str
    id: str
    type: str
    case_id: str | None
    sequence: int | None
    data: Mapping[str, Any]
    at: float = field(default=0.0, compare=False)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What a person of the house did and was told is done. about: the id of what it was done to.

    tabling, decision, opens (the table that the case goes to): of a decision only. kind, amount: of a booking only.
    case: of a call only. A `correct` is the right decision, in place of the one that was decided before.
    """

    what: str
    about: str
    tabling: int | None = None
    decision: str | None = None
    opens: str | None = None
    kind: str | None = None
    amount: str | None = None
    case: str | None = None


@dataclass(frozen=True, kw_only=True)
class Witness:
    """`sent` in order of first sending, `heard` in order of arrival per user, `done` in order per case.

    failed: what was waited for in vain, or refused.
    """

    house: str
    year: int
    sent: tuple[Sent, ...]
    heard: tuple[Heard, ...]
    done: tuple[Deed, ...]
    failed: tuple[str, ...]

    @property
    def strangers(self) -> list[str]:
        """The names of people of whom the house must know nothing."""
        return [sent.stranger for sent in self.sent if sent.stranger]

    @property
    def sealed(self) -> list[str]:
        """The ids of messages of which others may not see what became."""
        return [sent.id for sent in self.sent if sent.sealed and sent.id]

    @classmethod
    def read(cls, record: Path) -> "Witness":
        told = json.loads(record.read_text())
        return cls(
            house=told["house"],
            year=told["year"],
            sent=tuple(Sent(**each) for each in told["sent"]),
            heard=tuple(map(_heard, told["heard"])),
            done=tuple(map(_deed, told["done"])),
            failed=tuple(told["failed"]),
        )


def _heard(told: Mapping[str, Any]) -> Heard:
    sequence = told["sequence"]
    return Heard(
        user=told["user"],
        id=told["id"],
        type=told["type"],
        case_id=told["caseId"],
        sequence=None if sequence is None else int(sequence),
        data=told["data"],
        at=told["at"],
    )


def _deed(told: Mapping[str, Any]) -> Deed:
    [about] = (value for name, value in told.items() if name.endswith("Id"))
    particulars = {name: told.get(name) for name in ("tabling", "decision", "opens", "kind", "amount", "case")}
    return Deed(what=told["what"], about=about, **particulars)
