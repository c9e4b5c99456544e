"""What every page needs of its template: words, formats, addresses of static files, and the choice of the language."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, request
from jinja2 import Environment, StrictUndefined
from werkzeug.wrappers import Response

from desk import language
from desk.redirects import leave_for, page_or_home

STATIC = Path(__file__).with_name("static")
COOKIE = "__Host-language"
FORMATS = (
    language.day,
    language.birth_date,
    language.weekday,
    language.moment,
    language.clock,
    language.duration,
    language.number,
    language.amount,
)
A_YEAR = 365 * 24 * 60 * 60


def register(app: Flask) -> None:
    dress(app.jinja_env)
    app.before_request(choose_language)


def dress(environment: Environment) -> None:
    """Give an environment what the templates of the desk use. A name that a template misspells is an error."""
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {"static": static, "language": language.language, "LANGUAGES": language.LANGUAGES}
    for formatted in FORMATS:
        environment.filters[formatted.__name__] = formatted


def choose_language() -> Response | None:
    """Speak the language of the cookie. `?language=en`, a link at the foot of every page, changes the cookie."""
    language.speak(request.cookies.get(COOKIE))
    chosen = request.args.get("language")
    if chosen not in language.LANGUAGES or request.method != "GET":
        return None
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "language"]
    answer = leave_for(page_or_home(f"{request.path}?{urlencode(others)}".rstrip("?")))
    answer.set_cookie(COOKIE, chosen, A_YEAR, path="/", secure=True, httponly=True, samesite="Lax")
    return answer


@cache
def static(name: str) -> str:
    """The address of a static file. It changes with the file, so that browsers may keep the file for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?{digest[:12]}"
