"""Puts the desk together: `create_application(settings)` is the WSGI program."""

from typing import Any

from flask import Flask, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from desk import access, errors, look, web_log
from desk.database import Database
from desk.forms import new_token
from desk.headers import add_headers, headers_of
from desk.health import blueprint as health
from desk.houses import load_houses
from desk.pages import PAGES
from desk.parts import NAME, Parts, parts
from desk.services import Bearer, Missing, Services
from desk.settings import DeskSettings

MOST_BYTES_OF_A_FORM = 1024 * 1024
MOST_FIELDS = 2000


def create_application(settings: DeskSettings) -> Flask:
    """The desk, with connections of its own. Raises ProfilesError."""
    database, services = Database(settings.database_url), Services(settings.services, bearer)
    return application_of(Parts(settings, database, services, load_houses(settings.houses)))


def application_of(made: Parts) -> Flask:
    """The desk of these parts; tests put in others."""
    app = Flask("desk", template_folder="templates", static_folder="static")
    app.config |= {"MAX_CONTENT_LENGTH": MOST_BYTES_OF_A_FORM, "MAX_FORM_PARTS": MOST_FIELDS}
    app.extensions[NAME] = made
    web_log.register(app)
    look.register(app)
    access.register(app)
    errors.register(app)
    _register_pages(app)
    _prepare_templates(app)
    headers = headers_of(made.settings)
    app.after_request(lambda response: _with_headers(response, headers))
    if made.settings.proxies:
        count = made.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]
    return app


def bearer() -> Bearer:
    """In whose name the services are asked for this request."""
    session = access.session()
    return Bearer(session.tokens.access, session.acts_for, web_log.correlation_id())


def _register_pages(app: Flask) -> None:
    app.register_blueprint(health)
    for page in PAGES:
        app.register_blueprint(page.blueprint)


def _prepare_templates(app: Flask) -> None:
    app.jinja_env.globals["new_token"] = new_token
    app.jinja_env.tests["missing"] = lambda value: isinstance(value, Missing)
    app.context_processor(_known_to_every_page)


def _known_to_every_page() -> dict[str, Any]:
    """What `base.html` may name. Without a session, `person` and `house` are None, `houses` and `pages` empty."""
    session = g.get("session")
    common = {"correlation_id": web_log.correlation_id(), "session": session}
    if session is None:
        return {**common, "person": None, "house": None, "houses": (), "pages": ()}
    house, houses = session.acts_for, parts().houses
    return {
        **common,
        "person": session.person,
        "house": houses.get(house),
        "houses": [houses[each] for each in session.person.houses if each in houses],
        "pages": [page for page in PAGES if page.is_for(session.person, house)],
    }


def _with_headers(response: Response, headers: Any) -> Response:
    add_headers(response, headers, request.path)
    return response
