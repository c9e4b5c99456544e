"""Of the decisions that say whether the client joins the meeting, what they say."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.clients.messages import ClientAtTable, WeighedClient
from shared.postgres import Store, as_row, load_queries


class ClientStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def keep(self, house: str, referral_id: UUID, tabling: int | None, weighed_on: date, client: ClientAtTable) -> None:
        which = {"house": house, "referral_id": referral_id, "tabling": tabling or 0, "weighed_on": weighed_on}
        indications = list(client.contra_indications)
        self.execute("keep", which | as_row(client) | {"contra_indications": indications})

    def forget(self, house: str, referral_id: UUID, tabling: int | None) -> None:
        """What the decision at this tabling says."""
        self.execute("forget", {"house": house, "referral_id": referral_id, "tabling": tabling})

    def client(self, table_case_id: UUID) -> WeighedClient | None:
        """As the last decision that brought the case to its table says."""
        return self.fetch_one("client", {"table_case_id": table_case_id}, _client)


def _client(*, contra_indications: list[str], **columns: Any) -> WeighedClient:
    return WeighedClient(contra_indications=tuple(contra_indications), **columns)
