"""How PostgreSQL went about what it was asked."""

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
    """Each table that was scanned while `work` ran on this connection, which is a superuser's, and how."""
    plans: list[dict[str, Any]] = []

    def keep(notice: Diagnostic) -> None:
        plans.append(json.loads(str(notice.message_primary).split("plan:\n", 1)[1])["Plan"])

    administrator.execute(EXPLAIN, prepare=False)  # several statements
    administrator.add_notice_handler(keep)
    try:
        work()
    finally:
        administrator.remove_notice_handler(keep)
    return [scan for plan in plans for scan in _scans(plan)]


def _scans(node: dict[str, Any]) -> Iterator[Scan]:
    if "Relation Name" in node:
        yield Scan(node["Node Type"], node["Relation Name"])
    for below in node.get("Plans", ()):
        yield from _scans(below)
