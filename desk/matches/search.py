"""Zoek een persoon: by a number, or by name and birth date; two that are one person become a pair to look at."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from desk.asking import allowed, own_house
from desk.forms import DeskForm
from desk.language import gettext, lazy
from desk.matches.words import told
from desk.parts import parts
from desk.redirects import leave_for
from desk.services import Done, Missing
from desk.whom import SearchForm, line


class PairForm(DeskForm):
    """Which two of those that were found are one person."""

    subject_ids = SelectMultipleField(
        lazy("Which two are one person"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, found: Sequence[Any]) -> None:
        self.subject_ids.choices = [(each["subjectId"], line(each["details"])) for each in found]


def search_form() -> SearchForm:
    """Raises Forbidden for somebody who has no function in any house."""
    house, form = own_house(), SearchForm.at("match-search")
    form.offer_places(house)
    return form


def search() -> ResponseReturnValue:
    """Whom the house knows like this; intake logs each that it tells."""
    form = search_form()
    found = form.found()
    if found is None:
        return render_template("matches/search.html", form=form, found=None, pair=None), 422
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
    return render_template("matches/search.html", form=search_form(), found=None, pair=pair), status
