"""What a service offers over HTTP: functions with an action, and the classes that they take and give.

    @lookup(action=SEE_TABLE_CASES, query=DueMomentsQuery, gives=DueMoment, paged=True)
    def due_moments(call: Call[DueMomentsQuery], unit: Lookup) -> Page[DueMoment]:
        \"""Monitoring moments that wait for their answer, longest due first.\"""
        return lookups.due_moments(call.house, call.input, unit)

    OFFERS = {"GET /v1/monitoring-moments": due_moments}    # in service.py

The first line of the docstring is the summary in OpenAPI, the function's name the operation's id. Whatever the function
raises that `shared.web.problems` knows becomes an answer.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, Self, TypeAlias, TypeVar, Union

import orjson
from marshmallow import Schema
from werkzeug.wrappers import Request, Response

from shared.schemas import MessageSchema, StrictSchema, camel_case, schema_of
from shared.web.access import PUBLIC, Action
from shared.web.call import Call
from shared.web.paging import Page, page_schema

Function = Callable[..., Any]
Input = TypeVar("Input")
Context = TypeVar("Context")
Given = TypeVar("Given")
Path = ParamSpec("Path")
PLACEHOLDER = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One endpoint: `function(call, service, **path_values)`. A werkzeug Response that it returns is passed through.

    takes, query, gives: schemas of the JSON body, the query parameters and the result; many: the result is a list.
    status: of success, by default 200, or 204 when it gives nothing. Where the schema of a single result has a
    `version`, the answer carries it as ETag.
    """

    function: Function
    action: Action
    method: str = ""
    url: str = ""
    takes: Schema | None = None
    query: Schema | None = None
    gives: Schema | None = None
    status: int | None = None
    many: bool = False

    def at(self, route: str) -> Self:
        """The offer at its method and path: `GET /v1/table-cases/<uuid:table_case_id>`."""
        method, url = route.split(maxsplit=1)
        expected = [found["name"] for found in PLACEHOLDER.finditer(url)]
        call, context, *path = inspect.signature(self.function).parameters
        if path != expected or {call, context} & set(path):
            raise ValueError(f"{route}: {self.name} takes {path} of its path, which has {expected}")
        return replace(self, method=method, url=url)

    @property
    def name(self) -> str:
        return self.function.__name__

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (inspect.getdoc(self.function) or "").partition("\n")[0].removesuffix(".")

    @property
    def subject(self) -> str:
        """The folder of the service in which the endpoint stands: the tag in OpenAPI."""
        _, _, *below = self.function.__module__.split(".")
        return below[0].replace("_", " ")

    @property
    def route(self) -> str:
        """The path as a template, `/v1/referrals/{referralId}`: for logs, metrics and OpenAPI."""
        return PLACEHOLDER.sub(lambda found: "{" + camel_case(found["name"]) + "}", self.url)

    @property
    def public(self) -> bool:
        return self.action is PUBLIC

    @property
    def tells_version(self) -> bool:
        """Whether its answer has an ETag."""
        return self.gives is not None and not self.many and "version" in self.gives.dump_fields

    @property
    def success(self) -> HTTPStatus:
        return HTTPStatus(self.status or (HTTPStatus.OK if self.gives else HTTPStatus.NO_CONTENT))

    def told_by_headers(self, request: Request, body: bytes) -> dict[str, Any]:
        """What a call of this kind has besides; raises ValidationError or HTTPException."""
        return {}

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        """Runs the function, which may raise whatever `answer_to` knows."""
        return self.response(self.function(call, service, **path_values))

    def response(self, result: Any) -> Response:
        """The result as it goes out."""
        if isinstance(result, Response):
            return result
        if self.gives is None:
            return Response(status=self.success)
        document = self.gives.dump(result, many=self.many)
        response = Response(orjson.dumps(document), self.success, content_type="application/json")
        if self.tells_version:
            response.set_etag(str(document["version"]))
        return response


@dataclass(frozen=True, kw_only=True)
class LookupOffer(Offer):
    """`function(call, lookup, **path_values)`, with a transaction that cannot write."""

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.lookup() as unit:
            return self.response(self.function(call, unit, **path_values))


@dataclass(frozen=True, kw_only=True)
class RecordedLookupOffer(Offer):
    """`function(call, unit, **path_values)`: a look-up that leaves a trace of who looked."""

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.begin(call) as unit:
            return self.response(self.function(call, unit, **path_values))


Answer: TypeAlias = Union[Given, Page[Given], Sequence[Given], Response, None]  # noqa: UP007  (mypy asks for it)
Offered: TypeAlias = Callable[Concatenate[Call[Input], Context, Path], Answer[Given]]


def endpoint(
    *,
    action: Action,
    query: type[Input] | None = None,
    takes: type[Input] | Schema | None = None,
    gives: type[Given] | None = None,
    status: int | None = None,
    many: bool = False,
) -> Callable[[Offered[Input, Context, Path, Given]], Offer]:
    """An endpoint that works with the service itself: with what stands beside its tables. takes: a schema if the body
    is of no class."""
    return lambda function: Offer(
        function=function,
        action=action,
        query=strict(query),
        takes=takes if isinstance(takes, Schema) else strict(takes),
        gives=strict(gives),
        status=status,
        many=many,
    )


def lookup(
    *,
    action: Action,
    query: type[Input] | None = None,
    takes: type[Input] | None = None,
    gives: type[Given] | None = None,
    paged: bool = False,
    many: bool = False,
    base: type[MessageSchema] = StrictSchema,
) -> Callable[[Offered[Input, Context, Path, Given]], Offer]:
    """A look-up: GET, on a transaction that cannot write. paged: it gives a `Page` of what it gives.

    takes: in place of query, for a look-up that is asked with a body: POST. base: of the schema of what it gives, for
    names on the wire that are not in camelCase.
    """
    given = page_schema(gives) if paged and gives else schema_of(gives, base) if gives else None
    return lambda function: LookupOffer(
        function=function, action=action, query=strict(query), takes=strict(takes), gives=given, many=many
    )


def recorded_lookup(
    *, action: Action, query: type[Input] | None = None, gives: type[Given] | None = None
) -> Callable[[Offered[Input, Context, Path, Given]], Offer]:
    """A look-up of which the service keeps who made it."""
    return lambda function: RecordedLookupOffer(
        function=function, action=action, query=strict(query), gives=strict(gives)
    )


def strict(message: type | None) -> Schema | None:
    """The schema of what people send or get; an unknown field is an error."""
    return schema_of(message, StrictSchema) if message else None
