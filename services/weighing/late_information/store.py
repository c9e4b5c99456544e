"""What partners told too late of people at no table, and who has read that."""

from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from services.weighing.late_information.messages import MOST_OF_A_REQUEST, LateSupplementReturned
from services.weighing.late_information.rules import LateInformation
from shared.postgres import Store, as_row, load_queries


class HandedOver(NamedTuple):
    """What whoever holds the case reads now. contribution_ids: of its texts at intake; None if there are none."""

    house: str
    case_id: UUID
    subject_id: UUID
    referral_id: UUID
    request_id: UUID
    partner: str
    told_on: date
    contribution_ids: list[UUID] | None


class LateInformationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, house: str, told: LateSupplementReturned, information: LateInformation) -> None:
        texts = told.contribution_ids and list(told.contribution_ids)
        about = {"house": house, "referral_id": told.referral_id, "partner": told.partner, "contribution_ids": texts}
        self.execute("add", as_row(information) | about)

    def case_to_read(self, house: str, information_id: UUID) -> UUID | None:
        """Locked."""
        row = self.fetch_one("case_to_read", {"house": house, "information_id": information_id})
        return row["case_id"] if row else None

    def read(self, information_id: UUID, on: date, by: str) -> None:
        self.execute("read", {"information_id": information_id, "on": on, "by": by})

    def information(self, information_id: UUID) -> LateInformation:
        return self.fetch_all("information", {"information_id": information_id}, LateInformation)[0]

    def of_request(self, house: str, request_id: UUID) -> list[LateInformation]:
        """The newest first."""
        wanted = {"house": house, "request_id": request_id, "limit": MOST_OF_A_REQUEST}
        return self.fetch_all("of_request", wanted, LateInformation)

    def hand_over(self, today: date) -> list[HandedOver]:
        """End what waits of people whom a decision brought to a table since, in every house; each is given once."""
        return self.fetch_all("hand_over", {"today": today}, HandedOver)

    def end_tabled(self, today: date) -> None:
        """End what waits about referrals that are on an agenda again, or that were withdrawn."""
        self.execute("end_tabled", {"today": today})

    def forget(self, case_id: UUID) -> None:
        """Of the referrals of a case whose person is forgotten."""
        self.execute("forget", {"case_id": case_id})
