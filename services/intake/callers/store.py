"""Which contact moments partners sent, sealed with the data key of the contact moment."""

from pathlib import Path

import orjson

from services.intake.contact_moments.store import ContactMoment
from services.intake.partners.rules import SentAs
from services.intake.vault import SealedStore
from shared.postgres import load_queries

SENT_AS = "sent as"


class QuestionStore(SealedStore):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add_question(self, moment: ContactMoment, partner: str, sent_as: SentAs) -> None:
        ids = self._vault.seal(orjson.dumps(list(sent_as)), moment.contact_moment_id, moment.data_key, SENT_AS)
        row = {"contact_moment_id": moment.contact_moment_id, "partner": partner, "sent_as": ids}
        self.execute("add_question", row)

    def sender(self, moment: ContactMoment) -> tuple[str, SentAs] | None:
        """The partner, and by what it knows the question; None of what came by phone, by mail or in person."""
        row = self.fetch_one("question", {"contact_moment_id": moment.contact_moment_id})
        if row is None:
            return None
        ids = self._vault.open(row["sent_as"], moment.contact_moment_id, moment.data_key, SENT_AS)
        return row["partner"], SentAs(*orjson.loads(ids))
