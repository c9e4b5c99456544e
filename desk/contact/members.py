"""Who belongs to the family or group that a call is about: a few rows, and one more if somebody asks for it."""

import re
from typing import Any, NamedTuple

from flask import request
from wtforms import Field, FieldList, Form, FormField, StringField

from desk.forms import DeskForm
from desk.language import lazy
from desk.whom import ABOUT, as_people_write, as_services_write

ROWS, MOST = 3, 20
ONE_MORE = "one_more"
"""The name of the button that asks for another row."""
TYPED = ("given_names", "family_name", "birth_date", "bsn")
FIELD = re.compile(r"members\[(\d+)]\.(\w+)")


class MemberFields(Form):
    """A member, as far as is told. Without a family name: that of the family."""

    Meta = DeskForm.Meta

    given_names = StringField(lazy("Given names"))
    family_name = StringField(lazy("Family name"))
    birth_date = StringField(lazy("Birth date"))
    bsn = StringField(lazy("BSN"))

    def told(self) -> dict[str, str]:
        """What was typed, as the service wants it; empty for an empty row."""
        typed = {wire: (self[name].data or "").strip() for wire, name in ABOUT.items() if name in TYPED}
        return {wire: as_services_write(wire, value) for wire, value in typed.items() if value}


class Row(NamedTuple):
    """A row of the form, its number for people, and of what it is one."""

    id: int
    part: Any
    of: str = "member"


class MemberList(FieldList):
    """The rows."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(FormField(MemberFields), min_entries=ROWS, max_entries=MOST, **settings)

    @property
    def rows(self) -> list[Row]:
        return [Row(number, entry.form) for number, entry in enumerate(self.entries, 1)]

    def told(self, family_name: str | None) -> list[dict[str, str]]:
        """The members of a family of this name; None of a group."""
        named = {"familyName": family_name} if family_name else {}
        return [{**named, **row.part.told()} for row in self._filled]

    def field_of(self, wire: str) -> Field | None:
        """The field to blame, as the service names it: `members[0].birthDate` is of the first row that is filled in."""
        found = FIELD.fullmatch(wire)
        return self._filled[int(found[1])].part[ABOUT[found[2]]] if found and found[2] in ABOUT else None

    def add_row_if_asked(self) -> bool:
        """Whether somebody asked for one more row, and wants nothing else of the form yet."""
        asked = ONE_MORE in request.form
        if asked and len(self.entries) < MOST:
            self.append_entry()
        return asked

    @property
    def _filled(self) -> list[Row]:
        return [row for row in self.rows if row.part.told()]


def fields_of_members(members: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Members that the service tells of, for the fields of the form."""
    told = ({name: member.get(wire) for wire, name in ABOUT.items() if name in TYPED} for member in members or ())
    return [fields | {"birth_date": as_people_write(fields["birth_date"])} for fields in told]
