"""For which house somebody acts, and for whom if standing in; the choice stays until the session ends."""

from flask import Blueprint, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from desk.access import any_house, session
from desk.parts import parts
from desk.redirects import leave_for, page_or_home
from desk.sessions.store import SessionStore

blueprint = Blueprint("house_choice", __name__, template_folder="templates")


@blueprint.get("/house")
@any_house
def show() -> str:
    return render_template("house_choice.html", page=page_or_home(request.args.get("next", "")))


@blueprint.post("/house")
@any_house
def choose() -> Response:
    """Raises NotFound for a capacity that the person does not have, as if it did not exist."""
    wanted = request.form.get("capacity", "")
    chosen = next((each for each in session().person.capacities if each.id == wanted), None)
    if chosen is None:
        raise NotFound
    with parts().database.transaction() as connection:
        SessionStore(connection, parts().settings.session_key).choose(session(), chosen)
    return leave_for(page_or_home(request.form.get("page", "")))
