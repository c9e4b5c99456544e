"""What a partner told of somebody at a table after the decision: whoever holds the case, or the director, reads it."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from desk.access import may
from desk.asking import needed, own_house
from desk.cases.views import blueprint
from desk.clicks import ClickForm
from desk.parts import parts
from desk.sending import send
from desk.services import Look, Missing


@blueprint.get("/cases/<uuid:case_id>/late-information/<uuid:information_id>")
def show_late_information(case_id: UUID, information_id: UUID) -> str:
    """The texts; intake keeps who reads them. Raises Forbidden, or NotFound for what this person is not to read."""
    own_house()
    if not may("meetings.READ_LATE_INFORMATION"):
        raise Forbidden
    told = needed(parts().services.get("meetings", f"/v1/cases/{case_id}"))
    late, purpose = _found(told, str(information_id)) if not isinstance(told, Missing) else (None, "")
    texts = _texts(late["contributionIds"], purpose) if late else []
    return render_template("cases/late_information.html", case_id=case_id, told=told, late=late, texts=texts)


@blueprint.post("/cases/<uuid:case_id>/late-information/<uuid:information_id>")
def read(case_id: UUID, information_id: UUID) -> Response:
    """Record that what a partner told after the decision has been read. The case shows whether that is recorded."""
    own_house()
    needed(parts().services.get("meetings", f"/v1/cases/{case_id}"))
    case, path = url_for("cases.show", case_id=case_id), f"/v1/late-information/{information_id}/reading"
    return send(ClickForm.at(""), "meetings", path, {}, then=case, again=lambda status: redirect(case))


def _found(told: Any, information_id: str) -> tuple[Any, str]:
    """What was told, and for which purpose this person reads it: the holder as such, the director for the table."""
    for part in (*(told.get("involvement") or ()), *told.get("tableCases", ())):
        for late in part["lateInformation"]:
            if late["informationId"] == information_id:
                return late, "late_information" if "holds" in part else part["table"]
    raise NotFound


def _texts(contribution_ids: list[str], purpose: str) -> Any:
    """Missing if intake does not tell them."""
    if not contribution_ids:
        return []
    asked = {"contributionIds": contribution_ids, "purpose": purpose}
    told = parts().services.get_all({"texts": Look("intake", "/v1/contributions", body=asked)})["texts"]
    return told if isinstance(told, Missing) else told["items"]
