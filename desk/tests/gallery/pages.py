"""A page with every part of the templates, filled with invented people, and the forms on it."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.widgets import CheckboxInput, ListWidget

from desk.look import dress

HERE = Path(__file__).parent
TEMPLATES = Path(__file__).parents[2] / "templates"

MUNICIPALITIES = [("", "Alle gemeenten"), ("GM0484", "Alphen aan den Rijn"), ("GM1901", "Bodegraven-Reeuwijk")]


class DecisionForm(Form):
    """One field of each kind."""

    class Meta:
        locales = ["nl"]

    form_token = HiddenField()
    restored_at = datetime(2027, 1, 11, 8, 5, tzinfo=UTC)
    outcome = RadioField(
        "Besluit",
        [validators.InputRequired()],
        choices=[
            ("table", "Naar de tafel Huiselijk geweld"),
            ("elsewhere", "Verwijzen naar een andere organisatie"),
            ("no", "Niet in behandeling nemen"),
        ],
        description="Wat er met de aanmelding gebeurt.",
    )
    table = SelectField("Tafel", choices=[("", "Kies een tafel"), ("hg", "Huiselijk geweld"), ("top", "Top-X")])
    present = SelectMultipleField(
        "Aan tafel",
        [validators.InputRequired()],
        choices=[("om", "Openbaar Ministerie"), ("pol", "Politie-eenheid Den Haag"), ("rn", "Reclassering Nederland")],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    decided_on = DateField("Datum van het besluit", [validators.InputRequired()])
    chair = StringField("Voorzitter", [validators.Length(max=60)])
    reason = TextAreaField("Toelichting", [validators.InputRequired()], description="Zonder namen van anderen.")
    urgent = BooleanField("Met spoed behandelen", description="Dan komt de zaak op de eerstvolgende zitting.")


class ChoiceForm(Form):
    municipality = SelectField("Gemeente", choices=MUNICIPALITIES)
    kind = SelectField("Soort", choices=[("", "Alle soorten"), ("zsm", "ZSM")])


ITEMS = [
    {
        "name": "Yılmaz-van den Heuvel, Şükran",
        "kind": "Huiselijk geweld",
        "asked": "Veilig Thuis Hollands Midden, Gemeente Alphen aan den Rijn",
        "days": 12,
        "state": "Antwoord te laat",
        "kind_of_state": "error",
    },
    {
        "name": "De Groot, Pieter",
        "kind": "Ernstig ontwrichtende gezinsproblematiek",
        "asked": "Politie",
        "days": 1234,
        "state": "Compleet",
        "kind_of_state": "ok",
    },
]


def environment() -> Environment:
    """The desk's templates and the gallery's, without the desk; somebody is signed in."""
    made = Environment(loader=ChoiceLoader([FileSystemLoader(TEMPLATES), FileSystemLoader(HERE)]), autoescape=True)
    dress(made)
    made.globals |= {
        "url_for": "#{}".format,
        "new_token": lambda: "for a test",
        "request": SimpleNamespace(path="/gallery", url_rule="/gallery", blueprint="Briefing"),
        "person": SimpleNamespace(name="Willemijn van der Schaaf-Oosterhuis"),
        "house": SimpleNamespace(name="Zorg- en Veiligheidshuis Hollands Midden"),
        "houses": ["hollands-midden", "midden-land"],
        "capacity": None,
        "pages": [page_called(name) for name in ("Mijn werk", "Briefing", "Zaken", "Beheer", "Over mij")],
    }
    return made


def page_called(title: str) -> SimpleNamespace:
    return SimpleNamespace(title=title, entry="agenda", blueprint=SimpleNamespace(name=title))


def gallery(*, wrong: bool = False) -> str:
    """The page. wrong: after the form was sent with hardly anything in it."""
    form = DecisionForm(MultiDict({"chair": "x" * 61, "table": ""}) if wrong else None)
    if wrong:
        form.validate()
    return environment().get_template("gallery.html").render(form=form, choice=ChoiceForm(), items=ITEMS)


def error_page() -> str:
    """What somebody sees who is not signed in."""
    nobody = {"person": None, "house": None, "pages": ()}
    return environment().get_template("error.html").render(heading="Dit ging niet", number="01KF3ZV8", **nobody)


def swapping_page() -> str:
    """Buttons that ask for a part of the page, and get answers of these statuses."""
    return environment().get_template("swapping.html").render(statuses=(200, 409, 422, 500))
