"""Zoek een persoon: by BSN, or by name and birth date; two that are one person become a pair to look at."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from desk.asking import allowed, name_in, needed, own_house
from desk.forms import DeskForm
from desk.language import birth_date, gettext, lazy
from desk.matches.words import PURPOSE, told
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Look, Missing

WIRE = {"familyName": "family_name", "givenNames": "given_names", "birthDate": "birth_date", "bsn": "bsn"}


class SearchForm(DeskForm):
    """Whom somebody looks for. What is typed stands in no address."""

    family_name = StringField(lazy("Family name"), [Length(max=100)])
    given_names = StringField(lazy("Given names"), [Length(max=100)])
    birth_date = StringField(lazy("Birth date"), description=lazy("As 1990-05-12; a year is enough."))
    bsn = StringField(lazy("BSN"))

    def about(self) -> dict[str, str]:
        typed = {wire: (self[name].data or "").strip() for wire, name in WIRE.items()}
        return {wire: value for wire, value in typed.items() if value}


class PairForm(DeskForm):
    """Which two of those that were found are one person."""

    subject_ids = SelectMultipleField(
        lazy("Which two are one person"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, found: Sequence[Any]) -> None:
        self.subject_ids.choices = [(each["subjectId"], _line(each)) for each in found]


def search() -> ResponseReturnValue:
    """Whom the house knows like this; intake logs each that it tells."""
    own_house()
    form = SearchForm.at("match-search")
    if not (form.validate() and form.about()):
        form.form_errors = [gettext("Type a name or a BSN.")]
        return render_template("matches/search.html", form=form, found=None, pair=None), 422
    look = Look("intake", "/v1/subjects/like", body={"about": {"kind": "person", **form.about()}, "purpose": PURPOSE})
    found = needed(parts().services.get_all({"found": look})["found"])
    pair = PairForm.at("match-pair")
    pair.offer([] if isinstance(found, Missing) else found["alike"])
    return render_template("matches/search.html", form=form, found=found, pair=pair)


def propose() -> ResponseReturnValue:
    """Make a pair of two records, and show it."""
    pair = PairForm.at("match-pair")
    chosen = pair.subject_ids.data or []
    if len(chosen) != 2:
        return _refused(pair, gettext("Choose two."), 422)
    body = {"subjectId": chosen[0], "otherId": chosen[1]}
    answer = allowed(parts().services.post("intake", "/v1/matches", body, key=pair.token.key))
    if isinstance(answer, Done):
        return leave_for(url_for("matches.show", match_id=answer.data["matchId"]))
    if isinstance(answer, Missing):
        return _refused(pair, gettext("Intake does not answer. Try again in a moment."), 503)
    return _refused(pair, told(answer.problems[0]), answer.status)


def _refused(pair: PairForm, words: str, status: int) -> ResponseReturnValue:
    pair.form_errors = [words]
    form = SearchForm.at("match-search")
    return render_template("matches/search.html", form=form, found=None, pair=pair), status


def _line(found: Any) -> str:
    """`Piet Jansen, 3 februari 1990, Leiden`."""
    details = found["details"]
    named, born = name_in(details) or gettext("name not known"), details.get("birthDate")
    return ", ".join(filter(None, (named, born and birth_date(born), details["municipality"])))
