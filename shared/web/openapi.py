"""The OpenAPI 3.1 document of a service, made from its endpoints and their schemas."""

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields
from marshmallow.fields import Field
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from shared.messaging.outcomes import Problem
from shared.schemas import camel_case
from shared.web.command import IF_MATCH, KEY, REPLAYED, CommandOffer
from shared.web.descriptions import BY_NAME, described
from shared.web.endpoint import Endpoint
from shared.web.identity import HOUSE, STANDING_IN_FOR
from shared.web.offer import PLACEHOLDER, Offer, strict
from shared.web.paging import MOST_ITEMS
from shared.web.problems import MEDIA_TYPE

PATH_TYPES: dict[str | None, dict[str, str]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer"},
    None: {"type": "string"},
}
DECIMAL = {"type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$"}
EXAMPLES: Mapping[type[Field[Any]], str] = {
    fields.UUID: "0f8fad5b-d9cb-469f-a165-70867728950e",
    fields.Date: "2015-03-10",
    fields.AwareDateTime: "2015-03-10T12:00:00Z",
    fields.Decimal: "12.50",
}
"""What a value of a kind looks like."""
REFERENCE = re.compile(r"#/components/schemas/(\w+)")
CONTACT = {
    "name": "Maintainers of Ketenhuis",
    "url": "https://ketenhuis.example",
    "email": "maintainers@ketenhuis.example",
}
"""As in publiccode.yml."""
SERVERS = [{"url": "/", "description": "where this document came from"}]
API_VERSION = {
    "API-Version": {"description": "the version of this API", "schema": {"type": "string"}, "example": "1.0.0"},
}
"""Every response has it, also that of an error."""
BEARER = "an access token (JWT) of the identity provider, or a token of the service's token file"
BAD_REQUEST = "a field, a parameter or a header is wrong; `errors` names each with reason and code"
ETAG = {"description": "the version of the result, for If-Match", "schema": {"type": "string"}}
REPLAYED_HEADER = {
    "description": "`true` if the command had taken effect before; this is the answer to the first request",
    "schema": {"type": "string"},
}
ERRORS_OF_COMMANDS = {
    HTTPStatus.UNPROCESSABLE_ENTITY: f"a rule forbids the command, or its {KEY} was used for another command",
}
ERRORS_OF_VERSIONS = {
    HTTPStatus.PRECONDITION_FAILED: f"the current version is another than {IF_MATCH} names",
    HTTPStatus.PRECONDITION_REQUIRED: f"{IF_MATCH} is missing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """RFC 9457. `on_record`: of some conflicts, the recorded data that the request contradicts, as its endpoint gives
    that data.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    errors: tuple[Problem, ...] = ()
    on_record: Any | None = None


def openapi_document(service: type) -> dict[str, Any]:
    """The document of a service class; title, description and version are its name, docstring and `api_version`."""
    marshmallow = MarshmallowPlugin()
    spec = APISpec(
        title=service.name,  # type: ignore[attr-defined]
        version=getattr(service, "api_version", "1.0.0"),
        openapi_version="3.1.0",
        info={"description": inspect.getdoc(service), "contact": CONTACT},
        plugins=[marshmallow],
        servers=SERVERS,
    )
    assert marshmallow.converter
    for attributes in (_as_text, _example, _number_of_names, described):
        marshmallow.converter.add_attribute_function(attributes)  # type: ignore[no-untyped-call]
    for subject in sorted({offer.subject for offer in offers_of(service)}):
        spec.tag({"name": subject})
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer", "description": BEARER})
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


def _as_text(_converter: object, field: Any, **_: object) -> dict[str, Any]:
    """A decimal number goes over the wire as text."""
    return DECIMAL if isinstance(field, fields.Decimal) and field.as_string else {}


def _example(_converter: object, field: Any, **_: object) -> dict[str, Any]:
    examples = (example for kind, example in EXAMPLES.items() if isinstance(field, kind))
    return {"examples": [example]} if (example := next(examples, None)) else {}


def _number_of_names(_converter: object, field: Any, *, ret: dict[str, Any], **_: object) -> dict[str, Any]:
    """The bounds of values by name, which apispec tells as those of a text."""
    names = {"minLength": "minProperties", "maxLength": "maxProperties"} if isinstance(field, fields.Dict) else {}
    return {name: ret.pop(of_a_text) for of_a_text, name in names.items() if of_a_text in ret}


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
    methods = (method for path in document["paths"].values() for method in path.values())
    operations = [method for method in methods if isinstance(method, dict)]
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
    """The offers of a service class, sorted by path and method."""
    methods = (method for _, method in inspect.getmembers(service, inspect.isfunction))
    entrypoints = (entry for method in methods for entry in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()))
    offers = (entry.offer for entry in entrypoints if isinstance(entry, Endpoint))
    return sorted(offers, key=lambda offer: (offer.url, offer.method))


def _operation(offer: Offer) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": offer.name,
        "tags": [offer.subject],
        "summary": offer.summary,
        "responses": {
            str(int(offer.success)): _success(offer),
            **{str(int(status)): _problem(description) for status, description in _errors(offer).items()},
            "default": _problem("the reason of the error"),
        },
    }
    if parameters := [*_query_parameters(offer), *_headers(offer)]:
        operation["parameters"] = parameters
    if offer.takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": offer.takes}}}
    operation["security"] = [] if offer.public else [{"token": []}]
    if not offer.public:
        operation["description"] = "Needs one of the roles: " + ", ".join(sorted(offer.action.functions)) + "."
    return operation


def _success(offer: Offer) -> dict[str, Any]:
    success: dict[str, Any] = {"description": HTTPStatus(offer.success).phrase}
    if offer.gives:
        schema = {"type": "array", "items": offer.gives, "maxItems": MOST_ITEMS} if offer.many else offer.gives
        success["content"] = {"application/json": {"schema": schema}}
    elif offer.files:
        success["content"] = {media_type: {} for media_type in offer.files}
    return success | {"headers": API_VERSION | _response_headers(offer)}


def _problem(description: str) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": strict(ProblemDocument)}}
    return {"description": description, "headers": API_VERSION, "content": content}


def _errors(offer: Offer) -> dict[HTTPStatus, str]:
    """The error statuses that an endpoint has by its kind."""
    errors = {HTTPStatus.BAD_REQUEST: BAD_REQUEST}
    if isinstance(offer, CommandOffer):
        errors |= ERRORS_OF_COMMANDS | (ERRORS_OF_VERSIONS if offer.versioned else {})
    return errors


def _query_parameters(offer: Offer) -> Iterator[dict[str, Any]]:
    if offer.query:
        yield {"in": "query", "schema": offer.query}


def _headers(offer: Offer) -> Iterator[dict[str, Any]]:
    if not offer.public:
        description = "the house that the request is about; may be left out by a caller of one house only"
        yield _header(HOUSE, description, required=False, schema=PATH_TYPES[None])
        description = "the id of the person for whom the caller stands in, whose functions the request needs"
        yield _header(STANDING_IN_FOR, description, required=False, schema=PATH_TYPES[None])
    if isinstance(offer, CommandOffer):
        description = "a new UUID for each command; a repetition with the same key gets the first answer"
        yield _header(KEY, description, required=offer.keyed, schema=PATH_TYPES["uuid"])
        if offer.versioned:
            yield _header(IF_MATCH, "the ETag of the version to change", required=True, schema=PATH_TYPES[None])


def _header(name: str, description: str, *, required: bool, schema: dict[str, str]) -> dict[str, Any]:
    return {"in": "header", "name": name, "description": description, "required": required, "schema": schema}


def _response_headers(offer: Offer) -> dict[str, Any]:
    etag = {"ETag": ETAG} if offer.has_etag else {}
    return etag | ({REPLAYED: REPLAYED_HEADER} if isinstance(offer, CommandOffer) else {})


def _path_parameters(url: str) -> Iterator[dict[str, Any]]:
    for placeholder in PLACEHOLDER.finditer(url):
        schema = PATH_TYPES.get(placeholder["kind"], PATH_TYPES[None])
        name = placeholder["name"]
        about = {"description": BY_NAME[name]} if name in BY_NAME else {}
        yield {"in": "path", "name": camel_case(name), "required": True, "schema": schema, **about}
