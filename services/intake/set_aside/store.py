"""Referrals that wait until a person has decided whom they are about."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.intake.set_aside.rules import SetAside
from shared.postgres import Store, as_row, load_queries


class Waiting(NamedTuple):
    """A referral on which nobody has decided yet."""

    referral_id: UUID
    kind: str
    referrer: str
    received_on: date
    set_aside_at: datetime


class SetAsideStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_set_aside(self, waiting: SetAside) -> None:
        self.execute("add_set_aside", as_row(waiting) | {"conflicts_with": list(waiting.conflicts_with)})

    def set_aside_before(self, house: str, told: Sequence[bytes]) -> SetAside | None:
        """What became of the same statement, if it was set aside before."""
        return self.fetch_one("set_aside_before", {"house": house, "told": list(told)}, _set_aside)

    def waiting(self, house: str) -> list[Waiting]:
        return self.fetch_all("waiting", {"house": house}, Waiting)

    def set_aside(self, house: str, referral_id: UUID) -> SetAside | None:
        return self.fetch_one("set_aside", {"house": house, "referral_id": referral_id}, _set_aside)

    def set_aside_to_decide(self, house: str, referral_id: UUID) -> SetAside | None:
        """The same, locked."""
        return self.fetch_one("set_aside_to_decide", {"house": house, "referral_id": referral_id}, _set_aside)

    def withdraw(self, referral_id: UUID, *, by: str, at: datetime, because: bytes | None) -> None:
        """because: sealed."""
        self.execute("withdraw", {"referral_id": referral_id, "by": by, "at": at, "because": because})

    def decide(
        self, referral_id: UUID, *, decision: str, subject_id: UUID, by: str, at: datetime, because: bytes
    ) -> None:
        row = {"referral_id": referral_id, "decision": decision, "subject_id": subject_id, "because": because}
        self.execute("decide", row | {"decided_by": by, "decided_at": at})


def _set_aside(**columns: Any) -> SetAside:
    return SetAside(**columns | {"conflicts_with": tuple(columns["conflicts_with"])})
