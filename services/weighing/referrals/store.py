"""Referrals, each with its place on the agenda."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.weighing.referrals.rules import Measure, Referral, Stated
from shared.postgres import Statements, Store, as_row, load_queries

PLACE = ("referral_id", "tabling", "table_on")


class ReferralStore(Store):
    """Remembers whether a referral is on record, once its transaction has asked.

    With `load_known` a batch asks for all its referrals at once.
    """

    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("put_on_agenda",)

    def __init__(self, statements: Statements) -> None:
        super().__init__(statements)
        self._known: dict[UUID, bool] = {}

    def load_known(self, referral_ids: Collection[UUID]) -> None:
        """Read at once which of these referrals are on record."""
        known = {row["referral_id"] for row in self.fetch_all("known", {"referral_ids": list(referral_ids)})}
        self._known |= {referral_id: referral_id in known for referral_id in referral_ids}

    def is_known(self, referral_id: UUID) -> bool:
        if referral_id not in self._known:
            self.load_known([referral_id])
        return self._known[referral_id]

    def put_on_agenda(self, referral: Referral) -> None:
        self._known[referral.referral_id] = True
        self.later("put_on_agenda", as_row(referral))

    def referral(self, house: str, referral_id: UUID) -> Referral | None:
        return self.fetch_one("referral", {"house": house, "referral_id": referral_id}, Referral)

    def referrals_to_weigh(self, house: str, referral_ids: Collection[UUID]) -> dict[UUID, Referral]:
        """The referrals of the house among these, locked until the transaction ends."""
        wanted = {"house": house, "referral_ids": list(referral_ids)}
        found = self.fetch_all("referrals_to_weigh", wanted, Referral)
        return {referral.referral_id: referral for referral in found}

    def withdraw(self, referral_id: UUID, on: date) -> None:
        """Take a referral from the agenda for good: a decision that is taken back puts it there no more."""
        self.execute("withdraw", {"referral_id": referral_id, "on": on})

    def state(self, referral_id: UUID, stated: Stated) -> None:
        """What the sender of a referral says besides its text, in the place of what it said before."""
        row = as_row(stated) | {
            "organisations": list(stated.organisations),
            "contribution_ids": list(stated.contribution_ids),
            "measures": orjson.dumps(stated.measures).decode(),
        }
        self.execute("state", {"referral_id": referral_id, **row})

    def stated(self, referral_ids: Collection[UUID]) -> dict[UUID, Stated]:
        """By referral, of those of which anything was said."""
        rows = self.fetch_all("stated", {"referral_ids": list(referral_ids)})
        return {row.pop("referral_id"): _stated(**row) for row in rows}

    def forget_stated(self, case_id: UUID) -> None:
        """Of the referrals of a case whose person is forgotten."""
        self.execute("forget_stated", {"case_id": case_id})

    def move_on_agenda(self, referrals: Collection[Referral]) -> list[Referral]:
        """Record the next place of these referrals on the agenda. Returns them; what was withdrawn has no place."""
        columns = {name: [getattr(referral, name) for referral in referrals] for name in PLACE}
        places = {row["referral_id"]: row["table_on"] for row in self.fetch_all("move_on_agenda", columns)}
        return [replace(referral, table_on=places[referral.referral_id]) for referral in referrals]


def _stated(
    *, organisations: list[str], measures: list[dict[str, Any]], contribution_ids: list[UUID], **columns: Any
) -> Stated:
    return Stated(
        organisations=tuple(organisations),
        measures=tuple(_measure(**measure) for measure in measures),
        contribution_ids=tuple(contribution_ids),
        **columns,
    )


def _measure(*, kind: str, started_on: str | None, ends_on: str | None) -> Measure:
    first, last = (date.fromisoformat(day) if day else None for day in (started_on, ends_on))
    return Measure(kind=kind, started_on=first, ends_on=last)
