"""Wie zag wat: who was told who a case is about, or read what was written, what for and when."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response
from wtforms import Form, StringField

from desk.access import may
from desk.asking import needed, own_house
from desk.houses import organisation_of
from desk.language import gettext, lazy
from desk.parts import parts
from desk.words import PURPOSES, TEXTS

blueprint = Blueprint("disclosures", __name__, template_folder="templates")


class CaseForm(Form):
    """Which case."""

    case = StringField(lazy("Number of the case"))


@blueprint.get("/disclosures")
def choose() -> Response | str:
    """Ask for the number of a case, and go to it."""
    own_house()
    if not may("intake.SEE_DISCLOSURES"):
        raise Forbidden
    form = CaseForm(request.args)
    try:
        case_id = UUID(form.case.data) if form.case.data else None
    except ValueError:
        case_id = None
        form.case.errors = [gettext("This is no number of a case.")]
    if case_id:
        return redirect(url_for("disclosures.show", case_id=case_id), 303)
    return render_template("disclosures/list.html", form=form, case_id=None)


@blueprint.get("/disclosures/<uuid:case_id>")
def show(case_id: UUID) -> str:
    own_house()
    before = request.args.get("before")
    path, params = f"/v1/cases/{case_id}/disclosures", {"before": before} if before else {}
    return render_template(
        "disclosures/list.html",
        form=CaseForm(case=str(case_id)),
        case_id=case_id,
        seen=needed(parts().services.get("intake", path, params)),
        organisation=lambda id: organisation_of(id, parts().houses),
        may=may,
        PURPOSES=PURPOSES,
        TEXTS=TEXTS,
    )
