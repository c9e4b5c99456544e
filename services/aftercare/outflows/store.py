"""The outflow lists of the prison service; a part that was replaced or refused stays as history."""

from dataclasses import dataclass
from pathlib import Path

from services.aftercare.outflows.rules import Outflow, OutflowPart
from shared.postgres import Store, as_row, load_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownList:
    """How many parts a year's list has, and how many of them stand."""

    parts: int
    standing: int

    @property
    def is_whole(self) -> bool:
        return self.standing == self.parts


class OutflowStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def hear_outflow(self, part: OutflowPart, outflow: Outflow) -> bool:
        """Whether that was the last of the part's rows to come in."""
        heard = self.fetch_one("hear_outflow", as_row(part) | as_row(outflow))
        return bool(heard and heard["whole"])

    def outflows_of_part(self, part: OutflowPart) -> list[Outflow]:
        return self.fetch_all("outflows_of_part", as_row(part), Outflow)

    def refuse_part(self, part: OutflowPart) -> None:
        self.execute("refuse_outflow_part", as_row(part))

    def let_part_stand(self, part: OutflowPart) -> None:
        """The part takes the place of whichever stood for it, which stays as history."""
        self.execute("replace_outflow_part", as_row(part))
        self.execute("stand_outflow_part", as_row(part))

    def known_list(self, house: str, year: int) -> KnownList | None:
        return self.fetch_one("outflow_list", {"house": house, "list_year": year}, KnownList)

    def outflows(self, house: str, year: int) -> list[Outflow]:
        """The rows that count of a year's list."""
        return self.fetch_all("outflows", {"house": house, "list_year": year}, Outflow)
