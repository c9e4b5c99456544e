"""Where the project reaches into its libraries: each name is still there, and each library has an upper bound.

A name is patched when the project replaces it, overrides it or relies on it although its library does not promise it. A
release may change such a name without notice. What to look at before a bound is moved stands in docs/renewal.md.
"""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import chain, takewhile
from pathlib import Path
from signal import ITIMER_REAL, getitimer
from typing import Any, NamedTuple

import pytest
from marshmallow.fields import Field
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
CODE = ("shared", "services", "deploy", "replay")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


class Patched(NamedTuple):
    """A name of a library's class or module, and the file of the project that patches the name."""

    library: str
    owner: str
    name: str
    where: str


def patched(library: str, owner: str, where: str, *names: str) -> list[Patched]:
    return [Patched(library, owner, name, where) for name in names]


ENTRYPOINT = "shared/messaging/entrypoint.py"
SERVER, PROTOCOL, BODY = "shared/web/server.py", "shared/web/protocol.py", "shared/web/body.py"
RAW = "shared/messaging/raw_consumer.py"
FAST = "shared/schemas/fast.py"
BROWSER = "shared/testing/browser.py"
COOPERATIVE, POOL = "shared/postgres/cooperative.py", "shared/postgres/pool.py"

PATCHED = [
    # A property that can't be decoded does not end the connection; one read of the socket brings many frames.
    *patched("amqp", "amqp.serialization", RAW, "PROPERTY_CLASSES", "decode_properties_basic"),
    *patched("amqp", "amqp.transport.TCPTransport", RAW, "_quick_recv"),
    *patched("amqp", "amqp.transport.SSLTransport", RAW, "_quick_recv"),
    *patched("amqp", "amqp.channel.Channel", RAW, "auto_decode"),
    # A queue is given up and taken up while the consumer runs.
    *patched("nameko", "nameko.messaging.QueueConsumer", ENTRYPOINT, "_consumers", "_consumers_ready", "_gt"),
    *patched("nameko", "nameko.messaging.QueueConsumer", ENTRYPOINT, "_cancel_consumers_if_requested"),
    *patched("nameko", "nameko.messaging.QueueConsumer", ENTRYPOINT, "unregister_provider"),
    *patched("nameko", "nameko.extensions.ProviderCollector", ENTRYPOINT, "_providers"),
    *patched("nameko", "nameko.extensions", ENTRYPOINT, "ENTRYPOINT_EXTENSIONS_ATTR"),
    *patched("kombu", "kombu.mixins.ConsumerMixin", ENTRYPOINT, "safety_interval", "get_consumers", "on_iteration"),
    *patched("kombu", "kombu.mixins.ConsumerMixin", ENTRYPOINT, "on_consume_ready"),
    # Answers, log lines and the end of a connection are the project's own.
    *patched("nameko", "nameko.extensions.ProviderCollector", SERVER, "_providers"),
    *patched("nameko", "nameko.web.server.WebServer", SERVER, "get_wsgi_app", "get_wsgi_server", "process_request"),
    # The server accepts no more connections than it has room for, and each step of one has its time.
    *patched("nameko", "nameko.web.server.WebServer", SERVER, "_sock", "_serv", "_is_accepting"),
    *patched(
        "eventlet", "eventlet.wsgi.HttpProtocol", PROTOCOL, "get_environ", "close_connection", "_read_request_line"
    ),
    # Chunks of a body are read strictly.
    *patched("eventlet", "eventlet.wsgi.Input", BODY, "_chunked_read", "should_send_hundred_continue"),
    *patched("eventlet", "eventlet.wsgi.Input", BODY, "is_hundred_continue_response_sent"),
    # A message is loaded and dumped the short way where it is plain. Of a partner's, what tells nothing is left out.
    *patched("marshmallow", "marshmallow.Schema", FAST, "_deserialize", "_serialize", "_hooks", "error_store"),
    *patched("marshmallow", "marshmallow.fields.Field", FAST, "validators", "pre_load", "post_load"),
    # What is published together leaves in one piece.
    *patched("pika", "pika.connection.Connection", "shared/messaging/gathering.py", "_output_marshaled_frames"),
    # A connection asks the kernel before it asks eventlet's hub.
    *patched("psycopg", "psycopg.Connection", COOPERATIVE, "wait"),
    *patched("psycopg", "psycopg.waiting", COOPERATIVE, "Ready", "Wait"),
    *patched("psycopg", "psycopg.waiting", POOL, "PSYCOPG_WAIT_FUNC"),
    *patched("eventlet", "eventlet.patcher", COOPERATIVE, "original"),
    # A browser is stopped beside eventlet's hub.
    *patched(
        "playwright", "playwright.sync_api._context_manager.PlaywrightContextManager", BROWSER, "_dispatcher_fiber"
    ),
    # A test that hangs is interrupted by a signal.
    *patched("pytest-timeout", "pytest_timeout", "conftest.py", "threading"),
]
LIBRARIES = sorted({each.library for each in PATCHED})
ANYBODYS = {"_replace", "_asdict", "_fields", "_field_defaults", "_make", "_exit"}
"""Private by their looks only: of named tuples, and `os._exit`."""
DOCUMENTED = {(Field, "_serialize"), (Field, "_deserialize")}
"""Private by their looks only: marshmallow's documentation has every field of one's own override them."""


@pytest.mark.parametrize("each", PATCHED, ids=lambda each: f"{each.owner}.{each.name}")
def test_what_is_patched_is_still_there(each: Patched) -> None:
    owner = found(each.owner)
    assert hasattr(owner, each.name) or re.search(rf"\b{each.name}\b", inspect.getsource(owner))


@pytest.mark.parametrize("each", PATCHED, ids=lambda each: f"{each.where}:{each.name}")
def test_it_is_patched_where_the_list_says(each: Patched) -> None:
    assert re.search(rf"\b{each.name}\b", (ROOT / each.where).read_text())


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_patched_library_has_an_upper_bound_that_the_installed_version_keeps(library: str) -> None:
    wanted = [*PROJECT["dependencies"], *chain.from_iterable(PROJECT["optional-dependencies"].values())]
    [asked] = [each for each in map(Requirement, wanted) if each.name == library]
    assert {specifier.operator for specifier in asked.specifier} & {"<", "==", "~="}
    assert asked.specifier.contains(version(library))


def test_a_test_that_hangs_is_interrupted_by_a_signal() -> None:
    [seconds, _] = getitimer(ITIMER_REAL)
    assert seconds > 0


def test_every_private_name_that_the_project_overrides_or_uses_is_on_the_list() -> None:
    listed = {(each.where, each.name) for each in PATCHED}
    reached = {(place, name) for kind, place in our_classes() for name in [*overridden(kind), *used(kind)]}
    assert reached
    assert not (reached | set(touched())) - listed


def found(path: str) -> Any:
    """The module or the class of this name."""
    parts = path.split(".")
    module = ".".join(takewhile(str.islower, parts))
    owner = import_module(module)
    for part in parts[module.count(".") + 1 :]:
        owner = getattr(owner, part)
    return owner


def sources() -> Iterator[Path]:
    for package in CODE:
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "tests" not in path.parts)


@cache
def our_classes() -> list[tuple[type, str]]:
    """Each class that has a base of a library, and the file in which it stands."""
    classes = []
    for path in sources():
        place = str(path.relative_to(ROOT))
        if path.name == "__main__.py":
            continue
        module = import_module(place.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        own = [kind for kind in vars(module).values() if inspect.isclass(kind) and kind.__module__ == module.__name__]
        classes += [(kind, place) for kind in own if library_bases(kind)]
    return classes


def library_bases(kind: type) -> list[type]:
    """Those that pip installs: with a source of their own below `site-packages`."""
    return [
        base for base in kind.__mro__ if "site-packages" in str(getattr(import_module(base.__module__), "__file__", ""))
    ]


def overridden(kind: type) -> Iterator[str]:
    """Private methods that a base of a library has too."""
    for name, member in vars(kind).items():
        if is_private(name) and inspect.isfunction(member):
            documented = any(issubclass(kind, base) for base, documented in DOCUMENTED if documented == name)
            if not documented and any(hasattr(base, name) for base in library_bases(kind)):
                yield name


def used(kind: type) -> Iterator[str]:
    """Private names that a class asks itself for, and that only a base of a library sets."""
    own = {name for ours in kind.__mro__ if ours not in library_bases(kind) for name in vars(ours)}
    text = "".join(inspect.getsource(import_module(base.__module__)) for base in library_bases(kind))
    for name in asked_of({"self", "cls"}, class_tree(kind)) - own:
        if re.search(rf"\b(self\.|def ){name}\b", text):
            yield name


def class_tree(kind: type) -> ast.AST:
    tree = ast.parse(Path(inspect.getfile(kind)).read_text())
    named = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == kind.__name__)
    return next(named, ast.Module([], []))


def asked_of(names: set[str], tree: ast.AST) -> set[str]:
    """The private attributes that are read or set on variables of these names."""
    return {attribute for variable, attribute in private_attributes(tree) if variable in names}


def private_attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and is_private(node.attr):
            yield node.value.id, node.attr


def touched() -> Iterator[tuple[str, str]]:
    """Private names of something else than itself, that no class of the project defines."""
    trees = {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sources()}
    ours = {name for tree in trees.values() for name in defined_in(tree)} | ANYBODYS
    for place, tree in trees.items():
        for variable, name in private_attributes(tree):
            if variable not in ("self", "cls") and name not in ours:
                yield place, name


def defined_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node.value, ast.Name) and node.value.id == "self":
                yield node.attr


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"
