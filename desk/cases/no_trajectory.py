"""The aftercare coordinator says why no voluntary trajectory started though its owner says that it is done."""

from functools import partial
from uuid import UUID

from flask import Response, make_response, render_template, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as Answer
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from desk.access import may
from desk.asking import needed, own_house
from desk.cases.views import blueprint
from desk.forms import DeskForm
from desk.language import lazy
from desk.parts import parts
from desk.sending import send

TOLD = {
    "unknown_need": lazy("The weighing team of this house has not decided on this trajectory."),
    "not_reported_done": lazy("Its owner does not say any more that it is done."),
    "bsn_in_text": lazy("Leave the citizen service number out of the text."),
}


class NoTrajectoryForm(DeskForm):
    refusals = TOLD
    because = TextAreaField(
        lazy("Why did no trajectory start?"), [InputRequired(lazy("Say why no trajectory started.")), Length(max=2000)]
    )


@blueprint.get("/cases/<uuid:case_id>/trajectories/<uuid:follow_up_id>")
def begin_to_explain(case_id: UUID, follow_up_id: UUID) -> Response:
    return _page(case_id, follow_up_id, _form(case_id, follow_up_id))


@blueprint.post("/cases/<uuid:case_id>/trajectories/<uuid:follow_up_id>")
def explain(case_id: UUID, follow_up_id: UUID) -> Answer:
    form = _form(case_id, follow_up_id)
    path, body = f"/v1/wanted-trajectories/{follow_up_id}/explanation", {"noneBecause": form.because.data}
    again, then = partial(_page, case_id, follow_up_id, form), url_for("cases.show", case_id=case_id)
    return send(form, "aftercare", path, body, then=then, again=again)


def _form(case_id: UUID, follow_up_id: UUID) -> NoTrajectoryForm:
    """Raises Forbidden for somebody who does not say it, NotFound for a case of another house."""
    own_house()
    if not may("aftercare.EXPLAIN_TRAJECTORY"):
        raise Forbidden
    needed(parts().services.get("aftercare", f"/v1/cases/{case_id}"))
    return NoTrajectoryForm.at(f"no-trajectory/{follow_up_id}")


def _page(case_id: UUID, follow_up_id: UUID, form: NoTrajectoryForm, status: int = 200) -> Response:
    shown = {"form": form, "case_id": case_id, "follow_up_id": follow_up_id, "unsure": status == 503}
    return make_response(render_template("cases/no_trajectory.html", **shown), status)
