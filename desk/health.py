"""Whether the desk lives, whether it can work, and what it counts."""

from flask import Blueprint, Response
from prometheus_client import generate_latest
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from desk.access import public
from desk.parts import parts

blueprint = Blueprint("health", __name__)
TEXT, METRICS_TEXT = "text/plain; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/health/live")
@public
def live() -> Response:
    return Response("OK", content_type=TEXT)


@blueprint.get("/health/ready")
@public
def ready() -> Response:
    """Whether sessions can be read. The provider and the services may be away: a page says so."""
    try:
        with parts().database.transaction() as connection:
            connection.execute("SELECT 1")
    except (OperationalError, PoolTimeout):
        return Response("The database cannot be reached.", 503, content_type=TEXT)
    return Response("OK", content_type=TEXT)


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    return Response(generate_latest(), content_type=METRICS_TEXT)
