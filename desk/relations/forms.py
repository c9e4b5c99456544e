"""Whom somebody belongs with, since when, and who said so; and how that ends."""

from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import DateField, Field, Form, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from desk.forms import DeskForm
from desk.houses import House
from desk.language import gettext, lazy
from desk.whom import SearchForm, line
from desk.words import ROLES

RECORD = "record"
"""The step after the search."""
NEW = "new"
"""Somebody whom the house does not know, as typed."""
REFUSALS = {
    "with_itself": lazy("This is the same person, or another record of them."),
    "cannot_be_related": lazy("A family or group has members, who are people; all else is between people."),
    "before_since": lazy("The end is before the beginning."),
    "in_future": lazy("That day is still to come."),
    "ended_or_withdrawn": lazy("Somebody else has ended or withdrawn it already."),
    "number_of_another": lazy("This BSN belongs to somebody of another name or birth date. Search this person."),
    "unknown_municipality": lazy("Choose a municipality: somebody new needs one."),
}


def to_record(form: Form, field: Field) -> None:
    """Who is only searched is not chosen yet."""
    if request.form.get("step") == RECORD and not field.data:
        raise ValidationError(gettext("Choose one."))


class RelationForm(SearchForm):
    """Who is searched, and what the one that is chosen is to whom the page is about."""

    refusals = REFUSALS
    chosen = RadioField(lazy("Who is it"), [to_record], choices=[], validate_choice=False)
    role = RadioField(lazy("What are they"), [to_record], choices=[*ROLES.items()], validate_choice=False)
    since = DateField(lazy("Since"), [Optional()], description=lazy("If it is known."))
    source = SelectField(lazy("Who said so"), default="")

    def offer(self, house: House) -> None:
        self.offer_places(house)
        self.source.choices = [("", lazy("The people themselves")), *((each.id, each.name) for each in house.partners)]

    def offer_roles(self, kind: str) -> None:
        """kind: of whom the page is about; a family has members and nothing else."""
        several = kind != "person"
        self.role.choices = [each for each in ROLES.items() if (each[0] == "member") == several]

    def offer_found(self, found: Sequence[Any]) -> None:
        known = [(each["subjectId"], line(each["details"])) for each in found]
        self.chosen.choices = [*known, (NEW, lazy("None of these: somebody new, as typed above"))]

    def command(self, subject_id: str) -> dict[str, Any]:
        told = {"subjectId": subject_id, "role": self.role.data, "source": self.source.data}
        told |= {"since": self.since.data.isoformat() if self.since.data else None}
        if self.chosen.data == NEW:
            told |= {"about": self.about()}
        else:
            told |= {"otherId": self.chosen.data}
        return {name: value for name, value in told.items() if value}


class EndForm(DeskForm):
    """The last day of a relation."""

    refusals = REFUSALS
    until = DateField(lazy("Until"), [InputRequired(lazy("Fill in the last day."))])

    def command(self) -> dict[str, str]:
        return {"until": self.until.data.isoformat()}


class MistakeForm(DeskForm):
    """Why a relation should not have been recorded."""

    refusals = REFUSALS
    because = StringField(lazy("What was wrong"), [InputRequired(lazy("Say why.")), Length(max=2000)])

    def command(self) -> dict[str, str]:
        return {"because": self.because.data}
