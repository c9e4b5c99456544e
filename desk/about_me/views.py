"""Over mij: who am I here, with which functions, and where am I signed in."""

from flask import Blueprint, render_template

from desk.access import session
from desk.parts import parts
from desk.sessions.store import SessionStore

blueprint = Blueprint("about_me", __name__, template_folder="templates")


@blueprint.get("/about-me")
def show() -> str:
    with parts().database.transaction() as connection:
        sessions = SessionStore(connection, parts().settings.session_key).of_person(session())
    return render_template("about_me.html", sessions=sessions)
