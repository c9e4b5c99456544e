"""Puts the desk together: `application_of(parts_of(settings))` is the WSGI program."""

from typing import Any

from flask import Flask, Response, g, redirect, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from desk import access, errors, look, web_log
from desk.database import Database
from desk.drafting.views import blueprint as drafting
from desk.forms import new_token
from desk.headers import add_headers, headers_of
from desk.health import blueprint as health
from desk.house_choice.views import blueprint as house_choice
from desk.houses import load_houses
from desk.pages import PAGES
from desk.parts import NAME, Parts, parts
from desk.provider import Provider
from desk.renewal import SessionEnded, session_with_tokens
from desk.services import Bearer, Missing, Services
from desk.settings import DeskSettings
from desk.sign_in.views import blueprint as sign_in
from desk.words import CONTRA_INDICATIONS, functions_named

MOST_BYTES_OF_A_FORM = 1024 * 1024
MOST_FIELDS = 2000


def parts_of(settings: DeskSettings) -> Parts:
    """With connections of their own. Raises ProfilesError."""
    houses = load_houses(settings.houses)
    return Parts(
        settings=settings,
        database=Database(settings.database_url),
        provider=Provider(settings, houses.keys()),
        services=Services(settings.services, bearer),
        houses=houses,
    )


def application_of(made: Parts) -> Flask:
    """The desk of these parts."""
    app = Flask("desk", template_folder="templates", static_folder="static")
    app.config |= {"MAX_CONTENT_LENGTH": MOST_BYTES_OF_A_FORM, "MAX_FORM_PARTS": MOST_FIELDS}
    app.extensions[NAME] = made
    web_log.register(app)
    look.register(app)
    access.register(app)
    errors.register(app)
    app.register_error_handler(SessionEnded, lambda _: access.send_to("/sign-in"))
    _register_pages(app)
    _prepare_templates(app)
    headers = headers_of(made.settings)
    app.after_request(lambda response: _with_headers(response, headers))
    if made.settings.proxies:
        count = made.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    return app


def bearer() -> Bearer:
    """In whose name the services are asked for this request. Raises SessionEnded, ProviderDown."""
    session = session_with_tokens()
    capacity = session.capacity
    standing_in_for = capacity.standing_in_for if capacity else None
    return Bearer(session.tokens.access, session.acts_for, standing_in_for, web_log.correlation_id())


def home() -> Any:
    """The first page that is for this person."""
    return redirect(url_for(next(page.entry for page in PAGES if page.is_offered)), 303)


def _register_pages(app: Flask) -> None:
    app.add_url_rule("/", view_func=home)
    for blueprint in (health, sign_in, house_choice, drafting, *(page.blueprint for page in PAGES)):
        app.register_blueprint(blueprint)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.globals |= {"new_token": new_token, "functions_named": functions_named}
    app.jinja_env.globals |= {"CONTRA_INDICATIONS": CONTRA_INDICATIONS}
    app.jinja_env.tests["missing"] = lambda value: isinstance(value, Missing)
    app.context_processor(_known_to_every_page)


def _known_to_every_page() -> dict[str, Any]:
    """What `base.html` may name. Without a session, `person`, `house` and `capacity` are None, lists empty."""
    session = g.get("session")
    common = {"correlation_id": web_log.correlation_id(), "session": session}
    if session is None:
        return {**common, "person": None, "house": None, "capacity": None, "capacities": (), "pages": ()}
    return {
        **common,
        "person": session.person,
        "house": parts().houses.get(session.acts_for),
        "houses": parts().houses,
        "capacity": session.capacity,
        "capacities": session.person.capacities,
        "pages": [page for page in PAGES if page.is_offered],
    }


def _with_headers(response: Response, headers: Any) -> Response:
    add_headers(response, headers, request.path)
    return response
