"""The outflow list that comes as CSV in a message: each row by its schema, and every wrong cell at once."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from marshmallow import ValidationError, fields

from services.intake.messages.parts import Text, check_bsn
from shared.schemas import StrictSchema

COLUMNS = (
    "bsn",
    "family_name",
    "given_names",
    "birth_date",
    "sex",
    "municipality",
    "institution",
    "detained_on",
    "released_on",
)


class OutflowRow(StrictSchema):
    """One release. The keys are the columns of the list; a cell that is empty is left out."""

    bsn = fields.String(data_key="bsn", validate=check_bsn)
    family_name = Text(100, data_key="family_name")
    given_names = Text(100, data_key="given_names")
    birth_date = fields.Date(data_key="birth_date")
    sex = fields.String(data_key="sex")
    municipality = Text(100, data_key="municipality", required=True)
    institution = Text(100, data_key="institution", required=True)
    detained_on = fields.Date(data_key="detained_on", required=True)
    released_on = fields.Date(data_key="released_on", required=True)


class OutflowRows(fields.Field[list[dict[str, Any]]]):
    """Text with a header and a row for each release, separated by `;`, as a list of rows."""

    row = OutflowRow()

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("Not a valid string.")
        header, *lines = _lines(value)
        if header != list(COLUMNS):
            raise ValidationError(f"Must begin with the header {';'.join(COLUMNS)}.")
        if not lines:
            raise ValidationError("Must have a row.")
        return self.row.load([_cells(line) for line in lines], many=True)


def _lines(text: str) -> list[list[str]]:
    try:
        return [line for line in csv.reader(StringIO(text), delimiter=";", strict=True) if line] or [[]]
    except csv.Error:
        raise ValidationError("Must be CSV, separated by semicolons.") from None


def _cells(line: list[str]) -> dict[str, str]:
    """A line with too few or too many cells lacks columns, or has one by the name of its place."""
    names = (*COLUMNS, *(f"column{number}" for number in range(len(COLUMNS) + 1, len(line) + 1)))
    return {name: cell for name, cell in zip(names, line, strict=False) if cell}
