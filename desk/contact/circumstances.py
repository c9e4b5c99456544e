"""What a caller tells besides the concern: who is involved, which measures run, what the risks are."""

import re
from datetime import date
from typing import Any

from wtforms import DateField, Field, FieldList, Form, FormField, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from desk.contact.members import Row
from desk.forms import DeskForm
from desk.houses import Entry, House, Partner
from desk.language import lazy
from desk.whom import NOTHING

ROWS, MOST = 3, 20
NAMES = {"kind": "kind", "startedOn": "started_on", "endsOn": "ends_on"}
"""Of a measure: how the service calls a field, and how the form does."""
FIELD = re.compile(r"measures\[(\d+)]\.(\w+)")


class Organisations(SelectMultipleField):
    """Partners and kinds of organisation."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def offer(self, house: House) -> None:
        offered: list[Entry | Partner] = [*house.organisation_kinds, *house.partners]
        self.choices = [(each.code, each.name) for each in offered]


class MeasureFields(Form):
    """A measure that runs, as far as is told."""

    Meta = DeskForm.Meta

    kind = SelectField(lazy("Measure"), default="")
    started_on = DateField(lazy("Runs since"), [Optional()])
    ends_on = DateField(lazy("Last day"), [Optional()])

    def told(self) -> dict[str, str]:
        """What was chosen, as the service wants it; empty for an empty row."""
        chosen = {wire: self[name].data for wire, name in NAMES.items()}
        return {wire: str(value) for wire, value in chosen.items() if value}


class MeasureList(FieldList):
    """The rows."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(FormField(MeasureFields), min_entries=ROWS, max_entries=MOST, **settings)

    @property
    def rows(self) -> list[Row]:
        return [Row(number, entry.form, "measure") for number, entry in enumerate(self.entries, 1)]

    def offer(self, house: House) -> None:
        for row in self.rows:
            row.part.kind.choices = [NOTHING, *((each.code, each.name) for each in house.measure_kinds)]

    def told(self) -> list[dict[str, str]]:
        return [row.part.told() for row in self._filled]

    def field_of(self, wire: str) -> Field | None:
        """The field to blame: `measures[0].endsOn` is of the first row that is filled in."""
        found = FIELD.fullmatch(wire)
        return self._filled[int(found[1])].part[NAMES[found[2]]] if found and found[2] in NAMES else None

    @property
    def _filled(self) -> list[Row]:
        return [row for row in self.rows if row.part.told()]


def fields_of_measures(measures: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Measures that the service tells of, for the fields of the form."""
    return [{name: _value(wire, measure.get(wire)) for wire, name in NAMES.items()} for measure in measures or ()]


def _value(wire: str, told: str | None) -> Any:
    return date.fromisoformat(told) if told and wire != "kind" else told
