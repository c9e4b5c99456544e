"""The outflow list that comes as CSV in a message: each row by its schema, and every wrong cell at once.

Offices save a list from Excel: a byte order mark, rows and columns without text and spaces around a cell mean nothing.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from io import StringIO
from itertools import islice
from typing import Any, NamedTuple

from marshmallow import ValidationError
from marshmallow.fields import Field

from services.intake.aftercare_reports.rules import NotOfTheListsYear
from services.intake.house import House
from services.intake.partners.messages import PartnersSchema
from services.intake.partners.rules import too_early, unknown_institution
from services.intake.subjects.birth_dates import BirthDate
from services.intake.subjects.rules import Subject, born_in_future, unknown_municipality
from shared.bounds import Bsn, Code, Name
from shared.days import InFuture
from shared.rules import BrokenRule
from shared.schemas import schema_of
from shared.validation import Reason, WrongItems

MOST_ROWS = 1000
"""In one part of a list."""
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowRow:
    """One release. line: of the file, as people see it: the header is line 1. The other fields are the columns."""

    line: int
    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: Code | None = None
    municipality: Name
    institution: Name
    detained_on: date
    released_on: date

    @property
    def person(self) -> Subject:
        """Whom the row is about, as far as the house can recognise somebody by it."""
        return Subject(
            kind="person",
            municipality=self.municipality,
            bsn=self.bsn,
            family_name=self.family_name,
            given_names=self.given_names,
            birth_date=self.birth_date,
        )

    def placed(self, house: House) -> "OutflowRow":
        """The row with the house's own name for the municipality and code for the institution."""
        place, institution = house.place(self.municipality), house.institution(self.institution)
        municipality = place.name if place else self.municipality
        return replace(self, municipality=municipality, institution=institution or self.institution)


class Line(NamedTuple):
    """A line of the file that is not empty. cells: without the empty ones at its end."""

    number: int
    cells: list[str]


COLUMNS = tuple(field.name for field in fields(OutflowRow) if field.name != "line")
REQUIRED = ("municipality", "institution", "detained_on", "released_on")
UNEXPECTED_ROW = Reason("Unexpected row: leave out totals and notes.", "unexpected_row")


TOO_MANY_ROWS = Reason(f"Must have at most {MOST_ROWS} rows: send further rows in another part.", "too_many_rows")


class RowSchema(PartnersSchema):
    """A row's fields are called as the columns are; a cell that is empty is left out."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_name
        super().on_bind_field(field_name, field_obj)


class OutflowRows(Field[tuple[OutflowRow, ...]]):
    """Text with a header and a row for each release, separated by `;`, as a list of rows.

    The path of a wrong cell has the line of the file, `list[5].municipality`.
    """

    row = schema_of(OutflowRow, RowSchema)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError(Reason("Must be a text.", "not_a_text"))
        header, *lines = _lines(value) or [Line(1, [])]
        if [cell.lower() for cell in header.cells] != list(COLUMNS):
            raise ValidationError(Reason(f"Must begin with the header {';'.join(COLUMNS)}.", "wrong_header"))
        if not lines:
            raise ValidationError(Reason("Must have a row.", "no_rows"))
        if len(lines) > MOST_ROWS:
            raise ValidationError(TOO_MANY_ROWS)
        return self._rows(lines)

    def _rows(self, lines: list[Line]) -> tuple[OutflowRow, ...]:
        rows, wrong = [], WrongItems()
        for line in lines:
            try:
                rows.append(self._row(line))
            except ValidationError as error:
                wrong.add(line.number, error)
                rows.append({"line": line.number} | (error.valid_data or {}))  # type: ignore[operator]
            if wrong.enough:
                break
        if wrong.messages:
            raise ValidationError(wrong.messages, valid_data=rows)
        return tuple(rows)

    def _row(self, line: Line) -> Any:
        cells = _named(line.cells)
        missing = sum(name not in cells for name in REQUIRED)
        if missing == len(REQUIRED) or (missing and any(map(str.isalpha, cells.get("bsn", "")))):
            raise ValidationError([UNEXPECTED_ROW])
        return self.row.load({"line": line.number, **cells})


def broken_by_rows(
    rows: tuple[OutflowRow, ...] | None, year: int | None, house: House, today: date
) -> Iterator[BrokenRule]:
    """Every rule that the cells of a year's list break."""
    for row in rows or ():
        yield from _broken_by(row, year, house, today)


def _broken_by(row: OutflowRow, year: int | None, house: House, today: date) -> Iterator[BrokenRule]:
    path = f"list[{row.line}]"
    yield from unknown_municipality(f"{path}.municipality", row.municipality, house)
    yield from unknown_institution(f"{path}.institution", row.institution, house)
    yield from born_in_future(f"{path}.birth_date", row.birth_date, today)
    for column in ("detained_on", "released_on"):
        day = getattr(row, column)
        if day is not None and day > today:
            yield InFuture(f"{path}.{column}")
    yield from too_early(f"{path}.released_on", row.released_on, "detained_on", row.detained_on)
    if year and row.released_on is not None and row.released_on.year != year:
        yield NotOfTheListsYear(f"{path}.released_on")


def _lines(text: str) -> list[Line]:
    """The header and the rows; of too many rows, one more than MOST_ROWS."""
    reader = csv.reader(StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=None), delimiter=";", strict=True)
    lines = (Line(reader.line_num, _without_empty_end(cells)) for cells in reader)
    try:
        return list(islice((line for line in lines if line.cells), MOST_ROWS + 2))
    except csv.Error:
        raise ValidationError(Reason("Must be CSV, separated by semicolons.", "not_csv")) from None


def _without_empty_end(cells: list[str]) -> list[str]:
    stripped = [cell.strip() for cell in cells]
    while stripped and not stripped[-1]:
        stripped.pop()
    return stripped


def _named(cells: list[str]) -> dict[str, str]:
    """The cells by column. A line with too many cells has a column by the name of its place."""
    names = (*COLUMNS, *(f"column{number}" for number in range(len(COLUMNS) + 1, len(cells) + 1)))
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell}
