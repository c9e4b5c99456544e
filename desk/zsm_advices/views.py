"""ZSM-advies: the process director or the case holder writes what ZSM hears of a case; ZSM reads it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from desk.access import session
from desk.asking import needed, own_house
from desk.forms import DeskForm
from desk.language import gettext, lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Problem

blueprint = Blueprint("zsm_advices", __name__, template_folder="templates")

WRITING = frozenset({"process_director", "case_holder"})
TOLD = {
    "no_plan": lazy("The case has no plan yet: an advice comes from the plan."),
    "already_closed": lazy("The case is closed."),
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
}


class AdviceForm(DeskForm):
    """What ZSM hears."""

    sketch = TextAreaField(
        lazy("The case in short"), [InputRequired(lazy("Write what ZSM must know.")), Length(max=2000)]
    )
    measures = TextAreaField(
        lazy("Measures that the table wishes for"),
        [InputRequired(lazy("Write what the table wishes for.")), Length(max=2000)],
    )

    def blame(self, problems: Sequence[Problem]) -> None:
        """What the service does not accept stands above the form."""
        for problem in problems:
            reason = TOLD.get(problem.code)
            words = str(reason) if reason else gettext("This is not accepted: %(reason)s") % {"reason": problem.reason}
            self.form_errors.append(words)


@blueprint.get("/zsm-advices/on/<uuid:table_case_id>")
def begin(table_case_id: UUID) -> Response:
    return _page(table_case_id, _form(table_case_id))


@blueprint.post("/zsm-advices/on/<uuid:table_case_id>")
def write(table_case_id: UUID) -> Answer:
    form = _form(table_case_id)
    if not form.validate():
        return _page(table_case_id, form, 422)
    body = {"sketch": form.sketch.data, "measures": form.measures.data}
    return send(
        form,
        "meetings",
        f"/v1/table-cases/{table_case_id}/zsm-advices",
        body,
        then=url_for("work.show"),
        again=lambda status: _page(table_case_id, form, status),
        blame=form.blame,
    )


@blueprint.get("/zsm-advices/<uuid:advice_id>")
def show(advice_id: UUID) -> str:
    """An advice; meetings keeps who reads it."""
    own_house()
    advice = needed(parts().services.get("meetings", f"/v1/zsm-advices/{advice_id}"))
    return render_template("zsm_advices/one.html", advice=advice)


def _form(table_case_id: UUID) -> AdviceForm:
    """Raises Forbidden for somebody who writes none."""
    own_house()
    if not session().has(*WRITING):
        raise Forbidden
    return AdviceForm.at(f"zsm-advice/{table_case_id}")


def _page(table_case_id: UUID, form: AdviceForm, status: int = 200) -> Response:
    shown = {"form": form, "table_case_id": table_case_id, "unsure": status == 503}
    return make_response(render_template("zsm_advices/write.html", **shown), status)
