"""What partners were asked, and whether they answered."""

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from services.intake.information_requests.messages import GivenAnswer, InformationRequestIssued
from services.intake.referrals.store import ReferralStore
from shared.postgres import Statements, Store, as_row, load_queries


class SentRequest(NamedTuple):
    """A request that was sent to a partner. `answered_on` is None until it answers.

    `asked_on`: None in requests from before it was kept. `is_forgotten`: the house has forgotten whom it is about.
    `texts_case_id`: the case of the texts, which is another one if the referral was sealed later.
    """

    case_id: UUID
    texts_case_id: UUID
    partner: str
    asked_on: date | None
    answered_on: date | None
    is_forgotten: bool


class InformationRequestStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_information_request",)
    written_after = (ReferralStore,)

    def __init__(self, statements: Statements | Connection[Any]) -> None:
        super().__init__(statements)
        self._asked: dict[UUID, dict[str, list[UUID]]] = {}

    def add_information_request(self, house: str, issued: InformationRequestIssued, asked_on: date) -> None:
        self.later(
            "add_information_request",
            {
                "request_id": issued.request_id,
                "house": house,
                "referral_id": issued.referral_id,
                "partner": issued.partner,
                "answer_by": issued.answer_by,
                "asked_on": asked_on,
            },
        )
        if issued.referral_id in self._asked:
            self._asked[issued.referral_id].setdefault(issued.partner, []).insert(0, issued.request_id)

    def load_asked(self, referral_ids: Collection[UUID], partners: Collection[str]) -> None:
        """Read at once what these partners were asked about each of these referrals."""
        self._asked |= {referral_id: {} for referral_id in referral_ids}
        wanted = {"referral_ids": list(referral_ids), "partners": list(partners)}
        for row in self.fetch_all("asked", wanted):
            self._asked[row["referral_id"]][row["partner"]] = row["request_ids"]

    def asked(self, referral_id: UUID, partners: Collection[str]) -> dict[str, list[UUID]]:
        """The requests about a referral to each of these partners that was asked, the last first."""
        if referral_id not in self._asked:
            self.load_asked([referral_id], partners)
        asked = self._asked[referral_id]
        return {partner: asked[partner] for partner in sorted(partners) if partner in asked}

    def reschedule_information_request(self, request: InformationRequestIssued) -> bool:
        """Record another day by which a partner that has not answered does so; False if there is no such request."""
        changed = {"request_id": request.request_id, "partner": request.partner, "answer_by": request.answer_by}
        return self.fetch_one("reschedule_information_request", changed) is not None

    def information_request(self, house: str, partner: str | None, request_id: UUID) -> SentRequest | None:
        """What this partner was asked, or any if None; locked."""
        wanted = {"house": house, "partner": partner, "request_id": request_id}
        return self.fetch_one("information_request", wanted, SentRequest)

    def answer_information_request(self, request_id: UUID, answered_on: date, text_ids: Sequence[UUID]) -> None:
        """text_ids: of what is written in this answer."""
        answer = {"request_id": request_id, "answered_on": answered_on, "text_ids": list(text_ids)}
        self.execute("answer_information_request", answer)

    def add_given_answer(self, answer: GivenAnswer) -> None:
        self.execute("add_given_answer", as_row(answer))

    def given_answers(self, house: str, partner: str | None, request_ids: Sequence[UUID]) -> list[GivenAnswer]:
        """What persons answered to these requests of a partner, or of any if None, in order."""
        wanted = {"house": house, "partner": partner, "request_ids": list(request_ids)}
        return self.fetch_all("given_answers", wanted, GivenAnswer)
