"""The outflow list that comes as CSV in a message: each row by its schema, and every wrong cell at once."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from io import StringIO
from typing import Any

from marshmallow import ValidationError
from marshmallow.fields import Field

from services.intake.house import House
from services.intake.partners.messages import PartnersSchema
from services.intake.partners.rules import too_early
from services.intake.subjects.birth_dates import BirthDate
from services.intake.subjects.rules import Subject, unknown_municipality
from shared.bounds import Bsn, Name
from shared.days import InFuture
from shared.rules import BrokenRule
from shared.schemas import schema_of
from shared.validation import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class OutflowRow:
    """One release. The fields are the columns of the list, in order."""

    bsn: Bsn | None = None
    family_name: Name | None = None
    given_names: Name | None = None
    birth_date: BirthDate | None = None
    sex: str | None = None
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


COLUMNS = tuple(field.name for field in fields(OutflowRow))


class RowSchema(PartnersSchema):
    """A row's fields are called as the columns are; a cell that is empty is left out."""

    def on_bind_field(self, field_name: str, field_obj: Field[Any]) -> None:
        field_obj.data_key = field_name
        super().on_bind_field(field_name, field_obj)


class OutflowRows(Field[tuple[OutflowRow, ...]]):
    """Text with a header and a row for each release, separated by `;`, as a list of rows."""

    row = schema_of(OutflowRow, RowSchema)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError(Reason("Must be a text.", "not_a_text"))
        header, *lines = _lines(value)
        if header != list(COLUMNS):
            raise ValidationError(Reason(f"Must begin with the header {';'.join(COLUMNS)}.", "wrong_header"))
        if not lines:
            raise ValidationError(Reason("Must have a row.", "no_rows"))
        return tuple(self.row.load([_cells(line) for line in lines], many=True))


def broken_by_rows(rows: tuple[OutflowRow, ...] | None, house: House, today: date) -> Iterator[BrokenRule]:
    """Every rule of the house that the cells of a list break."""
    for number, row in enumerate(rows or ()):
        path = f"list[{number}]"
        yield from unknown_municipality(f"{path}.municipality", row.municipality, house)
        if row.released_on is not None and row.released_on > today:
            yield InFuture(f"{path}.released_on")
        yield from too_early(f"{path}.released_on", row.released_on, "detained_on", row.detained_on)


def _lines(text: str) -> list[list[str]]:
    try:
        return [line for line in csv.reader(StringIO(text), delimiter=";", strict=True) if line] or [[]]
    except csv.Error:
        raise ValidationError(Reason("Must be CSV, separated by semicolons.", "not_csv")) from None


def _cells(line: list[str]) -> dict[str, str]:
    """A line with too few or too many cells lacks columns, or has one by the name of its place."""
    names = (*COLUMNS, *(f"column{number}" for number in range(len(COLUMNS) + 1, len(line) + 1)))
    return {name: cell for name, cell in zip(names, line, strict=False) if cell}
