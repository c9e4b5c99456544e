"""Whether a service can do its work now."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, runtime_checkable

from nameko.extensions import DependencyProvider


@runtime_checkable
class Checked(Protocol):
    """A nameko extension that knows whether it can work; Health finds them by this method."""

    def why_not_ready(self) -> str | None:
        """None when all is well, else what is wrong, in words that may be public."""


class Check(NamedTuple):
    name: str
    problem: str | None


class Health(DependencyProvider):
    """Asks every extension of the service that can tell (see Checked)."""

    def get_dependency(self, worker_ctx: Any) -> "Health":
        return self

    def checks(self) -> Iterator[Check]:
        for extension in self.container.extensions:
            if isinstance(extension, Checked):
                yield Check(type(extension).__name__, extension.why_not_ready())
