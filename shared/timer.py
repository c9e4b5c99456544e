"""A nameko entrypoint that fires at the start of the service, and then at an interval from the settings.

    @timer(attrgetter("watch_seconds"))
    def watch_today(self, tick: Tick) -> None: …

Two calls never overlap. An error of the method is logged, and does not end the timer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from nameko.extensions import register_entrypoint
from nameko.timer import Timer

from shared.observability.logs import get_logger, log_context


@dataclass(frozen=True)
class Tick:
    """The trigger of a unit of work without a message or command."""

    correlation_id: UUID = field(default_factory=uuid4)


Method = Callable[[Any, Tick], None]


def timer(interval: Callable[[Any], float]) -> Callable[[Method], Callable[[Any], None]]:
    """Decorates a service's method. interval: reads the seconds between two calls from the settings; 0 for no calls."""

    def decorate(method: Method) -> Callable[[Any], None]:
        @wraps(method)
        def tick(service: Any) -> None:
            tick = Tick()
            with log_context(correlation_id=tick.correlation_id):
                try:
                    method(service, tick)
                except Exception as error:  # caught here, because nameko would log the error with its message
                    get_logger().error("a timer's method failed", method=method.__name__, error=error)

        register_entrypoint(tick, SettingsTimer(interval))
        return tick

    return decorate


class SettingsTimer(Timer):
    """nameko's timer, with an interval that is read when the service starts."""

    def __init__(self, interval: Callable[[Any], float]) -> None:
        super().__init__(interval=0, eager=True)
        self._interval_of = interval

    def setup(self) -> None:
        self.interval = self._interval_of(self.container.config["settings"])

    def start(self) -> None:
        if self.interval:
            super().start()

    def stop(self) -> None:
        if self.interval:
            super().stop()

    def kill(self) -> None:
        if self.interval:
            super().kill()
