"""The query plans that PostgreSQL used."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from psycopg import Connection
from psycopg.errors import Diagnostic

EXPLAIN = """
LOAD 'auto_explain';
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_format = 'json';
SET auto_explain.log_level = 'notice'
"""


class Scan(NamedTuple):
    kind: str
    table: str


def scans_of(administrator: Connection[Any], work: Callable[[], Any]) -> list[Scan]:
    """The table scans while `work` runs on this connection of a superuser."""
    nodes = _nodes_of(administrator, work)
    return [Scan(node["Node Type"], node["Relation Name"]) for node in nodes if "Relation Name" in node]


def indexes_of(administrator: Connection[Any], work: Callable[[], Any]) -> set[str]:
    """The indexes that are read while `work` runs on this connection of a superuser."""
    return {node["Index Name"] for node in _nodes_of(administrator, work) if "Index Name" in node}


def _nodes_of(administrator: Connection[Any], work: Callable[[], Any]) -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = []

    def keep(notice: Diagnostic) -> None:
        plans.append(json.loads(str(notice.message_primary).split("plan:\n", 1)[1])["Plan"])

    administrator.execute(EXPLAIN, prepare=False)  # several statements
    administrator.add_notice_handler(keep)
    try:
        work()
        administrator.execute("SELECT")  # within a transaction, the notice with a plan arrives at the next statement
    finally:
        administrator.remove_notice_handler(keep)
    return [node for plan in plans for node in _with_children(plan)]


def _with_children(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("Plans", ()):
        yield from _with_children(child)
