"""The page of who belongs with somebody, and that of one relation."""

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from desk.asking import needed, own_house
from desk.parts import parts
from desk.relations.forms import RECORD, EndForm, MistakeForm, RelationForm
from desk.sending import send
from desk.services import Look, Missing
from desk.whom import PURPOSE, line
from desk.words import ROLES

blueprint = Blueprint("relations", __name__, template_folder="templates")


@blueprint.get("/subjects/<uuid:subject_id>/relations")
def show(subject_id: UUID) -> Response:
    return _page(subject_id)


@blueprint.post("/subjects/<uuid:subject_id>/relations")
def change(subject_id: UUID) -> Answer:
    """Search somebody, or record what the one that was chosen is to whom the page is about."""
    form = _form(subject_id)
    if request.form.get("step") != RECORD:
        return _page(subject_id, form)
    body, again = partial(form.command, str(subject_id)), partial(_page, subject_id, form)
    then = url_for("relations.show", subject_id=subject_id)
    return send(form, "intake", "/v1/relations", body, then=then, again=again)


@blueprint.get("/subjects/<uuid:subject_id>/relations/<uuid:relation_id>")
def one(subject_id: UUID, relation_id: UUID) -> Response:
    return _page_of_one(subject_id, relation_id, *_forms_of(relation_id))


@blueprint.post("/subjects/<uuid:subject_id>/relations/<uuid:relation_id>")
def end(subject_id: UUID, relation_id: UUID) -> Answer:
    """End a relation, or say that it was a mistake."""
    ending, mistake = _forms_of(relation_id)
    form, what = (ending, "end") if ending.is_sent else (mistake, "withdrawal")
    path, again = f"/v1/relations/{relation_id}/{what}", partial(_page_of_one, subject_id, relation_id, ending, mistake)
    then = url_for("relations.show", subject_id=subject_id)
    return send(form, "intake", path, form.command, then=then, again=again)


def _form(subject_id: UUID) -> RelationForm:
    house, form = own_house(), RelationForm.at(f"relation/{subject_id}")
    form.offer(house)
    return form


def _forms_of(relation_id: UUID) -> tuple[EndForm, MistakeForm]:
    return EndForm.at(f"relation-end/{relation_id}"), MistakeForm.at(f"relation-mistake/{relation_id}")


def _told(subject_id: UUID) -> tuple[Any, Any]:
    """Whom the page is about, and who belongs with them; Missing without an answer. Raises NotFound, Forbidden."""
    purpose = {"purpose": PURPOSE}
    path = f"/v1/subjects/{subject_id}"
    looks = {"subject": Look("intake", path, purpose), "relations": Look("intake", f"{path}/relations", purpose)}
    told = parts().services.get_all(looks)
    return needed(told["subject"]), needed(told["relations"])


def _page(subject_id: UUID, sent: RelationForm | None = None, status: int = 200) -> Response:
    """sent: the form that was sent, with what is wrong in it; whom it looks for is searched again."""
    form = sent or _form(subject_id)
    subject, relations = _told(subject_id)
    if not isinstance(subject, Missing):
        form.offer_roles(subject["details"]["kind"])
    found = (form.found() if status == 200 else form.look_up()) if sent else None
    if found and not isinstance(found, Missing):
        form.offer_found([each for each in found["alike"] if each["subjectId"] != str(subject_id)])
    page = render_template(
        "relations/list.html",
        subject=subject,
        relations=relations,
        form=form,
        found=found,
        unsure=status == 503,
        **_words(),
    )
    return make_response(page, 422 if form.errors and status == 200 else status)


def _page_of_one(
    subject_id: UUID, relation_id: UUID, ending: EndForm, mistake: MistakeForm, status: int = 200
) -> Response:
    own_house()
    subject, relations = _told(subject_id)
    items = () if isinstance(relations, Missing) else relations["items"]
    relation = next((each for each in items if each["relationId"] == str(relation_id)), relations)
    if relation is relations and not isinstance(relations, Missing):
        raise NotFound
    page = render_template(
        "relations/one.html",
        subject=subject,
        relation=relation,
        ending=ending,
        mistake=mistake,
        unsure=status == 503,
        **_words(),
    )
    return make_response(page, status)


def _words() -> dict[str, Any]:
    return {"line": line, "ROLES": ROLES}
