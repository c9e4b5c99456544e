"""One HTTP endpoint of a service: what it takes, what it gives and who may call it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import KW_ONLY, dataclass
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

import orjson
from eventlet.event import Event
from marshmallow import Schema
from nameko.extensions import Entrypoint, register_entrypoint
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from shared.bounded_json import parse
from shared.messaging.schema import camel_case
from shared.observability.logs import get_logger, log_context
from shared.web.call import ANYBODY, Call, Caller
from shared.web.problems import answer_to, problem_response
from shared.web.server import Server, body_of
from shared.web.tokens import TokenFile

Method = TypeVar("Method", bound=Callable[..., Any])
PLACEHOLDER = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Offer:
    """Offers a service's method over HTTP: `method(self, call, **path_values)`. Used as a decorator, `@endpoint(…)`.

    roles: any of them admits; public=True instead admits anybody. takes, query, gives: schemas of the JSON body, the
    query parameters and the result; many: the result is a list. status: of success, by default 200, or 204 when it
    gives nothing. A werkzeug Response is passed through. Where the schema of a single result has a `version`, the
    answer carries it as ETag.
    """

    method: str
    url: str
    _: KW_ONLY
    summary: str
    roles: Collection[str] = ()
    takes: Schema | None = None
    query: Schema | None = None
    gives: Schema | None = None
    status: int | None = None
    many: bool = False
    public: bool = False

    def __post_init__(self) -> None:
        if bool(self.roles) == self.public:
            raise ValueError(f"{self.method} {self.url}: either roles or public")

    @property
    def route(self) -> str:
        """The path as a template, `/v1/referrals/{referralId}`: for logs, metrics and OpenAPI."""
        return PLACEHOLDER.sub(lambda found: "{" + camel_case(found["name"]) + "}", self.url)

    @property
    def tells_version(self) -> bool:
        """Whether its answer has an ETag."""
        return self.gives is not None and not self.many and "version" in self.gives.dump_fields

    @property
    def success(self) -> HTTPStatus:
        return HTTPStatus(self.status or (HTTPStatus.OK if self.gives else HTTPStatus.NO_CONTENT))

    def __call__(self, function: Method) -> Method:
        @wraps(function)
        def answering(service: Any, call: Call, /, **path_values: Any) -> Response:
            # here, and not in Endpoint, because nameko logs whatever a method raises with its message
            with log_context(correlation_id=call.correlation_id, house=call.caller.house):
                try:
                    return self.answer(function, service, call, path_values)
                except Exception as error:
                    return _refusal(error)

        register_entrypoint(answering, Endpoint(self))
        return answering  # type: ignore[return-value]

    def answer(self, method: Method, service: Any, call: Call, path_values: Mapping[str, Any]) -> Response:
        """Runs the method, which may raise whatever `answer_to` knows."""
        return self.response(method(service, call, **path_values))

    def told_by_headers(self, request: Request, body: bytes) -> dict[str, Any]:
        """What a call of this kind has besides; raises ValidationError or HTTPException."""
        return {}

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


endpoint = Offer


class Endpoint(Entrypoint):
    """nameko's side of an offer: turns requests into calls, each in a worker of its own."""

    server = Server()
    token_file = TokenFile()

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer

    def setup(self) -> None:
        self.server.register_provider(self)

    def stop(self) -> None:
        self.server.refuse()
        self.server.unregister_provider(self)

    def get_url_rule(self) -> Rule:
        return Rule(self.offer.url, methods=[self.offer.method], endpoint=self)

    def handle_request(self, request: Request, correlation_id: UUID, path_values: dict[str, Any]) -> Response:
        """The response to a request that matches this endpoint's method and path."""
        try:
            call = self._call(request, correlation_id)
        except Exception as error:
            return _refusal(error)
        answered: Event = Event()
        self.container.spawn_worker(
            self, (call,), path_values, context_data={}, handle_result=partial(_hand_back, answered)
        )
        response: Response = answered.wait()
        return response

    def _call(self, request: Request, correlation_id: UUID) -> Call:
        caller = self._admitted(request.headers.get("Authorization"))
        if any("\0" in text for text in (request.path, *request.args.values())):
            raise BadRequest("The URL holds a NUL character.")  # which PostgreSQL would fail on
        body = self._body(request)
        return Call(
            caller=caller,
            query=self.offer.query.load(request.args.to_dict()) if self.offer.query else {},
            body=self.offer.takes.load(parse(body)) if self.offer.takes else None,
            correlation_id=correlation_id,
            authorization=request.headers.get("Authorization"),
            **self.offer.told_by_headers(request, body),
        )

    def _admitted(self, authorization: str | None) -> Caller:
        if self.offer.public:
            return ANYBODY
        caller = self.token_file.tokens.caller(authorization)
        if caller.roles.isdisjoint(self.offer.roles):
            raise Forbidden("This needs another role.")
        return caller

    def _body(self, request: Request) -> bytes:
        if self.offer.takes is None:
            return b""
        if request.mimetype != "application/json":
            raise UnsupportedMediaType("The body must be application/json.")
        return body_of(request)


def _refusal(error: Exception) -> Response:
    if answer_to(error).status == HTTPStatus.INTERNAL_SERVER_ERROR:
        get_logger().error("unexpected error", error=error)
    return problem_response(error)


def _hand_back(answered: Event, _worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
    answered.send(result, exc_info)
    return result, exc_info
