"""What an operator does with parked messages."""

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import Input

from desk.forms import DeskForm
from desk.language import lazy

MOST_OF_WHY = 500


class Why(DeskForm):
    """Base of these forms: the reason is kept with the message."""

    why = StringField(
        lazy("Why do you do this?"),
        [InputRequired(lazy("Say why you do this")), Length(max=MOST_OF_WHY)],
        description=lazy("It is kept, with your name and the moment. Do not write personal data here."),
    )


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


class CorrectionForm(Why):
    """A message as it should have been."""

    body = TextAreaField(lazy("Content"), [InputRequired(lazy("The content is empty"))])
