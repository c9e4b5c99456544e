"""For which house somebody acts who has functions in several; the choice stays until the session ends."""

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
    """Raises NotFound for a house in which the person has no function, as if it did not exist."""
    house = request.form.get("house", "")
    if house not in session().person.houses or house not in parts().houses:
        raise NotFound
    with parts().database.transaction() as connection:
        SessionStore(connection, parts().settings.session_key).choose_house(session(), house)
    return leave_for(page_or_home(request.form.get("page", "")))
