"""Over mij: who am I here, with which functions, and where am I signed in."""

from flask import Blueprint, render_template

from desk.access import any_house, session
from desk.houses import organisation_of
from desk.parts import parts
from desk.sessions.store import SessionStore

blueprint = Blueprint("about_me", __name__, template_folder="templates")


@blueprint.get("/about-me")
@any_house
def show() -> str:
    person = session().person
    with parts().database.transaction() as connection:
        sessions = SessionStore(connection, parts().settings.session_key).of_person(session())
    return render_template(
        "about_me.html",
        organisation=organisation_of(person.organisation, parts().houses),
        sessions=sessions,
    )
