"""Endpoints of a service: functions, each declared with its action and the classes of its input and result.

    @lookup(action=SEE_TABLE_CASES, query=DueMomentsQuery, gives=DueMoment, paged=True)
    def due_moments(call: Call[DueMomentsQuery], unit: Lookup) -> Page[DueMoment]:
        \"""Monitoring moments without an answer, longest due first.\"""
        return lookups.due_moments(call.house, call.input, unit)

    OFFERS = {"GET /v1/monitoring-moments": due_moments}    # in service.py

In OpenAPI, the first line of the docstring is the operation's summary and the function's name its id. Errors that the
function raises become responses by the table in `shared.web.problems`.
"""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, ClassVar, Concatenate, ParamSpec, Self, TypeAlias, TypeVar, Union

import orjson
from marshmallow import Schema
from werkzeug.wrappers import Request, Response

from shared.audit.rules import Concerned
from shared.messaging.outcomes import Rejected, problem_of
from shared.schemas import MessageSchema, StrictSchema, bound_fields, broken_days, camel_case, schema_of
from shared.web.access import PUBLIC, Action
from shared.web.call import Call
from shared.web.paging import MOST_ITEMS, Page, page_schema

Function = Callable[..., Any]
Input = TypeVar("Input")
Context = TypeVar("Context")
Result = TypeVar("Result")
Path = ParamSpec("Path")
HARMLESS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{1,7}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""An id, a number that is none of a person, or a day: any other text in the path of a refused request may be a name."""
PLACEHOLDER = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")


class TooManyItems(Exception):
    """A list without pages has over MOST_ITEMS."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One endpoint: `function(call, service, **path_values)`. A returned werkzeug Response is sent unchanged.

    files: the media types of the Response that the function returns. at_once: answered without a turn and a worker,
    whatever callers ask meanwhile; the function gets nameko's container in place of the service.
    takes, query, gives: schemas of the JSON body, the query parameters and the result. many: the result is a list, of
    few items.
    status: the status of success; by default 200, or 204 without a result. If the schema of a single result has a
    field `version`, the response carries the version as ETag.
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
    files: Sequence[str] = ()
    at_once: bool = False
    audited_refusals: ClassVar[frozenset[int]] = frozenset({403, 404, 409, 412, 422})
    """The statuses of refusals that the audit log tells."""

    def at(self, route: str) -> Self:
        """The offer with its method and path: `GET /v1/table-cases/<uuid:table_case_id>`.

        Raises ValueError if the function's parameters are not those of the path.
        """
        method, url = route.split(maxsplit=1)
        expected = [placeholder["name"] for placeholder in PLACEHOLDER.finditer(url)]
        call, context, *path = inspect.signature(self.function).parameters
        if path != expected or {call, context} & set(path):
            raise ValueError(f"{route}: the path has {expected}, but {self.name} takes {path}")
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
        """The service's folder with the endpoint: the tag in OpenAPI.

        `services.meetings.table_cases.endpoints` gives `table cases`.
        """
        _, _, folder, *_ = self.function.__module__.split(".")
        return folder.replace("_", " ")

    @property
    def route(self) -> str:
        """The path as a template, `/v1/referrals/{referralId}`: for logs, metrics and OpenAPI."""
        return PLACEHOLDER.sub(lambda placeholder: "{" + camel_case(placeholder["name"]) + "}", self.url)

    @property
    def public(self) -> bool:
        return self.action is PUBLIC

    @property
    def has_etag(self) -> bool:
        """Whether the response carries an ETag."""
        return self.gives is not None and not self.many and "version" in self.gives.dump_fields

    @property
    def success(self) -> HTTPStatus:
        return HTTPStatus(self.status or (HTTPStatus.OK if self.gives or self.files else HTTPStatus.NO_CONTENT))

    def concerned(self, path_values: Mapping[str, Any], *, refused: bool = False) -> Concerned:
        """The object in the path, for the audit log: of `/v1/funds/<fund>/<int:year>`, `funds` and `city/2015`."""
        kind = self.url.partition("/<")[0].rpartition("/")[2]
        values = [str(path_values[placeholder["name"]]) for placeholder in PLACEHOLDER.finditer(self.url)]
        told = [value if not refused or HARMLESS.fullmatch(value) else "…" for value in values]
        return Concerned(kind, "/".join(told))

    def audited(self, result: Any, call: Call[Any], unit: Any, path_values: Mapping[str, Any]) -> Response:
        """The HTTP response with the function's result, once the audit log has it in the same transaction."""
        response = self.response(result)
        asked = self.concerned(path_values)._replace(case_id=getattr(result, "case_id", None))
        unit.audit(call.deed, asked, response.status_code)
        return response

    def call_options(self, request: Request, body: bytes) -> dict[str, Any]:
        """Further arguments of `Call`, read from headers and body. Raises ValidationError, HTTPException."""
        return {}

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        """Run the function. Its errors pass; the caller of `answer` turns them into responses."""
        return self.response(self.function(call, service, **path_values))

    def response(self, result: Any) -> Response:
        """The HTTP response with the function's result."""
        if isinstance(result, Response):
            return result
        if self.gives is None:
            return Response(status=self.success)
        if self.many and len(result) > MOST_ITEMS:
            raise TooManyItems(f"{self.name} finds {len(result)} items: it needs pages")
        document = self.gives.dump(result, many=self.many)
        response = Response(orjson.dumps(document), self.success, content_type="application/json")
        if self.has_etag:
            response.set_etag(str(document["version"]))
        return response


@dataclass(frozen=True, kw_only=True)
class LookupOffer(Offer):
    """`function(call, lookup, **path_values)`, with a read-only transaction."""

    audited_refusals = frozenset({403, 404})

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.lookup() as unit:
            check_days(call, unit)
            return self.response(self.function(call, unit, **path_values))


@dataclass(frozen=True, kw_only=True)
class RecordedLookupOffer(Offer):
    """`function(call, unit, **path_values)`: a look-up that stands in the audit log."""

    def answer(self, service: Any, call: Call[Any], path_values: Mapping[str, Any]) -> Response:
        with service.units.begin(call) as unit:
            return self.audited(self.function(call, unit, **path_values), call, unit, path_values)


Returned: TypeAlias = Union[Result, Page[Result], Sequence[Result], Response, None]  # noqa: UP007  (mypy asks for it)
EndpointFunction: TypeAlias = Callable[Concatenate[Call[Input], Context, Path], Returned[Result]]


def endpoint(
    *,
    action: Action,
    query: type[Input] | None = None,
    takes: type[Input] | Schema | None = None,
    gives: type[Result] | None = None,
    status: int | None = None,
    files: Sequence[str] = (),
    many: bool = False,
    at_once: bool = False,
) -> Callable[[EndpointFunction[Input, Context, Path, Result]], Offer]:
    """An endpoint without a transaction: its function gets the service itself. takes: a class or a marshmallow schema.

    Example: `GET /metrics`.
    """
    return lambda function: Offer(
        function=function,
        action=action,
        query=strict(query),
        takes=takes if isinstance(takes, Schema) else strict(takes),
        gives=strict(gives),
        status=status,
        files=files,
        many=many,
        at_once=at_once,
    )


def lookup(
    *,
    action: Action,
    query: type[Input] | None = None,
    takes: type[Input] | None = None,
    gives: type[Result] | None = None,
    paged: bool = False,
    many: bool = False,
    files: Sequence[str] = (),
    base: type[MessageSchema] = StrictSchema,
) -> Callable[[EndpointFunction[Input, Context, Path, Result]], Offer]:
    """A look-up: GET, on a read-only transaction. paged: the function returns a `Page` of `gives`.

    takes: in place of `query`, for a look-up with a body (POST). base: the base of the result's schema, for field names
    that are not in camelCase on the wire.
    """
    result = page_schema(gives) if paged and gives else schema_of(gives, base) if gives else None
    return lambda function: LookupOffer(
        function=function,
        action=action,
        query=strict(query),
        takes=strict(takes),
        gives=result,
        many=many,
        files=files,
    )


def recorded_lookup(
    *,
    action: Action,
    query: type[Input] | None = None,
    takes: type[Input] | None = None,
    gives: type[Result] | None = None,
) -> Callable[[EndpointFunction[Input, Context, Path, Result]], Offer]:
    """A look-up on a unit of work, so that the service can record the caller. takes: as in `lookup`."""
    return lambda function: RecordedLookupOffer(
        function=function, action=action, query=strict(query), takes=strict(takes), gives=strict(gives)
    )


def check_days(call: Call[Any], unit: Any) -> None:
    """Raises Rejected unless each day of the input lies within its bounds."""
    kind: Any = type(call.input)
    if bound_fields(kind):
        began_on = unit.profile(call.house).began_on
        if broken := [problem_of(rule) for rule in broken_days(kind, call.input, unit.today, began_on)]:
            raise Rejected(*broken)


def strict(message: type | None) -> Schema | None:
    """The schema of an HTTP body, query or result; an unknown field is an error."""
    return schema_of(message, StrictSchema) if message else None
