"""An entrypoint that fires when the service starts, and from then on as often as its settings say.

    @timer(attrgetter("watch_seconds"))
    def watch_today(self, tick: Tick) -> None: …

It fires no more often than the method can keep up with. What the method raises is logged, and it is called again.
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
    """What sets off a unit of work that nobody asked for."""

    correlation_id: UUID = field(default_factory=uuid4)


Method = Callable[[Any, Tick], None]


def timer(interval: Callable[[Any], float]) -> Callable[[Method], Callable[[Any], None]]:
    """The decorator of a service's method. interval: the seconds between two calls, by the settings; 0: none at all."""

    def decorate(method: Method) -> Callable[[Any], None]:
        @wraps(method)
        def tick(service: Any) -> None:
            tick = Tick()
            with log_context(correlation_id=tick.correlation_id):
                try:
                    method(service, tick)
                except Exception as error:  # here, because nameko logs whatever is raised with its message
                    get_logger().error("a timer's method failed", method=method.__name__, error=error)

        register_entrypoint(tick, SettingsTimer(interval))
        return tick

    return decorate


class SettingsTimer(Timer):
    """nameko's own timer, with an interval that is known when the service starts."""

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
