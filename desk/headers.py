"""The headers of every answer: what a browser may do with it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response

from desk.settings import DeskSettings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self' {provider}; base-uri 'none'; frame-ancestors 'none'"
)
"""A form may end at the provider: the browser checks also where the answer to a form sends it."""
UNCHANGING = "/static/"


def headers_of(settings: DeskSettings) -> Mapping[str, str]:
    """Those of a page."""
    return {
        "Content-Security-Policy": POLICY.format(provider=origin_of(settings.issuer)),
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def add_headers(response: Response, headers: Mapping[str, str], path: str) -> None:
    """Files of the desk itself may be kept by a browser, pages may not."""
    response.headers.update(headers)
    if path.startswith(UNCHANGING) and response.status_code < 400:
        response.headers["Cache-Control"] = "public, max-age=3600"


def origin_of(url: str) -> str:
    """`https://host:port` of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
