"""What is noted about the items of the agendas. Why something is settled beforehand is a sealed text."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from services.weighing.marks.messages import MarksQuery
from services.weighing.marks.rules import Mark, Noted
from services.weighing.referrals.rules import Referral
from shared.postgres import load_queries
from shared.sealed_texts import SealedText, StoreWithTexts
from shared.web import MOST_ITEMS


class MarkStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def set_mark(self, referral: Referral, mark: Mark, settled: SealedText | None, by: str) -> None:
        """settled: why all is arranged already."""
        if settled:
            self._texts.write(settled)
        settled_text = settled.text_id if settled else None
        noted = {"referral_id": referral.referral_id, "tabling": referral.tabling, "urgent": mark.urgent}
        self.execute("set_mark", noted | {"settled_text": settled_text, "marked_by": by})
        links = {"referral_id": referral.referral_id, "linked_with": list(mark.linked_with)}
        self.execute("clear_links", links)
        self.execute("add_links", links)

    def marks(self, house: str, query: MarksQuery) -> list[Mark]:
        """Of the items of an agenda about which something is noted."""
        wanted = {"house": house, "sub_region": query.sub_region, "on": query.on, "limit": MOST_ITEMS}
        rows = self.fetch_all("marks", wanted)
        texts = self._texts.newest(house, [row["settled_text"] for row in rows if row["settled_text"]])
        return [_mark(**row, texts=texts) for row in rows]

    def noted(self, referral_ids: Sequence[UUID]) -> dict[UUID, Noted]:
        """By referral, of all of these."""
        rows = self.fetch_all("noted", {"referral_ids": list(referral_ids)})
        return {row["referral_id"]: Noted(row["urgent"], row["settled"], row["linked_with"]) for row in rows}


def _mark(
    *,
    referral_id: UUID,
    urgent: bool,
    settled_text: UUID | None,
    linked_with: list[UUID] | None,
    texts: dict[UUID, str],
) -> Mark:
    settled = texts.get(settled_text, "") if settled_text else None
    return Mark(
        referral_id=referral_id, urgent=urgent, linked_with=tuple(linked_with or ()), settled_beforehand=settled
    )
