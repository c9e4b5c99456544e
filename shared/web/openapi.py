"""The OpenAPI 3.1 document of a service, made from its endpoints and their schemas."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from shared.messaging.outcomes import Problem
from shared.schemas import camel_case
from shared.web.command import KEY, KNOWN, MATCH, CommandOffer
from shared.web.endpoint import Endpoint
from shared.web.offer import PLACEHOLDER, Offer, strict
from shared.web.problems import MEDIA_TYPE

KINDS: dict[str | None, dict[str, str]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer"},
    None: {"type": "string"},
}
REFERENCE = re.compile(r"#/components/schemas/(\w+)")
ETAG = {"description": "the version of what is given, for If-Match", "schema": {"type": "string"}}
REPLAYED = {
    "description": "`true` when the command had been carried out before and this is the answer that it got then",
    "schema": {"type": "string"},
}
REFUSALS_OF_COMMANDS = {
    HTTPStatus.UNPROCESSABLE_ENTITY: f"a rule forbids it, or its {KEY} was used for another command",
}
REFUSALS_OF_VERSIONS = {
    HTTPStatus.PRECONDITION_FAILED: "somebody changed it since: another version stands",
    HTTPStatus.PRECONDITION_REQUIRED: f"{MATCH} is missing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: tuple[Problem, ...] = ()


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
    for offer in offers_of(service):
        spec.path(
            offer.route,
            operations={offer.method.lower(): _operation(offer)},
            parameters=list(_path_parameters(offer.url)),
        )
    document: dict[str, Any] = spec.to_dict()
    _drop_defaults_of_null(document)
    _tell_answers_whole(document)
    return document


def _drop_defaults_of_null(part: Any) -> None:
    """A field that may be absent says so by not being required; null need not be among its values."""
    if isinstance(part, dict):
        if part.get("default", part) is None:
            del part["default"]
        part = list(part.values())
    if isinstance(part, list):
        for below in part:
            _drop_defaults_of_null(below)


def _tell_answers_whole(document: Any) -> None:
    """An answer always has all of its fields, and may get more; a body that is taken may have no others."""
    operations = [each for path in document["paths"].values() for each in path.values() if isinstance(each, dict)]
    schemas = document["components"]["schemas"]
    taken = _schemas_in([operation.get("requestBody") for operation in operations], schemas)
    given = _schemas_in([_json_of(operation) for operation in operations], schemas)
    for name in given - taken:
        schemas[name]["required"] = sorted(schemas[name].get("properties", ()))
        schemas[name].pop("additionalProperties", None)


def _json_of(operation: Any) -> list[Any]:
    """What an operation gives as JSON when it succeeds."""
    return [response.get("content", {}).get("application/json") for response in operation["responses"].values()]


def _schemas_in(part: Any, schemas: Any) -> set[str]:
    """The names of the schemas that a part of the document refers to, also by way of others."""
    found: set[str] = set()
    left = [part]
    while left:
        names = set(REFERENCE.findall(str(left.pop()))) - found
        found |= names
        left += [schemas[name] for name in names]
    return found


def offers_of(service: type) -> list[Offer]:
    """What a service class offers, by path."""
    methods = (method for _, method in inspect.getmembers(service, inspect.isfunction))
    entrypoints = (each for method in methods for each in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()))
    offers = (each.offer for each in entrypoints if isinstance(each, Endpoint))
    return sorted(offers, key=lambda offer: (offer.url, offer.method))


def _operation(offer: Offer) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": offer.name,
        "tags": [offer.subject],
        "summary": offer.summary,
        "responses": {
            str(int(offer.success)): _success(offer),
            **{str(int(status)): _problem(told) for status, told in _refusals(offer).items()},
            "default": _problem("what was wrong"),
        },
    }
    if parameters := [*_query_parameters(offer), *_headers(offer)]:
        operation["parameters"] = parameters
    if offer.takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": offer.takes}}}
    if not offer.public:
        operation["description"] = "Needs one of the roles: " + ", ".join(sorted(offer.action.roles)) + "."
        operation["security"] = [{"token": []}]
    return operation


def _success(offer: Offer) -> dict[str, Any]:
    success: dict[str, Any] = {"description": HTTPStatus(offer.success).phrase}
    if offer.gives:
        schema = {"type": "array", "items": offer.gives} if offer.many else offer.gives
        success["content"] = {"application/json": {"schema": schema}}
    if headers := _headers_back(offer):
        success["headers"] = headers
    return success


def _problem(told: str) -> dict[str, Any]:
    return {"description": told, "content": {MEDIA_TYPE: {"schema": strict(ProblemDocument)}}}


def _refusals(offer: Offer) -> dict[HTTPStatus, str]:
    """Those that not every endpoint has."""
    if not isinstance(offer, CommandOffer):
        return {}
    return REFUSALS_OF_COMMANDS | (REFUSALS_OF_VERSIONS if offer.versioned else {})


def _query_parameters(offer: Offer) -> Iterator[dict[str, Any]]:
    if offer.query:
        yield {"in": "query", "schema": offer.query}


def _headers(offer: Offer) -> Iterator[dict[str, Any]]:
    if isinstance(offer, CommandOffer):
        told = "of this command and no other; sent again with it, it gets the answer of the first time"
        yield _header(KEY, told, required=offer.keyed, schema=KINDS["uuid"])
        if offer.versioned:
            yield _header(MATCH, "the ETag of what is changed", required=True, schema=KINDS[None])


def _header(name: str, told: str, *, required: bool, schema: dict[str, str]) -> dict[str, Any]:
    return {"in": "header", "name": name, "description": told, "required": required, "schema": schema}


def _headers_back(offer: Offer) -> dict[str, Any]:
    of_a_version = {"ETag": ETAG} if offer.tells_version else {}
    return of_a_version | ({KNOWN: REPLAYED} if isinstance(offer, CommandOffer) else {})


def _path_parameters(url: str) -> Iterator[dict[str, Any]]:
    for found in PLACEHOLDER.finditer(url):
        kind = KINDS.get(found["kind"], KINDS[None])
        yield {"in": "path", "name": camel_case(found["name"]), "required": True, "schema": kind}
