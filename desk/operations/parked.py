"""Messages that were set aside: those that wait for a person apart from those that were refused and answered."""

from functools import partial
from typing import Any

import orjson
from flask import abort, make_response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from desk.asking import allowed, needed
from desk.language import gettext, ngettext
from desk.operations import words
from desk.operations.blueprint import blueprint
from desk.operations.forms import CorrectionForm, GroupsForm, MessageForm, object_in
from desk.operations.groups import STEPS, Group, take
from desk.parts import parts
from desk.redirects import leave_for
from desk.sending import send
from desk.services import Missing, Refused

GROUPS = "/v1/operations/parked-message-groups"
MESSAGES = "/v1/operations/parked-messages"
SERVICES = '<any("intake","weighing","meetings","aftercare","reporting"):service>'
OF_A_GROUP = ("state", "house", "sender", "kind", "reason")


@blueprint.get("/parked")
def parked_groups() -> str:
    state = request.args.get("state", "waiting")
    if state not in words.STATES:
        raise NotFound
    return _groups_page(state, GroupsForm.at(f"parked/{state}"))


@blueprint.post("/parked")
def act_on_groups() -> Response | tuple[str, int]:
    state, step = request.form.get("state", ""), request.form.get("step", "")
    if state not in ("waiting", "answered") or step not in STEPS:
        raise BadRequest
    form = GroupsForm.at(f"parked/{state}")
    if not form.validate():
        return _groups_page(state, form), 422
    groups = [Group.of(text) for text in form.groups.data]
    taken = allowed(take(parts().services, step, state, form.why.data, groups, form.token))
    if isinstance(taken, Refused):
        form.blame(taken.problems)
        form.say_why(taken.status)
        return _groups_page(state, form), 422
    form.forget_drafts()
    more = "&more=1" if taken.unfinished else ""
    return leave_for(f"/operations/parked?state={state}&step={step}&done={taken.done}&left={taken.left_out}{more}")


def _groups_page(state: str, form: GroupsForm) -> str:
    page = request.args.get("page", "1")
    params = {"state": state, "page": page if page.isdecimal() else "1"}
    found = needed(parts().services.get("reporting", GROUPS, params))
    return render_template(
        "operations_parked.html", found=found, state=state, form=form, named=Group.named, done=_done()
    )


def _done() -> str:
    """What was done a moment ago, as the address tells."""
    done, left = request.args.get("done", ""), request.args.get("left", "0")
    if not done.isdecimal() or not left.isdecimal():
        return ""
    said = {
        "replays": ngettext(
            "%(done)s message is processed again. If it fails again, it comes back in this list.",
            "%(done)s messages are processed again. What fails again comes back in this list.",
            int(done),
        ),
        "discards": ngettext("%(done)s message is deleted.", "%(done)s messages are deleted.", int(done)),
    }.get(request.args.get("step", ""), "%(done)s")
    rest = gettext(" For %(left)s messages it was not possible.") if left != "0" else ""
    more = gettext(" There are more: do it again.") if "more" in request.args else ""
    return (said + rest + more) % {"done": done, "left": left}


@blueprint.get(f"/parked/{SERVICES}")
def parked_messages(service: str) -> str:
    """The messages of one group."""
    group = {name: request.args.get(name, "") for name in OF_A_GROUP}
    before = request.args.get("before", "")
    params = group | {"limit": "50"} | ({"before": before} if before.isdecimal() else {})
    found = needed(parts().services.get("reporting", f"{MESSAGES}/{service}", params))
    return render_template("operations_group.html", service=service, group=group, found=found, before=before)


@blueprint.get(f"/parked/{SERVICES}/<int:id>")
def parked_message(service: str, id: int) -> str:
    return _message_page(service, id, MessageForm.at(f"parked/{service}/{id}"))


@blueprint.post(f"/parked/{SERVICES}/<int:id>")
def act_on_message(service: str, id: int) -> Response:
    """Process again, delete or open."""
    form = MessageForm.at(f"parked/{service}/{id}")
    if form.step not in (*STEPS, "openings"):
        raise BadRequest
    path, again = f"{MESSAGES}/{service}/{id}/{form.step}", partial(_not_done, service, id, form)
    then = (
        partial(_opened, service, id, form)
        if form.step == "openings"
        else f"/operations/parked?step={form.step}&done=1"
    )
    return send(form, "reporting", path, form.values, then=then, again=again)


def _opened(service: str, id: int, form: MessageForm, message: Any) -> Response:
    """The message in a form that corrects it."""
    body = _indented(message["body"])
    correction = CorrectionForm.at(f"correction/{service}/{id}", prefix="correction-", body=body)
    return make_response(_message_page(service, id, form, correction))


@blueprint.post(f"/parked/{SERVICES}/<int:id>/correction")
def correct_message(service: str, id: int) -> Response:
    form = CorrectionForm.at(f"correction/{service}/{id}", prefix="correction-")
    path, then = f"{MESSAGES}/{service}/{id}/corrections", f"/operations/parked/{service}/{id}?corrected=1"
    return send(form, "reporting", path, form.command, then=then, again=partial(_not_done, service, id, form))


def _not_done(service: str, id: int, form: MessageForm | CorrectionForm, status: int) -> Response:
    form.say_why(status)
    is_correction = isinstance(form, CorrectionForm)
    about = MessageForm.at(f"parked/{service}/{id}") if is_correction else form
    return make_response(_message_page(service, id, about, form if is_correction else None), 422)


def _indented(body: str) -> str:
    """A line for each value; what is no JSON object stays as it is."""
    found = object_in(body)
    return body if found is None else orjson.dumps(found, option=orjson.OPT_INDENT_2).decode()


def _message_page(service: str, id: int, form: MessageForm, correction: CorrectionForm | None = None) -> str:
    message = parts().services.get("reporting", f"{MESSAGES}/{service}/{id}")
    if isinstance(message, Missing) and message.reason == "not_found":
        abort(make_response(render_template("operations_gone.html"), 404))
    message = needed(message)
    structure = "" if isinstance(message, Missing) else _structure(message)
    return render_template(
        "operations_message.html",
        service=service,
        id=id,
        message=message,
        structure=structure,
        form=form,
        correction=correction,
    )


def _structure(message: dict[str, object]) -> str:
    """Empty if the message can't be read."""
    if message["unreadable"] is not None:
        return ""
    return orjson.dumps(words.structure(message["structure"]), option=orjson.OPT_INDENT_2).decode()
