"""The OpenAPI 3.1 document of a service, made from its endpoints and their schemas."""

import inspect
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from shared.messaging.schema import camel_case
from shared.web.endpoint import PLACEHOLDER, Endpoint, Offer
from shared.web.problems import MEDIA_TYPE

KINDS: dict[str | None, dict[str, str]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer"},
    None: {"type": "string"},
}


class WrongField(Schema):
    field = fields.String(required=True, metadata={"description": "path of the field; empty for the whole"})
    reason = fields.String(required=True)


class ProblemDocument(Schema):
    """RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(WrongField))


def openapi_document(service: type) -> dict[str, Any]:
    """The document of a service class; its name, docstring and `api_version` head it."""
    spec = APISpec(
        title=service.name,  # type: ignore[attr-defined]
        version=getattr(service, "api_version", "1.0.0"),
        openapi_version="3.1.0",
        info={"description": inspect.getdoc(service)},
        plugins=[MarshmallowPlugin()],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for name, offer in sorted(offers_of(service), key=lambda found: found[1].url):
        spec.path(
            offer.route,
            operations={offer.method.lower(): _operation(name, offer)},
            parameters=list(_path_parameters(offer.url)),
        )
    document: dict[str, Any] = spec.to_dict()
    return document


def offers_of(service: type) -> Iterator[tuple[str, Offer]]:
    """Every endpoint of a service class with the name of its method."""
    for name, method in inspect.getmembers(service, inspect.isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            if isinstance(entrypoint, Endpoint):
                yield name, entrypoint.offer


def _operation(name: str, offer: Offer) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": offer.summary,
        "responses": {
            str(int(offer.success)): _success(offer),
            "default": {"description": "what was wrong", "content": {MEDIA_TYPE: {"schema": ProblemDocument}}},
        },
    }
    if offer.query:
        operation["parameters"] = [{"in": "query", "schema": offer.query}]
    if offer.takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": offer.takes}}}
    if not offer.public:
        operation["description"] = "Needs one of the roles: " + ", ".join(sorted(offer.roles)) + "."
        operation["security"] = [{"token": []}]
    return operation


def _success(offer: Offer) -> dict[str, Any]:
    success: dict[str, Any] = {"description": HTTPStatus(offer.success).phrase}
    if offer.gives:
        schema = {"type": "array", "items": offer.gives} if offer.many else offer.gives
        success["content"] = {"application/json": {"schema": schema}}
    return success


def _path_parameters(url: str) -> Iterator[dict[str, Any]]:
    for found in PLACEHOLDER.finditer(url):
        kind = KINDS.get(found["kind"], KINDS[None])
        yield {"in": "path", "name": camel_case(found["name"]), "required": True, "schema": kind}
