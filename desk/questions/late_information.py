"""What a partner told after the decision of somebody at no table: the information coordinator says that it is read."""

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from desk.clicks import ClickForm
from desk.questions.views import blueprint
from desk.sending import send


@blueprint.post("/questions/<uuid:request_id>/late-information/<uuid:information_id>")
def read(request_id: UUID, information_id: UUID) -> Response:
    """The question shows whether that is recorded."""
    question, path = url_for("questions.show", request_id=request_id), f"/v1/late-information/{information_id}/reading"
    return send(ClickForm.at(""), "weighing", path, {}, then=question, again=lambda status: redirect(question))
