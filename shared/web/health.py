"""Readiness: the checks of a service's extensions."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, runtime_checkable

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
    """Runs the checks of all extensions of the service that are `Checked`."""

    def get_dependency(self, worker_ctx: Any) -> "Health":
        return self

    def checks(self) -> Iterator[Check]:
        for extension in self.container.extensions:
            if isinstance(extension, Checked):
                yield Check(type(extension).__name__, extension.why_not_ready())
