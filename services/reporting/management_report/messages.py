"""How the management report is asked for and given over HTTP."""

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from marshmallow.fields import Field

from services.reporting.house import BRIEFING, TOTAL
from services.reporting.management_report.rules import ManagementReport
from services.reporting.treatment_figures.rules import MunicipalityRow, SubRegionRow

ORIGIN = {"type": "string", "description": "where the cases came from"}
COUNT = {"type": "integer", "description": "how many cases"}


class RowField(Field[Any]):
    """A row of the report: where the cases came from, and beside it their number under each column of the house."""

    def __init__(self, origin: str, **options: Any) -> None:
        properties = {origin: ORIGIN, BRIEFING: COUNT, TOTAL: COUNT}
        shape = {"properties": properties, "required": list(properties), "additionalProperties": COUNT}
        super().__init__(**options | {"metadata": {"type": "object", **shape}})
        self._origin = origin

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> Any:
        return {self._origin: getattr(value, self._origin), **value.cases}


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagementReportQuery:
    """No parameters: the year stands in the path, and the house is the caller's own."""


@dataclass(frozen=True, kw_only=True)
class ManagementReportView(ManagementReport):
    """One house, one year. Percentages and means have one decimal, and are null where there is nothing to divide by.

    Columns and totals are those of the house's profile.
    """

    by_municipality: tuple[Annotated[MunicipalityRow, partial(RowField, "municipality")], ...]
    by_sub_region: tuple[Annotated[SubRegionRow, partial(RowField, "sub_region")], ...]
