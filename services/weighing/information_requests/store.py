"""Information requests with their answers."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from services.weighing.information_requests.rules import InformationRequest
from services.weighing.referrals.store import ReferralStore
from shared.postgres import Store, as_row, load_queries


class InformationRequestStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_information_request",)
    written_after = (ReferralStore,)

    def add_information_request(self, house: str, request: InformationRequest) -> None:
        self.later("add_information_request", as_row(request) | {"house": house})

    def information_request_to_answer(
        self, house: str, request_id: UUID, partner: str
    ) -> tuple[InformationRequest | None, bool]:
        """The request that this partner of a house was sent, locked, and whether the team is done with the referral."""
        wanted = {"house": house, "request_id": request_id, "partner": partner}
        if not (row := self.fetch_one("information_request_to_answer", wanted)):
            return None, False
        decided: bool = row.pop("decided")
        return _information_request(**row), decided

    def answer_information_request(self, request: InformationRequest) -> None:
        self.execute("answer_information_request", as_row(request) | {"involved": list(request.involved or ())})

    def information_requests(self, referral_ids: Collection[UUID]) -> list[InformationRequest]:
        """The requests about some referrals, the earliest day to answer first."""
        return self.fetch_all("information_requests", {"referral_ids": list(referral_ids)}, _information_request)


def _information_request(*, involved: list[str] | None, **columns: Any) -> InformationRequest:
    return InformationRequest(**columns, involved=None if involved is None else tuple(involved))
