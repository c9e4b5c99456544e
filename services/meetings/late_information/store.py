"""What partners told too late, by table case, and who has read that."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from services.meetings.late_information.rules import LateInformation
from shared.postgres import Store, as_row, load_queries


class ToRead(NamedTuple):
    """The case that the information is about. case_holder: None as long as there is no plan."""

    case_id: UUID
    case_holder: str | None


class Unread(NamedTuple):
    """What nobody had read when the case was closed. contribution_ids: of its texts at intake; None if none."""

    house: str
    case_id: UUID
    request_id: UUID
    referral_id: UUID
    partner: str
    told_on: date
    contribution_ids: list[UUID] | None


class LateInformationStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def add(self, house: str, request_id: UUID, told_by: UUID, information: LateInformation) -> None:
        """told_by: the id of the event, by which it is known at each table."""
        about = {"house": house, "request_id": request_id, "told_by": told_by}
        texts = {"contribution_ids": list(information.contribution_ids)}
        self.execute("add", as_row(information) | about | texts)

    def to_read(self, house: str, information_id: UUID) -> ToRead | None:
        """Locked."""
        return self.fetch_one("to_read", {"house": house, "information_id": information_id}, ToRead)

    def read(self, information_id: UUID, on: date, by: str) -> None:
        self.execute("read", {"information_id": information_id, "on": on, "by": by})

    def return_closed(self, today: date) -> list[Unread]:
        """Of every house; what was told at several tables is given once."""
        return self.fetch_all("return_closed", {"today": today}, Unread)

    def information(self, information_id: UUID) -> LateInformation:
        return self.fetch_all("information", {"information_id": information_id}, _information)[0]

    def of_case(self, table_case_id: UUID) -> list[LateInformation]:
        """The newest first."""
        return self.fetch_all("of_case", {"table_case_id": table_case_id}, _information)


def _information(*, contribution_ids: list[UUID] | None, **columns: Any) -> LateInformation:
    return LateInformation(contribution_ids=tuple(contribution_ids or ()), **columns)
