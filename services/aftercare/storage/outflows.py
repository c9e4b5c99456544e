"""DJI's outflow lists, and our detentions that go beside them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from services.aftercare.domain.detentions import Detention
from services.aftercare.domain.reconciliation import Outflow
from services.aftercare.storage.detentions import detention_of
from shared.postgres import Store


class OutflowStore(Store):
    """The queries of outflows.sql. part: house, partner, message_id, list_year, part and parts of one message."""

    def hear_outflow(self, part: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
        """Whether that was the last of the part's rows to come in."""
        outflow_id = uuid5(part["message_id"], f"{part['house']} {part['partner']} {row['row']}")
        heard = self.fetch_one("hear_outflow", {**part, **row, "outflow_id": outflow_id})
        return bool(heard and heard["whole"])

    def outflows_of_part(self, part: Mapping[str, Any]) -> list[Outflow]:
        return [Outflow(**row) for row in self.fetch_all("outflows_of_part", part)]

    def refuse_outflow_part(self, part: Mapping[str, Any]) -> None:
        self.execute("refuse_outflow_part", part)

    def stand_outflow_part(self, part: Mapping[str, Any]) -> None:
        """It takes the place of what stood for it; that stays as history."""
        self.execute("replace_outflow_part", part)
        self.execute("stand_outflow_part", part)

    def outflow_list(self, house: str, year: int) -> dict[str, int] | None:
        """How many `parts` a year's list has, and how many of them are `standing`."""
        return self.fetch_one("outflow_list", {"house": house, "list_year": year})

    def outflows(self, house: str, year: int) -> list[Outflow]:
        return [Outflow(**row) for row in self.fetch_all("outflows", {"house": house, "list_year": year})]

    def detentions_beside_outflows(self, house: str, year: int, case_ids: Collection[UUID]) -> list[Detention]:
        """Those of the year, and all of the people in these cases."""
        which = {"house": house, "list_year": year, "case_ids": list(case_ids)}
        return [detention_of(row) for row in self.fetch_all("detentions_beside_outflows", which)]
