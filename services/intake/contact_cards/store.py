"""Contact cards, each sealed with a data key of its own, which goes with what the card says."""

from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from services.intake.contact_cards.messages import MOST_LISTED, Card, ContactCard
from services.intake.vault import SealedStore
from shared.postgres import as_row, load_queries
from shared.schemas import StrictSchema, schema_of

CARD = "contact card"
"""What is sealed under this name."""


class ContactCardStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def count_cards(self, house: str, partner: str) -> int:
        """How many cards the partner has; nobody else adds one until this transaction ends."""
        whose = {"house": house, "partner": partner}
        self.execute("lock_cards", whose)
        [row] = self.fetch_all("count_cards", whose)
        return int(row["count"])

    def keep_card(self, house: str, kept: ContactCard) -> None:
        """Add a card, or put it in the place of how it was, of which nothing is kept."""
        data_key = self._vault.new_data_key(kept.contact_card_id)
        content = orjson.dumps(schema_of(Card, StrictSchema).dump(kept.card))
        card = self._vault.seal(content, kept.contact_card_id, data_key, CARD)
        self.execute("keep_card", as_row(kept) | {"house": house, "data_key": data_key, "card": card})

    def remove_card(self, contact_card_id: UUID) -> None:
        self.execute("remove_card", {"contact_card_id": contact_card_id})

    def card_to_change(self, house: str, contact_card_id: UUID) -> ContactCard | None:
        """Locked."""
        return self.fetch_one("card_to_change", {"house": house, "contact_card_id": contact_card_id}, self._opened)

    def cards(self, house: str, partner: str | None) -> list[ContactCard]:
        """partner: whose; None for those of all."""
        return self.fetch_all("cards", {"house": house, "partner": partner, "limit": MOST_LISTED}, self._opened)

    def _opened(self, *, card: bytes, data_key: bytes, **columns: Any) -> ContactCard:
        content = self._vault.open(card, columns["contact_card_id"], data_key, CARD)
        return ContactCard(card=schema_of(Card, StrictSchema).load(orjson.loads(content)), **columns)
