"""Texts about somebody: sealed each for itself, or before that among the particulars of their referral."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.intake.house import text_of
from services.intake.referrals.store import PARTICULARS
from services.intake.vault import SealedStore
from shared.postgres import load_queries
from shared.sealed_texts import SealedText


class ContributionStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def subjects_of_cases(self, house: str, case_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Whom these cases are about, by case. Left out: the forgotten, and who is known from sealed matters alone."""
        rows = self.fetch_all("subjects_of_cases", {"house": house, "case_ids": list(case_ids)})
        return {row["case_id"]: row["subject_id"] for row in rows}

    def among_particulars(
        self, house: str, referral_ids: Sequence[UUID], case_ids: Sequence[UUID]
    ) -> Iterator[SealedText]:
        """What came with open referrals before texts were sealed each for itself, the oldest first."""
        wanted = {"house": house, "referral_ids": list(referral_ids), "case_ids": list(case_ids)}
        for row in self.fetch_all("particulars", wanted):
            told = orjson.loads(self._vault.open(row["particulars"], row["subject_id"], row["data_key"], PARTICULARS))
            kind = text_of(row["kind"])
            if kind and kind in told:
                yield _text(row, kind, told[kind])


def _text(row: Mapping[str, Any], kind: str, text: str) -> SealedText:
    return SealedText(
        text_id=row["referral_id"],
        house=row["house"],
        case_id=row["case_id"],
        kind=kind,
        organisation=row["referrer"],
        written_at=row["stated_at"],
        text=text,
    )
