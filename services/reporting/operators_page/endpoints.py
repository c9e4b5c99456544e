"""The static files of the operators' page, over HTTP."""

from pathlib import Path

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from shared.web import PUBLIC, Call, endpoint

STATIC = Path(__file__).with_name("static")
MEDIA_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
FILES = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in MEDIA_TYPES}


@endpoint(action=PUBLIC, files=[MEDIA_TYPES[".html"]])
def operations_page(call: Call[None], service: object) -> Response:
    """The operators' page."""
    return static_file("operations.html")


@endpoint(action=PUBLIC, files=list(MEDIA_TYPES.values()))
def operations_file(call: Call[None], service: object, name: str) -> Response:
    """A file of the operators' page."""
    return static_file(name)


def static_file(name: str) -> Response:
    """A file of the page by name."""
    if name not in FILES:
        raise NotFound
    media_type = f"{MEDIA_TYPES[Path(name).suffix]}; charset=utf-8"
    return Response(FILES[name], content_type=media_type, headers=HEADERS)
