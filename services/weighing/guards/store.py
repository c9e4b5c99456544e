"""The guards that the team overrode."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from services.weighing.guards.messages import Override
from shared.postgres import load_queries
from shared.sealed_texts import SealedText, StoreWithTexts


class GuardStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_override(self, referral_id: UUID, guard: str, because: SealedText, by: str) -> None:
        self._texts.write(because)
        row = {"referral_id": referral_id, "guard": guard, "because_text": because.text_id}
        self.execute("add_override", row | {"overridden_by": by, "overridden_at": because.written_at})

    def withdraw_override(self, referral_id: UUID, guard: str, by: str) -> None:
        self.execute("withdraw_override", {"referral_id": referral_id, "guard": guard, "by": by})

    def overrides(self, house: str, referral_ids: Collection[UUID]) -> list[Override]:
        """Those that hold, on some referrals of a house."""
        rows = self.fetch_all("overrides", {"referral_ids": list(referral_ids)})
        texts = self._texts.newest(house, [row["because_text"] for row in rows]) if rows else {}
        return [_override(**row, texts=texts) for row in rows]


def _override(*, because_text: UUID, texts: dict[UUID, str], **columns: Any) -> Override:
    return Override(**columns, because=texts.get(because_text))
