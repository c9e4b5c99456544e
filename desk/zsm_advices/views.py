"""ZSM-advies: the process director or the case holder writes what ZSM hears of a case; ZSM reads it."""

from functools import partial
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from desk.access import may
from desk.asking import needed, own_house
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send

blueprint = Blueprint("zsm_advices", __name__, template_folder="templates")

TOLD = {
    "no_plan": lazy("The case has no plan yet: an advice comes from the plan."),
    "already_closed": lazy("The case is closed."),
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
}


class AdviceForm(DeskForm):
    """What ZSM hears."""

    refusals = TOLD
    sketch = TextAreaField(
        lazy("The case in short"), [InputRequired(lazy("Write what ZSM must know.")), Length(max=2000)]
    )
    measures = TextAreaField(
        lazy("Measures that the table wishes for"),
        [InputRequired(lazy("Write what the table wishes for.")), Length(max=2000)],
    )

    def command(self) -> dict[str, str]:
        return {"sketch": self.sketch.data, "measures": self.measures.data}


@blueprint.get("/zsm-advices/on/<uuid:table_case_id>")
def begin(table_case_id: UUID) -> Response:
    return _page(table_case_id, _form(table_case_id))


@blueprint.post("/zsm-advices/on/<uuid:table_case_id>")
def write(table_case_id: UUID) -> Answer:
    form = _form(table_case_id)
    path = f"/v1/table-cases/{table_case_id}/zsm-advices"
    again, then = partial(_page, table_case_id, form), url_for("work.show")
    return send(form, "meetings", path, form.command, then=then, again=again)


@blueprint.get("/zsm-advices/<uuid:advice_id>")
def show(advice_id: UUID) -> str:
    """An advice; meetings keeps who reads it."""
    own_house()
    advice = needed(parts().services.get("meetings", f"/v1/zsm-advices/{advice_id}"))
    return render_template("zsm_advices/one.html", advice=advice)


def _form(table_case_id: UUID) -> AdviceForm:
    """Raises Forbidden for somebody who writes none."""
    own_house()
    if not may("meetings.WRITE_ADVICE"):
        raise Forbidden
    return AdviceForm.at(f"zsm-advice/{table_case_id}")


def _page(table_case_id: UUID, form: AdviceForm, status: int = 200) -> Response:
    shown = {"form": form, "table_case_id": table_case_id, "unsure": status == 503}
    return make_response(render_template("zsm_advices/write.html", **shown), status)
