"""Whom somebody describes: a caller as far as is told, or an officer who looks for a person or a family."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length

from desk.asking import name_in, needed
from desk.forms import DeskForm
from desk.houses import House
from desk.language import birth_date, gettext, lazy
from desk.parts import parts
from desk.services import Look

NOTHING = ("", "–")
PURPOSE = "intake"
"""For what the officer finds out who somebody is."""
BIRTH_DATE = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ])?(\d{4})")
ABOUT = {
    "familyName": "family_name",
    "givenNames": "given_names",
    "birthDate": "birth_date",
    "bsn": "bsn",
    "municipality": "municipality",
}
KINDS = {"person": lazy("person"), "family": lazy("family"), "group": lazy("group of youths")}

UNTELLING = {"kind", "municipality"}
"""Nobody is found by these alone."""


class WhomFields(DeskForm):
    """Whom somebody describes, as far as is told."""

    whom = RadioField(lazy("A person, or several together"), choices=[*KINDS.items()], default="person")
    family_name = StringField(lazy("Family name"), [Length(max=100)])
    given_names = StringField(lazy("Given names"), [Length(max=100)])
    birth_date = StringField(lazy("Birth date"), description=lazy("A year is enough: 1990, 5-1990 or 12-5-1990."))
    municipality = SelectField(lazy("Municipality"), default="")
    bsn = StringField(lazy("BSN"))

    def offer_places(self, house: House) -> None:
        self.municipality.choices = [NOTHING, *((name, name) for name in house.places)]

    def about(self) -> dict[str, Any]:
        """What was typed, as the service wants it."""
        typed = {wire: (self[name].data or "").strip() for wire, name in ABOUT.items()}
        told = {wire: as_services_write(wire, value) for wire, value in typed.items() if value}
        return told if self.whom.data == "person" else {"kind": self.whom.data, **told}


class SearchForm(WhomFields):
    """Whom somebody looks for. What is typed stands in no address."""

    number = StringField(lazy("Other number"), [Length(max=100)], description=lazy("A-number, V-number, SKN or RNI."))

    def found(self) -> Any:
        """Whom the house knows like this, Missing without an answer. None if too little was typed: why is said."""
        if self.validate() and (self.number.data or self.about().keys() - UNTELLING):
            return self.look_up()
        self.form_errors = [gettext("Type a name or a number.")]
        return None

    def look_up(self) -> Any:
        """The same of what was typed, whatever it is; intake logs each that it tells."""
        body = {"about": self.about(), "purpose": PURPOSE}
        if number := (self.number.data or "").strip():
            body |= {"number": number}
        return needed(parts().services.get_all({"found": Look("intake", "/v1/subjects/like", body=body)})["found"])


def line(details: Mapping[str, Any]) -> str:
    """`Piet Jansen, 3 februari 1990, Leiden`."""
    named, born = name_in(details) or gettext("name not known"), details.get("birthDate")
    return ", ".join(filter(None, (named, born and birth_date(born), details["municipality"])))


def as_services_write(wire: str, text: str) -> str:
    """A birth date as people write it, as services do: `12-5-1990` is `1990-05-12`. All else as it is."""
    found = BIRTH_DATE.fullmatch(text) if wire == "birthDate" else None
    return "-".join(part.zfill(2) for part in reversed(found.groups()) if part) if found else text


def as_people_write(birth_date: str | None) -> str | None:
    """A birth date, whole or in part: `12-05-1990`, `1990`."""
    return "-".join(reversed(birth_date.split("-"))) if birth_date else None
