"""Endpoints as decorated methods, for services whose endpoints are not functions yet."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, Signature
from typing import Any

from shared.web.access import PUBLIC, Action
from shared.web.command import CommandOffer
from shared.web.endpoint import serve
from shared.web.offer import PLACEHOLDER, Offer

Method = Callable[..., Any]


def endpoint(method: str, url: str, **options: Any) -> Any:
    """Offers a service's method over HTTP."""
    return _decorator(Offer, lambda m: lambda call, service, **path: m(service, call, **path), method, url, options)


def command(method: str, url: str, **options: Any) -> Any:
    """Offers a service's method as a command."""
    adapt = lambda m: lambda call, unit, **path: m(None, call, unit, **path)  # noqa: E731
    return _decorator(CommandOffer, adapt, method, url, options)


def _decorator(kind: Any, adapt: Any, method: str, url: str, options: dict[str, Any]) -> Any:
    def decorate(function: Method) -> Any:
        told, roles = options.pop("summary"), options.pop("roles", ())
        action = PUBLIC if options.pop("public", False) else Action(told, set(roles))
        adapted: Any = wraps(function)(adapt(function))
        names = ["call", "context", *(found["name"] for found in PLACEHOLDER.finditer(url))]
        adapted.__signature__ = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names])
        return serve({f"{method} {url}": kind(function=adapted, action=action, told=told, **options)})

    return decorate
