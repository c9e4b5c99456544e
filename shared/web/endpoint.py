"""Makes nameko entrypoints of a service's offers; one method of the service answers all of them.

class Meetings:
    name = "meetings"
    health = Health()
    units = HouseUnits(load_houses, PUBLISHES)
    answer = serve(COMMON | AUDIT | PARKING | OFFERS)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from eventlet.event import Event
from marshmallow import ValidationError
from nameko.extensions import Entrypoint, register_entrypoint
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from shared.bounded_json import parse
from shared.messaging.units import Units
from shared.observability.logs import get_logger, log_context
from shared.schemas import UNKNOWN_FIELD
from shared.web.access import Resource, may
from shared.web.call import ANYBODY, Call, Caller
from shared.web.callers import Callers
from shared.web.offer import Offer
from shared.web.problems import answer_to, problem_response
from shared.web.server import Server, body_of


@dataclass(frozen=True)
class Invocation:
    """One admitted and parsed request: the offer to run, and its arguments."""

    offer: Offer
    call: Call[Any]
    path_values: dict[str, Any]


def serve(offers: Mapping[str, Offer]) -> Callable[[Any, Invocation], Response]:
    """The service method that answers all offers. offers: by method and path, `GET /v1/table-cases`."""

    def answer(service: Any, invocation: Invocation) -> Response:
        call = invocation.call
        # errors are caught here, because nameko would log an error of the method with its message
        with log_context(correlation_id=call.correlation_id, house=call.house, caller=call.caller.in_logs):
            try:
                return invocation.offer.answer(service, call, invocation.path_values)
            except Exception as error:
                return _refuse(error, invocation, getattr(service, "units", None))

    for route, offer in offers.items():
        register_entrypoint(answer, Endpoint(offer.at(route)))
    return answer


class NotAdmitted(Forbidden):
    """The caller has no role for this action."""

    def __init__(self, caller: Caller) -> None:
        super().__init__("This needs another role.")
        self.caller = caller


class Endpoint(Entrypoint):
    """The nameko entrypoint of one offer: turns a request into a call, and runs the call in a worker."""

    server = Server()
    callers = Callers()

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
            request.environ["connection"].wait_for_answer()
            if self.offer.at_once:
                return self.offer.answer(self.container, call, path_values)
            with self.server.turns.turn(call.caller):
                self.server.check_running()
                return self._answer_of_worker(Invocation(self.offer, call, path_values))
        except NotAdmitted as refused:
            call = self._call_of(refused.caller, correlation_id)
            return _refuse(refused, Invocation(self.offer, call, path_values), self._units)
        except Exception as error:
            return _error_response(error)

    @property
    def _units(self) -> Units | None:
        return next((each for each in self.container.dependencies if isinstance(each, Units)), None)

    def _answer_of_worker(self, invocation: Invocation) -> Response:
        finished: Event = Event()
        hand_back = partial(_hand_back, finished)
        self.container.spawn_worker(self, (invocation,), {}, context_data={}, handle_result=hand_back)
        response: Response = finished.wait()
        return response

    def _call(self, request: Request, correlation_id: UUID) -> Call[Any]:
        caller = self._admitted(request)
        if any("\0" in text for text in (request.path, *request.args.values())):
            raise BadRequest("The URL holds a NUL character.")  # PostgreSQL stores no NUL
        body = self._body(request)
        return self._call_of(
            caller,
            correlation_id,
            input=self._input(request, body),
            authorization=request.headers.get("Authorization"),
            **self.offer.call_options(request, body),
        )

    def _call_of(self, caller: Caller, correlation_id: UUID, input: Any = None, **more: Any) -> Call[Any]:
        action, operation = self.offer.action.name, self.offer.name
        return Call(
            caller=caller, correlation_id=correlation_id, input=input, action=action, operation=operation, **more
        )

    def _admitted(self, request: Request) -> Caller:
        """The caller, if authorized: the only access check of every endpoint. Raises Unauthorized, NotAdmitted."""
        caller = ANYBODY if self.offer.public else self.callers.of(request)
        request.environ["caller"] = caller.in_logs
        if not may(caller, self.offer.action, Resource(caller.house)):
            raise NotAdmitted(caller)
        return caller

    def _input(self, request: Request, body: bytes) -> Any:
        if self.offer.query:
            return self.offer.query.load(request.args.to_dict())
        if request.args and not self.offer.public:
            raise ValidationError({name: [UNKNOWN_FIELD] for name in request.args})
        return self.offer.takes.load(parse(body)) if self.offer.takes else None

    def _body(self, request: Request) -> bytes:
        if self.offer.takes is None:
            return b""
        if request.mimetype != "application/json":
            raise UnsupportedMediaType("The body must be application/json.")
        return body_of(request)


def _error_response(error: Exception) -> Response:
    if answer_to(error).status == HTTPStatus.INTERNAL_SERVER_ERROR:
        get_logger().error("unexpected error", error=error)
    return problem_response(error)


def _refuse(error: Exception, invocation: Invocation, units: Units | None) -> Response:
    """The response to an error; a refusal stands in the audit log before the caller hears of it."""
    response, offer = _error_response(error), invocation.offer
    if units is None or offer.public or response.status_code not in offer.audited_refusals:
        return response
    try:
        with units.begin(invocation.call) as unit:
            asked = offer.concerned(invocation.path_values, refused=True)
            unit.audit_refusal(invocation.call.deed, asked, response.status_code)
    except Exception as failure:
        return _error_response(failure)
    return response


def _hand_back(finished: Event, _worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
    finished.send(result, exc_info)
    return result, exc_info
