"""What an operator does with parked messages."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from flask import request
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import Input

from desk.forms import DeskForm, say
from desk.language import gettext, lazy
from desk.operations import words
from desk.services import Problem

MOST_OF_WHY = 500


class Why(DeskForm):
    """Base of these forms: the reason is kept with the message."""

    why = StringField(
        lazy("Why do you do this?"),
        [InputRequired(lazy("Say why you do this")), Length(max=MOST_OF_WHY)],
        description=lazy("It is kept, with your name and the moment. Do not write personal data here."),
    )

    def blame(self, problems: Sequence[Problem]) -> None:
        """In the words of the service."""
        self.form_errors += [problem.reason for problem in problems]

    def say_why(self, status: int) -> None:
        """Without words of the service: that it does not answer, or what its status means."""
        if status == 503:
            say(self, gettext("The service does not answer. Whether it was done, you see in the list."))
        elif not self.errors:
            say(self, str(words.REFUSALS.get(status) or gettext("This did not work.")))


class Chosen(Field):
    """The groups that were ticked; the page draws the boxes."""

    widget = Input()
    data: list[str]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist

    def process_data(self, value: object) -> None:
        self.data = []


class GroupsForm(Why):
    """What is done with all messages of several groups."""

    groups = Chosen(lazy("Groups"), [InputRequired(lazy("Choose at least one group"))])


class MessageForm(Why):
    """What is done with one message."""

    @property
    def step(self) -> str:
        """The button that was used."""
        return request.form.get("step", "")

    @property
    def key(self) -> UUID:
        return self.token.key_of(self.step)


def object_in(text: str) -> dict[str, object] | None:
    """None if this is no JSON object."""
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def is_object(form: Form, field: Field) -> None:
    if object_in(field.data) is None:
        raise ValidationError(gettext("This is no JSON object."))


class CorrectionForm(Why):
    """A message as it should have been."""

    body = TextAreaField(lazy("Content"), [InputRequired(lazy("The content is empty")), is_object])

    def command(self) -> dict[str, object]:
        return {"why": self.why.data, "message": object_in(self.body.data)}
