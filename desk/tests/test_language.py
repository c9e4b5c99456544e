"""Dutch and English: no message lacks its Dutch, and days and numbers are written as people write them."""

from collections.abc import Callable, Sequence
from contextvars import copy_context
from datetime import UTC, date, datetime

import pytest
from wtforms import StringField
from wtforms.validators import InputRequired

from desk import language
from desk.forms import DeskForm
from desk.messages import catalog, messages
from desk.sessions.rules import FUNCTIONS
from desk.words import FUNCTIONS as NAMES

FORMATTED = [
    (language.day, date(2027, 1, 12), "12 jan 2027", "12 Jan 2027"),
    (language.day, "2027-01-12", "12 jan 2027", "12 Jan 2027"),
    (language.weekday, "2027-03-01", "maandag 1 maart 2027", "Monday, 1 March 2027"),
    (language.birth_date, "1990-02-03", "3 februari 1990", "3 February 1990"),
    (language.birth_date, "1990-02-00", "februari 1990", "February 1990"),
    (language.birth_date, "1990", "1990", "1990"),
    (language.moment, datetime(2027, 1, 11, 23, 5, tzinfo=UTC), "12 jan 2027 00:05", "12 Jan 2027 00:05"),
    (language.moment, "2027-07-01T08:05:00Z", "1 jul 2027 10:05", "1 Jul 2027 10:05"),
    (language.number, 1234.5, "1.234,5", "1,234.5"),
    (language.amount, "1234.5", "€\N{NO-BREAK SPACE}1.234,50", "€1,234.50"),
]


def spoken(chosen: str | None, formatted: Callable[..., str], *values: object) -> str:
    """What is written in a language, without choosing it for the tests that follow."""

    def write() -> str:
        language.speak(chosen)
        return formatted(*values)

    return copy_context().run(write)


def test_no_message_lacks_its_dutch_and_none_of_the_catalog_is_unused() -> None:
    translated = {message.id for message in catalog() if message.id and all(_texts(message.string))}
    assert translated == {message.id for message in messages() if message.id}


def _texts(string: str | Sequence[str] | None) -> Sequence[str | None]:
    return [string] if isinstance(string, str | None) else string


def test_a_translation_has_the_places_of_its_message() -> None:
    assert [errors for _, errors in catalog().check()] == []


@pytest.mark.parametrize(("formatted", "value", "dutch", "english"), FORMATTED)
def test_a_value_is_written_as_its_reader_writes_it(
    formatted: Callable[[object], str], value: object, dutch: str, english: str
) -> None:
    assert spoken("nl", formatted, value) == dutch
    assert spoken("en", formatted, value) == english


@pytest.mark.parametrize("unknown", [None, "", "fr", "../nl"])
def test_who_chose_no_language_or_an_unknown_one_reads_dutch(unknown: str | None) -> None:
    assert spoken(unknown, language.gettext, "Sign out") == "Uitloggen"
    assert spoken("en", language.gettext, "Sign out") == "Sign out"


def test_a_label_is_translated_when_it_is_shown() -> None:
    label = language.lazy("Sign out")
    assert spoken("en", str, label) == "Sign out"
    assert spoken("nl", str, label) == "Uitloggen"


@pytest.mark.parametrize(("count", "dutch"), [(1, "Eén ding klopt nog niet"), (2, "%(num)d dingen kloppen nog niet")])
def test_a_message_about_several_things_has_a_plural(count: int, dutch: str) -> None:
    told = ("One thing is not right yet", "%(num)d things are not right yet", count)
    assert spoken("nl", language.ngettext, *told) == dutch


class Question(DeskForm):
    answer = StringField(validators=[InputRequired()])


def test_a_form_says_in_the_language_of_the_person_what_is_wrong() -> None:
    def errors() -> str:
        form = Question()
        form.validate()
        return str(form.answer.errors[0])

    assert spoken("nl", errors) == "Dit veld is vereist."
    assert spoken("en", errors) == "This field is required."


def test_every_function_has_a_name_for_people() -> None:
    assert NAMES.keys() == FUNCTIONS
