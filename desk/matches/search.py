"""Zoek een persoon: by a number, or by name and birth date; two that are one person become a pair to look at."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Response, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Answer
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from desk.asking import own_house
from desk.forms import DeskForm, say
from desk.language import gettext, lazy
from desk.matches.words import REFUSALS
from desk.sending import send
from desk.services import Missing
from desk.whom import SearchForm, line


class PairForm(DeskForm):
    """Which two of those that were found are one person."""

    refusals = REFUSALS
    subject_ids = SelectMultipleField(
        lazy("Which two are one person"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if len(self.subject_ids.data or ()) != 2:
            say(self, gettext("Choose two."))
        return not self.form_errors

    def command(self) -> dict[str, str]:
        one, other = self.subject_ids.data
        return {"subjectId": one, "otherId": other}

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


def propose() -> Answer:
    """Make a pair of two records, and show it."""
    pair = PairForm.at("match-pair")
    return send(pair, "intake", "/v1/matches", pair.command, then=_side_by_side, again=partial(_refused, pair))


def _side_by_side(made: Any) -> str:
    return url_for("matches.show", match_id=made["matchId"])


def _refused(pair: PairForm, status: int) -> Response:
    if status == 503:
        say(pair, gettext("Intake does not answer. Try again in a moment."))
    page = render_template("matches/search.html", form=search_form(), found=None, pair=pair)
    return make_response(page, status)
