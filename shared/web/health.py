"""Readiness: the checks of a service's extensions."""

from operator import attrgetter
from typing import Any, NamedTuple, Protocol, runtime_checkable

import eventlet
from eventlet.greenthread import GreenThread
from nameko.extensions import DependencyProvider


@runtime_checkable
class Checked(Protocol):
    """A nameko extension with a readiness check. Health finds these extensions by the method."""

    def why_not_ready(self) -> str | None:
        """The problem, in words that may be public; None if the extension can work."""


class Check(NamedTuple):
    name: str
    problem: str | None


class Health(DependencyProvider):
    """Runs the checks of all extensions of the service that are `Checked`, once for all who ask at the same time."""

    _under_way: GreenThread | None = None

    @classmethod
    def of(cls, container: Any) -> "Health":
        [health] = (extension for extension in container.dependencies if isinstance(extension, cls))
        return health

    def checks(self) -> tuple[Check, ...]:
        if self._under_way is None:
            self._under_way = eventlet.spawn(self._run)
        checks: tuple[Check, ...] = self._under_way.wait()
        return checks

    def _run(self) -> tuple[Check, ...]:
        try:
            checked = [extension for extension in self.container.extensions if isinstance(extension, Checked)]
            checks = (Check(type(extension).__name__, extension.why_not_ready()) for extension in checked)
            return tuple(sorted(checks, key=attrgetter("name")))
        finally:
            self._under_way = None
