"""Pairs of records that may be of one person or family, and what people decided on them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from services.intake.matches.messages import MOST_LISTED
from services.intake.matches.rules import Band, Decision, Match
from services.intake.subjects.comparing import Comparison, Evidence
from services.intake.subjects.rules import KnownSubject
from services.intake.vault import SealedStore
from shared.postgres import load_queries

BECAUSE = "reason of a match"
"""Why somebody decided is sealed under this name."""
MOST_ALIKE = 25
"""With so many others a record is compared, those that share most with it."""


class Pair(NamedTuple):
    """Two records that share a likeness."""

    subject_id: UUID
    other_id: UUID

    @property
    def turned(self) -> "Pair":
        return Pair(self.other_id, self.subject_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDecision:
    """What a person decided on a pair."""

    decision: Decision
    decided_by: str
    decided_at: datetime
    because: str


class MatchStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_match",)

    def take_to_match(self, step: int) -> dict[str, list[UUID]]:
        """The next subjects with a new likeness, by house. They do not wait any longer."""
        taken: dict[str, list[UUID]] = {}
        for row in self.fetch_all("take_to_match", {"step": step}):
            taken.setdefault(row["house"], []).append(row["subject_id"])
        return taken

    def alike(self, subject_ids: Sequence[UUID]) -> list[Pair]:
        """For each of these the others that share a likeness, except those that it was matched with before."""
        return self.fetch_all("alike", {"subject_ids": list(subject_ids), "most": MOST_ALIKE}, Pair)

    def sharing_member(self, subject_ids: Sequence[UUID]) -> list[Pair]:
        """For each of these the families or groups that have a member in common with it."""
        return self.fetch_all("sharing_member", {"subject_ids": list(subject_ids), "most": MOST_ALIKE}, Pair)

    def add_match(
        self, match_id: UUID, house: str, pair: Pair, band: Band, found: Comparison, proposed_at: datetime
    ) -> None:
        """A pair that is proposed already stays as it is."""
        row: dict[str, Any] = {"match_id": match_id, "house": house, "subject_id": pair.subject_id}
        row |= {"other_id": pair.other_id, "band": band, "score": found.score, "proposed_at": proposed_at}
        self.later("add_match", row | {"evidence": orjson.dumps(found.evidence._asdict()).decode()})

    def match(self, house: str, match_id: UUID) -> Match | None:
        return self.fetch_one("match", {"house": house, "match_id": match_id}, _match)

    def match_of_pair(self, house: str, pair: Pair) -> UUID | None:
        row = self.fetch_one("match_of_pair", {"house": house, "one": pair.subject_id, "other": pair.other_id})
        return row["match_id"] if row else None

    def to_decide(self, house: str) -> list[Match]:
        """The pairs that wait for a person, the likeliest first."""
        return self.fetch_all("to_decide", {"house": house, "limit": MOST_LISTED}, _match)

    def decided(self, house: str) -> list[Match]:
        """The pairs on which a person decided, the latest first."""
        return self.fetch_all("decided", {"house": house, "limit": MOST_LISTED}, _match)

    def kept_apart(self, ones: Collection[UUID], others: Collection[UUID]) -> bool:
        """Whether a person kept one of these records apart from one of the others."""
        row = self.fetch_one("kept_apart", {"ones": list(ones), "others": list(others)})
        return bool(row and row["kept_apart"])

    def decide(
        self, match: Match, decision: Decision, *, by: str, person_id: str, at: datetime, because: bytes
    ) -> None:
        """match: as it is from now on."""
        wanted = {"match_id": match.match_id, "version": match.version}
        self.execute("change_match", wanted | {"state": match.state, "merge_id": match.merge_id})
        row = {"decision": decision, "decided_by": by, "person_id": person_id, "decided_at": at, "because": because}
        self.execute("add_decision", wanted | row)

    def decisions(self, match: Match, known: KnownSubject) -> list[MatchDecision]:
        """What people decided on a pair, in order. known: the record that was registered first."""

        def opened(*, because: bytes, **columns: Any) -> MatchDecision:
            text = self._vault.open(because, known.subject_id, known.data_key, BECAUSE).decode()
            return MatchDecision(because=text, **columns)

        return self.fetch_all("decisions", {"match_id": match.match_id}, opened)

    def sealed(self, because: str, known: KnownSubject) -> bytes:
        return self._vault.seal(because.encode(), known.subject_id, known.data_key, BECAUSE)


def _match(*, evidence: dict[str, Any], **columns: Any) -> Match:
    return Match(evidence=Evidence(**evidence), **columns)
