"""A referral that was set aside: the description beside the people who have its number, and the decision."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for
from werkzeug.wrappers import Response as Answer

from desk.asking import name_in, needed
from desk.conflicts.forms import IdentityForm
from desk.language import birth_date, lazy
from desk.parts import parts
from desk.sending import send
from desk.services import Missing

blueprint = Blueprint("conflicts", __name__, template_folder="templates")

PURPOSE = "intake"
DETAILS = {
    "familyName": lazy("Family name"),
    "givenNames": lazy("Given names"),
    "birthDate": lazy("Birth date"),
    "sex": lazy("Sex"),
    "municipality": lazy("Municipality"),
    "bsn": lazy("BSN"),
}
SEXES = {"man": lazy("man"), "woman": lazy("woman"), "unknown": lazy("not known")}


@blueprint.get("/identity-conflicts/<uuid:referral_id>")
def show(referral_id: UUID) -> Response:
    conflict = _conflict(referral_id)
    return _page(conflict, _form(referral_id, conflict))


@blueprint.post("/identity-conflicts/<uuid:referral_id>")
def decide(referral_id: UUID) -> Answer:
    """The referral goes on its way, about whom the officer says."""
    conflict = _conflict(referral_id)
    form = _form(referral_id, conflict)
    path = f"/v1/identity-conflicts/{referral_id}/decision"
    again, then = partial(_page, conflict, form), url_for("work.show")
    return send(form, "intake", path, form.command, then=then, again=again)


def _conflict(referral_id: UUID) -> Any:
    """Missing if intake does not answer, or somebody has decided. Raises NotFound, Forbidden."""
    return needed(parts().services.get("intake", f"/v1/identity-conflicts/{referral_id}", {"purpose": PURPOSE}))


def _form(referral_id: UUID, conflict: Any) -> IdentityForm:
    form = IdentityForm.at(f"identity-conflict/{referral_id}")
    known = [] if isinstance(conflict, Missing) else conflict["known"]
    form.offer([(each["subjectId"], name_in(each["details"])) for each in known] if len(known) > 1 else [])
    return form


def _page(conflict: Any, form: IdentityForm, status: int = 200) -> Response:
    page = render_template(
        "conflicts/conflict.html",
        conflict=conflict,
        form=form,
        rows=[] if isinstance(conflict, Missing) else _rows(conflict),
        unsure=status == 503,
    )
    return make_response(page, status)


def _rows(conflict: Any) -> list[dict[str, str]]:
    """Each detail, as the referral tells it and as it is known of each person who has the number."""
    people = {"told": conflict["told"]}
    people |= {f"known{number}": each["details"] for number, each in enumerate(conflict["known"])}
    return [
        {"detail": str(name), **{who: _words(detail, details.get(detail)) for who, details in people.items()}}
        for detail, name in DETAILS.items()
    ]


def _words(detail: str, value: str | None) -> str:
    if detail == "birthDate" and value:
        return birth_date(value)
    return str(SEXES.get(value or "", "")) if detail == "sex" else value or ""
